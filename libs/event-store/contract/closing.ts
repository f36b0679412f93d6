import { describe, expect, it } from '@jest/globals';
import { StoreUnavailable } from '../errors.js';
import type { ContractHarness } from './harness.js';
import { contacts, newStream } from './journeys.js';

export const closing = ({ open }: ContractHarness): void => {
  describe('closing', () => {
    it('waits for the appends under way', async () => {
      const [leaving, staying] = [await open(), await open()];
      const streams = Array.from({ length: 30 }, () => newStream());
      const answers = streams.map((stream) =>
        leaving.append({ stream, expected: 'none', events: contacts(1) }),
      );
      await leaving.close();
      await Promise.all(answers);
      for (const stream of streams) expect(await staying.readStream(stream)).toHaveLength(1);
      await staying.close();
    });

    it('ends the subscriptions', async () => {
      const store = await open();
      const after = await store.head();
      const { signal } = new AbortController();
      const prefixes = [newStream('nobody-')];
      const batches = store.subscribe({ after, batchSize: 10, prefixes, signal })[Symbol.asyncIterator]();
      const waiting = batches.next();
      await store.close();
      while (!(await waiting).done && !(await batches.next()).done);
    });

    it('is final', async () => {
      const store = await open();
      const stream = newStream();
      await store.append({ stream, expected: 'none', events: contacts(1) });
      await store.close();
      const answers = await Promise.allSettled([
        store.append({ stream, expected: 0, events: contacts(1) }),
        store.readStream(stream),
        store.readLog({ limit: 1 }),
        store.head(),
      ]);
      for (const answer of answers)
        expect(answer).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailable) });
    });

    it('may be asked for twice', async () => {
      const store = await open();
      await store.close();
      await store.close();
    });
  });
};
