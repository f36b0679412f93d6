// Tests run on what `tsc` wrote: the same JavaScript that production runs, no second compiler.
export default {
  rootDir: 'dist',
  testMatch: ['**/*.spec.js'],
  transform: {},
  testEnvironment: 'node',
  testTimeout: 60_000,
  maxWorkers: 2,
};
