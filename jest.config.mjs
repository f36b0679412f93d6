import { fileURLToPath } from 'node:url';

// Tests run on what `tsc` wrote: the same JavaScript that production runs, no second compiler.
export default {
  rootDir: 'dist',
  testMatch: ['**/*.spec.js'],
  transform: {},
  testEnvironment: 'node',
  testTimeout: 60_000,
  // One more than the cores it is meant for: whole-system tests wait for their processes half of their time.
  maxWorkers: 3,
  testSequencer: fileURLToPath(new URL('./scripts/slowest-first.mjs', import.meta.url)),
};
