import { roles, type Role } from '../access/index.js';
import {
  Code,
  DateOnly,
  Language,
  ListAnswer,
  ListOf,
  Municipality,
  Name,
  Nested,
  OrganisationId,
  Page,
  Text,
  TextHash,
  UserId,
  Whole,
} from '../http/index.js';
import {
  consentPurposes,
  genders,
  legalDomains,
  type ConsentPurpose,
  type Gender,
  type LegalDomain,
} from '../journeys/domain/codes.js';
import {
  handoverFunctions,
  organisationKinds,
  type HandoverFunction,
  type OrganisationKind,
} from '../reference/index.js';

const page = { max: 200 } as const;

export class OrganisationsQuery extends Page {
  @Code(organisationKinds, { optional: true })
  readonly kind?: OrganisationKind;

  @Municipality({ optional: true, description: 'Those that serve it.' })
  readonly municipality?: string;

  @Code(legalDomains, { optional: true })
  readonly legalDomain?: LegalDomain;
}

class OrganisationAnswer {
  @OrganisationId()
  readonly id!: string;

  @Name({ example: 'Jobcenter Kreis Unna' })
  readonly name!: string;

  @Code(organisationKinds, { example: 'job-centre' })
  readonly kind!: OrganisationKind;

  @Code(legalDomains, {
    optional: true,
    description: 'Absent for those that grant neither benefits nor status.',
  })
  readonly legalDomain?: LegalDomain;

  @ListOf(Municipality(), { max: 1000 })
  readonly municipalities!: readonly string[];
}

export class OrganisationsAnswer extends ListAnswer {
  @ListOf(Nested(() => OrganisationAnswer), page)
  readonly items!: readonly OrganisationAnswer[];
}

export class CompetenceQuery extends Page {
  @Code(handoverFunctions, { optional: true })
  readonly function?: HandoverFunction;

  @Municipality({ optional: true })
  readonly municipality?: string;

  @DateOnly({ optional: true, description: 'The day on which it must be valid: today in Berlin by default.' })
  readonly on?: string;
}

class CompetenceAnswer {
  @Code(handoverFunctions)
  readonly function!: HandoverFunction;

  @Municipality()
  readonly municipality!: string;

  @OrganisationId()
  readonly organisationId!: string;

  @Name({ example: 'Jobcenter Kreis Unna' })
  readonly organisationName!: string;

  @DateOnly()
  readonly validFrom!: string;

  @DateOnly({ optional: true, description: 'The last day; absent until further notice.' })
  readonly validUntil?: string;
}

export class CompetencesAnswer extends ListAnswer {
  @ListOf(Nested(() => CompetenceAnswer), page)
  readonly items!: readonly CompetenceAnswer[];
}

class LabelAnswer {
  @Text({ max: 200, example: 'Hilfeplanung' })
  readonly de!: string;

  @Text({ max: 200, example: 'Plan' })
  readonly en!: string;
}

class CodeAnswer {
  @Text({ max: 100, example: 'plan' })
  readonly code!: string;

  @Nested(() => LabelAnswer)
  readonly label!: LabelAnswer;
}

class CodeListAnswer {
  @Text({ max: 100, example: 'phase' })
  readonly name!: string;

  @ListOf(Nested(() => CodeAnswer), page)
  readonly codes!: readonly CodeAnswer[];
}

export class CodeListsAnswer extends ListAnswer {
  @ListOf(Nested(() => CodeListAnswer), page)
  readonly items!: readonly CodeListAnswer[];
}

class UserAnswer {
  @UserId()
  readonly userId!: string;

  @Name({ example: 'Fallmanagement Bergkamen 1' })
  readonly name!: string;

  @ListOf(Code(roles), { max: 6 })
  readonly roles!: readonly Role[];

  @ListOf(Language(), { max: 50 })
  readonly languages!: readonly string[];

  @Code(genders, { optional: true, description: 'What a wish for a woman or a man is held against.' })
  readonly gender?: Gender;
}

export class UsersAnswer extends ListAnswer {
  @ListOf(Nested(() => UserAnswer), page)
  readonly items!: readonly UserAnswer[];
}

export class ConsentTextsQuery extends Page {
  @Code(consentPurposes, { optional: true })
  readonly purpose?: ConsentPurpose;

  @Language({ optional: true, description: '`ku` gives the texts in Kurmanji (`kmr`).' })
  readonly language?: string;

  @Whole({ min: 1, max: 9999, optional: true, example: 1 })
  readonly version?: number;
}

class ConsentTextAnswer {
  @Code(consentPurposes)
  readonly purpose!: ConsentPurpose;

  @Language()
  readonly language!: string;

  @Whole({ min: 1, max: 9999, example: 1 })
  readonly version!: number;

  @TextHash({ description: 'Over the text in UTF-8: what a consent names.' })
  readonly textHash!: string;

  @Text({ max: 100_000, description: 'Markdown.', example: '# Einwilligung: Übergabe an eine andere Stelle' })
  readonly text!: string;
}

export class ConsentTextsAnswer extends ListAnswer {
  @ListOf(Nested(() => ConsentTextAnswer), page)
  readonly items!: readonly ConsentTextAnswer[];
}

class MunicipalityAnswer {
  @Municipality()
  readonly ags!: string;

  @Name({ example: 'Bergkamen' })
  readonly name!: string;

  @Text({ max: 8, example: '05978' })
  readonly district!: string;

  @Name({ example: 'Kreis Unna' })
  readonly districtName!: string;

  @Name({ optional: true, example: 'Bergkamen/Kamen/Bönen' })
  readonly kimRegion?: string;
}

export class MunicipalitiesAnswer extends ListAnswer {
  @ListOf(Nested(() => MunicipalityAnswer), page)
  readonly items!: readonly MunicipalityAnswer[];
}

export class SocialAreasQuery extends Page {
  @Municipality({ optional: true })
  readonly municipality?: string;
}

class SocialAreaAnswer {
  @Text({ max: 100, example: '05978004-oberaden' })
  readonly id!: string;

  @Municipality()
  readonly municipality!: string;

  @Name({ example: 'Oberaden' })
  readonly name!: string;
}

export class SocialAreasAnswer extends ListAnswer {
  @ListOf(Nested(() => SocialAreaAnswer), page)
  readonly items!: readonly SocialAreaAnswer[];
}
