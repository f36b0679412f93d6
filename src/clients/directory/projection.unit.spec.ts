import { createHash, createSecretKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Position } from '#event-store';
import { likelyMatch, queryTokens, score, unpackTokens } from '#personal-data';
import type { NamedPerson } from '#personal-data';
import { rowsAfter } from '#projections';
import type { JourneyEvent } from '../../journeys/domain/events.js';
import type { CaseEvent } from '../../read-models/index.js';
import type { ClientEvent } from '../domain/events.js';
import { clientsProjection } from './projection.js';

const searchKey = createSecretKey(Buffer.alloc(32, 7));
const directory = clientsProjection(searchKey);

const olena = '22222222-2222-5222-8222-222222222222';
const helena = '22222222-2222-5222-8222-222222222223';
const elena = '22222222-2222-5222-8222-222222222224';

const caseEvent = (
  stream: string,
  event: ClientEvent | JourneyEvent,
  { subject = stream.slice('client-'.length), erased = false } = {},
): CaseEvent => ({
  stream,
  subject,
  erased,
  position: 'p-1' as Position,
  event: {
    ...event,
    eventId: 'e',
    revision: 0,
    recordedAt: '2026-03-02T08:00:00.000Z',
    recordedBy: { organisationId: 'kim-bergkamen', userId: 'bergkamen-cm' },
  },
});

const registered = (clientId: string, person: NamedPerson): CaseEvent =>
  caseEvent(`client-${clientId}`, {
    type: 'ClientRegistered',
    data: { clientId, ...person, phone: '+49 151 2345678' } as ClientEvent['data'],
  } as ClientEvent);

const corrected = (clientId: string, corrections: object): CaseEvent =>
  caseEvent(`client-${clientId}`, { type: 'ClientCorrected', data: { ...corrections, reason: 'Ausweis' } });

const merged = (duplicateClientId: string, survivorClientId: string): readonly CaseEvent[] => {
  const event = { type: 'ClientsMerged', data: { duplicateClientId, survivorClientId } } as const;
  return [caseEvent(`client-${survivorClientId}`, event), caseEvent(`client-${duplicateClientId}`, event)];
};

const onJourneyOf = (clientId: string, type: JourneyEvent['type'], data: object): CaseEvent =>
  caseEvent('journey-1', { type, data } as JourneyEvent, { subject: clientId });

interface Row {
  readonly clientId: string;
  readonly survivorId: string;
  readonly organisations: readonly string[];
  readonly person: string | null;
  readonly hashes: readonly string[];
  readonly tokens: string;
}

const rowsOf = (...events: readonly CaseEvent[]) =>
  rowsAfter(directory, events)['clients'] as unknown as readonly Row[];

const rowAfter = (...events: readonly CaseEvent[]): Row => {
  const [row] = rowsOf(...events);
  if (!row) throw new Error('There is no such client');
  return row;
};

const isFoundAs = ({ tokens }: Row, person: NamedPerson): boolean =>
  score(queryTokens(searchKey, person), unpackTokens(Buffer.from(tokens, 'hex'))).score >= likelyMatch;

const inCyrillic = { givenName: 'Олена', familyName: 'Шевченко', birthDate: '1990-02-03' };
const inLatin = { givenName: 'Olena', familyName: 'Shevchenko', birthDate: '1990-02-03' };
const married = { givenName: 'Olena', familyName: 'Brinkmann', birthDate: '1990-02-03' };

describe('The directory of clients', () => {
  it('finds who was registered in another script, and keeps no readable name beside the sealed one', () => {
    const row = rowAfter(registered(olena, inCyrillic));
    expect(isFoundAs(row, inLatin)).toBe(true);
    expect(isFoundAs(row, { givenName: 'Petro', familyName: 'Lysenko', birthDate: '1961-05-06' })).toBe(
      false,
    );
    expect(JSON.parse(row.person ?? '')).toEqual(inCyrillic);
    expect(JSON.stringify({ ...row, person: '' })).not.toMatch(/Олена|Шевченко|1990|Olena/);
  });

  it('has another version whenever it hashes names otherwise: rows of the old one would not be found', () => {
    const people: readonly NamedPerson[] = [
      inCyrillic,
      { ...inLatin, familyName: 'O’Shaughnessy-Müller' },
      { givenName: 'Ευαγγελία', familyName: 'Παπαδοπούλου', birthYear: 1986 },
      { givenName: 'محمد', familyName: 'عبد الرحمن', otherNames: ['ሚካኤል'] },
    ];
    const hashes = people.flatMap((person) => rowAfter(registered(olena, person)).hashes);
    const digest = createHash('sha256').update(hashes.join()).digest('hex').slice(0, 16);
    expect({ version: directory.version, digest }).toEqual({ version: 5, digest: '8064d2c34b09dd88' });
  });

  it('finds them by their new name once it is corrected, and no longer by the old one', () => {
    const row = rowAfter(
      registered(olena, { ...inCyrillic, birthDate: '1985-07-19' }),
      corrected(olena, { familyName: 'Brinkmann', birthDate: '1990-02-03' }),
    );
    expect(isFoundAs(row, married)).toBe(true);
    expect(isFoundAs(row, { ...inLatin, birthDate: '1985-07-19' })).toBe(false);
  });

  it('lets a birth date that becomes known take the place of the year', () => {
    const { givenName, familyName } = inLatin;
    const row = rowAfter(
      registered(olena, { givenName, familyName, birthYear: 1991 }),
      corrected(olena, { birthDate: '1990-02-03' }),
    );
    expect(JSON.parse(row.person ?? '')).toEqual(inLatin);
  });

  it('does not change a row for what is not told there', () => {
    expect(rowAfter(registered(olena, inLatin), corrected(olena, { phone: '02307 9650' }))).toEqual(
      rowAfter(registered(olena, inLatin)),
    );
  });

  it('knows every organisation that may have a right to see the client', () => {
    const { organisations } = rowAfter(
      registered(olena, inLatin),
      onJourneyOf(olena, 'JourneyOpened', { owner: { organisationId: 'kim-kamen', userId: 'kamen-cm' } }),
      onJourneyOf(olena, 'ConsentGiven', { recipients: ['mbe-kreis-unna', 'jobcenter-kreis-unna'] }),
      onJourneyOf(olena, 'ConsentGiven', { recipients: ['mbe-kreis-unna'] }),
      onJourneyOf(olena, 'ReferralMade', { organisationId: 'jmd-kreis-unna' }),
    );
    expect(organisations).toEqual([
      'kim-bergkamen',
      'kim-kamen',
      'mbe-kreis-unna',
      'jobcenter-kreis-unna',
      'jmd-kreis-unna',
    ]);
  });

  it('puts the duplicate, and all who were merged into it, under the survivor', () => {
    const rows = rowsOf(
      registered(olena, inCyrillic),
      registered(helena, inLatin),
      registered(elena, married),
      ...merged(elena, helena),
      ...merged(helena, olena),
    );
    expect(rows.map(({ clientId, survivorId }) => [clientId, survivorId])).toEqual([
      [olena, olena],
      [helena, olena],
      [elena, olena],
    ]);
    expect(rows.map((row) => isFoundAs(row, married))).toEqual([false, false, true]);
  });

  it('takes no notice of a merge that only the survivor’s stream speaks of', () => {
    const [announced] = merged(helena, olena);
    const rows = rowsOf(registered(olena, inCyrillic), registered(helena, inLatin), announced!);
    expect(rows.map(({ survivorId }) => survivorId)).toEqual([olena, helena]);
  });

  it('forgets what an erased client was called, whether it folds on or begins anew', () => {
    const unnamed = { person: null, hashes: [], tokens: '' };
    const plain = caseEvent(
      `client-${olena}`,
      { type: 'ClientRegistered', data: { clientId: olena } as never },
      { erased: true },
    );
    expect(rowAfter(plain)).toMatchObject(unnamed);
    const later = caseEvent(
      'journey-1',
      { type: 'ReferralMade', data: {} as never },
      { subject: olena, erased: true },
    );
    expect(rowAfter(registered(olena, inLatin), later)).toMatchObject(unnamed);
    // As the engine hands it over when the key went between two batches.
    const keyless = { ...rowAfter(registered(olena, inLatin)), person: null };
    expect(directory.evolve(keyless as never, merged(olena, helena)[1]!, olena)).toMatchObject(unnamed);
  });
});
