import { deadlineRunner } from '../journeys/index.js';
import type { HandoverDeadline, HandoverFunction, HandoverReason } from '../journeys/index.js';
import { addDays, addWorkingDays } from '../reference/index.js';
import { consentToCare, withdrawConsent } from './consents.js';
import { contact } from './counselling.js';
import { chooseNewOwner, chooseOffer, chooseReceiver, reviewersOf } from './offer.js';
import type { Offer, Receiver } from './offer.js';
import type { Person } from './people.js';
import type { Tale } from './tale.js';
import { answers, questions } from './words.js';

/** Whether another office works with the client from now on. */
export type Result = 'taken-over' | 'kept' | 'lost' | 'time-is-up';

/**
 * From the proposal to the new owner's first contact. Most are accepted; some are returned, declined or taken back,
 * some lapse with the consent that they rest on, and some wait longer than they should. Not everybody who was
 * accepted is seen again.
 */
export const handOver = (tale: Tale): Result => {
  const receiver = chooseReceiver(tale);
  if (!receiver) return 'kept';
  const { story, chance } = tale;
  const fate = chance.weighted({
    accepted: 62,
    returned: 10,
    declined: 10,
    withdrawn: 6,
    'consent-withdrawn': 6,
    'consent-ended': 6,
  });
  const lastDay = fate === 'consent-ended' ? addDays(story.today(), chance.whole(6, 12)) : undefined;
  const offer = chooseOffer(tale, receiver, lastDay);
  const made = fate === 'returned' ? proposeTwice(tale, offer) : { handoverId: propose(tale, offer) };
  if (typeof made === 'string') return made;
  const { handoverId } = made;
  if (!review(tale, { type: 'ApproveHandover', handoverId })) return 'time-is-up';

  if (fate === 'consent-withdrawn' && offer.basis.type === 'consent') {
    if (!soon(tale, 1, 4)) return 'time-is-up';
    withdrawConsent(tale, offer.basis.consentId);
    return 'kept';
  }
  if (lastDay !== undefined && offer.basis.type === 'consent') {
    if (!story.goTo(addDays(lastDay, 1))) return 'time-is-up';
    story.add({ type: 'LapseHandover', handoverId }, deadlineRunner);
    return 'kept';
  }
  if (fate === 'withdrawn') {
    if (!soon(tale, 1, 4)) return 'time-is-up';
    story.add({ type: 'WithdrawHandover', handoverId, reason: 'client-declined' });
    return 'kept';
  }
  if (fate === 'declined') return decline(tale, handoverId, receiver);
  return takeOver(tale, handoverId, receiver, offer);
};

const propose = ({ story, chance, person }: Tale, offer: Offer): string =>
  story.add({
    type: 'ProposeHandover',
    ...offer,
    purpose: purposes[offer.function] ?? 'Weitere Begleitung',
    ...(isToNewBenefits(person, offer) &&
      chance.happens(0.8) && { transition: { from: 'ASYLBLG', to: 'SGB_II' } as const }),
    ...(chance.happens(0.4) && { reason: 'Mit der ratsuchenden Person besprochen' }),
  });

/** Who is recognised goes over from one law to the other, and not only from office to office. */
const isToNewBenefits = ({ residenceGroup }: Person, offer: Offer): boolean =>
  offer.function === 'job-seekers-benefits' && ['asylum-procedure', 'tolerated'].includes(residenceGroup);

/** Something is missing the first time; some do not come back to it. */
const proposeTwice = (tale: Tale, offer: Offer): { readonly handoverId: string } | Result => {
  const { story, chance } = tale;
  const handoverId = propose(tale, offer);
  const reason = chance.weighted<HandoverReason>({ 'missing-information': 70, 'no-basis': 20, other: 10 });
  if (!review(tale, { type: 'ReturnHandover', handoverId, reason })) return 'time-is-up';
  if (!soon(tale, 1, 5)) return 'time-is-up';
  if (chance.happens(0.7)) return { handoverId: propose(tale, offer) };
  story.add({ type: 'WithdrawHandover', handoverId, reason: 'other' });
  return 'kept';
};

type Review =
  | { readonly type: 'ApproveHandover'; readonly handoverId: string }
  | { readonly type: 'ReturnHandover'; readonly handoverId: string; readonly reason: HandoverReason };

const review = (tale: Tale, command: Review): boolean => {
  const { story, chance, reference } = tale;
  const { handoverReview } = reference.periodsOf(story.owner().organisationId);
  const reviewer = chance.oneOf(reviewersOf(tale));
  if (!waitFor(tale, 'review', command.handoverId, handoverReview)) return false;
  story.add(command, reviewer);
  return true;
};

const decline = (tale: Tale, handoverId: string, receiver: Receiver): Result => {
  const { story, chance, reference } = tale;
  const { handoverDecision } = reference.periodsOf(receiver.organisationId);
  if (!waitFor(tale, 'decision', handoverId, handoverDecision)) return 'time-is-up';
  const reason = chance.weighted<HandoverReason>({
    'no-capacity': 34,
    'not-competent': 26,
    'missing-information': 18,
    'client-declined': 10,
    'no-basis': 6,
    other: 6,
  });
  story.add({ type: 'DeclineHandover', handoverId, reason }, chooseNewOwner(tale, receiver));
  return 'kept';
};

/** Accepted, and the client is met, or does not come. */
const takeOver = (tale: Tale, handoverId: string, receiver: Receiver, offer: Offer): Result => {
  const { story, chance, person, reference } = tale;
  const newOwner = chooseNewOwner(tale, receiver);
  const { handoverDecision, handoverFirstContact } = reference.periodsOf(receiver.organisationId);
  if (chance.happens(0.15)) {
    if (!soon(tale, 0, 2)) return 'time-is-up';
    story.add({ type: 'RequestInformation', handoverId, question: chance.oneOf(questions) }, newOwner);
    if (!soon(tale, 0, 2)) return 'time-is-up';
    const category = chance.oneOf(offer.packageCategories);
    story.add({ type: 'ProvideInformation', handoverId, answer: chance.oneOf(answers), category });
  } else if (!waitFor(tale, 'decision', handoverId, handoverDecision)) return 'time-is-up';
  const isWished = person.wish === 'none' || person.wish === newOwner.gender;
  story.accept(
    { handoverId, ...(!isWished && { overrideReason: 'Niemand anderes im Team ist zuständig' }) },
    newOwner,
  );
  if (chance.happens(0.11)) {
    if (!story.goTo(addWorkingDays(story.today(), handoverFirstContact + 1))) return 'time-is-up';
    story.add({ type: 'EscalateHandover', handoverId, deadline: 'first-contact' }, deadlineRunner);
    return 'lost';
  }
  if (!waitFor(tale, 'first-contact', handoverId, handoverFirstContact)) return 'time-is-up';
  contact(tale);
  consentToCare(tale);
  return 'taken-over';
};

/** Working days; one in six takes longer than it should, which is recorded on the day after. */
const waitFor = (
  { story, chance }: Tale,
  deadline: HandoverDeadline,
  handoverId: string,
  workingDays: number,
): boolean => {
  if (!chance.happens(0.17)) return story.goTo(addWorkingDays(story.today(), chance.whole(0, workingDays)));
  if (!story.goTo(addWorkingDays(story.today(), workingDays + 1))) return false;
  story.add({ type: 'EscalateHandover', handoverId, deadline }, deadlineRunner);
  return story.goTo(addWorkingDays(story.today(), chance.whole(1, 8)));
};

const soon = ({ story, chance }: Tale, minWorkingDays: number, maxWorkingDays: number): boolean =>
  story.goTo(addWorkingDays(story.today(), chance.whole(minWorkingDays, maxWorkingDays)));

const purposes: Readonly<Partial<Record<HandoverFunction, string>>> = {
  'integration-management': 'Begleitung durch das kommunale Integrationsmanagement',
  'job-seekers-benefits': 'Grundsicherung und Vermittlung in Arbeit',
  residence: 'Klärung des Aufenthalts',
  'migration-advice': 'Beratung nach dem Integrationskurs',
  'youth-welfare': 'Hilfe zur Erziehung',
};
