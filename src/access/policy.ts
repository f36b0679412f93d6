import { hasRole, roles, type Caller, type Role } from './caller.js';

/**
 * Who may use which operation. An operation is allowed `on`
 *
 * - `public`: nothing that needs a token,
 * - `register`: what is the same for everybody or found by asking; without the role it answers 403,
 * - `client`, `journey`: a record found by its id. Whether the caller can see it comes first (404), so a role
 *   that never sees such a record gets 404 here, whatever the id; then the role decides (403).
 */
interface Rule {
  readonly on: 'public' | 'register' | 'client' | 'journey';
  readonly roles: readonly Role[];
}

const caseWork = ['case_manager', 'supervisor'] as const;
const supervisor = ['supervisor'] as const;
const monitoring = ['analyst', 'coordinator'] as const;
const visibility = ['supervisor', 'data_protection_officer'] as const;

/** The roles that can see a record of that kind at all; which records those are is decided by `grants`. */
const seenBy: Readonly<Record<'client' | 'journey', readonly Role[]>> = {
  client: caseWork,
  journey: caseWork,
};

export const policy = {
  checkLiveness: { on: 'public', roles: [] },
  checkReadiness: { on: 'public', roles: [] },
  readMetrics: { on: 'public', roles: [] },
  readContract: { on: 'public', roles: [] },
  issueDemoToken: { on: 'public', roles: [] },

  listOrganisations: { on: 'register', roles },
  listCompetence: { on: 'register', roles },
  listCodeLists: { on: 'register', roles },
  listUsers: { on: 'register', roles },
  listConsentTexts: { on: 'register', roles },
  listMunicipalities: { on: 'register', roles },
  listSocialAreas: { on: 'register', roles },

  registerClient: { on: 'register', roles: caseWork },
  readClient: { on: 'client', roles: caseWork },
  correctClient: { on: 'client', roles: caseWork },
  findMatches: { on: 'register', roles: caseWork },
  mergeClients: { on: 'client', roles: supervisor },

  openJourney: { on: 'register', roles: caseWork },
  readJourney: { on: 'journey', roles: caseWork },
  readTimeline: { on: 'journey', roles: caseWork },
  giveConsent: { on: 'journey', roles: caseWork },
  withdrawConsent: { on: 'journey', roles: caseWork },
  recordContact: { on: 'journey', roles: caseWork },
  identifyNeed: { on: 'journey', roles: caseWork },
  resolveNeed: { on: 'journey', roles: caseWork },
  identifyPotential: { on: 'journey', roles: caseWork },
  recordLifeStory: { on: 'journey', roles: caseWork },
  agreeGoal: { on: 'journey', roles: caseWork },
  reviewGoal: { on: 'journey', roles: caseWork },
  planMeasure: { on: 'journey', roles: caseWork },
  completeMeasure: { on: 'journey', roles: caseWork },
  makeReferral: { on: 'journey', roles: caseWork },
  acceptReferral: { on: 'journey', roles: caseWork },
  declineReferral: { on: 'journey', roles: caseWork },
  startReferral: { on: 'journey', roles: caseWork },
  completeReferral: { on: 'journey', roles: caseWork },
  cancelReferral: { on: 'journey', roles: caseWork },
  proposeHandover: { on: 'journey', roles: caseWork },
  approveHandover: { on: 'journey', roles: supervisor },
  returnHandover: { on: 'journey', roles: supervisor },
  requestInformation: { on: 'journey', roles: caseWork },
  provideInformation: { on: 'journey', roles: caseWork },
  acceptHandover: { on: 'journey', roles: caseWork },
  declineHandover: { on: 'journey', roles: caseWork },
  withdrawHandover: { on: 'journey', roles: caseWork },
  readHandover: { on: 'journey', roles: caseWork },
  readVisibility: { on: 'journey', roles: visibility },
  assignJourney: { on: 'journey', roles: supervisor },
  enterLegalDomain: { on: 'journey', roles: caseWork },
  leaveLegalDomain: { on: 'journey', roles: caseWork },
  disputeStatement: { on: 'journey', roles: caseWork },
  resolveDispute: { on: 'journey', roles: caseWork },
  correctStatement: { on: 'journey', roles: caseWork },
  closeJourney: { on: 'journey', roles: caseWork },
  reopenJourney: { on: 'journey', roles: supervisor },

  listJourneys: { on: 'register', roles: caseWork },
  searchJourneys: { on: 'register', roles: caseWork },
  listTasks: { on: 'register', roles: caseWork },
  listReferrals: { on: 'register', roles: caseWork },
  listHandovers: { on: 'register', roles: caseWork },

  listReleases: { on: 'register', roles: monitoring },
  listIndicators: { on: 'register', roles: monitoring },
  readIndicator: { on: 'register', roles: monitoring },
  listPublicReleases: { on: 'public', roles: [] },
  readPublicIndicator: { on: 'public', roles: [] },

  assignJourneys: { on: 'register', roles: supervisor },
} as const satisfies Readonly<Record<string, Rule>>;

export type Operation = keyof typeof policy;

/**
 * Whether the caller's role allows the operation. On a record this says nothing about visibility: ask for that
 * first, and answer 404 without it.
 */
export const mayUse = (operation: Operation, caller: Caller): boolean =>
  hasRole(caller, ...policy[operation].roles);

/** What can be said before the record is known. */
export const atTheDoor = (operation: Operation, caller: Caller): 'enter' | 'forbidden' | 'not-found' => {
  if (mayUse(operation, caller)) return 'enter';
  const { on }: Rule = policy[operation];
  if (on !== 'client' && on !== 'journey') return on === 'public' ? 'enter' : 'forbidden';
  return hasRole(caller, ...seenBy[on]) ? 'enter' : 'not-found';
};

export const isPublic = (operation: Operation): boolean => policy[operation].on === 'public';
