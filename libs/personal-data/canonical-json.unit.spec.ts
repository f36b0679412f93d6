import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson, fingerprint, NotCanonical, type JsonValue } from './canonical-json.js';

describe('Canonical JSON', () => {
  it('writes the example of RFC 8785, section 3.2.4', () => {
    const example = {
      // eslint-disable-next-line no-loss-of-precision -- the example's own digits, to be rounded as it says
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(example)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts names by UTF-16 code units, as the example of section 3.2.3', () => {
    const names = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'];
    const json = canonicalJson(Object.fromEntries(names.map((name) => [name, ''])));
    expect(json).toBe(`{${sorted.map((name) => `${JSON.stringify(name)}:""`).join(',')}}`);
  });

  it('gives what was read back the bytes of what was written', () => {
    fc.assert(
      fc.property(jsonValue, (value) => {
        const json = canonicalJson(value);
        expect(canonicalJson(JSON.parse(json) as JsonValue)).toBe(json);
      }),
    );
  });

  it('agrees with the implementation of the RFC’s authors', () => {
    fc.assert(
      fc.property(jsonValue, (value) => {
        expect(canonicalJson(value)).toBe(canonicalize(value));
      }),
    );
  });

  it.each([
    ['NaN', NaN],
    ['an infinity', [-Infinity]],
    ['undefined', undefined],
    ['a field that is undefined', { birthDate: undefined }],
    ['a hole in a list', Object.assign([1], { 2: 3 })],
    ['a function', { name: () => 'Amina' }],
    ['a bigint', [1n]],
    ['a symbol', Symbol('x')],
    ['a date, which would come back as a text', { at: new Date(0) }],
    ['a map, which would come back empty', new Map([['a', 1]])],
    ['an unpaired high surrogate', 'Amina \ud83d'],
    ['an unpaired low surrogate', ['\ude00 Amina']],
    ['an unpaired surrogate in a name', { '\ud800': 1 }],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value as JsonValue)).toThrow(NotCanonical);
  });

  it('keeps surrogates that are paired', () => {
    expect(canonicalJson('😀')).toBe('"😀"');
  });

  it('writes no content into its errors', () => {
    expect(() => canonicalJson('Amina\ud83d')).not.toThrow(/Amina/);
  });
});

describe('A fingerprint', () => {
  const key = createSecretKey(randomBytes(32));

  it('is the same for the same request, however its fields were ordered', () => {
    const one = fingerprint(key, { givenName: 'Amina', familyName: 'Yılmaz' });
    const other = fingerprint(key, { familyName: 'Yılmaz', givenName: 'Amina' });
    expect(other).toBe(one);
    expect(one).toMatch(/^[\w-]{43}$/);
  });

  it('differs for another request and under another key', () => {
    const one = fingerprint(key, { givenName: 'Amina' });
    expect(fingerprint(key, { givenName: 'Amine' })).not.toBe(one);
    expect(fingerprint(createSecretKey(randomBytes(32)), { givenName: 'Amina' })).not.toBe(one);
  });

  it('is HMAC-SHA256, as RFC 4231 would have it', () => {
    // Computed with `printf '{"a":1}' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0b…0b`.
    const known = createSecretKey(Buffer.alloc(32, 0x0b));
    expect(Buffer.from(fingerprint(known, { a: 1 }), 'base64url').toString('hex')).toBe(
      '248bdfd7b67b706001ebaee4f3ca559a7295a1e2ba4068bea0abc034492994d9',
    );
  });
});

const jsonValue = fc.jsonValue({ noUnicodeString: false, maxDepth: 4 }).map((value) => value as JsonValue);
