import { describe, expect, it } from '@jest/globals';
import { SubjectKeyMissing } from '../record/index.js';
import { described, jsonLines } from './log.js';

describe('The log', () => {
  it('has a line of JSON for each entry, and writes those of a moment together', async () => {
    const written: string[] = [];
    const log = jsonLines(
      (lines) => written.push(lines),
      () => new Date('2026-03-02T08:00:00Z'),
    );
    log('info', 'request', { status: 200, route: '/v1/journeys/:journeyId' });
    log('warn', 'slow');
    await new Promise(setImmediate);
    expect(written).toEqual([
      '{"time":"2026-03-02T08:00:00.000Z","level":"info","event":"request","status":200,"route":"/v1/journeys/:journeyId"}\n' +
        '{"time":"2026-03-02T08:00:00.000Z","level":"warn","event":"slow"}\n',
    ]);
  });

  it('says of an error what kind it is and where it happened, but not what it says', () => {
    const entry = described(Object.assign(new RangeError('Amina\nYılmaz'), { code: '23505' }));
    expect(entry).toMatchObject({ error: 'RangeError', code: '23505' });
    expect(entry['at']).toContainEqual(expect.stringContaining('log.unit.spec'));
    expect(JSON.stringify(entry)).not.toMatch(/Amina|Yılmaz/);
    expect(described('Amina')).toEqual({ error: 'string' });
  });

  it('says of an error that knows a remedy what the operator can do', () => {
    expect(described(new SubjectKeyMissing())).toMatchObject({
      error: 'SubjectKeyMissing',
      remedy: expect.stringContaining('restored'),
    });
  });
});
