// Those who look at the views, in a process of their own: each message asks for one round of one scenario.
import { openConnection } from '../connection.mjs';
import { need } from '../commands/journeys.mjs';
import { underLoad } from '../measuring.mjs';
import { nameOf } from './office.mjs';

process.once('message', async ({ address, token, journeys, callers, commandsPerSecond }) => {
  const connections = await Promise.all(
    Array.from({ length: callers }, () => openConnection(address, token)),
  );
  let asked = 0;

  const worklist = async (connection) => must(200, await connection.get('/v1/journeys'));
  const search = async (connection) => {
    const { givenName, familyName } = nameOf((asked++ * 7_919) % journeys);
    const q = asked % 3 === 0 ? `${givenName} ${familyName}` : familyName;
    must(200, (await connection.post('/v1/journeys/search', `s${asked}`, JSON.stringify({ q }))).status);
  };

  /** Everybody asks again as soon as they have an answer. */
  const withoutPause = (ask) => async (milliseconds) => {
    const idle = [...connections];
    const act = async () => {
      const connection = idle.pop();
      await ask(connection);
      idle.push(connection);
    };
    return underLoad(act, { concurrency: callers, milliseconds });
  };

  /** Everybody asks once a second. */
  const everySecond = (ask) => async (milliseconds) => {
    const latencies = [];
    const end = performance.now() + milliseconds;
    await Promise.all(
      connections.map(async (connection, place) => {
        await pause((1_000 * place) / callers);
        for (let due = performance.now(); due < end; due += 1_000) {
          await pause(due - performance.now());
          const began = performance.now();
          await ask(connection);
          latencies.push(performance.now() - began);
        }
      }),
    );
    return figuresOf(latencies, milliseconds);
  };

  /** Milliseconds from the answer to a command until the worklist shows what it did. */
  const visible = async (milliseconds) => {
    const written = await journeysOf(address, token);
    const watchers = connections.slice(0, callers / 2);
    const writers = connections.slice(callers / 2);
    const latencies = [];
    const began = performance.now();
    const running = new Set();
    for (let sent = 0; ; sent++) {
      const due = began + (1_000 * sent) / commandsPerSecond;
      if (due > began + milliseconds) break;
      await pause(due - performance.now());
      const writer = writers.pop();
      // Nobody is free: the commands are slower than they are asked for, which the rate will tell.
      if (!writer) continue;
      const path = `/v1/journeys/${written[sent % written.length]}/needs`;
      const command = (async () => {
        const { status, position } = await writer.post(path, `v${Math.random()}`, need(sent));
        const answered = performance.now();
        writers.push(writer);
        must(201, status);
        const watcher = sent % 5 === 0 ? watchers.pop() : undefined;
        if (!watcher) return;
        must(200, await watcher.get('/v1/journeys?limit=1', position()));
        latencies.push(performance.now() - answered);
        watchers.push(watcher);
      })();
      running.add(command);
      void command.finally(() => running.delete(command));
    }
    await Promise.all(running);
    return figuresOf(latencies, milliseconds);
  };

  const scenarios = {
    'worklist, every caller once a second': everySecond(worklist),
    'worklist, without a pause': withoutPause(worklist),
    'search by name, every caller once a second': everySecond(search),
    'search by name, without a pause': withoutPause(search),
    [`visible after the answer, ${commandsPerSecond} commands/s`]: visible,
  };
  process.on('message', async ({ what, milliseconds }) => process.send(await scenarios[what](milliseconds)));
  process.on('disconnect', () => process.exit());
  process.send(Object.keys(scenarios));
});

const journeysOf = async (address, token) => {
  const answer = await fetch(`${address}/v1/journeys?limit=200`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return (await answer.json()).items.map(({ journeyId }) => journeyId);
};

const figuresOf = (latencies, milliseconds) => {
  latencies.sort((a, b) => a - b);
  const below = (share) => latencies[Math.floor(latencies.length * share)];
  const perSecond = latencies.length / (milliseconds / 1_000);
  return { perSecond, p50: below(0.5), p95: below(0.95), p99: below(0.99) };
};

const must = (wanted, status) => {
  if (status !== wanted) throw new Error(`Answered with ${status}`);
};

const pause = (milliseconds) =>
  milliseconds > 1 ? new Promise((resolve) => setTimeout(resolve, milliseconds)) : undefined;
