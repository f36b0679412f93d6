import type { CountRange } from './cell-key.js';

/** A sum that everyone knows to hold between the true counts of cells, named by their place. */
export interface Sum {
  readonly total: number;
  readonly parts: readonly number[];
}

/** Cells, what is known of the true count of each, and which of them add up to which. */
export interface LinkedTable {
  readonly cells: readonly CountRange[];
  readonly sums: readonly Sum[];
}

/** Nobody knows of more persons than that: stands where nothing is known. */
export const unknownCount: CountRange = { least: 0, most: 1_000_000 };

/** One published count, and whether it can be a total of others: the code of each dimension, or none. */
export interface CrossCell {
  readonly codes: readonly (string | undefined)[];
  readonly value: number;
}

/**
 * A cross table with all its margins: every combination of codes, then those in which dimensions are summed
 * up, and the sums between them. `valueOf` gets one code for each dimension, `undefined` for its total.
 */
export const crossTable = (
  dimensions: readonly (readonly string[])[],
  valueOf: (codes: readonly (string | undefined)[]) => number,
): { readonly cells: readonly CrossCell[]; readonly sums: readonly Sum[] } => {
  const withTotals = dimensions.map((codes) => [...codes, undefined]);
  const cells: CrossCell[] = [];
  const placeOf = new Map<string, number>();
  for (const codes of combinations(withTotals)) {
    placeOf.set(nameOf(codes), cells.length);
    cells.push({ codes, value: valueOf(codes) });
  }
  const sums = cells.flatMap(({ codes }, total) => {
    // Of a total over several dimensions one sum is enough: the others follow from those below.
    const summed = codes.indexOf(undefined);
    if (summed === -1) return [];
    return codes.flatMap((code, dimension) =>
      code === undefined && (dimension === summed || codes.filter((one) => one === undefined).length === 1)
        ? [
            {
              total,
              parts: dimensions[dimension]!.map((part) => placeOf.get(nameOf(codes.with(dimension, part)))!),
            },
          ]
        : [],
    );
  });
  return { cells, sums };
};

const nameOf = (codes: readonly (string | undefined)[]): string =>
  JSON.stringify(codes.map((code) => code ?? null));

const combinations = <Code>(choices: readonly (readonly Code[])[]): readonly (readonly Code[])[] =>
  choices.reduce<readonly (readonly Code[])[]>(
    (found, codes) => found.flatMap((start) => codes.map((code) => [...start, code])),
    [[]],
  );
