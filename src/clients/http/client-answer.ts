import { OmitType, PickType } from '@nestjs/swagger';
import { Confirmation, DateOnly, ListOf, PastYear, Shown, Uuid } from '../../http/index.js';
import { ClientBody } from './client.dto.js';

/** A client as the reader may see them. */
export class ClientAnswer extends OmitType(Shown(ClientBody), ['createDespiteMatches']) {
  @Uuid({
    optional: true,
    description: 'Of whoever is left of those who were merged. Absent of an erased person.',
  })
  readonly clientId?: string;

  @ListOf(Uuid(), { optional: true, description: 'Who turned out to be the same person.' })
  readonly mergedClientIds?: readonly string[];

  @DateOnly({ past: true, optional: true, description: 'Absent where only the year is known.' })
  override readonly birthDate?: string;

  @PastYear({ optional: true, description: 'Where the date is not known.' })
  override readonly birthYear?: number;

  @Confirmation({ optional: true, description: 'All that is told of an erased person.' })
  readonly erased?: true;
}

/** Who a list is about, and no more of them. */
export class ListedClientAnswer extends PickType(ClientAnswer, [
  'clientId',
  'givenName',
  'familyName',
  'birthDate',
  'birthYear',
]) {}
