import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { isCalendarDay } from '../../src/reference/index.js';
import type { Asking, Reply } from './application.js';

export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly example?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

export interface DocumentedOperation {
  readonly path: string;
  readonly method: string;
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>
  >;
}

export interface Document {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, Omit<DocumentedOperation, 'path' | 'method'>>>>
  >;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export const committedDocument = (): Document =>
  JSON.parse(readFileSync(new URL('../../../openapi.json', import.meta.url), 'utf8')) as Document;

export const operationsOf = ({ paths }: Document): readonly DocumentedOperation[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ ...operation, path, method })),
  );

/** Reads JSON Schema 2020-12 and nothing older. */
export const schemaReader = (): Ajv2020 => {
  const ajv = new Ajv2020({
    strict: true,
    strictTypes: false,
    allErrors: true,
    keywords: ['example', 'components'],
  });
  ajv.addFormat('uuid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  ajv.addFormat('date', isCalendarDay);
  ajv.addFormat('date-time', (text) => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) && !isNaN(Date.parse(text)));
  ajv.addFormat('email', /^\S+@\S+$/);
  ajv.addFormat('uri', (text) => URL.canParse(text));
  return ajv;
};

/** What was answered, held against the document: there is nothing in it but what is described. */
export interface HeldAgainst {
  /** What an answer has that the document does not say, and the other way round. */
  wrongWith(
    method: string,
    path: string,
    reply: Pick<Reply, 'status' | 'headers' | 'body'>,
  ): readonly string[];
  /** Operations that were answered. */
  readonly answered: ReadonlySet<string>;
  /** Described fields of those operations' answers that no answer had, as `Schema.field`. */
  neverSeen(): readonly string[];
}

export const heldAgainst = (document: Document): HeldAgainst => {
  const { schemas } = document.components;
  const operations = operationsOf(document).map((operation) => ({
    ...operation,
    pattern: new RegExp(`^${operation.path.replace(/\{\w+\}/g, '([^/?]+)')}(\\?|$)`),
  }));
  const answers = Object.fromEntries(
    operations.map((operation) => [operation.operationId, answerOf(operation)]),
  );
  const ajv = schemaReader();
  ajv.addSchema(withNothingElse({ $id: 'contract', components: { schemas, answers } }) as object);
  const answered = new Set<string>();
  const seen = new Set<string>();
  const described = new Set<string>();

  const look = (schema: Schema, value: unknown): void => {
    for (const { name, known } of namedIn(schema, schemas)) {
      for (const [field, inside] of Object.entries(known.properties ?? {})) {
        described.add(`${name}.${field}`);
        const found = (value as Readonly<Record<string, unknown>> | undefined)?.[field];
        if (found !== undefined) seen.add(`${name}.${field}`);
        look(inside, found);
      }
      if (known.items)
        for (const item of Array.isArray(value) && value.length > 0 ? (value as unknown[]) : [undefined])
          look(known.items, item);
    }
  };

  return {
    answered,
    wrongWith: (method, path, { status, headers, body }) => {
      const operation = operations
        .filter((one) => one.method.toUpperCase() === method && one.pattern.test(path))
        .sort((one, other) => one.path.split('{').length - other.path.split('{').length)[0];
      const response = operation?.responses[String(status)];
      if (!operation || !response) return [`${method} ${path} is not described with ${status}`];
      if (status >= 300) return [];
      const type = headers.get('content-type')?.split(';')[0] ?? '';
      if (!response.content?.[type]) return [`${operation.operationId} is not described as ${type}`];
      answered.add(operation.operationId);
      if (type !== 'application/json') return [];
      look(answers[operation.operationId]!, body);
      const validate = ajv.getSchema(`contract#/components/answers/${operation.operationId}`)!;
      return validate(body)
        ? []
        : (validate.errors ?? []).map(
            ({ instancePath, message, params }) =>
              `${operation.operationId} ${instancePath} ${message} ${JSON.stringify(params)}`,
          );
    },
    neverSeen: () => [...described].filter((field) => !seen.has(field)).sort(),
  };
};

/** Asks an application and collects what its answers have that is not described. */
export const askingHeldAgainst = (asking: Asking, held: HeldAgainst, wrong: Set<string>): Asking => ({
  address: asking.address,
  get: async (user, path, question) => {
    const reply = await asking.get(user, path, question);
    for (const one of held.wrongWith('GET', path, reply)) wrong.add(one);
    return reply;
  },
  post: async (user, path, body, question) => {
    const reply = await asking.post(user, path, body, question);
    for (const one of held.wrongWith('POST', path, reply)) wrong.add(one);
    return reply;
  },
});

const answerOf = ({ responses }: DocumentedOperation): Schema => {
  const [success] = Object.entries(responses).flatMap(([status, { content }]) =>
    status.startsWith('2') ? [content?.['application/json']?.schema] : [],
  );
  return success ?? {};
};

/** The schemas that a schema is made of, each under the name that it has. */
const namedIn = (
  { $ref, allOf = [], ...schema }: Schema,
  schemas: Readonly<Record<string, Schema>>,
  name = '',
): readonly { readonly name: string; readonly known: Schema }[] => {
  const referred = $ref?.split('/').at(-1);
  return [
    { name, known: schema },
    ...(referred === undefined ? [] : namedIn(schemas[referred] ?? {}, schemas, referred)),
    ...allOf.flatMap((part) => namedIn(part, schemas)),
  ];
};

const withNothingElse = (part: unknown): unknown => {
  if (typeof part !== 'object' || part === null) return part;
  if (Array.isArray(part)) return part.map(withNothingElse);
  const inside = Object.fromEntries(Object.entries(part).map(([name, one]) => [name, withNothingElse(one)]));
  const isOpen = inside['type'] === 'object' && 'properties' in inside && !('additionalProperties' in inside);
  return isOpen ? { ...inside, unevaluatedProperties: false } : inside;
};
