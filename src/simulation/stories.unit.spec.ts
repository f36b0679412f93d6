import { describe, expect, it } from '@jest/globals';
import { isWorkingDay, loadReferenceData } from '../reference/index.js';
import { storiesOf } from './simulate.js';
import type { Step } from './story.js';

const reference = loadReferenceData();
const demo = (until: string, seed = 1) => storiesOf({ journeys: 300, seed, until }, reference);

type Command = Extract<Step['deed'], { on: 'journey' | 'acceptance' }>['command'];
const commandOf = ({ deed }: Step): Command | undefined =>
  deed.on === 'journey' || deed.on === 'acceptance' ? deed.command : undefined;
const ofType = (steps: readonly Step[], ...types: readonly Command['type'][]) =>
  steps.filter((step) => types.some((type) => commandOf(step)?.type === type));

/** Where the last handover of a story stands when the simulated time is over; undefined if nobody is waited for. */
const lastHandover = (story: readonly Step[]) => {
  const [last] = ofType(story, 'ProposeHandover').slice(-1);
  const proposal = last && commandOf(last);
  if (!last || proposal?.type !== 'ProposeHandover') return undefined;
  const since = story.slice(story.indexOf(last) + 1);
  const happened = (...types: readonly Command['type'][]) => ofType(since, ...types).length > 0;
  if (happened('ReturnHandover', 'DeclineHandover', 'WithdrawHandover', 'WithdrawConsent', 'LapseHandover'))
    return undefined;
  if (happened('AcceptHandover') && happened('RecordContact')) return undefined;
  return {
    from: last.by.organisationId,
    to: proposal.toOrganisationId,
    step: happened('AcceptHandover') ? 'accepted' : happened('ApproveHandover') ? 'offered' : 'proposed',
    late: ofType(since, 'ApproveHandover', 'AcceptHandover', 'EscalateHandover')
      .slice(-1)
      .some((step) => commandOf(step)?.type === 'EscalateHandover'),
  };
};

const byStory = (steps: readonly Step[]): ReadonlyMap<number, readonly Step[]> => {
  const stories = new Map<number, Step[]>();
  for (const step of steps) {
    const story = stories.get(step.story) ?? [];
    stories.set(step.story, story);
    story.push(step);
  }
  return stories;
};

describe('The stories of a demonstration', () => {
  const steps = demo('2026-06-20');
  const many = [1, 2, 3].flatMap((seed) => demo('2026-06-20', seed));
  const stories = byStory(steps);
  const storyOf = ({ story }: Step): readonly Step[] => stories.get(story) ?? [];

  it('are the same for the same seed and others for the next', () => {
    expect(demo('2026-06-20')).toEqual(steps);
    expect(demo('2026-06-20', 2)).not.toEqual(steps);
  });

  it('happen in office hours of working days, before their end', () => {
    const hour = (at: string) => at.slice(11, 16);
    const odd = steps.filter(
      ({ at }) =>
        !isWorkingDay(at.slice(0, 10)) || at >= '2026-06-20' || hour(at) < '06:59' || hour(at) > '16:00',
    );
    expect(odd).toEqual([]);
  });

  it('are written by people of the register, and what time itself does by the deadline runner', () => {
    const isOfTime = (step: Step) =>
      ['EscalateHandover', 'LapseHandover'].includes(commandOf(step)?.type ?? '');
    const strangers = steps.filter(
      (step) =>
        reference.user(step.by.userId)?.organisation !==
        (isOfTime(step) ? undefined : step.by.organisationId),
    );
    expect(strangers).toEqual([]);
  });

  it('hand clients over to whom the register names, on a statute where there is one', () => {
    const rules = new Set<string>();
    const pairs = new Set<string>();
    for (const step of ofType(many, 'ProposeHandover')) {
      const proposal = commandOf(step);
      if (proposal?.type !== 'ProposeHandover') continue;
      if (proposal.basis.type === 'statute') rules.add(proposal.basis.rule);
      pairs.add(`${step.by.organisationId} ${proposal.toOrganisationId}`);
    }
    expect([...rules]).toEqual(expect.arrayContaining(['sgbx-71-2', 'aufenthg-44a']));
    for (const pair of [
      'kim-bergkamen jobcenter-kreis-unna',
      'jobcenter-kreis-unna auslaenderbehoerde-kreis-unna',
      'auslaenderbehoerde-kreis-unna jobcenter-kreis-unna',
      'kim-kamen mbe-kreis-unna',
    ])
      expect(pairs).toContain(pair);
  });

  it('let a supervisor review who did not propose', () => {
    for (const step of ofType(steps, 'ApproveHandover', 'ReturnHandover')) {
      const [proposal] = ofType(
        storyOf(step).filter(({ at }) => at < step.at),
        'ProposeHandover',
      ).slice(-1);
      expect(step.by.roles).toContain('supervisor');
      expect(step.by.organisationId).toBe(proposal?.by.organisationId);
      expect(step.by.userId).not.toBe(proposal?.by.userId);
    }
  });

  it('end handovers in every way, most of them well', () => {
    const often = (type: Command['type']) => ofType(many, type).length;
    for (const type of [
      'ReturnHandover',
      'DeclineHandover',
      'WithdrawHandover',
      'LapseHandover',
      'WithdrawConsent',
      'RequestInformation',
      'EscalateHandover',
    ] as const)
      expect(often(type)).toBeGreaterThan(0);
    expect(often('AcceptHandover')).toBeGreaterThan(often('ApproveHandover') / 2);
  });

  it('tell of benefits that begin and end, side by side and one after the other', () => {
    const begun = ofType(many, 'EnterLegalDomain');
    const ended = ofType(many, 'LeaveLegalDomain');
    expect(begun.length).toBeGreaterThan(ended.length * 2);
    expect(ended.length).toBeGreaterThan(50);
    for (const step of [...begun, ...ended]) {
      const command = commandOf(step);
      if (command?.type !== 'EnterLegalDomain' && command?.type !== 'LeaveLegalDomain') continue;
      expect(command.effectiveOn <= step.at.slice(0, 10)).toBe(true);
    }
  });

  it('lose some whom another office has accepted, and some who agree to no goal', () => {
    const told = [1, 2].flatMap((seed) => [...byStory(demo('2026-06-20', seed)).values()]);
    const isLost = (story: readonly Step[]): boolean => {
      const [accepted] = ofType(story, 'AcceptHandover').slice(-1);
      if (!accepted) return false;
      const after = story.slice(story.indexOf(accepted));
      const met = ofType(after, 'RecordContact')[0]?.at ?? '2026-06-20';
      return Date.parse(met) - Date.parse(accepted.at) > 30 * 86_400_000;
    };
    expect(told.filter(isLost).length).toBeGreaterThan(2);
    const isUnplanned = (story: readonly Step[]): boolean =>
      ofType(story, 'IdentifyNeed').length > 0 && ofType(story, 'AgreeGoal').length === 0;
    expect(told.filter(isUnplanned).length).toBeGreaterThan(20);
  });

  it('let the receiving organisation answer live referrals in every way', () => {
    const live = ofType(steps, 'MakeReferral').filter((step) => {
      const command = commandOf(step);
      return command?.type === 'MakeReferral' && command.mode === 'live';
    });
    const answers = live.flatMap((made) => {
      const command = commandOf(made);
      if (command?.type !== 'MakeReferral') return [];
      return storyOf(made)
        .filter(({ by }) => by.organisationId === command.organisationId)
        .map((step) => commandOf(step)?.type);
    });
    for (const answer of ['AcceptReferral', 'DeclineReferral', 'StartReferral', 'CompleteReferral'] as const)
      expect(answers).toContain(answer);
  });

  it.each(['2026-01-10', '2026-05-05', '2026-10-01'])('leave something in every queue on %s', (until) => {
    const open = [...byStory(demo(until)).values()].flatMap((story) => lastHandover(story) ?? []);
    expect(open).toContainEqual(expect.objectContaining({ from: 'kim-bergkamen', step: 'proposed' }));
    for (const to of ['jobcenter-kreis-unna', 'auslaenderbehoerde-kreis-unna'])
      expect(open).toContainEqual(expect.objectContaining({ to, step: 'offered' }));
    expect(open).toContainEqual(expect.objectContaining({ late: true }));
  });
});
