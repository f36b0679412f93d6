// An office of a size that nobody wants to write through commands: its events, as commands would have sealed them,
// go into the log directly. The views are then built from it by the application itself.
import { randomUUID } from 'node:crypto';
import { deriveKey, postgresSubjectKeys } from '../../dist/libs/personal-data/index.js';
import { clientFormat, clientStream } from '../../dist/src/clients/index.js';
import { loadSettings } from '../../dist/src/config/index.js';
import { openInstallation } from '../../dist/src/installation.js';
import { journeyFormat } from '../../dist/src/journeys/index.js';
import { encode, eventId } from '../../dist/src/record/index.js';

const owner = { organisationId: 'kim-bergkamen', userId: 'bergkamen-cm' };
const owners = [owner, { ...owner, userId: 'bergkamen-cm2' }];
const atOnce = 2_000;

/** Writes so many clients, each with an open journey. Gives how many events that are. */
export const writeOffice = async (dataDirectory, journeys, progress) => {
  const installation = await openInstallation(
    loadSettings({ ...process.env, KIM_DATA_DIR: dataDirectory, KIM_DEMO_JOURNEYS: '0' }),
  );
  const { store, database, masterKey } = installation;
  let written = 0;
  try {
    for (let first = 0; first < journeys; first += atOnce) {
      const people = Array.from({ length: Math.min(atOnce, journeys - first) }, (_, at) =>
        personOf(first + at),
      );
      const keys = await newKeys(database, deriveKey(masterKey, 'wrapping'), people);
      for (const of of [clientEvents, journeyEvents])
        await Promise.all(
          people.map((person) => {
            const asked = of(person);
            written += asked.events.length;
            return append(store, person, keys.get(person.clientId), asked);
          }),
        );
      progress(`${first + people.length} of ${journeys} journeys written`);
    }
    return written;
  } finally {
    await installation.close();
  }
};

/** Their keys, wrapped one by one and inserted together. */
const newKeys = async (database, wrappingKey, people) => {
  const rows = [];
  const gathered = postgresSubjectKeys(
    {
      query: async (text, values) => {
        if (text.startsWith('INSERT')) return (rows.push(values), { rows: [] });
        return { rows: rows.map(([subject, , wrapped_key]) => ({ subject, wrapped_key })) };
      },
    },
    wrappingKey,
  );
  const subjects = people.map(({ clientId }) => clientId);
  await Promise.all(subjects.map((subject) => gathered.create(subject)));
  const column = (at) => rows.map((row) => row[at]);
  await database.query(
    `INSERT INTO kim.subject_keys (subject, key_id, wrapped_key)
       SELECT * FROM unnest($1::text[], $2::uuid[], $3::bytea[])`,
    [column(0), column(1), column(2)],
  );
  return gathered.fetch(subjects);
};

const append = (store, { clientId, recordedAt }, key, { stream, format, events }) => {
  const commandId = randomUUID();
  const metadata = {
    subject: clientId,
    actor: owner.userId,
    organisation: owner.organisationId,
    roles: ['case_manager'],
    correlationId: randomUUID(),
    causationId: commandId,
    commandId,
    fingerprint: 'written-by-the-bench-and-by-no-command-at-all',
    recordedAt,
  };
  return store.append({
    stream,
    expected: 'none',
    events: events.map((event, index) =>
      encode(event, eventId(commandId, stream, index), metadata, key, format),
    ),
  });
};

const clientEvents = ({ clientId, journeyId, details }) => ({
  stream: clientStream(clientId),
  format: clientFormat,
  events: [
    { type: 'ClientRegistered', data: { clientId, ...details } },
    { type: 'JourneyLinked', data: { journeyId } },
  ],
});

const journeyEvents = ({ clientId, journeyId, openedOn, number, recordedAt }) => ({
  stream: `journey-${journeyId}`,
  format: journeyFormat,
  events: [
    {
      type: 'JourneyOpened',
      data: {
        journeyId,
        clientId,
        municipality: '05978004',
        openedOn,
        accessRoute: 'volunteers',
        residenceGroup: 'temporary-protection',
        preferredLanguage: 'uk',
        interpreterNeeded: true,
        concern: 'Sucht einen Sprachkurs und eine Wohnung',
        owner: owners[number % owners.length],
      },
    },
    ...(number % 3 > 0
      ? [
          {
            type: 'ContactRecorded',
            data: { contactId: randomUUID(), kind: 'office', occurredAt: recordedAt, minutes: 45 },
          },
        ]
      : []),
    ...(number % 3 > 1
      ? [
          {
            type: 'NeedIdentified',
            data: {
              needId: randomUUID(),
              fieldOfAction: 'housing',
              urgency: 'high',
              description: 'Vier Personen',
            },
          },
        ]
      : []),
  ],
});

const personOf = (number) => {
  const day = new Date(Date.UTC(2023, 0, 1 + (number % 1_000)));
  return {
    number,
    clientId: randomUUID(),
    journeyId: randomUUID(),
    openedOn: day.toISOString().slice(0, 10),
    recordedAt: new Date(day.getTime() + 9 * 3_600_000).toISOString(),
    details: {
      ...nameOf(number),
      birthDate: `19${50 + (number % 50)}-0${1 + (number % 9)}-1${number % 10}`,
      sex: 'f',
    },
  };
};

/** Some names are frequent and most are rare, as in a telephone book: the commonest has about one in a hundred. */
export const nameOf = (number) => ({
  givenName: written(pseudorandom(2 * number), given, 400),
  familyName: written(pseudorandom(2 * number + 1), family, 20_000),
});

const written = (share, [starts, middles, ends], variety) => {
  const rank = Math.floor(share * share * variety);
  const start = starts[rank % starts.length];
  const middle = middles[Math.floor(rank / starts.length) % middles.length];
  return start + middle + ends[Math.floor(rank / (starts.length * middles.length)) % ends.length];
};

const given = [
  ['Ole', 'Ma', 'Fa', 'Ka', 'Ra', 'Ay', 'Ser', 'Mu', 'Iva', 'Na', 'Lu', 'Da'],
  ['ks', 'ri', 'ti', 'te', 'na', 'mi', 'hi', 'sta', 'lo', 'di'],
  ['andr', 'na', 'ma', 'rina', 'la', 'an', 'fa', 'ta'],
];
const family = [
  [
    'Bon',
    'Shev',
    'Kov',
    'Mel',
    'Tka',
    'Had',
    'Kha',
    'Dar',
    'Öz',
    'Yil',
    'Çel',
    'Pop',
    'Nov',
    'Schu',
    'Wal',
    'Mor',
  ],
  [
    'a',
    'i',
    'o',
    'u',
    'e',
    'ar',
    'en',
    'il',
    'on',
    'ul',
    'er',
    'im',
    'as',
    'ok',
    'et',
    'ur',
    'an',
    'el',
    'ob',
    'ud',
  ],
  [
    'chenko',
    'renko',
    'nyk',
    'ddad',
    'wish',
    'türk',
    'maz',
    'escu',
    'ak',
    'mann',
    'sen',
    'ova',
    'ić',
    'ski',
    'li',
    'ez',
    'bach',
    'dogan',
    'pour',
    'zadeh',
    'berg',
    'tas',
    'chuk',
    'uk',
    'vych',
    'eanu',
    'off',
    'kaya',
    'thal',
    'ani',
    'beck',
    'ridis',
    'akis',
    'ssen',
    'rovic',
    'lani',
    'rian',
    'dze',
    'shvili',
    'nen',
    'ström',
    'stad',
    'worth',
    'lin',
    'tov',
    'rev',
    'min',
    'ko',
    'na',
    'ras',
    'dis',
    'lo',
    'ti',
    'mer',
    'ner',
    'ler',
    'ger',
    'her',
    'ser',
    'ter',
    'der',
    'ber',
  ],
];

/** From 0 to 1, the same for the same number. */
const pseudorandom = (number) => {
  let mixed = (number + 1) * 0x9e3779b1;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
};
