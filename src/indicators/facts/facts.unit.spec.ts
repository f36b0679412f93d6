import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { rowsAfter } from '#projections';
import type { Position } from '#event-store';
import { everyClientEvent } from '../../../test/support/every-client-event.js';
import { everyEvent, everyEventInTurn } from '../../../test/support/every-event.js';
import { recorded, withFields } from '../../../test/support/recorded.js';
import type { CaseEvent } from '../../read-models/index.js';
import { berlinDay } from '../../reference/index.js';
import { factHash } from './fact-hash.js';
import type { FactContext } from './fold.js';
import type { JourneyFacts } from './journey-facts.js';
import { ageGroupOn } from './person-facts.js';
import { journeyFactsProjection, personFactsProjection } from './projections.js';

const context: FactContext = {
  hashOf: factHash(createSecretKey(Buffer.alloc(32, 5))),
  dayOf: berlinDay,
  legalDomainOf: (organisationId) => (organisationId.startsWith('jobcenter') ? 'SGB_II' : undefined),
};
const { journeyId, clientId } = everyEvent.JourneyOpened;

const caseEvent = (
  stream: string,
  event: { readonly type: string; readonly data: object; readonly recordedAt: string },
  erased = false,
): CaseEvent => ({
  stream,
  position: 'test-1' as Position,
  subject: clientId,
  erased,
  event: event as unknown as CaseEvent['event'],
});

const ofJourney = recorded(everyEventInTurn).map((event) => caseEvent(`journey-${journeyId}`, event));
const readableToNobody = recorded(everyEventInTurn).map((event) =>
  caseEvent(
    `journey-${journeyId}`,
    withFields(event, (_, rule) => rule?.startsWith('plain') ?? false),
    true,
  ),
);
const at = { eventId: 'x', revision: 0, recordedAt: '2026-05-01T08:00:00.000Z' };
const erasure = caseEvent(`client-${clientId}`, { ...at, type: 'ClientErased', data: {} });

const journeyRows = (events: readonly CaseEvent[]) =>
  rowsAfter(journeyFactsProjection(context), events)['fact_journeys']!;
const personRows = (events: readonly CaseEvent[]) =>
  rowsAfter(personFactsProjection(context), events)['fact_persons']!;

describe('The facts of a journey', () => {
  it('are codes and days of what happened', () => {
    const [row] = journeyRows(ofJourney);
    const facts = row!['facts'] as JourneyFacts;
    expect(facts.opening).toMatchObject({ municipality: everyEvent.JourneyOpened.municipality });
    expect(facts.contacts).toHaveLength(1);
    expect(facts.needs[0]).toMatchObject({ resolvedOn: '2026-03-03' });
    expect(facts.referrals[0]).toMatchObject({ need: facts.needs[0]!.id, outcome: 'attained' });
    expect(facts.handovers[0]!.offices).toMatch(/>SGB_II$/);
    expect(facts.closures).toHaveLength(1);
  });

  it('tell a goal to which the client has not agreed, until the person is erased', () => {
    const imposed = ofJourney.map((one) =>
      one.event.type === 'GoalAgreed'
        ? caseEvent(one.stream, { ...one.event, data: { ...one.event.data, agreedByClient: false } })
        : one,
    );
    const goals = (events: readonly CaseEvent[]) => (journeyRows(events)[0]!['facts'] as JourneyFacts).goals;
    expect(goals(imposed)[0]).toHaveProperty('agreedByClient', false);
    expect(goals(ofJourney)[0]).not.toHaveProperty('agreedByClient');
    expect(goals([...imposed, erasure])).toEqual(goals([...readableToNobody, erasure]));
  });

  it('hold no id of the record, no name and no free text', () => {
    const written = JSON.stringify(journeyRows(ofJourney));
    const uuids = JSON.stringify(everyEventInTurn).match(/[\da-f]{8}-[\da-f-]{27}/g) ?? [];
    expect(uuids.length).toBeGreaterThan(10);
    for (const id of uuids) expect(written).not.toContain(id);
    for (const { concern, referredBy } of [everyEvent.JourneyOpened]) {
      expect(written).not.toContain(concern);
      expect(written).not.toContain(referredBy);
    }
    expect(written).not.toMatch(/ [a-zäöü]/i);
  });

  it('know of an erased person what was never sealed, whether folded before the erasure or after', () => {
    expect(journeyRows([...readableToNobody, erasure])).toEqual(journeyRows([...ofJourney, erasure]));
    const [row] = journeyRows([...ofJourney, erasure]);
    const facts = row!['facts'] as JourneyFacts;
    expect(facts.opening.residenceGroup).toBeUndefined();
    expect(facts.opening.preferredLanguage).toBeUndefined();
    expect(facts.opening.socialArea).toBeUndefined();
    expect(facts.needs[0]!.fieldOfAction).toBeUndefined();
    expect(facts.opening.municipality).toBe(everyEvent.JourneyOpened.municipality);
  });
});

describe('The facts of a journey in which statements were corrected', () => {
  const eventOf = (type: string) => ofJourney.find(({ event }) => event.type === type)!;
  /** Of an erased person the replacement is gone, as all that was sealed. */
  const correctionOf = (type: string, replacement?: object): CaseEvent =>
    caseEvent(
      `journey-${journeyId}`,
      {
        ...recorded(everyEventInTurn)[0]!,
        type: 'DataCorrected',
        data: { eventId: eventOf(type).event.eventId, ...(replacement && { replacement }) },
      },
      replacement === undefined,
    );
  const corrections = [
    ['LegalDomainEntered', { effectiveOn: '2025-12-01' }],
    ['LegalDomainLeft', { effectiveOn: '2026-02-01' }],
    ['LegalDomainLeft', { effectiveOn: '2026-01-31' }],
    ['JourneyClosed', { outcome: 'died' }],
    ['JourneyClosed', { outcome: 'contact-lost' }],
    ['JourneyClosed', { reason: 'War doch nur im Urlaub' }],
  ] as const;
  const factsOf = (events: readonly CaseEvent[]) => journeyRows(events)[0]!['facts'] as JourneyFacts;
  const corrected = [...ofJourney, ...corrections.map(([type, instead]) => correctionOf(type, instead))];

  it('follow the corrected day on which a legal domain was entered, and the one on which it was left', () => {
    const [before] = factsOf(ofJourney).legalDomains;
    expect(before).toMatchObject({ from: '2026-01-01', until: '2026-02-28', legalDomain: 'SGB_II' });
    const [period, ...others] = factsOf(corrected).legalDomains;
    expect(others).toEqual([]);
    expect(period).toMatchObject({ from: '2025-12-01', until: '2026-01-31', legalDomain: 'SGB_II' });
  });

  it('correct the end of the one period that the event has ended', () => {
    const { data, recordedAt } = eventOf('LegalDomainEntered').event;
    const again = (type: string, eventId: string, effectiveOn: string) =>
      caseEvent(`journey-${journeyId}`, {
        ...eventOf('LegalDomainEntered').event,
        ...{ type, eventId, recordedAt, data: { ...data, effectiveOn } },
      });
    const twice = [
      ...ofJourney,
      again('LegalDomainEntered', 'later', '2026-04-01'),
      again('LegalDomainLeft', 'last', '2026-05-01'),
      correctionOf('LegalDomainLeft', { effectiveOn: '2026-02-02' }),
    ];
    expect(factsOf(twice).legalDomains.map(({ from, until }) => [from, until])).toEqual([
      ['2026-01-01', '2026-02-02'],
      ['2026-04-01', '2026-05-01'],
    ]);
  });

  it('follow the corrected outcome of a closure and no other word about it', () => {
    expect(factsOf(ofJourney).closures).toMatchObject([{ outcome: 'moved-away' }]);
    expect(factsOf(corrected).closures).toEqual([
      { ...factsOf(ofJourney).closures[0], outcome: 'contact-lost' },
    ]);
  });

  it('know of an erased person what was recorded plainly, whether folded before the erasure or after', () => {
    const gone = [...readableToNobody, ...corrections.map(([type]) => correctionOf(type)), erasure];
    expect(journeyRows([...corrected, erasure])).toEqual(journeyRows(gone));
    const { legalDomains, closures } = factsOf([...corrected, erasure]);
    expect(legalDomains[0]).toMatchObject({ from: '2026-01-01' });
    for (const field of ['until', 'leftAt', 'legalDomain', 'recorded'])
      expect(legalDomains[0]).not.toHaveProperty(field);
    expect(closures[0]).not.toHaveProperty('outcome');
  });
});

describe('The facts of a person', () => {
  const registered = caseEvent(`client-${clientId}`, {
    ...at,
    type: 'ClientRegistered',
    data: { ...everyClientEvent.ClientRegistered, clientId, sex: 'f', birthDate: '1990-05-02' },
  });

  it('are sex and age group on the day of registration', () => {
    expect(personRows([registered])).toEqual([
      {
        person: context.hashOf(clientId),
        registeredOn: '2026-05-01',
        sex: 'f',
        ageGroup: '35-49',
        mergedInto: null,
      },
    ]);
    expect(JSON.stringify(personRows([registered]))).not.toContain('1990');
  });

  it('follow a correction, and are unknown once the person is erased', () => {
    const corrected = caseEvent(`client-${clientId}`, {
      ...at,
      type: 'ClientCorrected',
      data: { birthDate: '2012-01-01', reason: 'Ausweis gesehen' },
    });
    expect(personRows([registered, corrected])[0]).toMatchObject({ ageGroup: '0-15', sex: 'f' });
    expect(personRows([registered, corrected, erasure])[0]).toMatchObject({ ageGroup: null, sex: null });
  });

  it('name whom the person was merged into, where the merge counts', () => {
    const survivorClientId = '5e0b7d52-7d5c-5b0e-9d3f-0c5d1b6f7aff';
    const merge = (stream: string) =>
      caseEvent(stream, {
        ...at,
        type: 'ClientsMerged',
        data: { survivorClientId, duplicateClientId: clientId },
      });
    expect(personRows([registered, merge(`client-${survivorClientId}`)])[0]).toMatchObject({
      mergedInto: null,
    });
    expect(personRows([registered, merge(`client-${clientId}`)])[0]).toMatchObject({
      mergedInto: context.hashOf(survivorClientId),
    });
  });

  it.each([
    ['2026-05-01', { birthDate: '2010-05-02' }, '0-15'],
    ['2026-05-02', { birthDate: '2010-05-02' }, '16-24'],
    ['2026-05-02', { birthYear: 1946 }, '80+'],
    ['2026-05-02', {}, undefined],
  ])('have on %s with %j the age group %s', (day, born, group) => {
    expect(ageGroupOn(day, born)).toBe(group);
  });
});
