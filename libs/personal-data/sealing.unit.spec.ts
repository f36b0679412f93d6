import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NotCanonical, type JsonObject } from './canonical-json.js';
import { seal, SealBroken, sealText, unseal, unsealText } from './index.js';

const key = createSecretKey(randomBytes(32));
const event = { eventId: '6f1c9a52-0f1e-5b53-9a07-0c5a3f1f7e11', type: 'ClientRegistered' };
const amina: JsonObject = { givenName: 'Амина', familyName: 'Yılmaz', birthDate: '1990-04-05' };

describe('A sealed event', () => {
  it('opens for its own event and key', () => {
    expect(unseal(key, event, seal(key, event, amina))).toEqual(amina);
  });

  it('gives back whatever was sealed', () => {
    const value = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()) as fc.Arbitrary<JsonObject>;
    fc.assert(
      fc.property(value, (content) => {
        expect(unseal(key, event, seal(key, event, content))).toEqual(JSON.parse(JSON.stringify(content)));
      }),
    );
  });

  it('is printable, names its format, and shows nothing of its content', () => {
    const sealed = seal(key, event, amina);
    expect(sealed).toMatch(/^1\.[\w-]+$/);
    const bytes = Buffer.from(sealed.slice(2), 'base64url').toString('latin1');
    expect(bytes).not.toContain('1990');
    expect(bytes).not.toContain('givenName');
  });

  it('is never the same twice', () => {
    const sealings = Array.from({ length: 5_000 }, () => seal(key, event, amina));
    const nonces = new Set(sealings.map((sealed) => sealed.slice(2, 18)));
    expect(nonces.size).toBe(sealings.length);
  });

  it('shows the length of its content only in steps of 32 bytes', () => {
    const length = (note: string): number => seal(key, event, { note }).length;
    expect(length('nein')).toBe(length('ja'));
    expect(length('a'.repeat(21))).toBe(length(''));
    expect(length('a'.repeat(22))).toBe(length('a'.repeat(53)));
    expect(length('a'.repeat(22))).toBeGreaterThan(length(''));
  });

  const elsewhere: [string, typeof event][] = [
    ['another event', { ...event, eventId: '00000000-0000-5000-8000-000000000000' }],
    ['another type', { ...event, type: 'ClientCorrected' }],
    ['id and type cut elsewhere', { eventId: `${event.eventId}.Client`, type: 'Registered' }],
  ];
  it.each(elsewhere)('does not open for %s', (_, other) => {
    expect(() => unseal(key, other, seal(key, event, amina))).toThrow(SealBroken);
  });

  it('does not open with another key', () => {
    const other = createSecretKey(randomBytes(32));
    expect(() => unseal(other, event, seal(key, event, amina))).toThrow(SealBroken);
  });

  it('does not open when a single bit was changed', () => {
    const box = Buffer.from(seal(key, event, amina).slice(2), 'base64url');
    for (let bit = 0; bit < box.length * 8; bit += 1) {
      const changed = Buffer.from(box);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => unseal(key, event, `1.${changed.toString('base64url')}`)).toThrow(SealBroken);
    }
  });

  it.each(['', '1.', '1.AAAA', '2.AAAA', 'Amina Yılmaz', '{"givenName":"Amina"}'])(
    'is not %p, and the error does not repeat it',
    (garbage) => {
      const opening = (): JsonObject => unseal(key, event, garbage);
      expect(opening).toThrow(SealBroken);
      expect(opening).not.toThrow(/Amina/);
    },
  );

  it('does not open cut short', () => {
    const sealed = seal(key, event, amina);
    for (let length = 0; length < sealed.length - 1; length += 1) {
      expect(() => unseal(key, event, sealed.slice(0, length))).toThrow(SealBroken);
    }
  });

  it('is not made of what has no canonical form', () => {
    expect(() => seal(key, event, { note: '\ud800' })).toThrow(NotCanonical);
  });
});

describe('A sealed text of a read model', () => {
  it('opens in its own place', () => {
    const sealed = sealText(key, 'worklist.name.42', 'Yılmaz, Амина');
    expect(unsealText(key, 'worklist.name.42', sealed)).toBe('Yılmaz, Амина');
  });

  it('does not open in another row, nor as an event', () => {
    const sealed = sealText(key, 'worklist.name.42', 'Yılmaz, Amina');
    expect(() => unsealText(key, 'worklist.name.43', sealed)).toThrow(SealBroken);
    expect(() => unseal(key, event, sealed)).toThrow(SealBroken);
  });

  it('may be empty, and end in spaces', () => {
    for (const text of ['', '  ', 'Amina ', '"']) {
      expect(unsealText(key, 'place', sealText(key, 'place', text))).toBe(text);
    }
  });
});
