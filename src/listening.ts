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

export interface HeldPlace extends Place {
  /** Leaves the place to whoever begins to listen there now. */
  readonly handTo: (listen: () => Promise<unknown>) => Promise<void>;
}

/**
 * Keeps a place from the start on, long before the application can answer there: of two that are started for
 * the same one the later finds out before it has opened or written anything. Port 0 stands for any free port.
 * @throws an error whose one sentence says what to do
 */
export const holdPlace = async ({ host, port }: Place): Promise<HeldPlace> => {
  const place = { host, port };
  const server = createServer((socket) => socket.destroy());
  const release = async (): Promise<void> => {
    if (!server.listening) return;
    server.close();
    await once(server, 'close');
  };
  const listening = async (listen: () => Promise<unknown>): Promise<void> => {
    try {
      await listen();
    } catch (error) {
      throw refused(place, error);
    }
  };
  if (port !== 0) await listening(() => once(server.listen(port, host), 'listening'));
  return {
    ...place,
    handTo: async (listen) => {
      await release();
      await listening(listen);
    },
  };
};

const refused = (place: Place, cause: unknown): Error => {
  const { code, message } = cause as { code?: string; message?: string };
  const sentence =
    code === 'EADDRINUSE'
      ? `Something listens on ${addressOf(place)} already, perhaps this application; end it, or name another PORT.`
      : `Nothing can listen on ${addressOf(place)} (${code ?? message}); correct PORT or KIM_HOST.`;
  return new Error(sentence, { cause });
};
