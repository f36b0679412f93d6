import { addDays } from '../reference/index.js';
import type { ReferenceData } from '../reference/index.js';
import type { BenefitChange } from './benefits.js';
import type { Chance } from './chance.js';
import type { Person } from './people.js';
import type { Story } from './story.js';

/** Who a story is about, where, and what its turns are drawn from. */
export interface Tale {
  readonly story: Story;
  readonly chance: Chance;
  readonly reference: ReferenceData;
  readonly person: Person;
  /** AGS. */
  readonly municipality: string;
  /** How slowly things go with this client, 1 to 4. */
  readonly pace: number;
  /** What the office has not heard of yet, in the order of days. */
  readonly benefits: BenefitChange[];
}

/** How a part of a story ends. */
export type Course = 'goes-on' | 'breaks-off' | 'time-is-up';

/** Lets time go by at the client's pace; false if the simulated time ends before. */
export const later = ({ story, chance, pace }: Tale, minDays: number, maxDays: number): boolean =>
  story.goTo(
    addDays(story.today(), chance.whole(Math.ceil((minDays * pace) / 2), Math.ceil((maxDays * pace) / 2))),
  );
