import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { everyEvent, everyEventInTurn, everyEventType } from '../../../test/support/every-event.js';
import { adviceService, integrationManagement, reference } from '../../../test/support/office.js';
import { entry, recorded, withFields } from '../../../test/support/recorded.js';
import { withCorrections } from '../domain/corrections.js';
import type { JourneyEvent } from '../domain/events.js';
import { namesFor, timelineItems } from './index.js';
import type { TimelineItem } from './index.js';

const ownNames = namesFor(integrationManagement, reference);

const german = (...events: readonly JourneyEvent[]): readonly TimelineItem[] =>
  timelineItems(withCorrections(recorded(events)), 'de', ownNames);

const opened: JourneyEvent = { type: 'JourneyOpened', data: everyEvent.JourneyOpened };
const need: JourneyEvent = {
  type: 'NeedIdentified',
  data: { needId: everyEvent.NeedIdentified.needId, fieldOfAction: 'housing', urgency: 'high' },
};
const { disputeId } = everyEvent.DataDisputed;
const needDisputed: JourneyEvent = {
  type: 'DataDisputed',
  data: { disputeId, eventId: entry(1), statement: 'Es eilt nicht.' },
};
const urgencyCorrected: JourneyEvent = {
  type: 'DataCorrected',
  data: { eventId: entry(1), replacement: { urgency: 'low' } },
};

describe('an entry of the timeline', () => {
  it('says what was recorded, when and by whom, in the order of the record', () => {
    const [first, second] = german(opened, need);
    expect(first).toMatchObject({ type: 'JourneyOpened', revision: 0, eventId: entry(0) });
    expect(second).toEqual({
      eventId: entry(1),
      type: 'NeedIdentified',
      revision: 1,
      occurredAt: '2026-03-03T08:01:00.000Z',
      recordedAt: '2026-03-03T08:01:00.000Z',
      recordedBy: { organisationId: 'kim-bergkamen', userId: 'bergkamen-cm' },
      text: 'Ein Bedarf wurde festgestellt: Wohnen und Wohnumfeld. Dringlichkeit: Hoch.',
    });
  });

  it('stands at the moment that the event names', () => {
    const [, contact] = german(opened, { type: 'ContactRecorded', data: everyEvent.ContactRecorded });
    expect(contact?.occurredAt).toBe('2026-03-02T13:30:00Z');
    expect(contact).not.toHaveProperty('occurredOn');
  });

  it.each([
    { type: 'JourneyOpened', data: { ...everyEvent.JourneyOpened, openedOn: '2026-03-01' } },
    { type: 'NeedIdentified', data: { ...everyEvent.NeedIdentified, occurredOn: '2026-03-01' } },
    { type: 'ConsentWithdrawn', data: { ...everyEvent.ConsentWithdrawn, withdrawnOn: '2026-03-01' } },
    { type: 'LegalDomainEntered', data: { effectiveOn: '2026-03-01', legalDomain: 'SGB_II' } },
    { type: 'LegalDomainLeft', data: { effectiveOn: '2026-03-01', legalDomain: 'SGB_II' } },
    { type: 'ReferralStarted', data: { ...everyEvent.ReferralStarted, occurredOn: '2026-03-01' } },
  ] satisfies JourneyEvent[])('stands at noon of a day that is all that $type knows', (event) => {
    expect(german(opened, event).at(-1)).toMatchObject({
      occurredOn: '2026-03-01',
      occurredAt: '2026-03-01T12:00:00.000Z',
    });
  });

  it('is not recorded before it happened: for this morning stands the moment of its record', () => {
    const [item] = german({
      type: 'JourneyOpened',
      data: { ...everyEvent.JourneyOpened, openedOn: '2026-03-03' },
    });
    expect(item).toMatchObject({ occurredOn: '2026-03-03', occurredAt: '2026-03-03T08:00:00.000Z' });
  });

  it('names a colleague to the house, and to others only that it is another person', () => {
    const events = recorded([opened, { type: 'JourneyAssigned', data: everyEvent.JourneyAssigned }]);
    const toOthers = timelineItems(events, 'de', namesFor(adviceService, reference));
    expect(timelineItems(events, 'de', ownNames).at(-1)?.text).toContain('Fallmanagement Bergkamen 2');
    expect(toOthers.at(-1)?.text).toBe(
      'Für die Begleitung ist jetzt eine andere Person zuständig (KIM Bergkamen). ' +
        'Begründung: „Einziger mit Ukrainisch“.',
    );
  });

  it('shows the id of an office that no register knows any more', () => {
    const events = recorded([
      { type: 'ReferralMade', data: { ...everyEvent.ReferralMade, organisationId: 'sprachschule-alt' } },
    ]);
    expect(timelineItems(events, 'en', ownNames)[0]?.text).toContain('to sprachschule-alt.');
  });

  it('gives a text whole, line breaks and all', () => {
    const text = 'Erst die Schule,\ndann der Krieg. "Ja", sagte sie';
    const [item] = german({ type: 'LifeStoryRecorded', data: { text } });
    expect(item?.text).toContain(`„${text}“.`);
  });
});

describe('a statement that the client contests (§ 84 SGB X)', () => {
  it('bears the mark as long as nobody has decided', () => {
    const [, item] = german(opened, need, needDisputed);
    expect(item?.disputed).toBe(true);
    expect(item?.text).toMatch(/bestreitet, dass der Eintrag richtig ist \(§ 84 SGB X\)\.$/);
  });

  it.each(['upheld', 'rejected'] as const)('has lost it once the dispute is %s', (outcome) => {
    const [, item] = german(opened, need, needDisputed, {
      type: 'DisputeResolved',
      data: { disputeId, outcome },
    });
    expect(item).not.toHaveProperty('disputed');
    expect(item?.text).not.toContain('§ 84');
  });

  it('marks nothing but itself', () => {
    const [first, , dispute] = german(opened, need, needDisputed);
    expect(first).not.toHaveProperty('disputed');
    expect(dispute).not.toHaveProperty('disputed');
    expect(dispute?.text).toBe(
      'Die ratsuchende Person bestreitet, dass der Eintrag „Bedarf“ vom 3. März 2026 richtig ist. ' +
        'Ihre Darstellung: „Es eilt nicht.“',
    );
  });
});

describe('a statement that was corrected', () => {
  it('stands as corrected, and says so', () => {
    const [, item, correction] = german(opened, need, urgencyCorrected);
    expect(item?.corrected).toBe(true);
    expect(item?.text).toBe(
      'Ein Bedarf wurde festgestellt: Wohnen und Wohnumfeld. Dringlichkeit: Niedrig. ' +
        'Der Eintrag wurde berichtigt und steht hier in der berichtigten Fassung.',
    );
    expect(correction).not.toHaveProperty('corrected');
    expect(correction?.text).toBe(
      'Berichtigt wurde der Eintrag „Bedarf“ vom 3. März 2026. Es geht um: Dringlichkeit.',
    );
  });
});

describe('a reader who sees only some fields', () => {
  const language = fc.constantFrom('de' as const, 'en' as const);
  const whatIsSeen = fc.func(fc.boolean());

  it('reads whole sentences whichever they are', () => {
    fc.assert(
      fc.property(whatIsSeen, language, (seen, language) => {
        const events = recorded(everyEventInTurn).map((event) =>
          withFields(event, (field, rule) => rule === 'plain process' || seen(event.type, field)),
        );
        for (const { text } of timelineItems(events, language, ownNames)) {
          expect(text).toMatch(/^\p{Lu}.*(?:\.|[.!?][“”])$/u);
          expect(text).not.toMatch(/undefined|null|object|NaN| {2}| [.,;:]|\.\.|: ?\.|[„“”][“”„]|\(\)/);
        }
      }),
    );
  });

  it('is told of every type of event', () => {
    const types = timelineItems(recorded(everyEventInTurn), 'en', ownNames).map(({ type }) => type);
    expect(new Set(types)).toEqual(new Set(everyEventType));
  });
});
