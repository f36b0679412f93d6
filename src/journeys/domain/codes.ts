/** The code lists of the HTTP contract. Labels stand in `src/reference/code-lists.ts`. */

export const accessRoutes = [
  'own-initiative',
  'job-centre',
  'immigration-office',
  'social-office',
  'youth-office',
  'advice-service',
  'school',
  'daycare',
  'volunteers',
  'guide',
  'migrant-organisation',
  'integration-council',
  'open-consultation',
  'other',
] as const;
export type AccessRoute = (typeof accessRoutes)[number];

export const residenceGroups = [
  'german',
  'eu',
  'protection',
  'temporary-protection',
  'asylum-procedure',
  'tolerated',
  'family',
  'work-study',
  'settlement',
  'other',
  'unknown',
] as const;
export type ResidenceGroup = (typeof residenceGroups)[number];

/** Whom the client wishes for, as a counsellor and as an interpreter. */
export const genderPreferences = ['woman', 'man', 'none'] as const;
export type GenderPreference = (typeof genderPreferences)[number];

export const genders = ['woman', 'man'] as const;
export type Gender = (typeof genders)[number];

export const sexes = ['f', 'm', 'd', 'x'] as const;
export type Sex = (typeof sexes)[number];

export const contactKinds = [
  'office',
  'phone',
  'video',
  'home-visit',
  'walk-and-talk',
  'open-consultation',
  'accompaniment',
] as const;
export type ContactKind = (typeof contactKinds)[number];

export const fieldsOfAction = [
  'language-education',
  'work-qualification',
  'housing',
  'health-care',
  'family-school',
  'residence-naturalisation',
  'participation',
  'living-together',
  'protection',
  'discrimination',
  'money-debt',
  'administration',
] as const;
export type FieldOfAction = (typeof fieldsOfAction)[number];

export const urgencies = ['low', 'medium', 'high'] as const;
export type Urgency = (typeof urgencies)[number];

export const potentialKinds = [
  'qualification',
  'language',
  'work-experience',
  'recognition',
  'volunteering',
  'strength',
] as const;
export type PotentialKind = (typeof potentialKinds)[number];

export const cefrLevels = ['A0', 'A1', 'A2', 'B1', 'B2', 'C1', 'C2'] as const;
export type CefrLevel = (typeof cefrLevels)[number];

/** ISCED 2011, levels 0 to 8. */
export const iscedLevels = ['0', '1', '2', '3', '4', '5', '6', '7', '8'] as const;
export type IscedLevel = (typeof iscedLevels)[number];

export const consentPurposes = ['case-management', 'information-exchange', 'referral', 'handover'] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];

export const consentForms = ['written', 'electronic'] as const;
export type ConsentForm = (typeof consentForms)[number];

export const withdrawalChannels = ['in-person', 'letter', 'email', 'phone', 'portal'] as const;
export type WithdrawalChannel = (typeof withdrawalChannels)[number];

export const dataCategories = [
  'identity',
  'contact',
  'residence',
  'household',
  'language',
  'education',
  'employment',
  'potentials',
  'housing',
  'benefits',
  'health',
  'protection',
  'needs',
  'plan',
  'notes',
] as const;
export type DataCategory = (typeof dataCategories)[number];

/** Special categories of Art. 9 GDPR: a consent must name them separately. */
export const article9Categories = ['health', 'protection'] as const satisfies readonly DataCategory[];

export const goalResults = ['attained', 'partly', 'missed', 'dropped'] as const;
export type GoalResult = (typeof goalResults)[number];

export const responsibles = ['client', 'case_manager', 'other'] as const;
export type Responsible = (typeof responsibles)[number];

export const referralModes = ['live', 'logged'] as const;
export type ReferralMode = (typeof referralModes)[number];

export const referralOutcomes = ['attained', 'partly', 'not-attained', 'dropped-out', 'unknown'] as const;
export type ReferralOutcome = (typeof referralOutcomes)[number];

export const referralDeclineReasons = [
  'no-capacity',
  'not-suitable',
  'client-declined',
  'no-answer',
  'other',
] as const;
export type ReferralDeclineReason = (typeof referralDeclineReasons)[number];

/** Regimes of benefits or status (Rechtskreise), nothing else. */
export const legalDomains = [
  'SGB_II',
  'SGB_III',
  'SGB_VIII',
  'SGB_XII',
  'ASYLBLG',
  'AUFENTHG',
  'STAG',
] as const;
export type LegalDomain = (typeof legalDomains)[number];

export const disputeOutcomes = ['upheld', 'rejected'] as const;
export type DisputeOutcome = (typeof disputeOutcomes)[number];

export const closureOutcomes = [
  'goals-attained',
  'handed-over',
  'moved-away',
  'contact-lost',
  'withdrawn',
  'died',
] as const;
export type ClosureOutcome = (typeof closureOutcomes)[number];

export const phases = ['intake', 'assessment', 'plan', 'linking', 'closed'] as const;
export type Phase = (typeof phases)[number];

export const housings = ['shared-accommodation', 'own-dwelling', 'with-others', 'none'] as const;

export const circumstancesKinds = [
  'municipality',
  'social-area',
  'residence-group',
  'housing',
  'household',
  'counsellor-preference',
  'interpreter-preference',
] as const;

/** What an office can be competent for, and so what a client can be handed over for. */
export const handoverFunctions = [
  'integration-management',
  'job-seekers-benefits',
  'employment-promotion',
  'youth-welfare',
  'social-assistance',
  'asylum-benefits',
  'residence',
  'naturalisation',
  'migration-advice',
  'youth-migration-advice',
] as const;
export type HandoverFunction = (typeof handoverFunctions)[number];

export const handoverReasons = [
  'not-competent',
  'no-capacity',
  'missing-information',
  'no-basis',
  'client-declined',
  'other',
] as const;
export type HandoverReason = (typeof handoverReasons)[number];

/** Where a handover stands. */
export const handoverSteps = [
  'proposed',
  'returned',
  'approved',
  'information-requested',
  'accepted',
  'completed',
  'declined',
  'withdrawn',
  'lapsed',
] as const;
export type HandoverStep = (typeof handoverSteps)[number];

/** What can be overdue in a handover. */
export const handoverDeadlines = ['review', 'decision', 'first-contact'] as const;
export type HandoverDeadline = (typeof handoverDeadlines)[number];

/** After how long something is due (`domain.md`, handover); an office may have periods of its own. */
export const defaultPeriods = {
  /** Working days after opening. */
  firstContact: 10,
  /** Days after the referral. */
  referralOutcome: 90,
  /** Days before a consent's last day. */
  consentEnds: 14,
  /** Days after closure. */
  followUp: 180,
  /** Working days after a handover was proposed. */
  handoverReview: 2,
  /** Working days after it was approved. */
  handoverDecision: 5,
  /** Working days after it was accepted. */
  handoverFirstContact: 10,
} as const;
export type Periods = { readonly [P in keyof typeof defaultPeriods]: number };

export const structuralIssueForums = [
  'steering-group',
  'integration-council',
  'round-table',
  'district',
  'other',
] as const;

export const erasureGrounds = [
  'consent-withdrawn',
  'purpose-fulfilled',
  'retention-ended',
  'unlawful',
  'objection',
] as const;
