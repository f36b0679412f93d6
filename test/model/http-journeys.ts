import { randomBytes } from 'node:crypto';
import { loadPerson } from '../../src/clients/index.js';
import { packageOf } from '../../src/journeys/handover-package.js';
import { journeyFormat, journeyStream } from '../../src/journeys/journey-format.js';
import { withCorrections } from '../../src/journeys/domain/corrections.js';
import { addDays, berlinDay } from '../../src/reference/index.js';
import type { ClockedApplication } from '../support/clocked-application.js';
import { olena, opening } from '../support/people.js';
import type { Played } from './play.js';

const start = '2026-03-03T09:00:00.000Z';
const asReceiver = { headers: { 'kim-purpose': 'handover' } };

/** A new journey of Bergkamen behind the HTTP API of the running application, on a day of its own. */
export const journeyOver = async (application: ClockedApplication): Promise<Played> => {
  const manager = 'bergkamen-cm';
  let now = start;
  application.setClock(now);
  const person = { ...olena, familyName: someName(), createDespiteMatches: true };
  const { body: registered } = await application.post(manager, '/v1/clients', person);
  const clientId = registered.clientId as string;
  const { body: opened } = await application.post(manager, '/v1/journeys', {
    ...opening(clientId),
    counsellorPreference: 'none',
  });
  const journeyId = opened.journeyId as string;
  const path = `/v1/journeys/${journeyId}`;
  const load = async () => (await application.recorder.load(journeyStream(journeyId), journeyFormat)).events;
  return {
    send: async (user, command, body) => {
      const reply = await application.post(user, path + command, body);
      const etag = reply.headers.get('etag');
      return { status: reply.status, ...(etag !== null && { revision: Number(etag.slice(1, -1)) }) };
    },
    hash: async (user, handoverId) => {
      const { body } = await application.get(user, `/v1/handovers/${handoverId}`, asReceiver);
      return body.packageHash as string | undefined;
    },
    needs: async (user) => {
      const { status, body } = await application.get(user, path, asReceiver);
      if (status === 404) return undefined;
      return (body.needs as { needId: string }[]).map(({ needId }) => needId);
    },
    events: load,
    hashBefore: async (events, handoverId, revision) => {
      const { client, erased } = await loadPerson(application.recorder, clientId);
      const before = withCorrections(events.filter((event) => event.revision < revision));
      return packageOf(handoverId, before, client, erased)?.packageHash;
    },
    now: () => now,
    pass: async (days) => {
      now = `${addDays(berlinDay(now), days)}T09:00:00.000Z`;
      application.setClock(now);
      await application.runDeadlines();
    },
  };
};

/** Nobody is like anybody else, so that nobody is looked for among thousands of the same name. */
const someName = (): string =>
  Array.from(randomBytes(12), (byte) => String.fromCharCode(0x61 + (byte % 26))).join('');
