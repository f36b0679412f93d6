import type { FastifyReply } from 'fastify';

interface AnswerParts {
  /** Where it differs from the one that the route declares. */
  readonly status?: number;
  /** Of the journey or client that the answer is about: what `If-Match` may name. */
  readonly revision?: number;
  /** Up to which position of the log the answer's events reach: what `KIM-Min-Position` may name. */
  readonly position?: string | undefined;
  /** The path of what was made. */
  readonly location?: string;
}

/** A body together with what the contract puts into headers. */
export class Answer<T extends object = object> {
  constructor(
    readonly body: T,
    readonly parts: AnswerParts = {},
  ) {}
}

/** Writes the headers of an answer and hands back its body. */
export const unpacked = (reply: FastifyReply, { body, parts }: Answer): object => {
  const { status, revision, position, location } = parts;
  if (status !== undefined) void reply.code(status);
  if (revision !== undefined) void reply.header('etag', `"${revision}"`);
  if (position !== undefined) void reply.header('kim-position', position);
  if (location !== undefined) void reply.header('location', location);
  return body;
};
