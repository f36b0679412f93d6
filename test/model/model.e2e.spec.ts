import { describe, expect, it } from '@jest/globals';
import { playThrough } from './run.js';

describe('Handovers through the API', () => {
  it('keep every promise in 2,000 sequences of what people may try at the same time', async () => {
    const { sequences, accepted } = await playThrough({ sequences: 2_000 });
    expect(sequences).toBe(2_000);
    // Otherwise the model would have shown little.
    expect(accepted).toBeGreaterThan(100);
  }, 900_000);
});
