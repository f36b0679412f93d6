import { expect } from '@jest/globals';
import type { Answered } from './ask.js';

/** Stands for what somebody sent, and must not come back. */
export const canary = 'Zeynep-Kanarienvogel';

export const expectProblem = (answer: Answered, status: number, code: string): void => {
  expect(answer).toMatchObject({
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    body: {
      type: `urn:kim:problem:${code}`,
      title: expect.any(String),
      status,
      code,
      detail: expect.stringMatching(/\w/),
      instance: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/),
    },
  });
  expect(JSON.stringify(answer)).not.toContain('Kanarienvogel');
};
export const expectInvalid = (answer: Answered, ...pointers: string[]): void => {
  expectProblem(answer, 400, 'invalid-input');
  expect(answer.body.errors?.map(({ pointer }) => pointer)).toEqual(pointers);
  for (const { message } of answer.body.errors ?? []) expect(message).toMatch(/\w/);
};
