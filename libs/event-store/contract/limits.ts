import { describe, expect, it } from '@jest/globals';
import { EventTooLarge, InvalidAppend } from '../errors.js';
import type { JsonObject, NewEvent } from '../port.js';
import { storeOf, type ContractHarness } from './harness.js';
import { contactRecorded, contacts, happened, newStream, readToHead, refusalOf } from './journeys.js';

const mebibyte = 1024 * 1024;

export const limits = ({ open }: ContractHarness): void => {
  describe('what cannot be recorded', () => {
    const store = storeOf(open);

    const refuses = async (stream: string, events: readonly NewEvent[]): Promise<Error> => {
      const refusal = await refusalOf(store().append({ stream, expected: 'any', events }));
      expect(refusal).toBeInstanceOf(InvalidAppend);
      return refusal as Error;
    };

    it('is refused when there is no event', async () => {
      await refuses(newStream(), []);
    });

    it('is refused when an id stands twice', async () => {
      const event = contactRecorded();
      await refuses(newStream(), [event, event]);
    });

    it.each(['', 'contact-1', '123e4567-e89b-12d3-a456-42661417400', '123E4567-E89B-12D3-A456-426614174000'])(
      'is refused when an id is not a UUID as it is commonly written: "%s"',
      async (id) => {
        await refuses(newStream(), [{ ...contactRecorded(), id }]);
      },
    );

    it.each([-1, 0.5, NaN, Infinity])('is refused when %s is expected', async (expected) => {
      const refusal = await refusalOf(store().append({ stream: newStream(), expected, events: contacts(1) }));
      expect(refusal).toBeInstanceOf(InvalidAppend);
    });

    it.each<[string, unknown]>([
      ['not a number', NaN],
      ['an infinite number', -Infinity],
      ['a big integer', 1n],
      ['nothing', undefined],
      ['a function', () => 1],
      ['a symbol', Symbol('journey')],
      ['a date', new Date(0)],
      ['a map', new Map()],
      ['bytes', new Uint8Array(2)],
      ['a list with holes', new Array(2)],
      ['nothing in a list', [undefined]],
    ])('is refused when it is not JSON: %s', async (_, value) => {
      await refuses(newStream(), [happened('ContactRecorded', { deep: [{ value }] } as JsonObject)]);
      await refuses(newStream(), [{ ...contactRecorded(), metadata: { value } as JsonObject }]);
    });

    it.each<[string, unknown]>([
      ['a text', 'text'],
      ['a list', []],
      ['null', null],
      ['a number', 1],
    ])('is refused when data or metadata is not an object: %s', async (_, value) => {
      await refuses(newStream(), [happened('ContactRecorded', value as JsonObject)]);
      await refuses(newStream(), [{ ...contactRecorded(), metadata: value as JsonObject }]);
    });

    it('is refused when it contains itself', async () => {
      const endless: Record<string, unknown> = {};
      endless['self'] = endless;
      await refuses(newStream(), [happened('ContactRecorded', endless as JsonObject)]);
    });

    it.each([
      ['NUL', 'a\0b'],
      ['the first half of a surrogate pair', 'a\ud800'],
      ['the second half of a surrogate pair', '\udc00a'],
      ['both halves in the wrong order', '\udc00\ud800'],
    ])('is refused when a text, a key, a type or a stream name has %s', async (_, text) => {
      await refuses(newStream(), [happened('ContactRecorded', { deep: [{ text }] })]);
      await refuses(newStream(), [happened('ContactRecorded', { deep: { [text]: 1 } })]);
      await refuses(newStream(), [{ ...contactRecorded(), metadata: { text } }]);
      await refuses(newStream(), [happened(text)]);
      await refuses(newStream(text), contacts(1));
    });

    it.each([
      ['is empty', ''],
      ['is longer than 255 bytes', 'ü'.repeat(128)],
      ['belongs to EventStoreDB itself', '$journey'],
    ])('is refused when the stream name %s', async (_, stream) => {
      await refuses(stream, contacts(1));
    });

    it('is refused when the type is empty or longer than 255 bytes', async () => {
      await refuses(newStream(), [happened('')]);
      await refuses(newStream(), [happened('J'.repeat(256))]);
    });

    it('is not repeated in the refusal', async () => {
      const text = 'Hatice Yılmaz\0';
      const refusal = await refuses(newStream(), [happened('ContactRecorded', { [text]: text })]);
      expect(refusal.message).not.toContain('Hatice');
    });

    it('leaves nothing behind, not even its better half', async () => {
      const stream = newStream();
      await refuses(stream, [contactRecorded(), happened('ContactRecorded', { note: '\0' })]);
      expect(await store().readStream(stream)).toEqual([]);
      expect(await readToHead(store(), { prefixes: [stream] })).toEqual([]);
    });

    it('is refused with its size when it is larger than a mebibyte', async () => {
      const events = [happened('StoryRecorded', { text: 'x'.repeat(mebibyte) })];
      const refusal = await refusalOf(store().append({ stream: newStream(), expected: 'none', events }));
      expect(refusal).toBeInstanceOf(EventTooLarge);
      expect(refusal).toMatchObject({ limit: mebibyte });
      expect((refusal as EventTooLarge).size).toBeGreaterThan(mebibyte);
    });

    it('counts bytes, not letters', async () => {
      const events = [happened('StoryRecorded', { text: 'ü'.repeat(mebibyte / 2) })];
      const refusal = await refusalOf(store().append({ stream: newStream(), expected: 'none', events }));
      expect(refusal).toBeInstanceOf(EventTooLarge);
    });

    it('is refused when only all events together are too large', async () => {
      const stream = newStream();
      const events = contacts(11).map((event) => ({ ...event, data: { text: 'x'.repeat(100_000) } }));
      const refusal = await refusalOf(store().append({ stream, expected: 'none', events }));
      expect(refusal).toBeInstanceOf(EventTooLarge);
      expect(await store().readStream(stream)).toEqual([]);
    });

    it('does not stand in the way of what can', async () => {
      const stream = newStream();
      const [tooLarge, accepted] = await Promise.allSettled([
        store().append({
          stream: newStream(),
          expected: 'none',
          events: [happened('StoryRecorded', { text: 'x'.repeat(mebibyte) })],
        }),
        store().append({ stream, expected: 'none', events: contacts(1) }),
      ]);
      expect([tooLarge.status, accepted.status]).toEqual(['rejected', 'fulfilled']);
    });
  });
};
