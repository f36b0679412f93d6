import type { KeyObject } from 'node:crypto';
import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller } from '../access/index.js';
import {
  CallerOf,
  CLOCK,
  CURSOR_KEY,
  invalidInput,
  Page,
  pageOf,
  QueryOf,
  QueryRoute,
  type Clock,
  type PageOf,
} from '../http/index.js';
import { berlinDay, codeLists, isInForce, REFERENCE_DATA, type ReferenceData } from '../reference/index.js';
import {
  CodeListsAnswer,
  CompetenceQuery,
  CompetencesAnswer,
  ConsentTextsAnswer,
  ConsentTextsQuery,
  MunicipalitiesAnswer,
  OrganisationsAnswer,
  OrganisationsQuery,
  SocialAreasAnswer,
  SocialAreasQuery,
  UsersAnswer,
} from './registers.dto.js';

/** What everybody with a token may look up; only the users are those of one's own house. */
@ApiTags('Registers')
@Controller('v1')
export class RegistersController {
  constructor(
    @Inject(REFERENCE_DATA) private readonly reference: ReferenceData,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CURSOR_KEY) private readonly cursorKey: KeyObject,
  ) {}

  @QueryRoute('listOrganisations', {
    path: 'organisations',
    summary: 'The organisations',
    answer: OrganisationsAnswer,
  })
  organisations(@QueryOf() query: OrganisationsQuery): OrganisationsAnswer {
    this.assertKnown(query.municipality);
    const found = this.reference.organisations.filter(
      ({ kind, legalDomain, municipalities }) =>
        fits(query.kind, kind) &&
        fits(query.legalDomain, legalDomain) &&
        (query.municipality === undefined || municipalities.includes(query.municipality)),
    );
    return this.page('organisations', found, query);
  }

  @QueryRoute('listCompetence', {
    path: 'competence',
    summary: 'Who is competent for what, where, on a day',
    description: 'Several may be competent for the same function in the same municipality.',
    answer: CompetencesAnswer,
  })
  competence(@QueryOf() query: CompetenceQuery): CompetencesAnswer {
    this.assertKnown(query.municipality);
    const on = query.on ?? berlinDay(this.clock.now());
    const found = this.reference.competence
      .filter(
        (entry) =>
          fits(query.function, entry.function) &&
          fits(query.municipality, entry.municipality) &&
          isInForce(entry, on),
      )
      .map((entry) => ({
        ...entry,
        organisationName: this.reference.organisation(entry.organisationId)?.name ?? entry.organisationId,
      }));
    return this.page('competence', found, query);
  }

  @QueryRoute('listCodeLists', {
    path: 'code-lists',
    summary: 'The code lists with their labels in German and English',
    answer: CodeListsAnswer,
  })
  codeLists(@QueryOf() query: Page): CodeListsAnswer {
    return this.page('code-lists', labelledLists, query);
  }

  @QueryRoute('listUsers', {
    path: 'users',
    summary: "The users of the caller's own house",
    answer: UsersAnswer,
  })
  users(@CallerOf() { organisationId }: Caller, @QueryOf() query: Page): UsersAnswer {
    const colleagues = this.reference
      .usersOf(organisationId)
      .map(({ username, name, roles, languages, gender }) => ({
        userId: username,
        name,
        roles,
        languages,
        ...(gender === undefined ? {} : { gender }),
      }));
    return this.page(`users/${organisationId}`, colleagues, query);
  }

  @QueryRoute('listConsentTexts', {
    path: 'consent-texts',
    summary: 'The texts that clients consent to, in every language and version',
    answer: ConsentTextsAnswer,
  })
  consentTexts(@QueryOf() query: ConsentTextsQuery): ConsentTextsAnswer {
    const wanted =
      query.language === undefined ? undefined : (languageOfTexts[query.language] ?? query.language);
    const found = this.reference.consentTexts.filter(
      ({ purpose, language, version }) =>
        fits(query.purpose, purpose) && fits(wanted, language) && fits(query.version, version),
    );
    return this.page('consent-texts', found, query);
  }

  @QueryRoute('listMunicipalities', {
    path: 'municipalities',
    summary: 'The municipalities',
    answer: MunicipalitiesAnswer,
  })
  municipalities(@QueryOf() query: Page): MunicipalitiesAnswer {
    return this.page('municipalities', this.reference.municipalities, query);
  }

  @QueryRoute('listSocialAreas', {
    path: 'social-areas',
    summary: 'The social areas within the municipalities',
    answer: SocialAreasAnswer,
  })
  socialAreas(@QueryOf() query: SocialAreasQuery): SocialAreasAnswer {
    this.assertKnown(query.municipality);
    const found = this.reference.socialAreas.filter(({ municipality }) =>
      fits(query.municipality, municipality),
    );
    return this.page('social-areas', found, query);
  }

  /** A cursor is good for the same register with the same filters and as many entries. */
  private page<T>(register: string, found: readonly T[], { limit, cursor, ...filters }: Page): PageOf<T> {
    const page = { limit, ...(cursor === undefined ? {} : { cursor }) };
    const query = JSON.stringify([register, found.length, ...Object.entries(filters).sort()]);
    return pageOf(found, page, query, this.cursorKey);
  }

  private assertKnown(municipality: string | undefined): void {
    if (municipality === undefined || this.reference.municipality(municipality)) return;
    throw invalidInput([
      { pointer: '/municipality', message: 'is no municipality of the register', in: 'query' },
    ]);
  }
}

const fits = <T>(wanted: T | undefined, value: T | undefined): boolean =>
  wanted === undefined || wanted === value;

/** ISO 639-1 knows Kurdish as a whole; the texts are in one of its languages. */
const languageOfTexts: Readonly<Partial<Record<string, string>>> = { ku: 'kmr' };

const labelledLists = Object.entries(codeLists).map(([name, labels]) => ({
  name,
  codes: Object.entries(labels).map(([code, label]) => ({ code, label })),
}));
