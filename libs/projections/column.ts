import type { JsonValue } from '#event-store';

/**
 * One column of a read model. A row holds a value as `Value`; PostgreSQL gets and gives it as text. Reading
 * back must give exactly what was written, since a row folded within one batch and a row read back between
 * two batches have to be the same.
 */
export interface Column<Value = unknown> {
  readonly type: ColumnType;
  readonly nullable: boolean;
  /** For what is sealed: the column that names the subject under whose key. `encode` gives the text to be sealed. */
  readonly sealedFor?: string;
  encode(value: Value): string;
  decode(text: string): Value;
}

export type ColumnType =
  | 'text'
  | 'uuid'
  | 'integer'
  | 'bigint'
  | 'double precision'
  | 'boolean'
  | 'date'
  | 'timestamptz'
  | 'jsonb'
  | 'bytea'
  | 'text[]'
  | 'bigint[]';

export type Columns = Readonly<Record<string, Column>>;

/** What a row of these columns looks like in memory. */
export type RowOf<C extends Columns> = {
  readonly [Name in keyof C]: C[Name] extends Column<infer Value> ? Value : never;
};

const asIs = { encode: (value: string) => value, decode: (written: string) => written };

/** Text, sorted by code point. */
export const text = (): Column<string> => ({ type: 'text', nullable: false, ...asIs });

/** A UUID in its usual lower-case form. */
export const uuid = (): Column<string> => ({ type: 'uuid', nullable: false, ...asIs });

/** A whole number of at most 32 bits. */
export const integer = (): Column<number> => ({
  type: 'integer',
  nullable: false,
  encode: String,
  decode: Number,
});

/** A whole number that JavaScript holds exactly. */
export const bigint = (): Column<number> => ({
  type: 'bigint',
  nullable: false,
  encode: String,
  decode: Number,
});

/** A floating-point number. */
export const double = (): Column<number> => ({
  type: 'double precision',
  nullable: false,
  encode: String,
  decode: Number,
});

export const boolean = (): Column<boolean> => ({
  type: 'boolean',
  nullable: false,
  encode: (value) => (value ? 't' : 'f'),
  decode: (written) => written === 't',
});

/** A calendar day, `YYYY-MM-DD`. */
export const date = (): Column<string> => ({ type: 'date', nullable: false, ...asIs });

/** An instant in UTC to the millisecond, as `Date.prototype.toISOString` writes it. */
export const instant = (): Column<string> => ({
  type: 'timestamptz',
  nullable: false,
  encode: (value) => {
    // Any other spelling would come back changed, and a fold would depend on where batches end.
    if (!isoInstant.test(value)) throw new InvalidValue('An instant is written YYYY-MM-DDThh:mm:ss.sssZ');
    return value;
  },
  decode: (written) => {
    const [, seconds, fraction = ''] = postgresInstant.exec(written) ?? [];
    if (seconds === undefined) throw new InvalidValue('Not an instant in UTC');
    return `${seconds.replace(' ', 'T')}.${fraction.padEnd(3, '0')}Z`;
  },
});

/** Any JSON but a bare null, kept as `jsonb`: do not rely on the order of keys. */
export const json = <Value extends JsonValue>(): Column<Value> => ({
  type: 'jsonb',
  nullable: false,
  encode: (value) => JSON.stringify(value),
  decode: (written) => JSON.parse(written) as Value,
});

/** A list of texts that can be indexed and searched. */
export const textList = (): Column<readonly string[]> => ({
  type: 'text[]',
  nullable: false,
  encode: (values) => `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`,
  decode: (written) => JSON.parse(written) as readonly string[],
});

/** A list of whole numbers of at most 64 bits in decimal, such as hashes, that can be indexed and searched. */
export const bigintList = (): Column<readonly string[]> => ({
  type: 'bigint[]',
  nullable: false,
  encode: (values) => `{${values.join(',')}}`,
  decode: (written) => JSON.parse(written) as readonly string[],
});

/** Bytes, in the row as lower-case hexadecimal digits. */
export const bytes = (): Column<string> => ({
  type: 'bytea',
  nullable: false,
  encode: (value) => `\\x${value}`,
  decode: (written) => written.slice('\\x'.length),
});

/** The same column, where `null` is allowed. */
export const nullable = <Value>(column: Column<Value>): Column<Value | null> => ({
  ...column,
  nullable: true,
  encode: (value) => {
    if (value === null) throw new InvalidValue('Null has no text');
    return column.encode(value);
  },
});

/**
 * Text that no disk may show: readable in the row, sealed in the table under the key of the subject that the
 * column `subject` of the same row names. `null` once the subject's key is gone.
 */
export const sealed = (subject: string): Column<string | null> => ({
  ...nullable(text()),
  sealedFor: subject,
});

/** The same for any JSON but a bare null, so that a row that many events change is parsed and written once. */
export const sealedJson = <Value extends object>(subject: string): Column<Value | null> => ({
  ...nullable<Value>({
    type: 'text',
    nullable: false,
    encode: (value) => JSON.stringify(value),
    decode: (written) => JSON.parse(written) as Value,
  }),
  sealedFor: subject,
});

/** A row holds what its column cannot. The message tells no value. */
export class InvalidValue extends Error {
  override readonly name = 'InvalidValue';
}

const isoInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const postgresInstant = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\.(\d{1,3}))?\+00$/;
