import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { unavailable } from './problem.js';

/**
 * Closing waits for requests that are under way, but not longer than `grace` milliseconds for one that hangs, nor
 * at all for a connection on which nothing was ever asked: browsers open such in advance, and Node does not take
 * them for idle. What is asked meanwhile on a connection that still waits for an answer is sent elsewhere.
 */
export const closeInTime = (server: FastifyInstance, grace: number): void => {
  const silent = new Set<Socket>();
  server.server.on('connection', (socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.server.on('request', ({ socket }) => silent.delete(socket));

  let isClosing = false;
  server.addHook('preClose', (done) => {
    isClosing = true;
    for (const socket of silent) socket.destroy();
    setTimeout(() => server.server.closeAllConnections(), grace).unref();
    done();
  });
  server.addHook('onRequest', (_request, _reply, done) => {
    done(isClosing ? unavailable('shutting-down', 2) : undefined);
  });
};
