import type { Recorder } from '../record/index.js';
import { clientFormat, clientStream } from './client-format.js';
import { foldClient } from './domain/client.js';
import type { ClientDetails } from './domain/events.js';

type ClientName = Pick<ClientDetails, 'givenName' | 'familyName' | 'birthDate' | 'birthYear'>;

/** How the clients are called now, by the record; without those who are erased. */
export const clientNames = async (
  recorder: Recorder,
  clientIds: readonly string[],
): Promise<ReadonlyMap<string, ClientName>> => {
  const histories = await Promise.all(
    clientIds.map((clientId) => recorder.load(clientStream(clientId), clientFormat)),
  );
  return new Map(
    histories.flatMap(({ events, erased }, index) => {
      const client = foldClient(events);
      if (erased || client.stage === 'none') return [];
      const { givenName, familyName, birthDate, birthYear } = client.details;
      return [
        [
          clientIds[index] ?? client.clientId,
          {
            givenName,
            familyName,
            ...(birthDate !== undefined && { birthDate }),
            ...(birthYear !== undefined && { birthYear }),
          },
        ] as const,
      ];
    }),
  );
};
