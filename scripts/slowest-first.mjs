/**
 * The order of the test files: their names carry their cost, and what takes longest begins first, so that no worker
 * is left with it when all others are done.
 */
const costs = [
  /\/model\/.*\.e2e\./,
  /\/(faults|eventstoredb|indicators|simulation)\/.*\.e2e\./,
  /\.e2e\./,
  /\.int\./,
];

const rank = ({ path }) => {
  const found = costs.findIndex((cost) => cost.test(path));
  return found < 0 ? costs.length : found;
};

export default class SlowestFirst {
  sort(tests) {
    return [...tests].sort((one, other) => rank(one) - rank(other) || (one.path < other.path ? -1 : 1));
  }

  shard(tests) {
    return tests;
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {}
}
