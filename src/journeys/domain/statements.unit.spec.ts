import { describe, expect, it } from '@jest/globals';
import { everyEvent, everyEventInTurn, everyEventType } from '../../../test/support/every-event.js';
import { given, journeyAfter } from '../../../test/support/given-when-then.js';
import {
  disputeId,
  event,
  exchangeConsentGiven,
  housingNeeded,
  journeyClosed,
  journeyOpened,
} from '../../../test/support/journey-story.js';
import { caseManager, newId } from '../../../test/support/office.js';
import { entry } from '../../../test/support/recorded.js';
import type { JourneyEvent, JourneyEventType } from './events.js';
import { correctable } from './statements.js';

describe('a client who contests a statement', () => {
  const dispute = { type: 'DisputeStatement', eventId: entry(1), statement: 'Das stimmt nicht.' } as const;
  const disputed = event('DataDisputed', { disputeId, eventId: entry(1), statement: 'Das stimmt nicht.' });

  it('is heard', () => {
    given(journeyOpened, housingNeeded)
      .when(dispute)
      .by(caseManager)
      .then(event('DataDisputed', { disputeId: newId, eventId: entry(1), statement: 'Das stimmt nicht.' }));
  });

  it('is heard about anything that was recorded, the opening and consents included', () => {
    for (const revision of everyEventType.keys())
      given(...everyEventInTurn)
        .when({ ...dispute, eventId: entry(revision) })
        .by(caseManager)
        .then(
          event('DataDisputed', {
            disputeId: newId,
            eventId: entry(revision),
            statement: 'Das stimmt nicht.',
          }),
        );
  });

  it('names something that was recorded', () => {
    given(journeyOpened).when(dispute).by(caseManager).thenRefused('unknown-event', { kind: 'state' });
  });

  const resolve = { type: 'ResolveDispute', disputeId, outcome: 'rejected', note: 'Belegt' } as const;
  const resolved = event('DisputeResolved', { disputeId, outcome: 'rejected', note: 'Belegt' });

  it('gets a decision', () => {
    given(journeyOpened, housingNeeded, disputed).when(resolve).by(caseManager).then(resolved);
  });

  it('gets one decision', () => {
    const decided = [journeyOpened, housingNeeded, disputed, resolved];
    given(...decided)
      .when(resolve)
      .by(caseManager)
      .thenNothing();
    given(...decided)
      .when({ ...resolve, outcome: 'upheld' })
      .by(caseManager)
      .thenRefused('dispute-resolved', { kind: 'state' });
    given(...decided)
      .when({ ...resolve, note: 'Doch nicht belegt' })
      .by(caseManager)
      .thenRefused('dispute-resolved');
  });

  it('may contest the same statement again', () => {
    given(journeyOpened, housingNeeded, disputed, resolved)
      .when(dispute)
      .by(caseManager)
      .then(event('DataDisputed', { disputeId: newId, eventId: entry(1), statement: 'Das stimmt nicht.' }));
  });

  it('has no dispute decided that was never raised', () => {
    given(journeyOpened, housingNeeded)
      .when(resolve)
      .by(caseManager)
      .thenRefused('not-found', { kind: 'unknown' });
  });

  it('is heard and answered after the journey was closed', () => {
    given(journeyOpened, housingNeeded, journeyClosed)
      .when(dispute)
      .by(caseManager)
      .then(event('DataDisputed', { disputeId: newId, eventId: entry(1), statement: 'Das stimmt nicht.' }));
    given(journeyOpened, housingNeeded, disputed, journeyClosed).when(resolve).by(caseManager).then(resolved);
  });
});

describe('a statement that is wrong', () => {
  const need = everyEvent.NeedIdentified;
  const correction = {
    type: 'CorrectStatement',
    eventId: entry(1),
    replacement: { urgency: 'low' },
  } as const;

  it('is corrected beside the original, which stays in the record', () => {
    given(journeyOpened, housingNeeded)
      .when(correction)
      .by(caseManager)
      .then(event('DataCorrected', { eventId: entry(1), replacement: { urgency: 'low' } }));
  });

  it('is corrected after the journey was closed, too', () => {
    given(journeyOpened, housingNeeded, journeyClosed)
      .when(correction)
      .by(caseManager)
      .then(event('DataCorrected', { eventId: entry(1), replacement: { urgency: 'low' } }));
  });

  it('is one that was recorded', () => {
    given(journeyOpened).when(correction).by(caseManager).thenRefused('unknown-event', { kind: 'state' });
  });

  it('is corrected with values that its fields may have', () => {
    given(journeyOpened, housingNeeded)
      .when({ ...correction, replacement: { description: 'Kalt', urgency: 'sehr' } })
      .by(caseManager, { fitting: (_type, field, value) => (field === 'urgency' ? undefined : { value }) })
      .thenRefused('invalid-value', { kind: 'input', pointer: '/replacement/urgency' });
  });

  it('is corrected to a social area of the journey’s own town', () => {
    const toSocialArea = (socialArea: string) =>
      ({ type: 'CorrectStatement', eventId: entry(0), replacement: { socialArea } }) as const;
    given(journeyOpened)
      .when(toSocialArea('05978020-mitte'))
      .by(caseManager)
      .thenRefused('social-area-elsewhere', { kind: 'input', pointer: '/replacement/socialArea' });
    given(journeyOpened)
      .when(toSocialArea('05978004-ruenthe'))
      .by(caseManager)
      .then(event('DataCorrected', { eventId: entry(0), replacement: { socialArea: '05978004-ruenthe' } }));
  });

  const correctables = Object.entries(correctable) as [JourneyEventType, readonly string[]][];

  it.each(correctables)('of %s is corrected field by field', (type, fields) => {
    const revision = everyEventType.indexOf(type);
    for (const field of fields) {
      const replacement = { [field]: (everyEvent[type] as unknown as Record<string, unknown>)[field] };
      given(...everyEventInTurn)
        .when({ type: 'CorrectStatement', eventId: entry(revision), replacement })
        // To whom a field is hidden, whatever is said of it is news.
        .by(caseManager, { statement: () => ({}) })
        .then(event('DataCorrected', { eventId: entry(revision), replacement }));
    }
  });

  it.each(correctables)('of %s leaves ids, organisations and acts alone', (type, fields) => {
    const revision = everyEventType.indexOf(type);
    for (const field of Object.keys(everyEvent[type]).filter((name) => !fields.includes(name)))
      given(...everyEventInTurn)
        .when({ type: 'CorrectStatement', eventId: entry(revision), replacement: { [field]: 'anders' } })
        .by(caseManager)
        .thenRefused('field-not-correctable', { kind: 'input', pointer: `/replacement/${field}` });
  });

  it('is not corrected by a field that it does not have, whose name is not repeated', () => {
    for (const other of ['Olena', 'constructor', 'note'])
      given(journeyOpened, housingNeeded)
        .when({ ...correction, replacement: { urgency: 'low', [other]: 'anders' } })
        .by(caseManager)
        .thenRefused('field-not-correctable', { kind: 'input', pointer: '/replacement' });
  });

  it.each(everyEventType.filter((type) => !(type in correctable)))(
    'is never %s: that is undone, not corrected',
    (type) => {
      given(...everyEventInTurn)
        .when({
          type: 'CorrectStatement',
          eventId: entry(everyEventType.indexOf(type)),
          replacement: { note: 'anders' },
        })
        .by(caseManager)
        .thenRefused('event-not-correctable', { kind: 'state' });
    },
  );

  it('is not corrected by nothing', () => {
    given(journeyOpened, housingNeeded)
      .when({ ...correction, replacement: {} })
      .by(caseManager)
      .thenRefused('field-not-correctable');
  });

  it('that says the same already is not corrected: nothing is recorded', () => {
    const described = event('NeedIdentified', { ...need, clientWish: 'Ruhe' });
    const toTheSame = (replacement: Readonly<Record<string, unknown>>, ...more: readonly JourneyEvent[]) =>
      given(journeyOpened, described, ...more)
        .when({ ...correction, replacement })
        .by(caseManager);
    const corrected = event('DataCorrected', { eventId: entry(1), replacement: { urgency: 'low' } });
    toTheSame({ urgency: 'high', clientWish: 'Ruhe' }).thenNothing();
    toTheSame({ urgency: 'low' }, corrected).thenNothing();
    toTheSame({ urgency: 'high' }, corrected).then(
      event('DataCorrected', { eventId: entry(1), replacement: { urgency: 'high' } }),
    );
    toTheSame({ urgency: 'low', clientWish: 'Ruhe' }).then(corrected);
  });

  it('is not corrected by the same moment in other digits', () => {
    const met = event('ContactRecorded', {
      contactId: 'a-contact',
      occurredAt: '2026-03-02T10:00:00Z',
      kind: 'office',
      minutes: 30,
    });
    const at = (occurredAt: string) =>
      given(journeyOpened, met)
        .when({ type: 'CorrectStatement', eventId: entry(1), replacement: { occurredAt } })
        .by(caseManager);
    at('2026-03-02T10:00:00.000Z').thenNothing();
    const later = '2026-03-02T10:00:00.001Z';
    at(later).then(event('DataCorrected', { eventId: entry(1), replacement: { occurredAt: later } }));
  });

  it('stands as corrected in what is decided afterwards', () => {
    const corrected = event('DataCorrected', { eventId: entry(1), replacement: { urgency: 'low' } });
    const again = event('DataCorrected', { eventId: entry(1), replacement: { clientWish: 'Ruhe' } });
    const journey = journeyAfter([journeyOpened, housingNeeded, exchangeConsentGiven, corrected, again]);
    expect(journey).toMatchObject({
      needs: [{ fieldOfAction: 'housing', urgency: 'low', clientWish: 'Ruhe', corrected: true }],
    });
  });
});
