import { fieldsOf, isFitting, normalOf, withClock } from '../../http/index.js';
import type { Clock, Shape } from '../../http/index.js';
import type { Context } from '../domain/decision.js';
import type { correctable } from '../domain/statements.js';
import { ContactBody, LifeStoryBody, NeedBody, NoteBody, PotentialBody } from './assessment.dto.js';
import { OpenJourneyBody } from './intake.dto.js';
import {
  ClosureBody,
  GoalBody,
  GoalReviewBody,
  LegalDomainBody,
  LegalDomainEndBody,
  MeasureBody,
  ReferralBody,
} from './plan.dto.js';

/** A corrected field takes what the field took when it was first sent. */
const shapes: { readonly [T in keyof typeof correctable]: Shape } = {
  JourneyOpened: OpenJourneyBody,
  ContactRecorded: ContactBody,
  NeedIdentified: NeedBody,
  NeedResolved: NoteBody,
  PotentialIdentified: PotentialBody,
  LifeStoryRecorded: LifeStoryBody,
  GoalAgreed: GoalBody,
  GoalReviewed: GoalReviewBody,
  MeasurePlanned: MeasureBody,
  MeasureCompleted: NoteBody,
  ReferralMade: ReferralBody,
  LegalDomainEntered: LegalDomainBody,
  LegalDomainLeft: LegalDomainEndBody,
  JourneyClosed: ClosureBody,
};

export const fittingFields =
  (clock: Clock): Context['fitting'] =>
  (type, field, value) => {
    const kind = type in shapes ? fieldsOf(shapes[type as keyof typeof shapes]).get(field) : undefined;
    if (kind === undefined || value === undefined) return undefined;
    const normal = normalOf(kind, value);
    return withClock(clock, () => isFitting(kind, normal)) ? { value: normal } : undefined;
  };
