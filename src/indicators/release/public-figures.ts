import { countsBehind, suppressTable, type PerturbationTable } from '#disclosure-control';
import type { Figure } from '../catalogue/indicator.js';
import type { CellSystem } from './cells.js';
import { emptyCells } from './empty-cells.js';

/** Public tables have one dimension beside the figure's own parts: few enough to be audited all together. */
export const mostPublicDimensions = 1;

export const publicThreshold = 5;
export const publicMultiple = 5;

export interface PublicFigures {
  /** For each cell the rounded figure; `undefined` where it is hidden or its breakdown is not public. */
  readonly figures: readonly (number | undefined)[];
  /** Places of the public breakdowns. */
  readonly breakdowns: readonly number[];
  /** Places of their cells. */
  readonly places: readonly number[];
}

/**
 * What is published without a token, from the same perturbed figures: small ones hidden, further ones until the
 * audit over all public breakdowns of the figure together finds nothing, the rest rounded. Nobody can tell a cell
 * in which nobody is counted from one that is hidden, and the audit sees to it that it stays so. What is
 * `hiddenElsewhere` of the same people is hidden here from the outset.
 */
export const publicFigures = async (
  figure: Figure,
  system: Omit<CellSystem, 'kinds'>,
  perturbed: readonly (number | undefined)[],
  table: PerturbationTable,
  hiddenElsewhere: ReadonlySet<number> = new Set(),
): Promise<PublicFigures> => {
  const { breakdowns, cells, sums } = system;
  const open = breakdowns.flatMap((by, breakdown) => (by.length <= mostPublicDimensions ? [breakdown] : []));
  const isOpen = new Set(open);
  const places = cells.flatMap((cell, place) => (isOpen.has(cell.breakdown) ? [place] : []));
  const placeOf = new Map(places.map((place, at) => [place, at]));
  const within = (all: readonly number[]): number[] => all.flatMap((place) => placeOf.get(place) ?? []);
  const { shown } = await suppressTable(
    places.map((place) => (hiddenElsewhere.has(place) ? 0 : (perturbed[place] ?? 0))),
    sums
      .filter(({ total, parts }) => [total, ...parts].every((place) => placeOf.has(place)))
      .map(({ total, parts }) => ({ total: placeOf.get(total)!, parts: within(parts) })),
    {
      threshold: publicThreshold,
      multiple: publicMultiple,
      behind: countsBehind(table),
    },
    [],
    emptyCells(figure, system, placeOf),
  );
  const figures = cells.map((): number | undefined => undefined);
  for (const [at, place] of places.entries()) figures[place] = shown[at];
  return { figures, breakdowns: open, places };
};

/** How many figures are hidden although they are large enough: for the sake of small ones. */
export const hiddenForOthers = (
  { figures, places }: PublicFigures,
  perturbed: readonly (number | undefined)[],
): number =>
  places.filter((place) => figures[place] === undefined && (perturbed[place] ?? 0) >= publicThreshold).length;
