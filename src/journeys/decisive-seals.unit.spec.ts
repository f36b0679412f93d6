import { describe, expect, it } from '@jest/globals';
import { everyCommand } from '../../test/support/every-command.js';
import { everyEventInTurn } from '../../test/support/every-event.js';
import { adviser, caseManager, contextOf, headOfTeam, kamenCaseManager } from '../../test/support/office.js';
import { recorded } from '../../test/support/recorded.js';
import { withCorrections } from './domain/corrections.js';
import { decide } from './domain/decide.js';
import { foldJourney } from './domain/evolve.js';
import { journeyFields } from './domain/field-table.js';
import { grantsOf } from './domain/grants.js';
import type { VisibleEvent } from './domain/journey.js';
import { journeyFormat } from './journey-format.js';

/** As a decision gets it: the sealed part of most types stays sealed. */
const partlyUnsealed = (event: VisibleEvent): VisibleEvent => {
  if (journeyFormat.decisiveSeals.has(event.type)) return event;
  const rules: Readonly<Record<string, string>> = journeyFields[event.type].fields;
  const plain = Object.entries(event.data).filter(([field]) => rules[field]?.startsWith('plain '));
  return { ...event, data: Object.fromEntries(plain) } as VisibleEvent;
};

describe('A decision', () => {
  const histories = everyEventInTurn.map((_, last) => recorded(everyEventInTurn.slice(0, last + 1)));

  it.each(everyCommand.map((command) => [command.type, command] as const))(
    'on %s is the same whether everything was unsealed or only what decisions need',
    (_type, command) => {
      for (const history of histories) {
        const whole = foldJourney(withCorrections(history));
        const partly = foldJourney(withCorrections(history.map(partlyUnsealed)));
        for (const actor of [caseManager, headOfTeam, adviser, kamenCaseManager]) {
          const context = contextOf(actor);
          expect(decide(command, partly, context)).toEqual(decide(command, whole, context));
          expect(grantsOf(partly, actor, context.today)).toEqual(grantsOf(whole, actor, context.today));
        }
      }
    },
  );
});
