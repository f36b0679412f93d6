import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JourneyCommand } from '../../src/journeys/domain/commands.js';
import { decide } from '../../src/journeys/domain/decide.js';
import { journeyAfter } from '../support/given-when-then.js';
import { everyCommand } from '../support/every-command.js';
import { everyEventInTurn } from '../support/every-event.js';
import { caseManager, contextOf, headOfTeam, jobCentreWorker } from '../support/office.js';

interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, { readonly description: string } | undefined>>;
}

const contract = JSON.parse(
  readFileSync(new URL('../../../openapi.json', import.meta.url), 'utf8'),
) as Contract;

/** The rules that the document names for the 409 of each operation. */
const documented = new Map(
  Object.values(contract.paths)
    .flatMap((path) => Object.values(path))
    .map(({ operationId, responses }) => [
      operationId,
      [...(responses['409']?.description ?? '').matchAll(/`([^`]+)`/g)].map(([, code]) => code),
    ]),
);

const operationOf = ({ type }: JourneyCommand): string => type.charAt(0).toLowerCase() + type.slice(1);

/** A proposal has no id of its own yet. */
const commands = everyCommand.map((command) =>
  command.type === 'ProposeHandover'
    ? Object.fromEntries(Object.entries(command).filter(([field]) => field !== 'handoverId'))
    : command,
);

/** Also as something else than what the record says already: a repetition is no refusal. */
const anyCommand = fc.tuple(fc.constantFrom(...commands), fc.boolean()).map(([command, otherwise]) => ({
  ...command,
  ...(otherwise && { note: 'anders', effectiveOn: '2026-02-02' }),
})) as fc.Arbitrary<JourneyCommand>;

const [opening, ...later] = everyEventInTurn;
const anyHistory = fc
  .tuple(fc.nat(later.length), fc.subarray(later), fc.array(fc.constantFrom(...later), { maxLength: 4 }))
  .map(([told, left, more]) => [
    opening!,
    ...later.slice(0, told).filter((event) => left.includes(event)),
    ...more,
  ]);

describe('The document of the contract', () => {
  it('names every rule by which the state of a journey refuses a command', () => {
    const unnamed = new Set<string>();
    fc.assert(
      fc.property(
        anyHistory,
        fc.array(anyCommand, { minLength: 20, maxLength: 20 }),
        fc.constantFrom(caseManager, headOfTeam, jobCentreWorker),
        (history, commands, actor) => {
          const journey = journeyAfter(history);
          for (const command of commands) {
            const { refusal } = decide(command, journey, contextOf(actor));
            const codes = documented.get(operationOf(command));
            if (refusal?.kind === 'state' && codes && !codes.includes(refusal.code))
              unnamed.add(`${command.type}: ${refusal.code}`);
          }
        },
      ),
      { numRuns: 2_000, seed: 1 },
    );
    expect([...unnamed].sort()).toEqual([]);
  });
});
