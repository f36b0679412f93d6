import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { startClockedApplication } from '../support/clocked-application.js';
import type { ClockedApplication } from '../support/clocked-application.js';
import { testInstallation } from '../support/installation.js';
import { journeyOver } from './http-journeys.js';
import { play } from './play.js';
import { anySequence } from './steps.js';

interface Wanted {
  readonly sequences: number;
  readonly seed?: number;
  readonly onSequence?: (done: number) => void;
}

/**
 * Plays so many sequences against the application, some at a time, each of these on an installation with a clock of
 * its own; throws with the shortest sequence that breaks a promise.
 */
export const playThrough = async ({
  sequences,
  seed,
  onSequence,
}: Wanted): Promise<{ readonly sequences: number; readonly accepted: number }> => {
  let played = 0;
  let accepted = 0;
  const playOn = async (application: ClockedApplication, share: number, lane: number): Promise<void> => {
    await fc.assert(
      fc.asyncProperty(anySequence, async (sequence) => {
        const journey = await journeyOver(application);
        await play(journey, sequence);
        accepted += (await journey.events()).filter(({ type }) => type === 'HandoverAccepted').length;
        played += 1;
        onSequence?.(played);
      }),
      { numRuns: share, ...(seed !== undefined && { seed: seed + lane }) },
    );
  };
  const atATime = Math.min(lanesFor(sequences), sequences);
  await Promise.all(
    Array.from({ length: atATime }, async (_, lane) => {
      const share = Math.floor((sequences + lane) / atATime);
      const installation = await testInstallation();
      const application = await startClockedApplication(installation.settings, '2026-03-03T09:00:00.000Z');
      try {
        await playOn(application, share, lane);
      } finally {
        await application.stop();
        await installation.remove();
      }
    }),
  );
  return { sequences: played, accepted };
};

/** Much of a sequence is waiting: for the database, for views. Each lane has an application to start, though. */
const lanesFor = (sequences: number): number => (sequences < 10_000 ? 4 : 8);

/** `npm run model -- --sequences 100000 [--seed N]` */
const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: { sequences: { type: 'string', default: '2000' }, seed: { type: 'string' } },
  });
  const sequences = Number(values.sequences);
  if (!Number.isInteger(sequences) || sequences < 1)
    throw new Error('--sequences takes a whole number from 1');
  const { sequences: played, accepted } = await playThrough({
    sequences,
    ...(values.seed !== undefined && { seed: Number(values.seed) }),
    onSequence: (done) => {
      if (done % 1_000 === 0) console.error(`${done} of ${sequences} sequences`);
    },
  });
  console.log(`${played} sequences with ${accepted} accepted handovers: every promise kept`);
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
