import { createSecretKey } from 'node:crypto';
import { addKeys, countsBehind, perturbationBy, recordKeysUnder } from '../cell-key.js';
import { crossTable, type Sum } from '../linked-table.js';
import { perturbationTable } from '../perturbation-table.js';
import type { Kind } from '../population.js';

/** A made-up town in which people are counted by a few attributes, each drawn from its codes. */
export interface SmallTown {
  readonly kinds: readonly Kind[];
  readonly sums: readonly Sum[];
  readonly trueCounts: readonly number[];
  readonly perturbed: readonly number[];
}

export const table = perturbationTable({ maxNoise: 4, variance: 3, lowest: 2 });
export const behind = countsBehind(table);
const perturb = perturbationBy(table);

/** `personsOf` says how many persons there are of each combination of codes; `seed` gives them their keys. */
export const smallTown = (
  sizes: readonly number[],
  personsOf: (kind: number) => number,
  seed: string,
): SmallTown => {
  const dimensions = sizes.map((size) => Array.from({ length: size }, (_, code) => String(code)));
  const recordKey = recordKeysUnder(createSecretKey(Buffer.from(seed.padEnd(32, '.'))));
  const { cells, sums } = crossTable(dimensions, () => 0);
  const inner = cells.filter(({ codes }) => codes.every((code) => code !== undefined));
  const kinds = inner.map(({ codes }, kind) => ({
    persons: personsOf(kind),
    cells: cells.flatMap((cell, place) =>
      cell.codes.every((code, at) => code === undefined || code === codes[at]) ? [place] : [],
    ),
  }));
  const trueCounts = cells.map(() => 0);
  const keys = cells.map(() => 0);
  for (const [kind, { persons, cells: counted }] of kinds.entries())
    for (let person = 0; person < persons; person += 1)
      for (const cell of counted) {
        trueCounts[cell]! += 1;
        keys[cell] = addKeys(keys[cell]!, recordKey(`${kind}/${person}`));
      }
  return {
    kinds,
    sums,
    trueCounts,
    perturbed: trueCounts.map((count, cell) => perturb(count, keys[cell]!)),
  };
};
