import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { roles } from '../access/index.js';
import {
  dataCategories,
  defaultPeriods,
  genders,
  legalDomains,
  type LegalDomain,
  type Periods,
} from '../journeys/domain/codes.js';
import { isCalendarDay } from './calendar-day.js';
import { broken, distinctListOf, fieldsOf, oneOf, text, textLike, BrokenReferenceFile } from './parsing.js';
import type { Parser } from './parsing.js';
import { handoverFunctions, organisationKinds } from './registers.js';
import type {
  CompetenceEntry,
  DeadlineRegister,
  JointTeam,
  LiftedRule,
  Municipality,
  Organisation,
  Registers,
  SocialArea,
  StatutoryRule,
  TransferRules,
  User,
  Validity,
} from './registers.js';

/**
 * Reads the registers' files from a folder. Throws a BrokenReferenceFile whose message is one sentence for the
 * first thing that is wrong: a file that is missing or no JSON, a field that is missing, misspelt or not what
 * it must be, a reference to what no other file has, an entry twice.
 */
export const loadRegisters = (folder: string): Registers => {
  const read = <T>(file: string, parse: Parser<T>): T => parse(readJson(folder, file), file);

  const municipalities = read(
    'municipalities.json',
    distinctListOf(municipality, ({ ags }) => ags),
  );
  const knownMunicipality = knownAs(
    'a municipality of municipalities.json',
    municipalities,
    ({ ags }) => ags,
  );

  const organisations = read(
    'organisations.json',
    distinctListOf(organisation(knownMunicipality), ({ id }) => id),
  );
  const knownOrganisation = knownAs('an organisation of organisations.json', organisations, ({ id }) => id);

  return {
    municipalities,
    organisations,
    competence: read(
      'competence.json',
      distinctListOf(competenceEntry(organisations, knownMunicipality, knownOrganisation), JSON.stringify),
    ),
    socialAreas: read(
      'social-areas.json',
      distinctListOf(socialArea(knownMunicipality), ({ id }) => id),
    ),
    jointTeams: read(
      'joint-teams.json',
      distinctListOf(jointTeam(knownOrganisation), ({ id }) => id),
    ),
    transferRules: read('transfer-rules.json', transferRules),
    deadlines: read('deadlines.json', deadlines(organisations)),
    users: read(
      'users.json',
      distinctListOf(user(knownOrganisation), ({ username }) => username),
    ),
  };
};

const readJson = (folder: string, file: string): unknown => {
  let content: string;
  try {
    content = readFileSync(join(folder, file), 'utf8');
  } catch (cause) {
    throw new BrokenReferenceFile(`${file} cannot be read.`, { cause });
  }
  try {
    return JSON.parse(content) as unknown;
  } catch (cause) {
    throw new BrokenReferenceFile(`${file} is not JSON.`, { cause });
  }
};

const slug = textLike(
  /^[a-z0-9]+(-[a-z0-9]+)*$/,
  'an id of lower-case letters and digits, parted by single hyphens',
);
const municipalityKey = textLike(/^\d{8}$/, 'a municipality key (AGS) of eight digits');
const languageCode = textLike(/^[a-z]{2,3}$/, 'a language code of ISO 639-1 or -3');

const calendarDay: Parser<string> = (value, place) =>
  typeof value === 'string' && isCalendarDay(value)
    ? value
    : broken(place, 'must be a day of the calendar in the form YYYY-MM-DD');

const knownAs = <T>(what: string, entries: readonly T[], keyOf: (entry: T) => string): Parser<string> => {
  const keys = new Set(entries.map(keyOf));
  return (value, place) => {
    const key = text(value, place);
    return keys.has(key) ? key : broken(place, `must be ${what}`);
  };
};

const municipality: Parser<Municipality> = (value, place) => {
  const fields = fieldsOf(value, place, ['ags', 'name', 'district', 'districtName', 'kimRegion']);
  return {
    ags: fields.required('ags', municipalityKey),
    name: fields.required('name', text),
    district: fields.required('district', text),
    districtName: fields.required('districtName', text),
    ...fields.optional('kimRegion', text),
  };
};

const organisation =
  (knownMunicipality: Parser<string>): Parser<Organisation> =>
  (value, place) => {
    const fields = fieldsOf(value, place, ['id', 'name', 'kind', 'legalDomain', 'municipalities']);
    return {
      id: fields.required('id', slug),
      name: fields.required('name', text),
      kind: fields.required('kind', oneOf(organisationKinds)),
      ...fields.optional('legalDomain', oneOf(legalDomains)),
      municipalities: fields.required('municipalities', distinctListOf(knownMunicipality)),
    };
  };

const validity = ({
  validFrom,
  validUntil,
  place,
}: {
  validFrom: string;
  validUntil?: string;
  place: string;
}): Validity => {
  if (validUntil === undefined) return { validFrom };
  return validUntil < validFrom ? broken(place, 'ends before it begins') : { validFrom, validUntil };
};

const competenceEntry =
  (
    organisations: readonly Organisation[],
    knownMunicipality: Parser<string>,
    knownOrganisation: Parser<string>,
  ): Parser<CompetenceEntry> =>
  (value, place) => {
    const fields = fieldsOf(value, place, [
      'function',
      'municipality',
      'organisationId',
      'validFrom',
      'validUntil',
    ]);
    const ags = fields.required('municipality', knownMunicipality);
    const organisationId = fields.required('organisationId', knownOrganisation);
    const competent = organisations.find(({ id }) => id === organisationId);
    if (!competent?.municipalities.includes(ags)) {
      broken(
        place,
        `names ${organisationId} for municipality ${ags}, which that organisation does not serve`,
      );
    }
    return {
      function: fields.required('function', oneOf(handoverFunctions)),
      municipality: ags,
      organisationId,
      ...validity({
        validFrom: fields.required('validFrom', calendarDay),
        ...fields.optional('validUntil', calendarDay),
        place,
      }),
    };
  };

const socialArea =
  (knownMunicipality: Parser<string>): Parser<SocialArea> =>
  (value, place) => {
    const fields = fieldsOf(value, place, ['id', 'municipality', 'name']);
    return {
      id: fields.required('id', slug),
      municipality: fields.required('municipality', knownMunicipality),
      name: fields.required('name', text),
    };
  };

const jointTeam =
  (knownOrganisation: Parser<string>): Parser<JointTeam> =>
  (value, place) => {
    const fields = fieldsOf(value, place, ['id', 'name', 'organisations', 'validFrom', 'validUntil', 'note']);
    return {
      id: fields.required('id', slug),
      name: fields.required('name', text),
      organisations: fields.required(
        'organisations',
        distinctListOf(knownOrganisation, String, { atLeast: 2 }),
      ),
      ...validity({
        validFrom: fields.required('validFrom', calendarDay),
        ...fields.optional('validUntil', calendarDay),
        place,
      }),
      ...fields.optional('note', text),
    };
  };

const someLegalDomains = distinctListOf(oneOf(legalDomains), String, { atLeast: 1 });
const categories = distinctListOf(oneOf(dataCategories));

const statutoryRule: Parser<StatutoryRule> = (value, place) => {
  const fields = fieldsOf(value, place, ['rule', 'label', 'from', 'to', 'categories', 'note']);
  return {
    rule: fields.required('rule', slug),
    label: fields.required('label', text),
    from: fields.required('from', someLegalDomains),
    to: fields.required('to', someLegalDomains),
    categories: fields.required('categories', categories),
    ...fields.optional('note', text),
  };
};

const liftedRule: Parser<LiftedRule> = (value, place) => {
  const fields = fieldsOf(value, place, ['from', 'to', 'categories']);
  return {
    ...fields.optional('from', oneOf(legalDomains)),
    to: fields.required('to', oneOf(legalDomains)),
    categories: fields.required('categories', categories),
  };
};

const categoriesByReceiver: Parser<TransferRules['neverToByDefault']> = (value, place) => {
  const fields = fieldsOf<LegalDomain>(value, place, legalDomains);
  return Object.assign(
    {},
    ...legalDomains.map((domain) => fields.optional(domain, categories)),
  ) as TransferRules['neverToByDefault'];
};

const transferRules: Parser<TransferRules> = (value, place) => {
  const fields = fieldsOf(value, place, ['consentOnly', 'neverToByDefault', 'statutory', 'lifted']);
  const consentOnly = fields.required('consentOnly', categories);
  const statutory = fields.required(
    'statutory',
    distinctListOf(statutoryRule, ({ rule }) => rule),
  );
  for (const rule of statutory) {
    const contradiction = rule.categories.find((category) => consentOnly.includes(category));
    if (contradiction) broken(place, `lets ${rule.rule} cover ${contradiction}, which is consentOnly`);
  }
  return {
    consentOnly,
    neverToByDefault: fields.required('neverToByDefault', categoriesByReceiver),
    statutory,
    ...fields.optional('lifted', distinctListOf(liftedRule, JSON.stringify)),
  };
};

const periodNames = Object.keys(defaultPeriods) as readonly (keyof Periods)[];

const days: Parser<number> = (value, place) =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 1_000
    ? (value as number)
    : broken(place, 'must be a whole number of days, 1 to 1000');

const ownPeriods: Parser<Partial<Periods>> = (value, place) => {
  const fields = fieldsOf<keyof Periods>(value, place, periodNames);
  return Object.assign({}, ...periodNames.map((name) => fields.optional(name, days))) as Partial<Periods>;
};

const deadlines =
  (organisations: readonly Organisation[]): Parser<DeadlineRegister> =>
  (value, place) => {
    const fields = fieldsOf(value, place, ['defaults', 'organisations']);
    const ids = organisations.map(({ id }) => id);
    const byOrganisation: Parser<DeadlineRegister['organisations']> = (own, where) => {
      const each = fieldsOf(own, where, ids);
      return Object.assign(
        {},
        ...ids.map((id) => each.optional(id, ownPeriods)),
      ) as DeadlineRegister['organisations'];
    };
    return {
      defaults: { ...defaultPeriods, ...fields.required('defaults', ownPeriods) },
      organisations: fields.required('organisations', byOrganisation),
    };
  };

const user =
  (knownOrganisation: Parser<string>): Parser<User> =>
  (value, place) => {
    const fields = fieldsOf(value, place, [
      'username',
      'name',
      'organisation',
      'roles',
      'languages',
      'gender',
    ]);
    return {
      username: fields.required('username', slug),
      name: fields.required('name', text),
      organisation: fields.required('organisation', knownOrganisation),
      roles: fields.required('roles', distinctListOf(oneOf(roles), String, { atLeast: 1 })),
      languages: fields.optional('languages', distinctListOf(languageCode)).languages ?? [],
      ...fields.optional('gender', oneOf(genders)),
    };
  };
