import { cursorExample } from './cursor.js';
import { Text, fieldsOf, Whole, type Shape } from './fields.js';
import { invalidInput } from './problem.js';

/** What every list takes. */
export class Page {
  @Whole({ min: 1, max: 200, optional: true, description: 'How many items at most.', example: 50 })
  limit = 50;

  @Text({
    max: 2000,
    optional: true,
    description: 'Where the list goes on: `nextCursor` of the page before.',
    example: cursorExample,
  })
  cursor?: string;
}

/**
 * The parameters of an address as the values that they stand for, each once.
 * @throws Problem 400 for one that is repeated
 */
export const readParameters = (
  shape: Shape,
  query: Readonly<Record<string, string | readonly string[]>>,
): Record<string, unknown> => {
  const fields = fieldsOf(shape);
  const repeated = Object.keys(query).filter((name) => typeof query[name] !== 'string' && fields.has(name));
  if (repeated.length > 0) {
    throw invalidInput(
      repeated.map((name) => ({ pointer: `/${name}`, message: 'must stand once only', in: 'query' })),
    );
  }
  return Object.fromEntries(
    Object.entries(query).map(([name, text]) => [
      name,
      fields.get(name)?.rule.fromText?.(text as string) ?? text,
    ]),
  );
};
