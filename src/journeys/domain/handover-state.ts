import { isInForce } from './consent.js';
import type { JourneyEvent } from './events.js';
import type { ActiveJourney, ClosedJourney, Handover, Journey } from './journey.js';

type Existing = ActiveJourney | ClosedJourney;

/** Waits for somebody: neither taken over nor come to nothing. */
export const isOpenHandover = ({ step }: Pick<Handover, 'step'>): boolean =>
  step === 'proposed' || step === 'returned' || step === 'approved' || step === 'information-requested';

/** It was approved at some time, so that the receiver knows of it. */
export const isOffered = ({ approvedAt }: Pick<Handover, 'approvedAt'>): boolean => approvedAt !== undefined;

/** Waits for the receiver's decision. */
export const isPending = ({ step }: Pick<Handover, 'step'>): boolean =>
  step === 'approved' || step === 'information-requested';

export const openHandover = ({ handovers }: Existing): Handover | undefined => handovers.find(isOpenHandover);

/**
 * The journey as it is on that day: a handover whose consent is not in force has lapsed, whether anybody has
 * recorded that or not.
 */
export const onDay = <J extends Journey>(journey: J, today: string): J => {
  if (journey.stage === 'none' || lapsing(journey, today) === undefined) return journey;
  return {
    ...journey,
    handovers: journey.handovers.map((handover) =>
      isLapsing(handover, journey, today)
        ? { ...handover, step: 'lapsed', answer: { cause: 'consent-ended' } }
        : handover,
    ),
  };
};

/** What is to be recorded of it. */
export const lapses = (journey: Existing, today: string): readonly JourneyEvent[] => {
  const handover = lapsing(journey, today);
  return handover
    ? [{ type: 'HandoverLapsed', data: { handoverId: handover.handoverId, cause: 'consent-ended' } }]
    : [];
};

const lapsing = (journey: Existing, today: string): Handover | undefined =>
  journey.handovers.find((handover) => isLapsing(handover, journey, today));

const isLapsing = (handover: Handover, journey: Existing, today: string): boolean => {
  const { basis } = handover;
  if (!isOpenHandover(handover) || basis.type !== 'consent') return false;
  if (basis.validUntil !== undefined && basis.validUntil < today) return true;
  const consent = journey.consents.find(({ consentId }) => consentId === basis.consentId);
  // Whoever does not see the consent goes by the day that stands in the proposal.
  return consent !== undefined && !isInForce(consent, today);
};
