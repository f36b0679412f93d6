import { ApiProperty } from '@nestjs/swagger';
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
  Uuid,
} from '../../http/index.js';

export class AddressBody {
  @Name()
  readonly street!: string;

  @Text({ max: 20 })
  readonly postalCode!: string;

  @Name()
  readonly town!: string;
}

/** Date and year of birth together could disagree. */
@Together(({ birthDate, birthYear }: Birth) =>
  birthDate !== undefined && birthYear !== undefined
    ? [{ pointer: '/birthYear', message: 'must be absent where birthDate is given' }]
    : [],
)
class Birth {
  @DateOnly({ past: true, optional: true, description: 'Required for a registration, or else the year' })
  readonly birthDate?: string;

  @PastYear({ optional: true, description: 'Where the date is not known' })
  readonly birthYear?: number;
}

/** What may be known of a person beside the two names. */
class FurtherDetails extends Birth {
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

export class PersonBody extends Birth {
  @Name()
  readonly givenName!: string;

  @Name()
  readonly familyName!: string;
}

export class MergeBody {
  @Uuid({ description: 'Who turned out to be the same person; their journeys stay theirs' })
  readonly duplicateClientId!: string;
}

export class MatchAnswer {
  @Uuid()
  readonly clientId!: string;

  @ApiProperty({ type: 'number', minimum: 0, maximum: 1, example: 0.97 })
  readonly score!: number;

  @Text({ max: 50, description: 'Enough to recognise whom one knows', example: 'O… M…, 1990' })
  readonly hint!: string;

  @Text({ max: 500, example: 'Andere Schrift, gleiches Geburtsdatum' })
  readonly reason!: string;
}

export class MatchesAnswer {
  @ListOf(Nested(() => MatchAnswer), { max: 20, description: 'The likeliest first' })
  readonly matches!: readonly MatchAnswer[];
}
