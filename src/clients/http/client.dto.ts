import { sexes } from '../../journeys/domain/codes.js';
import type { Sex } from '../../journeys/domain/codes.js';
import {
  Code,
  DateOnly,
  Email,
  Flag,
  Language,
  ListOf,
  Name,
  Nationality,
  Nested,
  PastYear,
  Phone,
  Text,
  Together,
} from '../../http/index.js';

export class AddressBody {
  @Name()
  readonly street!: string;

  @Text({ max: 20 })
  readonly postalCode!: string;

  @Name()
  readonly town!: string;
}

/** What may be known of a person beside the two names. Date and year of birth together could disagree. */
@Together(({ birthDate, birthYear }: FurtherDetails) =>
  birthDate !== undefined && birthYear !== undefined
    ? [{ pointer: '/birthYear', message: 'must be absent where birthDate is given' }]
    : [],
)
class FurtherDetails {
  @DateOnly({ past: true, optional: true, description: 'Required, or else the year' })
  readonly birthDate?: string;

  @PastYear({ optional: true, description: 'Where the date is not known' })
  readonly birthYear?: number;

  @Code(sexes, { optional: true })
  readonly sex?: Sex;

  @Nationality({ optional: true })
  readonly nationality?: string;

  @ListOf(Language(), { max: 20, optional: true })
  readonly languages?: readonly string[];

  @ListOf(Name(), { max: 20, optional: true })
  readonly otherNames?: readonly string[];

  @Phone({ optional: true })
  readonly phone?: string;

  @Email({ optional: true })
  readonly email?: string;

  @Nested(() => AddressBody, { optional: true })
  readonly address?: AddressBody;
}

@Together(({ birthDate, birthYear }: ClientBody) =>
  birthDate === undefined && birthYear === undefined
    ? [{ pointer: '/birthDate', message: 'is required, or else birthYear' }]
    : [],
)
export class ClientBody extends FurtherDetails {
  @Name()
  readonly givenName!: string;

  @Name()
  readonly familyName!: string;

  @Flag({ optional: true, description: 'Register although somebody like this is known already' })
  readonly createDespiteMatches?: boolean;
}

export class ClientCorrectionBody extends FurtherDetails {
  @Text({ max: 4_000 })
  readonly reason!: string;

  @Name({ optional: true })
  readonly givenName?: string;

  @Name({ optional: true })
  readonly familyName?: string;
}
