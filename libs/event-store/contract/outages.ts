import { describe, expect, it } from '@jest/globals';
import { StoreUnavailable } from '../errors.js';
import type { AppendRequest } from '../port.js';
import type { ContractHarness } from './harness.js';
import { contacts, eventually, idsOf, newStream, openJourney, refusalOf, take } from './journeys.js';

/** Milliseconds within which a call says that the store is unavailable. */
const bound = 10_000;

export const outages = ({ open, openHurried = open, breakConnections, server }: ContractHarness): void => {
  if (breakConnections)
    describe('when connections break', () => {
      it('takes appends and reads again without being opened anew', async () => {
        const store = await open();
        const stream = await openJourney(store);
        for (let times = 0; times < 3; times++) {
          await breakConnections();
          const request: AppendRequest = { stream, expected: times, events: contacts(1) };
          await eventually(() => store.append(request));
          expect(await eventually(() => store.readStream(stream))).toHaveLength(times + 2);
        }
        await store.close();
      });

      it('records each append once, however often it had to be sent', async () => {
        const store = await open();
        const [writers, rounds] = [8, 15];
        const streams = Array.from({ length: writers }, () => newStream());
        const sent = streams.map(() => contacts(rounds));
        const done = new AbortController();
        const breaking = (async () => {
          while (!done.signal.aborted) await breakConnections();
        })();
        await Promise.all(
          streams.map(async (stream, writer) => {
            for (let round = 0; round < rounds; round++) {
              const request: AppendRequest = {
                stream,
                expected: round === 0 ? 'none' : round - 1,
                events: [sent[writer]![round]!],
              };
              await eventually(() => store.append(request));
            }
          }),
        );
        done.abort();
        await breaking;
        for (const [writer, stream] of streams.entries())
          expect(idsOf(await eventually(() => store.readStream(stream)))).toEqual(idsOf(sent[writer]!));
        await store.close();
      });

      it('brings subscribers every event exactly once all the same', async () => {
        const [store, writer] = [await open(), await open()];
        const stream = newStream();
        const events = contacts(60);
        const end = new AbortController();
        const seen = take(
          store.subscribe({ batchSize: 5, prefixes: [stream], signal: end.signal }),
          events.length,
        );
        for (const [index, event] of events.entries()) {
          if (index % 10 === 5) await breakConnections();
          const expected = index === 0 ? 'none' : index - 1;
          await eventually(() => writer.append({ stream, expected, events: [event] }));
        }
        expect(idsOf(await seen)).toEqual(idsOf(events));
        end.abort();
        await Promise.all([store.close(), writer.close()]);
      });
    });

  if (server)
    describe('when the server goes away', () => {
      it('says so within a bound, and comes back by itself with all that was acknowledged', async () => {
        const store = await openHurried();
        const stream = await openJourney(store, 4);
        const end = new AbortController();
        const seen = take(store.subscribe({ batchSize: 5, prefixes: [stream], signal: end.signal }), 6);
        await server.kill();
        const start = performance.now();
        const request: AppendRequest = { stream, expected: 4, events: contacts(1) };
        for (const call of [() => store.append(request), () => store.readStream(stream), () => store.head()])
          expect(await refusalOf(call())).toBeInstanceOf(StoreUnavailable);
        expect(performance.now() - start).toBeLessThan(bound);
        await server.start();
        await eventually(() => store.append(request));
        expect(await eventually(() => store.readStream(stream))).toHaveLength(6);
        expect((await seen).map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4, 5]);
        end.abort();
        await store.close();
      });

      it('ends a subscription that is told to while it is away', async () => {
        const store = await open();
        const end = new AbortController();
        const prefixes = [newStream('nobody-')];
        const batches = store.subscribe({ batchSize: 5, prefixes, signal: end.signal });
        const ended = (async () => {
          for await (const batch of batches) expect(batch.events).toEqual([]);
        })();
        await server.kill();
        const start = performance.now();
        end.abort();
        await ended;
        expect(performance.now() - start).toBeLessThan(1_000);
        await store.close();
        await server.start();
      });

      it('cannot be opened while it is away', async () => {
        await server.kill();
        expect(await refusalOf(openHurried())).toBeInstanceOf(StoreUnavailable);
        await server.start();
      });
    });
};
