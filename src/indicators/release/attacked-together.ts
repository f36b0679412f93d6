import type { PerturbationTable } from '#disclosure-control';
import type { Figure, Indicator } from '../catalogue/indicator.js';
import { withholdMore } from './attack.js';
import { attackedSystem, lackingRegions, type AttackedCells } from './attacked-system.js';
import type { Counted } from './cases.js';
import { perturbedFigures } from './cells.js';
import type { EarlierFigure } from './earlier.js';
import { publicFigures, type PublicFigures } from './public-figures.js';
import { sameCells } from './same-cells.js';

/** A figure to be released, and how one comes by what it counts. */
export interface FigureToAttack {
  readonly indicator: Indicator;
  readonly figure: Figure;
  readonly counted: () => readonly Counted[];
  readonly earlier: () => Promise<readonly EarlierFigure[]>;
}

export interface AttackedFigure extends AttackedCells {
  readonly indicator: Indicator;
  readonly figure: Figure;
}

/**
 * Attacks each figure, and withholds in all of them what had to be withheld in one: several count the same people, and
 * what one of them withholds must not stand in another.
 */
export const attackedTogether = async (
  figures: readonly FigureToAttack[],
  table: PerturbationTable,
  onProgress: (done: number) => void,
): Promise<readonly AttackedFigure[]> => {
  const withheld = sameCells();
  const attackedNow = async ({
    indicator,
    figure,
    counted,
    earlier,
  }: FigureToAttack): Promise<AttackedFigure> => {
    const told = await earlier();
    const { system, attacked } = attackedSystem(indicator, figure, counted(), table, told, withheld.placesIn);
    const { breakdowns, cells, sums } = system;
    return { indicator, figure, system: { breakdowns, cells, sums }, attacked };
  };
  const found: AttackedFigure[] = [];
  for (const [done, figure] of figures.entries()) {
    onProgress(done);
    const one = await attackedNow(figure);
    found.push(one);
    withheld.add(one.system, one.attacked.withheld);
  }
  for (let again = true; again;) {
    again = false;
    for (const [at, one] of found.entries()) {
      const { indicator, system, attacked } = one;
      const places = withheld.placesIn(system);
      if (places.every((place) => attacked.figures[place] === undefined)) continue;
      const perturbed = perturbedFigures(system, indicator.unit, table);
      const lessShown = { ...one, attacked: withholdMore(system, perturbed, attacked, places) };
      // What comes beside it has not been attacked yet.
      found[at] = lackingRegions(lessShown).length > 0 ? await attackedNow(figures[at]!) : lessShown;
      withheld.add(found[at].system, found[at].attacked.withheld);
      again = true;
    }
  }
  return found;
};

/**
 * The same for what is published without a token: what one figure hides is hidden in all. A figure that would take
 * more from others than it shows is not shown at all; then nothing has to be hidden for it.
 */
export const publicTogether = async (
  attacked: readonly AttackedFigure[],
  table: PerturbationTable,
  onProgress: (done: number) => void,
): Promise<readonly PublicFigures[]> => {
  const [hidden, shown] = [sameCells(), sameCells()];
  const openNow = async ({ figure, system, attacked: { figures } }: AttackedFigure) => {
    const [hiddenBefore, shownBefore] = [hidden, shown].map((cells) => new Set(cells.placesIn(system)));
    const open = await publicFigures(figure, system, figures, table, hiddenBefore);
    const isShown = (place: number): boolean => open.figures[place] !== undefined;
    const here = open.places.filter(isShown);
    const notHere = open.places.filter((place) => !isShown(place));
    const taken = notHere.filter((place) => shownBefore!.has(place) && !hiddenBefore!.has(place));
    if (taken.length >= here.length) return { ...open, figures: open.figures.map(() => undefined) };
    hidden.add(system, notHere);
    shown.add(system, here);
    return open;
  };
  const found: PublicFigures[] = [];
  for (const [done, one] of attacked.entries()) {
    onProgress(done);
    found.push(await openNow(one));
  }
  for (let again = true; again;) {
    again = false;
    for (const [at, { figures }] of found.entries()) {
      const { system } = attacked[at]!;
      if (hidden.placesIn(system).every((place) => figures[place] === undefined)) continue;
      found[at] = await openNow(attacked[at]!);
      again = true;
    }
  }
  return found;
};
