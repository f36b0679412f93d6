import { Ajv2020 } from 'ajv/dist/2020.js';

const text = { type: 'string' };
const texts = { type: 'array', items: text };
const numbers = { type: 'array', items: { type: ['number', 'null'] } };

/** A dataset of JSON-stat 2.0, as https://json-stat.org/full/ describes it (class dataset). */
const jsonStatDataset = {
  type: 'object',
  required: ['version', 'class', 'id', 'size', 'dimension', 'value'],
  properties: {
    version: { const: '2.0' },
    class: { const: 'dataset' },
    label: text,
    source: text,
    updated: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT' },
    note: texts,
    id: { ...texts, minItems: 1, uniqueItems: true },
    size: { type: 'array', items: { type: 'integer', minimum: 0 } },
    role: {
      type: 'object',
      properties: { time: texts, geo: texts, metric: texts },
      additionalProperties: false,
    },
    dimension: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        required: ['category'],
        properties: {
          label: text,
          category: {
            type: 'object',
            anyOf: [{ required: ['index'] }, { required: ['label'] }],
            properties: {
              index: { anyOf: [texts, { type: 'object', additionalProperties: { type: 'integer' } }] },
              label: { type: 'object', additionalProperties: text },
            },
          },
        },
      },
    },
    value: {
      anyOf: [
        numbers,
        {
          type: 'object',
          patternProperties: { '^\\d+$': { type: ['number', 'null'] } },
          additionalProperties: false,
        },
      ],
    },
    status: {
      anyOf: [
        text,
        texts,
        { type: 'object', patternProperties: { '^\\d+$': text }, additionalProperties: false },
      ],
    },
    extension: { type: 'object' },
  },
};

const datatypes = ['string', 'number', 'integer', 'boolean', 'date', 'dateTime'];

/** A table description of CSV on the Web, as https://www.w3.org/TR/tabular-metadata/ describes it. */
const csvwTable = {
  type: 'object',
  required: ['@context', 'url', 'tableSchema'],
  properties: {
    '@context': {
      anyOf: [
        { const: 'http://www.w3.org/ns/csvw' },
        {
          type: 'array',
          prefixItems: [
            { const: 'http://www.w3.org/ns/csvw' },
            { type: 'object', properties: { '@language': text, '@base': text }, additionalProperties: false },
          ],
          minItems: 2,
          maxItems: 2,
        },
      ],
    },
    url: text,
    dialect: {
      type: 'object',
      properties: { header: { type: 'boolean' }, encoding: text, delimiter: text },
      additionalProperties: false,
    },
    tableSchema: {
      type: 'object',
      required: ['columns'],
      properties: {
        columns: {
          type: 'array',
          items: {
            type: 'object',
            required: ['name'],
            properties: {
              name: { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9_.]*$' },
              titles: { anyOf: [text, texts] },
              datatype: { enum: datatypes },
              required: { type: 'boolean' },
            },
            // Other properties are of a vocabulary with a prefix.
            patternProperties: { '^[a-z]+:[A-Za-z]+$': {} },
            additionalProperties: false,
          },
        },
      },
      additionalProperties: false,
    },
  },
  patternProperties: { '^[a-z]+:[A-Za-z]+$': {} },
  additionalProperties: false,
};

const ajv = new Ajv2020({ strict: false, allErrors: true });
const against = (schema: object) => {
  const validate = ajv.compile(schema);
  return (value: unknown): readonly string[] =>
    validate(value)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};

/** What is wrong with a JSON-stat dataset: by its schema, and by the sizes that a schema cannot compare. */
export const wrongWithJsonStat = (value: unknown): readonly string[] => {
  const wrong = against(jsonStatDataset)(value);
  if (wrong.length > 0) return wrong;
  const {
    id,
    size,
    dimension,
    value: values,
  } = value as {
    readonly id: readonly string[];
    readonly size: readonly number[];
    readonly dimension: Readonly<
      Record<string, { readonly category: { readonly index: readonly string[] } }>
    >;
    readonly value: Readonly<Record<string, number>>;
  };
  const cells = size.reduce((product, one) => product * one, 1);
  return [
    ...(id.length === size.length ? [] : ['id and size differ in length']),
    ...id.flatMap((one, at) =>
      dimension[one]?.category.index.length === size[at] ? [] : [`${one} has not its size`],
    ),
    ...Object.keys(values).flatMap((place) => (Number(place) < cells ? [] : [`there is no place ${place}`])),
  ];
};

/** What is wrong with the metadata of a CSV file, and with the file by its metadata. */
export const wrongWithCsv = (csv: string, metadata: unknown): readonly string[] => {
  const wrong = against(csvwTable)(metadata);
  if (wrong.length > 0) return wrong;
  const { columns } = (
    metadata as {
      readonly tableSchema: {
        readonly columns: readonly {
          readonly titles: string;
          readonly datatype: string;
          readonly required: boolean;
        }[];
      };
    }
  ).tableSchema;
  const [header, ...rows] = recordsOf(csv);
  return [
    ...(header?.join() === columns.map(({ titles }) => titles).join() ? [] : ['the header is another one']),
    ...rows.flatMap((row, line) => [
      ...(row.length === columns.length ? [] : [`row ${line} has ${row.length} fields`]),
      ...columns.flatMap(({ titles, datatype, required }, at) => {
        const field = row[at] ?? '';
        if (field === '') return required ? [`row ${line} lacks ${titles}`] : [];
        if (datatype === 'integer' && !/^-?\d+$/.test(field)) return [`${titles} is no integer`];
        return datatype === 'number' && Number.isNaN(Number(field)) ? [`${titles} is no number`] : [];
      }),
    ]),
  ];
};

const recordsOf = (csv: string): readonly (readonly string[])[] =>
  csv
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
        quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
      ),
    );
