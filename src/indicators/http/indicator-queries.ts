import { invalidInput, Problem, refused } from '../../http/index.js';
import { berlinDay } from '../../reference/index.js';
import { catalogue, indicatorOf, isRecorded } from '../catalogue/catalogue.js';
import { breakdownName, dimensions, mostDimensions, type Dimension } from '../catalogue/dimensions.js';
import type { Indicator } from '../catalogue/indicator.js';
import { releaseNamed } from '../quarter.js';
import { dimensionsOf } from '../release/cases.js';
import type { Audience } from '../release/release.js';
import type { FrozenRelease, ReleaseStore } from '../release/release-store.js';
import { shownCells, type ShownCell } from './figures.js';

export interface FigureQuestion {
  readonly code: string;
  readonly release: string | undefined;
  readonly by: string | undefined;
  readonly audience: Audience;
  readonly now: Date;
}

export interface AnsweredFigure {
  readonly indicator: Indicator;
  readonly release: FrozenRelease;
  readonly by: readonly Dimension[];
  readonly cells: readonly ShownCell[];
}

/**
 * A figure of a frozen release, or what is there instead.
 * @throws Problem 400, 404, 409
 */
export const figureAsked = async (
  store: ReleaseStore,
  { code, release: asked, by: wanted = '', audience, now }: FigureQuestion,
): Promise<AnsweredFigure> => {
  const indicator = indicatorOf(code);
  if (!indicator)
    throw new Problem(404, 'unknown-indicator', 'Unknown indicator', {
      detail: `There are ${catalogue.map((one) => one.code).join(', ')}.`,
    });
  const by = dimensionsIn(wanted, dimensionsOf(indicator));
  const release = await releaseAsked(store, asked, now);
  if (!isRecorded(indicator))
    throw refused('not-recorded', 'Nothing records yet what this indicator counts; it is in no release.');
  const released = await store.figures(release.id, audience, code, breakdownName(by));
  if (!released) {
    const there = await store.breakdowns(release.id, audience, code);
    throw refused(
      'breakdown-not-released',
      `Of this indicator ${release.id} holds: ${there.map((one) => (one === '' ? 'the total' : one)).join('; ')}.`,
      { breakdowns: there },
    );
  }
  return { indicator, release, by, cells: shownCells(indicator, by, released, audience === 'public') };
};

const dimensionsIn = (text: string, available: readonly Dimension[]): readonly Dimension[] => {
  const named = text === '' ? [] : text.split(',');
  const wrong = (message: string): Problem => invalidInput([{ pointer: '/by', message, in: 'query' }]);
  const allowed = `up to ${mostDimensions} of ${available.join(', ')}, each once, separated by commas`;
  if (named.length > mostDimensions || new Set(named).size < named.length) throw wrong(`must be ${allowed}`);
  if (!named.every((name) => available.some((dimension) => dimension === name)))
    throw wrong(`must be ${allowed}`);
  // In the order in which tables are kept.
  return dimensions.filter((dimension) => named.includes(dimension));
};

const releaseAsked = async (
  store: ReleaseStore,
  asked: string | undefined,
  now: Date,
): Promise<FrozenRelease> => {
  const name = asked === undefined || asked === '' ? undefined : releaseNamed(asked);
  if (asked && !name)
    throw invalidInput([
      { pointer: '/release', message: 'must be a release such as 2026-Q3 or 2026-Q3.1', in: 'query' },
    ]);
  if (name && name.quarter.to >= berlinDay(now))
    throw refused(
      'quarter-not-over',
      `${name.quarter.name} is not over before the end of ${name.quarter.to}.`,
    );
  const there = await store.list();
  const found = name ? there.find(({ id }) => id === name.id) : there.at(-1);
  if (found) return found;
  throw new Problem(404, 'release-not-frozen', 'No such release', {
    detail: there.length === 0 ? 'There is none yet.' : `There are ${there.map(({ id }) => id).join(', ')}.`,
  });
};
