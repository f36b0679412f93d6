import type { DataCategory, LegalDomain, Periods } from '../journeys/domain/codes.js';
import type { CalendarDay } from './calendar-day.js';
import type { ConsentText } from './consent-texts.js';
import type {
  HandoverFunction,
  Municipality,
  Organisation,
  Registers,
  SocialArea,
  StatutoryRule,
  User,
  Validity,
} from './registers.js';

/** The registers and the consent texts, read once at start, with the questions that are asked of them. Frozen. */
export interface ReferenceData extends Registers {
  readonly consentTexts: readonly ConsentText[];

  organisation(id: string): Organisation | undefined;
  municipality(ags: string): Municipality | undefined;
  socialArea(id: string): SocialArea | undefined;
  user(userId: string): User | undefined;
  usersOf(organisationId: string): readonly User[];
  servesMunicipality(organisationId: string, ags: string): boolean;
  socialAreaIn(socialAreaId: string, ags: string): boolean;

  /** All that are competent on that day, in the register's order; none for a place or day without an entry. */
  competentFor(wanted: HandoverFunction, ags: string, on: CalendarDay): readonly Organisation[];
  /** Whether the two are one organisation, or work as one team on that day. */
  workAsOneTeam(organisationId: string, otherId: string, on: CalendarDay): boolean;

  statutoryRule(rule: string): StatutoryRule | undefined;
  /** The statutes that let a sender of one legal domain transfer something to a receiver of another. */
  statutoryRules(from: LegalDomain | undefined, to: LegalDomain | undefined): readonly StatutoryRule[];
  /** The categories refused for that pair whatever the basis; undefined stands for no legal domain. */
  neverTransferred(from: LegalDomain | undefined, to: LegalDomain | undefined): readonly DataCategory[];

  /** Within how many days something is due at that organisation; the defaults where it has none of its own. */
  periodsOf(organisationId: string): Periods;

  /** Whether a consent's text hash is that of a text which is served here. */
  isKnownConsentText(textHash: string): boolean;
}

export const referenceData = (registers: Registers, consentTexts: readonly ConsentText[]): ReferenceData => {
  const organisations = byKey(registers.organisations, ({ id }) => id);
  const municipalities = byKey(registers.municipalities, ({ ags }) => ags);
  const socialAreas = byKey(registers.socialAreas, ({ id }) => id);
  const users = byKey(registers.users, ({ username }) => username);
  const periods = new Map(
    Object.entries(registers.deadlines.organisations).map(([id, own]) => [
      id,
      { ...registers.deadlines.defaults, ...own },
    ]),
  );
  const textHashes = new Set(consentTexts.map(({ textHash }) => textHash));

  return deepFreeze<ReferenceData>({
    ...registers,
    consentTexts,

    organisation: (id) => organisations.get(id),
    municipality: (ags) => municipalities.get(ags),
    socialArea: (id) => socialAreas.get(id),
    user: (userId) => users.get(userId),
    usersOf: (organisationId) =>
      registers.users.filter(({ organisation }) => organisation === organisationId),
    servesMunicipality: (organisationId, ags) =>
      organisations.get(organisationId)?.municipalities.includes(ags) ?? false,
    socialAreaIn: (socialAreaId, ags) => socialAreas.get(socialAreaId)?.municipality === ags,

    competentFor: (wanted, ags, on) => {
      const entries = registers.competence.filter(
        (entry) => entry.function === wanted && entry.municipality === ags && isInForce(entry, on),
      );
      const ids = new Set(entries.map(({ organisationId }) => organisationId));
      return [...ids].flatMap((id) => organisations.get(id) ?? []);
    },
    workAsOneTeam: (organisationId, otherId, on) =>
      organisationId === otherId ||
      registers.jointTeams.some(
        (team) =>
          isInForce(team, on) &&
          team.organisations.includes(organisationId) &&
          team.organisations.includes(otherId),
      ),

    statutoryRule: (rule) => registers.transferRules.statutory.find((statute) => statute.rule === rule),
    statutoryRules: (from, to) =>
      from === undefined || to === undefined
        ? []
        : registers.transferRules.statutory.filter(
            (rule) => rule.from.includes(from) && rule.to.includes(to),
          ),
    neverTransferred: (from, to) => {
      if (to === undefined) return [];
      const { neverToByDefault, lifted = [] } = registers.transferRules;
      const allowed = lifted
        .filter((rule) => rule.from === from && rule.to === to)
        .flatMap(({ categories }) => categories);
      return (neverToByDefault[to] ?? []).filter((category) => !allowed.includes(category));
    },

    periodsOf: (organisationId) => periods.get(organisationId) ?? registers.deadlines.defaults,

    isKnownConsentText: (textHash) => textHashes.has(textHash),
  });
};

/** Whether an entry of a register holds on that day. */
export const isInForce = ({ validFrom, validUntil }: Validity, on: CalendarDay): boolean =>
  validFrom <= on && (validUntil === undefined || on <= validUntil);

const byKey = <T>(entries: readonly T[], keyOf: (entry: T) => string): ReadonlyMap<string, T> =>
  new Map(entries.map((entry) => [keyOf(entry), entry]));

const deepFreeze = <T extends object>(value: T): T => {
  for (const part of Object.values(value) as unknown[]) {
    if (typeof part === 'object' && part !== null && !Object.isFrozen(part)) deepFreeze(part);
  }
  return Object.freeze(value);
};
