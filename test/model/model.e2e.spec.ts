import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const run = promisify(execFile);
const program = fileURLToPath(new URL('run.js', import.meta.url));

describe('Handovers through the API', () => {
  it('keep every promise in 2,000 sequences of what people may try at the same time', async () => {
    // As `npm run model` does: a process of its own takes half the time that it would take in here.
    const { stdout } = await run(process.execPath, [program, '--sequences', '2000']);
    const [, sequences, accepted] =
      /^(\d+) sequences with (\d+) accepted handovers: every promise kept/.exec(stdout) ?? [];
    expect(Number(sequences)).toBe(2_000);
    // Otherwise the model would have shown little.
    expect(Number(accepted)).toBeGreaterThan(100);
  }, 900_000);
});
