/** How the errors of the contract look, for its document. */
export const problemSchema = {
  type: 'object',
  description: 'RFC 9457. Nothing in it repeats what was sent.',
  properties: {
    type: { type: 'string', format: 'uri', pattern: '^urn:kim:problem:[a-z0-9-]+$' },
    title: { type: 'string' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    code: { type: 'string', pattern: '^[a-z0-9-]+$', description: 'The last part of the type.' },
    detail: { type: 'string' },
    instance: { type: 'string', format: 'uri', description: 'The id under which the log has this request.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          pointer: { type: 'string', description: 'JSON Pointer (RFC 6901).' },
          message: { type: 'string' },
          in: {
            type: 'string',
            enum: ['path', 'query', 'header'],
            description: 'Where the pointer points; the body if absent.',
          },
        },
        required: ['pointer', 'message'],
      },
    },
  },
  required: ['type', 'title', 'status', 'code', 'instance'],
};

const problem = (
  status: number,
  code: string,
  title: string,
  description: string,
  more: { readonly errors?: readonly object[]; readonly headers?: object } = {},
): object => ({
  description,
  ...(more.headers ? { headers: more.headers } : {}),
  content: {
    'application/problem+json': {
      schema: { $ref: '#/components/schemas/Problem' },
      example: {
        type: `urn:kim:problem:${code}`,
        title,
        status,
        code,
        instance: 'urn:uuid:0d6f6c1f-2a34-4e0a-9f0a-6f1c2b0e5d53',
        ...(more.errors ? { errors: more.errors } : {}),
      },
    },
  },
});

const retryAfter = {
  'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 0 } },
};

export const documentedProblems: Readonly<Record<string, object>> = {
  400: problem(
    400,
    'invalid-input',
    'Invalid input',
    'Something that was sent is not what this operation takes',
    {
      errors: [{ pointer: '/birthDate', message: 'must not be in the future' }],
    },
  ),
  401: problem(401, 'unauthenticated', 'A valid access token is needed', 'No token, or none that is good', {
    headers: { 'WWW-Authenticate': { description: 'How to authenticate.', schema: { type: 'string' } } },
  }),
  403: problem(403, 'forbidden', 'Not allowed for this role', 'Known to the caller, but not allowed'),
  404: problem(404, 'not-found', 'Not found', 'Unknown, or not visible to the caller; nothing tells which'),
  406: problem(406, 'not-acceptable', 'Not acceptable', '`Accept` takes none of the formats that are served'),
  409: problem(409, 'journey-closed', 'Journey closed', 'Refused by the state; the code says which rule'),
  412: problem(412, 'stale-revision', 'Changed meanwhile', 'The revision in If-Match is not the newest'),
  413: problem(413, 'too-large', 'Too large', 'More than 256 KiB, or more than an event can hold'),
  415: problem(
    415,
    'unsupported-media-type',
    'Unsupported media type',
    'The body is not application/json in UTF-8',
  ),
  422: problem(
    422,
    'idempotency-key-reused',
    'Idempotency key reused',
    'The Idempotency-Key was used for another request',
  ),
  429: problem(429, 'too-many-requests', 'Too many requests', 'Too many requests', { headers: retryAfter }),
  503: problem(503, 'store-unavailable', 'Store unavailable', 'A store is away; try again', {
    headers: retryAfter,
  }),
};
