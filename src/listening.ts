import { once } from 'node:events';
import { createServer } from 'node:net';

/** Where the application listens. */
export interface Place {
  /** An IPv6 address without brackets. */
  readonly host: string;
  readonly port: number;
}

export const addressOf = ({ host, port }: Place): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

/**
 * Looks whether the application can listen there, long before it does: whoever starts it a second time finds out
 * before anything is opened or written. Port 0 stands for any free port.
 * @throws an error whose one sentence says what to do
 */
export const tryPlace = async (place: Place): Promise<void> => {
  if (place.port === 0) return;
  const server = createServer((socket) => socket.destroy());
  await listening(place, () => once(server.listen(place.port, place.host), 'listening'));
  server.close();
  await once(server, 'close');
};

/** @throws as `tryPlace`, since the place may have been taken meanwhile */
export const listening = async (place: Place, listen: () => Promise<unknown>): Promise<void> => {
  try {
    await listen();
  } catch (error) {
    throw refused(place, error);
  }
};

const refused = (place: Place, cause: unknown): Error => {
  const { code, message } = cause as { code?: string; message?: string };
  const sentence =
    code === 'EADDRINUSE'
      ? `Something listens on ${addressOf(place)} already, perhaps this application; end it, or name another PORT.`
      : `Nothing can listen on ${addressOf(place)} (${code ?? message}); correct PORT or KIM_HOST.`;
  return new Error(sentence, { cause });
};
