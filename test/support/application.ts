import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: any;
}

export interface Question {
  readonly headers?: Readonly<Record<string, string>>;
  /** The Idempotency-Key; a new one for every command otherwise. */
  readonly key?: string;
}

export interface Asking {
  readonly address: string;
  get(user: string, path: string, question?: Question): Promise<Reply>;
  post(user: string, path: string, body?: unknown, question?: Question): Promise<Reply>;
}

export interface RunningApplication extends Asking {
  /** The process's output so far. */
  readonly output: () => string;
  /** What stands in `/metrics`. */
  figures(): Promise<string>;
  /** As a power cut would, without a word. */
  kill(): Promise<void>;
  /** As an operator would. Gives the exit code. */
  stop(): Promise<number | null>;
}

const entry = fileURLToPath(new URL('../../src/main.js', import.meta.url));

/** The built application as a process of its own, on a free port. */
export const startApplication = async (
  settings: Readonly<Record<string, string>>,
): Promise<RunningApplication> => {
  const child = spawn(process.execPath, [entry], {
    env: { PATH: process.env.PATH, PORT: '0', KIM_DEMO_JOURNEYS: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let output = '';
  const listening = new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      output += chunk.toString();
      const found = /running at (http:\S+)/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void ended.then((code) => {
      reject(new Error(`The application ended with ${code}: ${output}`));
    });
  });
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> => {
    child.kill(signal);
    return ended;
  };
  const address = await listening;
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (user: string): Promise<string> => {
    const known = tokens.get(user) ?? issue(address, user);
    tokens.set(user, known);
    return known;
  };
  return {
    address,
    output: () => output,
    get: async (user, path, question) =>
      ask(address, 'GET', path, await tokenOf(user), undefined, question?.headers),
    post: async (user, path, body, { headers, key = randomUUID() } = {}) =>
      ask(address, 'POST', path, await tokenOf(user), body, { 'idempotency-key': key, ...headers }),
    figures: async () => (await fetch(`${address}/metrics`)).text(),
    kill: async () => {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
  };
};

/** Questions and commands in somebody's name. */
export const asking = (address: string, tokenOf: (user: string) => Promise<string>): Asking => ({
  address,
  get: async (user, path, question) =>
    ask(address, 'GET', path, await tokenOf(user), undefined, question?.headers),
  post: async (user, path, body, { headers, key = randomUUID() } = {}) =>
    ask(address, 'POST', path, await tokenOf(user), body, { 'idempotency-key': key, ...headers }),
});

const issue = async (address: string, username: string): Promise<string> => {
  const { body } = await ask(address, 'POST', '/demo/tokens', undefined, { username });
  return (body as { accessToken: string }).accessToken;
};

const ask = async (
  address: string,
  method: string,
  path: string,
  token: string | undefined,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> => {
  const response = await fetch(address + path, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
};
