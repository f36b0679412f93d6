import type { KeyObject } from 'node:crypto';
import { indexedHashes, nameTokens, packTokens } from '#personal-data';
import { bigintList, bytes, projection, sealed, textList, uuid } from '#projections';
import type { Projection, RowOf } from '#projections';
import type { CaseEvent } from '../../read-models/index.js';
import { clientStream } from '../client-format.js';
import { corrected } from '../domain/client.js';
import type { ClientsMerged } from '../domain/events.js';
import { readPerson, writtenPerson } from './listed-person.js';
import type { ListedPerson } from './listed-person.js';

const columns = {
  clientId: uuid(),
  /** Under whom the person is found: the client themselves, or whom they were merged into. */
  survivorId: uuid(),
  /**
   * Every organisation that has ever been named where rights to see a client come from: a few too many, and
   * none missing. Whether one may see the client now is the record's to say.
   */
  organisations: textList(),
  /** A `ListedPerson`; null once they are erased. */
  person: sealed('clientId'),
  /** What they are found by, and what tells how well: see `libs/personal-data/name-search`. */
  hashes: bigintList(),
  tokens: bytes(),
};

type Row = RowOf<typeof columns>;

/** The directory of clients: one row for each, by name, without a readable name. */
export const clientsProjection = (searchKey: KeyObject): Projection<CaseEvent> => {
  const named = (row: Row, person: ListedPerson): Row => {
    const tokens = nameTokens(searchKey, person);
    return {
      ...row,
      person: writtenPerson(person),
      hashes: indexedHashes(tokens),
      tokens: packTokens(tokens).toString('hex'),
    };
  };

  const evolve = (row: Row | undefined, { event, subject, erased }: CaseEvent): Row | undefined => {
    if (event.type === 'ClientRegistered') {
      const organisations = [event.recordedBy.organisationId];
      const registered = { ...unnamed, clientId: subject, survivorId: subject, organisations };
      return erased ? registered : named(registered, event.data);
    }
    if (!row) return undefined;
    switch (event.type) {
      case 'ClientCorrected':
        return row.person === null ? row : named(row, corrected(readPerson(row.person), event.data));
      case 'ClientsMerged':
        return { ...row, survivorId: event.data.survivorClientId };
      case 'JourneyOpened':
        return knownTo(row, [event.data.owner.organisationId]);
      case 'ConsentGiven':
        return knownTo(row, event.data.recipients);
      case 'HandoverProposed':
        return knownTo(row, [event.data.toOrganisationId]);
      case 'ReferralMade':
        return knownTo(row, [event.data.organisationId]);
      default:
        return row;
    }
  };

  return projection({
    name: 'clients',
    version: 5,
    prefixes: ['client-', 'journey-'],
    eventTypes: [
      'ClientRegistered',
      'ClientCorrected',
      'ClientsMerged',
      'JourneyOpened',
      'ConsentGiven',
      'ReferralMade',
      'HandoverProposed',
    ],
    columns,
    key: 'clientId',
    // Without its list of what is yet to be indexed, which every search would have to walk through.
    indexes: ['USING gin (hashes) WITH (fastupdate = off)'],
    related: { column: 'survivorId', valueOf: (merge: CaseEvent) => mergeIn(merge)?.duplicateClientId },
    rowKeysOf: ({ event, subject }) => (event.type === 'ClientsMerged' ? [] : [subject]),
    evolve: (row, caseEvent) => {
      const next = evolve(row, caseEvent);
      // Of who is erased, nobody can be found by what the name was.
      return next && (caseEvent.erased || next.person === null) ? { ...next, ...unnamed } : next;
    },
  });
};

const unnamed = { person: null, hashes: [], tokens: '' };

/** The merge, where it counts: in the duplicate's stream. All who were found under the duplicate move with it. */
const mergeIn = ({ stream, event }: CaseEvent): ClientsMerged | undefined =>
  event.type === 'ClientsMerged' && stream === clientStream(event.data.duplicateClientId)
    ? event.data
    : undefined;

const knownTo = (row: Row, organisations: readonly string[]): Row => {
  const others = organisations.filter((organisation) => !row.organisations.includes(organisation));
  return others.length === 0 ? row : { ...row, organisations: [...row.organisations, ...new Set(others)] };
};
