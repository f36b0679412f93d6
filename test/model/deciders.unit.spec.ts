import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decide } from '../../src/journeys/domain/decide.js';
import type { Decision } from '../../src/journeys/domain/decision.js';
import { journeyBy } from './decided-journeys.js';
import { Broken } from './oracle.js';
import { play } from './play.js';
import { anySequence } from './steps.js';

const promises = (decider: typeof decide) =>
  fc.asyncProperty(anySequence, (sequence) => play(journeyBy(decider), sequence));

/** The first sequence that shows the mistake. */
const mistakeOf = async (decider: typeof decide): Promise<string> => {
  const { errorInstance } = await fc.check(promises(decider), {
    numRuns: 3_000,
    seed: 1,
    endOnFailure: true,
  });
  if (errorInstance instanceof Broken) return errorInstance.message;
  throw errorInstance instanceof Error ? errorInstance : new Error('Nothing was found');
};

/** The decision as somebody may have got it wrong: with these words in place of what was really asked or known. */
const withMistake =
  (mistake: (...asked: Parameters<typeof decide>) => Decision | undefined): typeof decide =>
  (...asked) =>
    mistake(...asked) ?? decide(...asked);

describe('The deciders of a handover', () => {
  it('keep every promise, whoever tries what in whatever order', async () => {
    await fc.assert(promises(decide), { numRuns: 1_000 });
  });

  it.each<readonly [string, RegExp, typeof decide]>([
    [
      'take any hash for the right one',
      /right hash/,
      withMistake((command, journey, context) =>
        command.type === 'AcceptHandover'
          ? decide(command, journey, { ...context, packageHash: () => command.packageHash })
          : undefined,
      ),
    ],
    [
      'let people review what they proposed themselves',
      /another supervisor/,
      withMistake((command, journey, context) => {
        if (command.type !== 'ApproveHandover' || journey.stage === 'none') return undefined;
        const handovers = journey.handovers.map((one) => ({
          ...one,
          recordedBy: { ...one.recordedBy, userId: 'somebody else' },
        }));
        return decide(command, { ...journey, handovers }, context);
      }),
    ],
    [
      'accept what nobody has approved',
      /out of order/,
      withMistake((command, journey, context) => {
        if (command.type !== 'AcceptHandover' || journey.stage === 'none') return undefined;
        const handovers = journey.handovers.map((one) =>
          one.step === 'proposed' ? { ...one, step: 'approved' as const, approvedAt: context.now } : one,
        );
        return decide(command, { ...journey, handovers }, context);
      }),
    ],
    [
      'propose a second handover beside an open one',
      /one handover at a time/,
      withMistake((command, journey, context) =>
        command.type === 'ProposeHandover' && journey.stage !== 'none'
          ? decide(command, { ...journey, handovers: [] }, context)
          : undefined,
      ),
    ],
    [
      'go by a consent that has ended',
      /in force|within the basis/,
      withMistake((command, journey, context) =>
        command.type === 'AcceptHandover' || command.type === 'ProposeHandover'
          ? decide(command, journey, { ...context, today: '2026-03-03' })
          : undefined,
      ),
    ],
  ])('are found out if they %s', async (_, promise, broken) => {
    expect(await mistakeOf(broken)).toMatch(promise);
  });
});
