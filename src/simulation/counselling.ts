import type { ContactKind, FieldOfAction, GoalResult, Urgency } from '../journeys/index.js';
import { addDays } from '../reference/index.js';
import { hearOfBenefits } from './benefits.js';
import { giveConsent, withdrawConsent } from './consents.js';
import { refer } from './referring.js';
import type { Need } from './referring.js';
import { supervisorsOf, caseManagersOf } from './story.js';
import { later } from './tale.js';
import type { Course, Tale } from './tale.js';
import { concerns, measures, notes, trades, wordings } from './words.js';

/**
 * What an office does with a client whom it has met: needs, plan, referrals, and how it goes on. About every fifth
 * client is not heard of again.
 */
export const counsel = (tale: Tale): Course => {
  const { story, chance } = tale;
  const needs = assess(tale);
  const exchange = chance.happens(0.15) ? consentToExchange(tale) : undefined;
  if (!later(tale, 5, 30)) return 'time-is-up';
  // Some want to be heard, or to be sent on, and agree to nothing.
  const goals = needs.slice(0, chance.happens(0.16) ? 0 : chance.whole(1, 3)).map(({ needId }) =>
    story.add({
      type: 'AgreeGoal',
      needIds: [needId],
      wording: chance.oneOf(wordings),
      dueOn: addDays(story.today(), chance.whole(30, 240)),
      agreedByClient: true,
    }),
  );
  for (const goalId of goals) planMeasure(tale, goalId);
  if (!refer(tale, needs) || !follow(tale)) return 'time-is-up';
  if (exchange !== undefined && chance.happens(0.25)) withdrawConsent(tale, exchange);
  if (chance.happens(0.12)) return 'breaks-off';
  for (const goalId of goals)
    story.add({
      type: 'ReviewGoal',
      goalId,
      result: chance.weighted<GoalResult>({ attained: 52, partly: 26, missed: 14, dropped: 8 }),
    });
  if (chance.happens(0.55)) story.add({ type: 'ResolveNeed', needId: chance.oneOf(needs).needId });
  if (chance.happens(0.12)) passToColleague(tale);
  return 'goes-on';
};

/** A meeting, at which the office also hears of what has become of the client's benefits. */
export const contact = (tale: Tale): void => {
  const { story, chance, person } = tale;
  const { preferredLanguage } = person;
  const inGerman = chance.happens(0.35);
  story.add({
    type: 'RecordContact',
    kind: chance.weighted<ContactKind>({
      office: 48,
      phone: 24,
      'open-consultation': 10,
      'home-visit': 7,
      accompaniment: 7,
      video: 2,
      'walk-and-talk': 2,
    }),
    occurredAt: `${story.today()}T07:00:00Z`,
    minutes: chance.oneOf([15, 20, 30, 30, 45, 60, 60, 90]),
    language: inGerman ? 'de' : preferredLanguage,
    interpreter: !inGerman && chance.happens(0.5),
    ...(chance.happens(0.5) && { note: chance.oneOf(notes) }),
  });
  hearOfBenefits(tale);
};

const assess = (tale: Tale): readonly Need[] => {
  const { story, chance, person } = tale;
  const needs = Array.from({ length: chance.whole(1, 4) }, () => identifyNeed(tale));
  if (chance.happens(0.6))
    story.add({
      type: 'IdentifyPotential',
      kind: 'language',
      language: chance.happens(0.6) ? 'de' : person.preferredLanguage,
      cefrLevel: chance.oneOf(['A0', 'A1', 'A1', 'A2', 'A2', 'B1', 'B2', 'C1']),
    });
  if (chance.happens(0.4))
    story.add({ type: 'IdentifyPotential', kind: 'work-experience', description: chance.oneOf(trades) });
  return needs;
};

const identifyNeed = ({ story, chance }: Tale): Need => {
  const fieldOfAction = chance.weighted<FieldOfAction>({
    'language-education': 24,
    'work-qualification': 21,
    housing: 16,
    'family-school': 10,
    'residence-naturalisation': 9,
    'health-care': 7,
    administration: 5,
    'money-debt': 3,
    participation: 2,
    'living-together': 1,
    discrimination: 1,
    protection: 1,
  });
  const needId = story.add({
    type: 'IdentifyNeed',
    fieldOfAction,
    urgency: chance.weighted<Urgency>({ low: 25, medium: 50, high: 25 }),
    ...(chance.happens(0.5) && { description: chance.oneOf(concerns) }),
  });
  return { needId, fieldOfAction };
};

/** Some want two offices to know of each other's work for a while. */
const consentToExchange = (tale: Tale): string => {
  const { story, chance } = tale;
  const others = ['jobcenter-kreis-unna', 'mbe-kreis-unna', 'auslaenderbehoerde-kreis-unna'];
  const recipient = chance.oneOf(others.filter((id) => id !== story.owner().organisationId));
  return giveConsent(
    tale,
    'information-exchange',
    [recipient],
    ['identity', 'language', 'plan'],
    addDays(story.today(), chance.oneOf([60, 90, 180])),
  );
};

const planMeasure = ({ story, chance }: Tale, goalId: string): void => {
  const measureId = story.add({
    type: 'PlanMeasure',
    goalId,
    title: chance.oneOf(measures),
    responsible: chance.weighted({ client: 40, case_manager: 45, other: 15 }),
    dueOn: addDays(story.today(), chance.whole(10, 90)),
  });
  if (chance.happens(0.3)) story.add({ type: 'CompleteMeasure', measureId });
};

const follow = (tale: Tale): boolean => {
  for (let left = tale.chance.whole(1, 5); left > 0; left -= 1) {
    if (!later(tale, 7, 45)) return false;
    contact(tale);
  }
  return true;
};

const passToColleague = ({ story, chance, reference }: Tale): void => {
  const { organisationId, userId } = story.owner();
  const lead = supervisorsOf(reference, organisationId)[0];
  const colleagues = caseManagersOf(reference, organisationId).filter((one) => one.userId !== userId);
  if (!lead || colleagues.length === 0) return;
  const colleague = chance.oneOf(colleagues);
  story.add(
    {
      type: 'AssignJourney',
      ownerUserId: colleague.userId,
      overrideReason: 'Wechsel der Zuständigkeit im Team',
    },
    lead,
  );
  story.passTo(colleague);
};
