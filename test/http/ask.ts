import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';

export interface Question {
  readonly method: string;
  /** As it goes over the wire: nothing is escaped or made tidy. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly payload?: object | string | Buffer | undefined;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>> & {
    readonly errors?: readonly { readonly pointer: string; readonly message: string; readonly in?: string }[];
  };
}

/**
 * Asks over a socket of its own, since some of what is asked is nothing that a well-behaved client would send.
 * An object is sent as JSON.
 */
export const ask = async (
  port: number,
  { method, url, headers = {}, payload }: Question,
): Promise<Answered> => {
  const isJson = typeof payload === 'object' && !Buffer.isBuffer(payload);
  const body = isJson ? JSON.stringify(payload) : payload;
  const asked = request({
    port,
    host: '127.0.0.1',
    method,
    path: url,
    agent,
    headers: {
      ...(isJson ? { 'content-type': 'application/json' } : {}),
      ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
      ...headers,
    },
  });
  asked.end(body);
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const text = (await answer.setEncoding('utf8').toArray()).join('');
  const isReadable = text !== '' && answer.headers['content-type']?.includes('json') === true;
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers,
    text,
    body: isReadable ? (JSON.parse(text) as Answered['body']) : {},
  };
};

const agent = new Agent({ keepAlive: false });
