import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP relay on loopback, to do to connections what networks do. */
export interface Relay {
  readonly port: number;
  /** Cuts every connection; new ones are accepted. */
  cut(): void;
  /** Cuts every connection and accepts new ones only to cut them. */
  refuse(): void;
  accept(): void;
  /** Passes nothing on any more through the connections there are, without closing them; new ones work. */
  stall(): void;
  /** Passes on again what was stalled, and what has come meanwhile. */
  flow(): void;
  close(): Promise<void>;
}

export const startRelay = async (target: () => number): Promise<Relay> => {
  const pairs = new Set<readonly [Socket, Socket]>();
  let refusing = false;

  const server = createServer((near) => {
    if (refusing) return void near.destroy();
    const far = connect(target(), '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    near.setNoDelay(true);
    far.setNoDelay(true);
    near.pipe(far);
    far.pipe(near);
    const end = (): void => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of pair) socket.on('error', end).on('close', end);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const cut = (): void => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    refuse: () => {
      refusing = true;
      cut();
    },
    accept: () => {
      refusing = false;
    },
    stall: () => {
      for (const [near, far] of pairs) {
        near.unpipe(far);
        far.unpipe(near);
        near.pause();
        far.pause();
      }
    },
    flow: () => {
      for (const [near, far] of pairs) {
        near.pipe(far);
        far.pipe(near);
      }
    },
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
