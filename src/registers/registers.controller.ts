import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller } from '../access/index.js';
import { CallerOf, CLOCK, invalidInput, Page, QueryOf, QueryRoute, type Clock } from '../http/index.js';
import { berlinDay, codeLists, isInForce, REFERENCE_DATA, type ReferenceData } from '../reference/index.js';
import { pageOf } from './page.js';
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
    return pageOf(found, ({ id }) => id, query);
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
    return pageOf(found, (entry) => JSON.stringify(entry), query);
  }

  @QueryRoute('listCodeLists', {
    path: 'code-lists',
    summary: 'The code lists with their labels in German and English',
    answer: CodeListsAnswer,
  })
  codeLists(@QueryOf() query: Page): CodeListsAnswer {
    return pageOf(labelledLists, ({ name }) => name, query);
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
    return pageOf(colleagues, ({ userId }) => userId, query);
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
    return pageOf(found, ({ textHash }) => textHash, query);
  }

  @QueryRoute('listMunicipalities', {
    path: 'municipalities',
    summary: 'The municipalities',
    answer: MunicipalitiesAnswer,
  })
  municipalities(@QueryOf() query: Page): MunicipalitiesAnswer {
    return pageOf(this.reference.municipalities, ({ ags }) => ags, query);
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
    return pageOf(found, ({ id }) => id, query);
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
