import { connect } from 'node:net';
import { ask } from '../http/ask.js';
import type { Question } from '../http/ask.js';
import { need } from '../support/people.js';
import type { Canary } from './canary.js';
import { birthDate } from './written.js';
import type { Written } from './written.js';

export interface Refusal {
  readonly what: string;
  readonly status: number;
}

/** Sends what is to be refused, with a canary wherever a careless client may put something personal. */
export const askInVain = async (
  { address }: { readonly address: string },
  canary: Canary,
  written: Written,
): Promise<readonly Refusal[]> => {
  const port = Number(new URL(address).port);
  const { body } = await ask(port, {
    method: 'POST',
    url: '/demo/tokens',
    payload: { username: 'bergkamen-cm' },
  });
  const token = String(body['accessToken']);
  const refusals: Refusal[] = [];
  for (const [what, question] of questions(token, canary, written)) {
    const { status } = await ask(port, question);
    refusals.push({ what, status });
  }
  await sendNoHttp(port, `GET /${escape(canary)} HTTP/9.9\r\n${escape(canary)}\r\n\r\n`);
  return refusals;
};

const questions = (
  token: string,
  { latin, cyrillic, digits }: Canary,
  { clientId, closedJourney }: Written,
): readonly (readonly [string, Question])[] => {
  let keys = 0;
  const headers = { authorization: `Bearer ${token}` };
  const command = (payload: Question['payload'], more: Readonly<Record<string, string>> = {}): Question => ({
    method: 'POST',
    url: '/v1/clients',
    headers: { ...headers, 'idempotency-key': `in-vain-${++keys}`, ...more },
    payload,
  });
  const json = { 'content-type': 'application/json' };
  const person = { givenName: latin(), familyName: cyrillic(), birthDate };
  const inAddress = encodeURIComponent(latin());
  const get = (url: string, more: Readonly<Record<string, string>> = {}): Question => ({
    method: 'GET',
    url,
    headers: { ...headers, ...more },
  });
  return [
    ['unknown field', command({ ...person, [latin()]: cyrillic() })],
    ['unknown field that looks like one', command({ ...person, [latin().slice(0, 16)]: 1 })],
    ['unknown field of an object', command({ ...person, address: { [cyrillic()]: latin() } })],
    ['not what the field takes', command({ ...person, sex: latin(), email: latin(), phone: cyrillic() })],
    ['a list for a text', command({ ...person, givenName: [latin(), cyrillic()] })],
    ['control characters', command({ ...person, givenName: `${latin()}\u0007` })],
    ['NUL', command({ ...person, givenName: `${latin()}\0` })],
    ['an unpaired surrogate', command(`{"givenName":"\\ud800${latin().slice(0, 16)}"}`, json)],
    ['a field twice', command(`{"givenName":"${digits}","givenName":"${digits}"}`, json)],
    ['broken JSON', command(`{"givenName":"${cyrillic().slice(0, 16)}`, json)],
    ['no JSON object', command(`["${digits}"]`, json)],
    [
      'no UTF-8',
      command(Buffer.concat([Buffer.from(`{"a":"${digits}`), Buffer.from([0xff, 0x22, 0x7d])]), json),
    ],
    ['another media type', command(`givenName=${inAddress}`, { 'content-type': 'text/plain' })],
    ['another encoding', command(person, { 'content-encoding': digits })],
    ['too large', command({ ...person, otherNames: Array.from({ length: 10_000 }, latin) })],
    ['a key of several words', command(person, { 'idempotency-key': `${digits} ${digits}` })],
    ['a key that is too long', command(person, { 'idempotency-key': digits.repeat(20) })],
    ['a key that is no ASCII', command(person, { 'idempotency-key': `${digits}é` })],
    ['a key of an invalid command', command({ ...person, birthDate: digits }, { 'idempotency-key': digits })],
    ['a revision that is none', command(person, { 'if-match': `"${digits}"` })],
    [
      'an unknown person’s journey',
      { ...command({ ...need, description: latin() }), url: `/v1/journeys/${inAddress}/needs` },
    ],
    ['a closed journey', { ...command({ ...need, description: cyrillic() }), url: `${closedJourney}/needs` }],
    [
      'a key used before',
      {
        ...command({ ...need, description: latin() }, { 'idempotency-key': `${digits}-${digits}` }),
        url: `${closedJourney}/needs`,
      },
    ],
    ['a query on a command', { ...command(person), url: `/v1/clients?name=${inAddress}` }],
    ['no key', { ...command(person), headers }],
    ['no token', { ...command(person), headers: {} }],
    [
      'an invented token',
      { ...command(person), headers: { authorization: `Bearer ${digits}.${digits}.${digits}` } },
    ],
    ['an unknown user', { method: 'POST', url: '/demo/tokens', payload: { username: digits } }],
    ['a user who is a person', { method: 'POST', url: '/demo/tokens', payload: { username: cyrillic() } }],
    ['an unknown address', get(`/v1/${inAddress}/${digits}?name=${inAddress}`)],
    ['an address that cannot be decoded', get(`/v1/journeys/%ff${digits}`)],
    ['another method', { ...command(person), method: 'PATCH', url: `/v1/clients/${inAddress}` }],
    ['an unknown parameter', get(`${closedJourney}?${inAddress}=${digits}`)],
    ['a parameter twice', get(`${closedJourney}?asOf=${inAddress}&asOf=${digits}`)],
    ['a moment that is none', get(`${closedJourney}?asOf=${inAddress}`)],
    ['a cursor that is none', get(`${closedJourney}/timeline?cursor=${inAddress}`)],
    ['a purpose that is none', get(`/v1/clients/${clientId}`, { 'kim-purpose': digits })],
    ['an unknown client', get(`/v1/clients/${inAddress}`, unheard(digits))],
  ];
};

/** Headers that nobody asked for and that servers like to write down. */
const unheard = (text: string): Readonly<Record<string, string>> => ({
  'user-agent': text,
  referer: `https://example.org/${text}`,
  cookie: `name=${text}`,
  'x-request-id': text,
  'x-correlation-id': text,
  'x-forwarded-for': text,
  traceparent: `00-${text}${text}-${text}-01`,
  'kim-min-position': text,
  'accept-language': text,
});

const escape = ({ latin }: Canary): string => encodeURIComponent(latin());

const sendNoHttp = (port: number, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(text));
    socket
      .resume()
      .once('close', () => resolve())
      .once('error', reject);
  });
