import { describe, expect, it } from '@jest/globals';
import type { Clock } from './clock.js';
import {
  Code,
  Confirmation,
  DateOnly,
  DateOrInstant,
  Email,
  Flag,
  Instant,
  JsonObject,
  Language,
  ListOf,
  Municipality,
  Name,
  Nationality,
  Nested,
  OrganisationId,
  PastYear,
  Phone,
  Text,
  TextHash,
  Together,
  UserId,
  Uuid,
  Whole,
} from './fields.js';
import { readInput } from './input.js';
import { Problem } from './problem.js';

/** Half past midnight in Berlin, where it is Tuesday already. */
const clock: Clock = { now: () => new Date('2026-11-23T23:30:00Z') };

class Address {
  @Text({ max: 20, optional: true }) street?: string;
  @Name({ max: 20 }) town!: string;
}

class Person {
  @Name() givenName!: string;
  @DateOnly({ past: true, optional: true }) birthDate?: string;
  @ListOf(Language(), { max: 3, optional: true }) languages?: string[];
  @Nested(() => Address, { optional: true }) address?: Address;
  @ListOf(Nested(() => Address), { max: 2, optional: true })
  formerAddresses?: Address[];
}

const errorsOf = (shape: new () => object, value: unknown): unknown => {
  try {
    readInput(shape, value, clock);
    return [];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    expect(error.status).toBe(400);
    return error.errors;
  }
};

describe('What a case manager sends', () => {
  it('is read as it was written', () => {
    const sent = {
      givenName: 'Çelik',
      birthDate: '2026-11-24',
      languages: ['ku', 'kmr'],
      address: { town: 'Kamen' },
      formerAddresses: [{ street: 'Wall 1', town: 'حلب' }],
    };
    expect(readInput(Person, sent, clock)).toStrictEqual(sent);
  });

  it('is told everything that is wrong with it at once', () => {
    const sent = {
      birthDate: '2026-02-30',
      languages: ['ar', 'xx-secret'],
      address: { street: 7, zip: '59174' },
      formerAddresses: [{ town: 'Aleppo' }, { town: null }, 'Homs'],
      shoeSize: 44,
    };
    expect(errorsOf(Person, sent)).toEqual([
      { pointer: '/address/zip', message: 'is not a known field' },
      { pointer: '/shoeSize', message: 'is not a known field' },
      { pointer: '/givenName', message: 'is required' },
      { pointer: '/birthDate', message: 'must be a day that exists, as YYYY-MM-DD' },
      { pointer: '/languages/1', message: 'must be a language code of ISO 639-1 or 639-3, in lower case' },
      { pointer: '/address/street', message: 'must be a text' },
      { pointer: '/address/town', message: 'is required' },
      { pointer: '/formerAddresses', message: 'must have at most 2 items' },
    ]);
  });

  it('is told which item of a list is wrong, and which field of it', () => {
    const formerAddresses = [{ town: '' }, 'Homs'];
    expect(errorsOf(Person, { givenName: 'Amina', formerAddresses })).toEqual([
      { pointer: '/formerAddresses/0/town', message: 'must not be blank' },
      { pointer: '/formerAddresses/1', message: 'must be an object' },
    ]);
  });

  it.each([['Amina Yılmaz'], ['a/b'], ['x'.repeat(41)], ['ключ']])(
    'does not read the name of an unknown field back when it may be personal: %s',
    (name) => {
      expect(errorsOf(Person, { givenName: 'A', address: { town: 'Kamen', [name]: 1 } })).toEqual([
        { pointer: '/address', message: 'is not a known field' },
      ]);
    },
  );

  it.each([['hasOwnProperty'], ['toString'], ['constructor'], ['valueOf']])(
    'may not name a field after what every object has: %s',
    (name) => {
      expect(errorsOf(Person, { givenName: 'A', [name]: 1 })).toEqual([
        { pointer: `/${name}`, message: 'is not a known field' },
      ]);
    },
  );

  it.each([[null], [undefined], ['text'], [7], [[]]])('must be an object, which %j is not', (value) => {
    expect(errorsOf(Person, value)).toEqual([{ pointer: '', message: 'must be an object' }]);
  });

  it('tells a part of a body where that part stands', () => {
    expect(() => readInput(Address, { town: 7 }, clock, { at: '/replacement' })).toThrow(
      expect.objectContaining({ errors: [{ pointer: '/replacement/town', message: 'must be a text' }] }),
    );
  });

  it('may say in upper case which id it means', () => {
    class Reference {
      @Uuid() clientId!: string;
    }
    const { clientId } = readInput(Reference, { clientId: '6F1C2B0E-9F0A-5D53-8E0A-0D6F6C1F2A34' }, clock);
    expect(clientId).toBe('6f1c2b0e-9f0a-5d53-8e0a-0d6f6c1f2a34');
  });

  it('is told what fields must be together, beside what is wrong with each', () => {
    @Together(({ from, until }: Period) =>
      from !== undefined && until !== undefined && until < from
        ? [{ pointer: '/until', message: 'must not be before the beginning' }]
        : [],
    )
    class Period {
      @DateOnly({ optional: true }) from?: string;
      @DateOnly({ optional: true }) until?: string;
    }
    class NamedPeriod extends Period {
      @Name() name!: string;
    }
    expect(errorsOf(NamedPeriod, { from: '2026-02-01', until: '2026-01-31' })).toEqual([
      { pointer: '/name', message: 'is required' },
      { pointer: '/until', message: 'must not be before the beginning' },
    ]);
    expect(errorsOf(NamedPeriod, { name: 'Kurs', from: '2026-02-01', until: '2026-02-01' })).toEqual([]);
  });

  it('keeps what a class says of a field that is absent, and what it inherits', () => {
    class Page {
      @Whole({ min: 1, max: 200, optional: true }) limit = 50;
    }
    class Worklist extends Page {
      @Flag({ optional: true }) overdue?: boolean;
    }
    expect(readInput(Worklist, {}, clock)).toStrictEqual({ limit: 50 });
    expect(errorsOf(Worklist, { limit: 0, overdue: 'yes' })).toEqual([
      { pointer: '/overdue', message: 'must be true or false' },
      { pointer: '/limit', message: 'must be a whole number from 1 to 200' },
    ]);
  });
});

describe('A field', () => {
  const accepts = (field: PropertyDecorator, value: unknown): boolean => {
    class Body {
      declare value: unknown;
    }
    field(Body.prototype, 'value');
    return (errorsOf(Body, { value }) as unknown[]).length === 0;
  };

  const cases: readonly [string, () => PropertyDecorator, readonly unknown[], readonly unknown[]][] = [
    [
      'of an id',
      () => Uuid(),
      ['6f1c2b0e-9f0a-5d53-8e0a-0d6f6c1f2a34'],
      ['', '6f1c2b0e9f0a5d538e0a0d6f6c1f2a34', '6f1c2b0e-9f0a-5d53-8e0a-0d6f6c1f2a34\n', 7, ['6f1c']],
    ],
    [
      'of a name',
      () => Name({ max: 4 }),
      ['Ali', 'می‌ر', 'क्‍ष', '𠮷𠮷𠮷𠮷', "O'", 'Li-U'],
      ['', '  ', '\u200d', 'A\u202eB', 'A\u200fB', 'A\nB', 'A\u0085', 'Alina', 7, null],
    ],
    [
      'of free text',
      () => Text({ max: 5 }),
      ['a\n\t\r', '👨‍👩‍👦', 'مرحبا'],
      ['', ' \n', 'a\u0000', 'a\u001b', '123456', {}, null],
    ],
    ['of free text that is optional', () => Text({ max: 5, optional: true }), ['', ' ', undefined], [null]],
    ['of a code', () => Code(['low', 'high']), ['low'], ['medium', 'LOW', '', 0, null, ['low']]],
    [
      'of a day',
      () => DateOnly(),
      ['1900-01-01', '2024-02-29', '2030-12-31'],
      [
        '1899-12-31',
        '2023-02-29',
        '2026-13-01',
        '2026-00-10',
        '26-01-01',
        '2026-1-1',
        '2026-01-01T00:00:00Z',
        7,
      ],
    ],
    [
      'of a day in the past',
      () => DateOnly({ past: true }),
      ['2026-11-24', '1990-05-17'],
      ['2026-11-25', '2027-01-01'],
    ],
    [
      'of a moment',
      () => Instant(),
      [
        '2026-11-23T23:30:00Z',
        '2026-11-23T23:30:00.123456Z',
        '2026-11-23T23:30:00+00:00',
        '2026-11-23t23:30:00.5-00:00',
        '2030-01-01T00:00:00Z',
      ],
      [
        '2026-11-23T23:30:00+00:01',
        '2026-11-23T23:30:00+0000',
        '2026-11-23T23:30:00+01:00',
        '2026-11-23T23:30Z',
        '2026-11-23 23:30:00Z',
        '2026-02-30T10:00:00Z',
        '2026-11-23T24:00:00Z',
        '2026-11-23T23:60:00Z',
        '1899-12-31T23:59:59Z',
        '2026-11-23',
        1,
      ],
    ],
    [
      'of a moment in the past',
      () => Instant({ past: true }),
      ['2026-11-23T23:30:00Z', '2026-11-23T23:29:59.999Z'],
      ['2026-11-23T23:30:00.001Z'],
    ],
    [
      'of a day or a moment',
      () => DateOrInstant(),
      ['2026-01-01', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00+00:00'],
      ['2026-02-30', '', 1],
    ],
    ['of a year of birth', () => PastYear(), [1900, 2026], [1899, 2027, 1990.5, '1990', null]],
    ['of a number', () => Whole({ min: 0, max: 1440 }), [0, 1440], [-1, 1441, 0.5, '5', null, Infinity, NaN]],
    ['of yes or no', () => Flag(), [true, false], ['true', 0, null]],
    ['of what must be so', () => Confirmation(), [true], [false, 'true', 1]],
    ['of a language', () => Language(), ['de', 'deu', 'kmr', 'prs'], ['DE', 'xx', 'german', '', 7]],
    [
      'of a nationality',
      () => Nationality(),
      ['SYR', 'DEU', 'XXA', 'XXX'],
      ['SY', 'syr', 'XXB', 'ABC', null],
    ],
    [
      'of a phone number',
      () => Phone(),
      ['+49 (2307) 965-0/12', '0'.repeat(40)],
      ['0'.repeat(41), '+-()', '', '0231 x', '٠١٢', 110],
    ],
    [
      'of an e-mail address',
      () => Email(),
      ['amina@example.org'],
      ['amina', 'a@b', 'a b@example.org', '', 7],
    ],
    ['of a hash', () => TextHash(), ['0'.repeat(64)], ['0'.repeat(63), 'A'.repeat(64), 'g'.repeat(64)]],
    [
      'of an organisation',
      () => OrganisationId(),
      ['kim-kamen'],
      ['KIM', '-kim', 'kim--kamen', '', 'kim kamen'],
    ],
    ['of a municipality', () => Municipality(), ['05978004'], ['5978004', '059780040', 5978004, '0597800A']],
    ['of a user', () => UserId(), ['kamen-cm', 'auth0|5f7'], ['', 'a b', 'ü', 'x'.repeat(256)]],
    ['of an object', () => JsonObject(), [{}, { a: 1 }], [[], null, 'a']],
    [
      'of a list',
      () => ListOf(Code(['a', 'b', 'c']), { min: 1, max: 2 }),
      [['a'], ['a', 'b']],
      [[], ['a', 'a'], ['a', 'b', 'c'], ['d'], 'a', { 0: 'a' }, null],
    ],
  ];

  it.each(cases)('%s takes what is one, and nothing else', (_, field, good, bad) => {
    for (const value of good) expect([value, accepts(field(), value)]).toEqual([value, true]);
    for (const value of bad) expect([value, accepts(field(), value)]).toEqual([value, false]);
  });
});
