// Journeys to measure on, written by the same commands as any other.
import { randomUUID } from 'node:crypto';
import { openConnection } from '../connection.mjs';

const connections = 32;

/**
 * Opens so many journeys and gives each as many entries as `entries` says for its place.
 * @returns the addresses of the journeys
 */
export const writeJourneys = async (address, token, { journeys, entries, progress }) => {
  const written = [];
  let next = 0;
  const write = async () => {
    const connection = await openConnection(address, token);
    const make = async (path, body) => {
      const answer = await connection.post(path, randomUUID(), JSON.stringify(body));
      if (answer.status !== 201) throw new Error(`${path} was answered with ${answer.status}`);
      return answer.body();
    };
    while (next < journeys) {
      const place = next++;
      const { clientId } = await make('/v1/clients', { ...person, givenName: `Olena ${place}` });
      const { journeyId } = await make('/v1/journeys', { ...opening, clientId });
      for (let entry = 0; entry < entries(place); entry++) {
        const [path, body] = bodies[entry % bodies.length];
        await make(`/v1/journeys/${journeyId}/${path}`, body);
      }
      written[place] = `/v1/journeys/${journeyId}`;
      progress(`${place + 1} of ${journeys} journeys written`);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, write));
  return written;
};

export const need = (count) =>
  `{"fieldOfAction":"language-education","urgency":"high","description":"Möchte den Deutschkurs am Vormittag besuchen, Nr. ${count}"}`;

const person = {
  familyName: 'Melnyk',
  birthDate: '1990-02-03',
  sex: 'f',
  nationality: 'UKR',
  languages: ['uk', 'ru'],
  phone: '+49 151 2345678',
  createDespiteMatches: true,
};

const opening = {
  municipality: '05978004',
  accessRoute: 'volunteers',
  residenceGroup: 'temporary-protection',
  preferredLanguage: 'uk',
  interpreterNeeded: true,
  concern: 'Sucht einen Sprachkurs und eine Wohnung für vier Personen',
};

const bodies = [
  ['needs', JSON.parse(need(0))],
  [
    'contacts',
    {
      kind: 'office',
      occurredAt: '2026-01-20T09:00:00Z',
      minutes: 45,
      language: 'uk',
      note: 'Kommt mit der Schwester',
    },
  ],
  [
    'potentials',
    { kind: 'language', language: 'de', cefrLevel: 'A1', description: 'Hat einen Kurs begonnen' },
  ],
];
