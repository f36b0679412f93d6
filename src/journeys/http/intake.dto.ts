import {
  accessRoutes,
  consentForms,
  consentPurposes,
  dataCategories,
  genderPreferences,
  residenceGroups,
  withdrawalChannels,
} from '../domain/codes.js';
import type {
  AccessRoute,
  ConsentForm,
  ConsentPurpose,
  DataCategory,
  GenderPreference,
  ResidenceGroup,
  WithdrawalChannel,
} from '../domain/codes.js';
import {
  Code,
  Confirmation,
  DateOnly,
  Flag,
  Language,
  ListOf,
  Municipality,
  Nested,
  OrganisationId,
  Text,
  TextHash,
  Uuid,
} from '../../http/index.js';
import { limits } from './limits.js';

export class OpenJourneyBody {
  @Uuid()
  readonly clientId!: string;

  @Municipality()
  readonly municipality!: string;

  @Code(accessRoutes)
  readonly accessRoute!: AccessRoute;

  @Code(residenceGroups)
  readonly residenceGroup!: ResidenceGroup;

  @Language()
  readonly preferredLanguage!: string;

  @Flag({ optional: true })
  readonly interpreterNeeded?: boolean;

  @Code(genderPreferences, { optional: true })
  readonly counsellorPreference?: GenderPreference;

  @Code(genderPreferences, { optional: true })
  readonly interpreterPreference?: GenderPreference;

  @Text({ max: 80, optional: true, description: 'Id of a social area', example: '05978004-mitte' })
  readonly socialArea?: string;

  @Text({ max: limits.text, optional: true })
  readonly concern?: string;

  @Text({ max: limits.line, optional: true })
  readonly referredBy?: string;

  @DateOnly({ past: true, optional: true })
  readonly openedOn?: string;
}

export class InformedBody {
  @Confirmation()
  readonly purpose!: true;

  @Confirmation()
  readonly refusal!: true;

  @Confirmation()
  readonly revocability!: true;
}

export class ConsentBody {
  @Code(consentPurposes)
  readonly purpose!: ConsentPurpose;

  @ListOf(Code(dataCategories), { min: 1, max: dataCategories.length })
  readonly dataCategories!: readonly DataCategory[];

  @ListOf(OrganisationId(), { min: 1, max: 50 })
  readonly recipients!: readonly string[];

  @Code(consentForms)
  readonly form!: ConsentForm;

  @Language()
  readonly language!: string;

  @TextHash()
  readonly textHash!: string;

  @Nested(() => InformedBody)
  readonly informed!: InformedBody;

  @DateOnly()
  readonly validFrom!: string;

  @DateOnly({ optional: true })
  readonly validUntil?: string;

  @Flag({ optional: true })
  readonly interpreter?: boolean;

  @Flag({ optional: true })
  readonly includesArticle9?: boolean;
}

export class WithdrawalBody {
  @Code(withdrawalChannels)
  readonly channel!: WithdrawalChannel;

  @DateOnly({ past: true, optional: true })
  readonly withdrawnOn?: string;
}
