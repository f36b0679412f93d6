import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { keysOfOneBatch } from './batch-keys.js';

const keyRing = (...subjects: readonly string[]) => {
  const keys = new Map(subjects.map((subject) => [subject, createSecretKey(Buffer.from(subject))]));
  const asked: string[][] = [];
  return {
    keys,
    asked,
    fetch: (wanted: Iterable<string>) => {
      asked.push([...wanted]);
      return Promise.resolve(
        new Map(
          asked.at(-1)!.flatMap((subject) => (keys.has(subject) ? [[subject, keys.get(subject)!]] : [])),
        ),
      );
    },
  };
};

describe('The keys of one batch', () => {
  it('are fetched once, and only those that are asked for are given', async () => {
    const ring = keyRing('amina', 'olena');
    const batch = keysOfOneBatch(ring);
    expect([...(await batch.fetch(['amina'])).keys()]).toEqual(['amina']);
    expect([...(await batch.fetch(['olena', 'amina'])).keys()]).toEqual(['olena', 'amina']);
    expect([...(await batch.fetch(['olena'])).keys()]).toEqual(['olena']);
    expect(ring.asked.flat()).toEqual(['amina', 'olena']);
  });

  it('do not turn up for somebody who had none when the batch began', async () => {
    const ring = keyRing();
    const batch = keysOfOneBatch(ring);
    expect((await batch.fetch(['erased'])).size).toBe(0);
    ring.keys.set('erased', createSecretKey(Buffer.from('another')));
    expect((await batch.fetch(['erased'])).size).toBe(0);
  });

  it('are gone with the batch: the next one asks again', async () => {
    const ring = keyRing('amina');
    expect((await keysOfOneBatch(ring).fetch(['amina'])).size).toBe(1);
    ring.keys.delete('amina');
    expect((await keysOfOneBatch(ring).fetch(['amina'])).size).toBe(0);
  });
});
