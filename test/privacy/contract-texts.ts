/** The parts of an OpenAPI document that say what a body may hold. */
export interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** `path/field` of every field of every body that takes a text of the sender's own, lists and objects included. */
export const ownTexts = (contract: Contract): readonly string[] =>
  Object.entries(contract.paths).flatMap(([path, operations]) =>
    Object.values(operations).flatMap(({ requestBody }) => {
      const schema = requestBody?.content['application/json']?.schema;
      return schema === undefined ? [] : textsIn(schema, path, contract);
    }),
  );

const textsIn = (schema: Schema, at: string, contract: Contract): readonly string[] => {
  if (schema.$ref !== undefined) return textsIn(named(schema.$ref, contract), at, contract);
  if (schema.items) return textsIn(schema.items, at, contract);
  if (schema.properties)
    return Object.entries(schema.properties).flatMap(([field, inner]) =>
      textsIn(inner, `${at}/${field}`, contract),
    );
  return isOwnText(schema) ? [at] : [];
};

const isOwnText = ({ type, format, pattern, enum: codes }: Schema): boolean =>
  type === 'string' &&
  codes === undefined &&
  pattern === undefined &&
  (format === undefined || format === 'email');

const named = (reference: string, { components }: Contract): Schema => {
  const schema = components.schemas[reference.slice(reference.lastIndexOf('/') + 1)];
  if (!schema) throw new Error(`The contract does not say what ${reference} is`);
  return schema;
};

/** The same for a body that was sent, of those texts that hold one of the canaries. */
export const textsSent = (
  path: string,
  body: object,
  contract: Contract,
  isCanary: (text: string) => boolean,
): readonly string[] => {
  const template =
    path in contract.paths
      ? path
      : (Object.keys(contract.paths).find((one) => isAddressOf(one, path)) ?? path);
  const walk = (value: unknown, at: string): readonly string[] => {
    if (typeof value === 'string') return isCanary(value) ? [at] : [];
    if (Array.isArray(value)) return value.flatMap((item) => walk(item, at));
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([field, inner]) => walk(inner, `${at}/${field}`));
  };
  return walk(body, template);
};

const isAddressOf = (template: string, path: string): boolean => {
  const segments = path.split('/');
  const wanted = template.split('/');
  return (
    wanted.length === segments.length &&
    wanted.every((one, place) => one.startsWith('{') || one === segments[place])
  );
};
