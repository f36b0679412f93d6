import { disputeOutcomes, goalResults } from './codes.js';
import type { HandoverLapsed, HandoverWithdrawn } from './events.js';

/** What can have become of an entry, as its readers are told. What a journey's closure stopped has `ended`. */

export const consentStatuses = ['in-force', 'not-yet-in-force', 'withdrawn', 'expired'] as const;
export type ConsentStatus = (typeof consentStatuses)[number];

export const needStatuses = ['open', 'resolved'] as const;
export type NeedStatus = (typeof needStatuses)[number];

export const goalStatuses = ['open', 'ended', ...goalResults] as const;
export type GoalStatus = (typeof goalStatuses)[number];

export const measureStatuses = ['planned', 'completed', 'ended'] as const;
export type MeasureStatus = (typeof measureStatuses)[number];

export const referralStatuses = [
  'made',
  'accepted',
  'declined',
  'started',
  'completed',
  'cancelled',
  'ended',
] as const;
export type ReferralStatus = (typeof referralStatuses)[number];

/** `resolved` to whoever may not know how. */
export const disputeStatuses = ['open', ...disputeOutcomes, 'resolved'] as const;
export type DisputeStatus = (typeof disputeStatuses)[number];

export const legalDomainStatuses = ['current', 'ended'] as const;
export type LegalDomainStatus = (typeof legalDomainStatuses)[number];

/** Why a handover came to nothing without anybody deciding so. */
export const handoverCauses = [
  'proposed-anew',
  'consent-withdrawn',
  'consent-ended',
] as const satisfies readonly (HandoverWithdrawn['cause'] | HandoverLapsed['cause'])[];
export type HandoverCause = (typeof handoverCauses)[number];
