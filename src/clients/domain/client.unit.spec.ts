import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { everyClientEvent, everyClientEventType } from '../../../test/support/every-client-event.js';
import type { DataCategory } from '../../journeys/domain/codes.js';
import type { Recorded } from '../../record/recorded.js';
import { viewOfClient } from '../client-view.js';
import { foldClient } from './client.js';
import type { Client } from './client.js';
import { correctClient, linkJourney, registerClient } from './decide.js';
import type { CorrectClient } from './decide.js';
import type { ClientDetails, ClientEvent } from './events.js';

const clientId = '5e0b7d52-7d5c-5b0e-9d3f-0c5d1b6f7a02';
const journeyId = '5e0b7d52-7d5c-5b0e-9d3f-0c5d1b6f7a01';

const amina: ClientDetails = {
  givenName: 'Amina',
  familyName: 'Yılmaz',
  birthYear: 1990,
  languages: ['tr', 'de'],
  phone: '02307 965',
  address: { street: 'Jahnstraße 1', postalCode: '59192', town: 'Bergkamen' },
};

const recorded = (...events: readonly ClientEvent[]): readonly Recorded<ClientEvent>[] =>
  events.map((event, revision) => ({
    ...event,
    eventId: `e${revision}`,
    revision,
    recordedAt: '2026-03-03T08:00:00.000Z',
    recordedBy: { organisationId: 'kim-bergkamen', userId: 'bergkamen-cm' },
  }));

const registered: ClientEvent = { type: 'ClientRegistered', data: { ...amina, clientId } };
const after = (...events: readonly ClientEvent[]): Client => foldClient(recorded(registered, ...events));

const detailsOf = (client: Client): ClientDetails => {
  if (client.stage === 'none') throw new Error('no client');
  return client.details;
};

const correcting = (correction: CorrectClient, client: Client = after()): Client =>
  foldClient(recorded(registered, ...correctClient(correction, detailsOf(client))));

describe('registering a client', () => {
  it('records what is known of them', () => {
    expect(registerClient(amina, clientId)).toEqual([registered]);
    expect(after()).toEqual({
      stage: 'known',
      clientId,
      registeredBy: 'kim-bergkamen',
      registeredAt: '2026-03-03T08:00:00.000Z',
      details: amina,
      recorded: Object.fromEntries(
        Object.keys(amina).map((field) => [
          field,
          { organisationId: 'kim-bergkamen', at: '2026-03-03T08:00:00.000Z' },
        ]),
      ),
      journeyIds: [],
      mergedClientIds: [],
    });
  });
});

describe('correcting a client', () => {
  it('records what differs, and why', () => {
    expect(correctClient({ familyName: 'Yildiz', givenName: 'Amina', reason: 'Heirat' }, amina)).toEqual([
      { type: 'ClientCorrected', data: { familyName: 'Yildiz', reason: 'Heirat' } },
    ]);
  });

  it('records nothing where nothing differs', () => {
    expect(correctClient({ ...amina, reason: 'Ausweis' }, amina)).toEqual([]);
    expect(correctClient({ reason: 'Ausweis' }, amina)).toEqual([]);
  });

  it('takes the same address for the same, in whatever order its parts are sent', () => {
    const address = { town: 'Bergkamen', street: 'Jahnstraße 1', postalCode: '59192' };
    expect(correctClient({ address, reason: 'Meldeamt' }, amina)).toEqual([]);
  });

  it('takes another order of languages, one more, or one fewer for a difference', () => {
    for (const languages of [['de', 'tr'], ['tr', 'de', 'en'], ['tr']])
      expect(correctClient({ languages, reason: 'Gespräch' }, amina)).toHaveLength(1);
  });

  it('happens once: the same correction again records nothing', () => {
    const correction = { familyName: 'Yildiz', reason: 'Heirat' };
    expect(correctClient(correction, detailsOf(correcting(correction)))).toEqual([]);
  });

  it('leaves everything else as it was', () => {
    expect(correcting({ phone: '0176 1', reason: 'Neu' })).toMatchObject({
      details: { ...amina, phone: '0176 1' },
    });
  });

  it('puts a birth date in the place of the year, and a year in the place of the date', () => {
    const dated = correcting({ birthDate: '1990-04-01', reason: 'Pass' });
    expect(dated).toMatchObject({ details: { birthDate: '1990-04-01' } });
    expect(dated).not.toHaveProperty('details.birthYear');
    const { birthYear: _, ...rest } = amina;
    const known = foldClient(
      recorded(
        { type: 'ClientRegistered', data: { ...rest, birthDate: '1990-04-01', clientId } },
        { type: 'ClientCorrected', data: { birthYear: 1991, reason: 'Pass war gefälscht' } },
      ),
    );
    expect(known).toMatchObject({ details: { birthYear: 1991 } });
    expect(known).not.toHaveProperty('details.birthDate');
  });

  it('does not keep its reason among what is known of the person', () => {
    expect(JSON.stringify(correcting({ phone: '0176 1', reason: 'Streng geheim' }))).not.toContain('geheim');
  });

  it('records what its author does not see, whether it is new or not', () => {
    const { phone: _, ...seen } = amina;
    for (const phone of [amina.phone, '0176 1'])
      expect(correctClient({ phone: phone ?? '', reason: 'Gespräch' }, seen)).toEqual([
        { type: 'ClientCorrected', data: { phone, reason: 'Gespräch' } },
      ]);
  });
});

describe('linking a journey', () => {
  it('happens once for each journey', () => {
    const linked: ClientEvent = { type: 'JourneyLinked', data: { journeyId } };
    expect(linkJourney(journeyId, after())).toEqual([linked]);
    expect(linkJourney(journeyId, after(linked))).toEqual([]);
    expect(linkJourney('another', after(linked))).toHaveLength(1);
    expect(after(linked, { type: 'JourneyLinked', data: { journeyId: 'another' } })).toMatchObject({
      journeyIds: [journeyId, 'another'],
    });
  });
});

describe('the fold of a client', () => {
  const everyEvent = everyClientEventType.map(
    (type) => ({ type, data: everyClientEvent[type] }) as ClientEvent,
  );

  it('cannot fail, in whatever order events come and whichever sealed fields are left', () => {
    const anySequence = fc.array(fc.constantFrom(...everyEvent), { maxLength: 20 });
    fc.assert(
      fc.property(anySequence, fc.func(fc.boolean()), (events, left) => {
        const remaining = events.map(({ type, data }) => ({
          type,
          data: Object.fromEntries(
            Object.entries(data).filter(([field]) => field.endsWith('Id') || left(type, field)),
          ),
        })) as unknown as readonly ClientEvent[];
        const client = foldClient(recorded(...remaining));
        expect(client.stage === 'none').toBe(!events.some(({ type }) => type === 'ClientRegistered'));
      }),
    );
  });
});

describe('what a reader sees of a client', () => {
  const grant = (...categories: readonly DataCategory[]) => [{ categories }];

  it('is everything to the owner', () => {
    expect(viewOfClient(after(), false, [{ categories: 'all' }])).toEqual({
      clientId,
      ...amina,
    });
  });

  it('is what their categories hold to others', () => {
    expect(viewOfClient(after(), false, grant())).toEqual({ clientId });
    expect(viewOfClient(after(), false, grant('language', 'health'))).toEqual({
      clientId,
      languages: amina.languages,
    });
    expect(viewOfClient(after(), false, grant('contact'))).toEqual({
      clientId,
      phone: amina.phone,
      address: amina.address,
    });
    expect(viewOfClient(after(), false, grant('identity'))).toEqual({
      clientId,
      givenName: 'Amina',
      familyName: 'Yılmaz',
      birthYear: 1990,
    });
  });

  it('is of an erased person that they were erased, and no more', () => {
    expect(viewOfClient(after(), true, [{ categories: 'all' }])).toEqual({ erased: true });
  });
});
