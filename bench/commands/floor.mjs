// The least that answers a command: HTTP, and the store. A process of its own, as the application is.
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import fastify from 'fastify';
import { openPostgresEventStore } from '../../dist/libs/event-store/index.js';
import { data, metadata } from './event.mjs';

export const startFloor = async (connectionString) => {
  const child = fork(here, [connectionString]);
  const [address] = await once(child, 'message');
  return {
    address,
    close: async () => {
      child.disconnect();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
};

const here = fileURLToPath(import.meta.url);

const serve = async (connectionString) => {
  const store = await openPostgresEventStore({ connectionString });
  const server = fastify();
  server.post('/v1/journeys/:id/needs', async ({ params: { id } }, reply) => {
    const stream = `journey-${id}`;
    const known = await store.readStream(stream);
    const { revision, position } = await store.append({
      stream,
      expected: known.length === 0 ? 'none' : known.length - 1,
      events: [{ id: randomUUID(), type: 'NeedIdentified', data, metadata }],
    });
    return reply.code(201).header('kim-position', position).send({ needId: data.needId, revision });
  });
  process.send(await server.listen({ host: '127.0.0.1', port: 0 }));
  process.once('disconnect', () => process.exit());
};

if (process.argv[1] === here) await serve(process.argv[2]);
