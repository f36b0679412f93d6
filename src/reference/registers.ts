import type { Role } from '../access/index.js';
import type {
  DataCategory,
  Gender,
  HandoverFunction,
  LegalDomain,
  Periods,
} from '../journeys/domain/codes.js';
export { handoverFunctions } from '../journeys/domain/codes.js';
export type { HandoverFunction } from '../journeys/domain/codes.js';
import type { CalendarDay } from './calendar-day.js';

export const organisationKinds = [
  'integration-management',
  'job-centre',
  'employment-agency',
  'immigration-office',
  'naturalisation-office',
  'youth-welfare-office',
  'social-assistance-office',
  'asylum-benefits-office',
  'advice-service',
  'victim-support',
  'school',
  'chamber',
  'volunteer-initiative',
] as const;
export type OrganisationKind = (typeof organisationKinds)[number];

export interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly kind: OrganisationKind;
  /** Absent for those that grant neither benefits nor status. */
  readonly legalDomain?: LegalDomain;
  /** AGS keys of the municipalities that it serves. */
  readonly municipalities: readonly string[];
}

/** From the first to the last day, both included; without a last day until further notice. */
export interface Validity {
  readonly validFrom: CalendarDay;
  readonly validUntil?: CalendarDay;
}

export interface CompetenceEntry extends Validity {
  readonly function: HandoverFunction;
  readonly municipality: string;
  readonly organisationId: string;
}

export interface Municipality {
  /** Amtlicher Gemeindeschlüssel, eight digits. */
  readonly ags: string;
  readonly name: string;
  readonly district: string;
  readonly districtName: string;
  readonly kimRegion?: string;
}

export interface SocialArea {
  readonly id: string;
  readonly municipality: string;
  readonly name: string;
}

/** Organisations that work as one team: deputies may be appointed across them. */
export interface JointTeam extends Validity {
  readonly id: string;
  readonly name: string;
  readonly organisations: readonly string[];
  readonly note?: string;
}

/** A statute that lets one legal domain transfer these categories to another without a consent. */
export interface StatutoryRule {
  readonly rule: string;
  readonly label: string;
  readonly from: readonly LegalDomain[];
  readonly to: readonly LegalDomain[];
  readonly categories: readonly DataCategory[];
  readonly note?: string;
}

/** What an office's own copy of the rules allows for one pair again, although it never goes there by default. */
export interface LiftedRule {
  /** Absent: senders without a legal domain. */
  readonly from?: LegalDomain;
  readonly to: LegalDomain;
  readonly categories: readonly DataCategory[];
}

export interface TransferRules {
  /** No statute covers these. */
  readonly consentOnly: readonly DataCategory[];
  /** These are refused to that receiver whatever the basis, unless lifted for the pair. */
  readonly neverToByDefault: Readonly<Partial<Record<LegalDomain, readonly DataCategory[]>>>;
  readonly statutory: readonly StatutoryRule[];
  readonly lifted?: readonly LiftedRule[];
}

/** After how many days something is due; an organisation may have periods of its own. */
export interface DeadlineRegister {
  readonly defaults: Periods;
  readonly organisations: Readonly<Record<string, Partial<Periods>>>;
}

export interface User {
  /** The user's id: the token's `sub`. */
  readonly username: string;
  readonly name: string;
  readonly organisation: string;
  readonly roles: readonly Role[];
  readonly languages: readonly string[];
  readonly gender?: Gender;
}

export interface Registers {
  readonly organisations: readonly Organisation[];
  readonly competence: readonly CompetenceEntry[];
  readonly municipalities: readonly Municipality[];
  readonly socialAreas: readonly SocialArea[];
  readonly jointTeams: readonly JointTeam[];
  readonly transferRules: TransferRules;
  readonly deadlines: DeadlineRegister;
  readonly users: readonly User[];
}
