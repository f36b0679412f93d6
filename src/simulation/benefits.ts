import type { LegalDomain } from '../journeys/index.js';
import { addDays } from '../reference/index.js';
import type { Chance } from './chance.js';
import type { Person } from './people.js';
import type { Tale } from './tale.js';

/** That benefits or a status begin or end on a day, which the office hears of later. */
export interface BenefitChange {
  readonly on: string;
  readonly legalDomain: LegalDomain;
  readonly begins: boolean;
}

/** What a client lives on and under which title, from before the journey to after it; in the order of days. */
export const inventBenefits = (
  chance: Chance,
  { residenceGroup }: Person,
  opening: string,
): readonly BenefitChange[] => {
  const living = livingOf(chance, residenceGroup, opening);
  const beside = chance.happens(0.22)
    ? periodsOf(addDays(opening, chance.whole(-200, 200)), [
        {
          legalDomain: chance.weighted<LegalDomain>(besideOf[residenceGroup] ?? { SGB_VIII: 1 }),
          days: chance.happens(0.5) ? chance.whole(60, 500) : undefined,
        },
      ])
    : [];
  return [...living, ...beside].sort((one, other) => one.on.localeCompare(other.on));
};

/** Records what has changed by today. */
export const hearOfBenefits = ({ story, benefits }: Tale): void => {
  for (let [next] = benefits; next && next.on <= story.today(); [next] = benefits) {
    benefits.shift();
    const { legalDomain, on: effectiveOn } = next;
    story.add({ type: next.begins ? 'EnterLegalDomain' : 'LeaveLegalDomain', legalDomain, effectiveOn });
  }
};

interface Period {
  readonly legalDomain: LegalDomain;
  /** Until it ends; for good if absent. */
  readonly days: number | undefined;
  /** Days without anything before it. */
  readonly gap?: number;
}

const livingOf = (
  chance: Chance,
  residenceGroup: Person['residenceGroup'],
  opening: string,
): readonly BenefitChange[] => {
  const since = addDays(opening, -chance.whole(0, 300));
  // Most applications are decided in time; some people live on nothing in between.
  const gap = chance.happens(0.4) ? 0 : chance.whole(1, chance.oneOf([7, 30, 90]));
  if (residenceGroup === 'asylum-procedure' || residenceGroup === 'tolerated') {
    if (!chance.happens(0.9)) return [];
    const days = chance.happens(0.7) ? chance.whole(120, 600) : undefined;
    return periodsOf(since, [
      { legalDomain: 'ASYLBLG', days },
      { legalDomain: 'SGB_II', days: undefined, gap },
    ]);
  }
  if (chance.happens(0.08))
    return periodsOf(since, [
      { legalDomain: 'SGB_III', days: chance.whole(120, 420) },
      { legalDomain: 'SGB_II', days: undefined, gap },
    ]);
  if (!chance.happens(0.55)) return [];
  const next = chance.weighted<'work' | LegalDomain>({ work: 40, SGB_III: 45, SGB_XII: 15 });
  return periodsOf(since, [
    { legalDomain: 'SGB_II', days: chance.happens(0.5) ? chance.whole(200, 700) : undefined },
    // Who lives on their wages is in no legal domain.
    ...(next === 'work' ? [] : [{ legalDomain: next, days: undefined, gap }]),
  ]);
};

const besideOf: Readonly<
  Partial<Record<Person['residenceGroup'], Readonly<Partial<Record<LegalDomain, number>>>>>
> = {
  protection: { AUFENTHG: 70, SGB_VIII: 30 },
  'temporary-protection': { AUFENTHG: 60, SGB_VIII: 40 },
  settlement: { STAG: 75, SGB_VIII: 25 },
};

/** One after the other, until one does not end. */
const periodsOf = (since: string, periods: readonly Period[]): readonly BenefitChange[] => {
  const changes: BenefitChange[] = [];
  let day = since;
  for (const { legalDomain, days, gap = 0 } of periods) {
    const from = addDays(day, gap);
    changes.push({ on: from, legalDomain, begins: true });
    if (days === undefined) break;
    day = addDays(from, days);
    changes.push({ on: day, legalDomain, begins: false });
  }
  return changes;
};
