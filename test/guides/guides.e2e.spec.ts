import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApplication } from '../support/application.js';
import type { RunningApplication } from '../support/application.js';
import { guideShell } from '../support/guide-shell.js';
import type { GuideAnswer } from '../support/guide-shell.js';
import { testInstallation } from '../support/installation.js';
import type { TestInstallation } from '../support/installation.js';

interface Step {
  /** The heading that it stands under. */
  readonly heading: string;
  readonly commands: string;
  /** What the guide shows as the answer to the last of them. */
  readonly shown?: unknown;
}

/** Every block of commands under a heading, with the answer that is shown right below. */
const stepsOf = (guide: string): readonly Step[] => {
  const steps: Step[] = [];
  let heading = '';
  for (const [, title, language, block = ''] of guide.matchAll(/^#+ ([^\n]*)$|^```(\w+)\n(.*?)^```$/gms)) {
    const last = steps.at(-1);
    if (title !== undefined) heading = title;
    else if (language === 'sh') steps.push({ heading, commands: block });
    else if (language === 'json' && last) steps[steps.length - 1] = { ...last, shown: JSON.parse(block) };
  }
  return steps;
};

/** `…` stands for what is another in every run; at the end of a list, for whatever else is in it. */
const expected = (shown: unknown): unknown => {
  if (shown === '…') return expect.anything();
  if (Array.isArray(shown))
    return shown.at(-1) === '…'
      ? expect.arrayContaining(
          shown
            .slice(0, -1)
            .map((item: unknown) => expect.objectContaining(expected(item) as Record<string, unknown>)),
        )
      : shown.map(expected);
  if (typeof shown !== 'object' || shown === null) return shown;
  return Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, expected(value)]));
};

const fileOf = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

describe('The commands of', () => {
  let installation: TestInstallation;
  let application: RunningApplication;

  beforeAll(async () => {
    installation = await testInstallation();
    application = await startApplication(installation.settings);
  });

  afterAll(async () => {
    await application.stop();
    await installation.remove();
  });

  /** All that was answered; what is shown is compared, and nothing fails that is not shown to. */
  const follow = async (steps: readonly Step[]): Promise<readonly GuideAnswer[]> => {
    const shell = guideShell();
    const all: GuideAnswer[] = [];
    for (const { heading, commands, shown } of steps) {
      const answers = await shell.run(commands.replaceAll('http://127.0.0.1:3000', application.address));
      all.push(...answers);
      const last = answers.at(-1);
      if (shown !== undefined) expect({ heading, ...last }).toMatchObject({ heading, body: expected(shown) });
      const failed = answers.filter(
        ({ status }, index) => status >= 400 && (shown === undefined || index < answers.length - 1),
      );
      expect({ heading, failed }).toEqual({ heading, failed: [] });
    }
    return all;
  };

  it('the handover guide are answered as it shows', async () => {
    const answers = await follow(stepsOf(fileOf('docs/guides/handover.md')));
    expect(answers.filter(({ status }) => status >= 400).length).toBeGreaterThan(5);
  });

  it('the start succeed, three of them', async () => {
    const [, printed = ''] = /Three commands to try:\n(.*)\nCtrl-C/s.exec(application.output()) ?? [];
    const answers = await guideShell().run(printed.replaceAll('\\\n', ' ').replace(/^ +/gm, ''));
    expect(answers.map(({ status }) => status)).toEqual([200, 201]);
  });

  it('the story in the README succeed', async () => {
    const story = stepsOf(fileOf('README.md')).filter(({ heading }) => heading === 'The story of one client');
    const answers = await follow(story);
    expect(answers.length).toBeGreaterThan(10);
  });
});
