import {
  cefrLevels,
  contactKinds,
  fieldsOfAction,
  genders,
  iscedLevels,
  potentialKinds,
  urgencies,
} from '../domain/codes.js';
import type {
  CefrLevel,
  ContactKind,
  FieldOfAction,
  Gender,
  IscedLevel,
  PotentialKind,
  Urgency,
} from '../domain/codes.js';
import { Code, DateOnly, Flag, Instant, Language, ListOf, Text, Whole } from '../../http/index.js';
import { limits } from './limits.js';

export class ContactBody {
  @Code(contactKinds)
  readonly kind!: ContactKind;

  @Instant({ past: true })
  readonly occurredAt!: string;

  @Whole({ min: 0, max: 1440 })
  readonly minutes!: number;

  @Language({ optional: true })
  readonly language?: string;

  @Flag({ optional: true })
  readonly interpreter?: boolean;

  @Code(genders, { optional: true })
  readonly interpreterGender?: Gender;

  @ListOf(Text({ max: limits.line }), { max: 50, repeats: true, optional: true })
  readonly present?: readonly string[];

  @Text({ max: limits.text, optional: true })
  readonly note?: string;
}

export class NeedBody {
  @Code(fieldsOfAction)
  readonly fieldOfAction!: FieldOfAction;

  @Code(urgencies)
  readonly urgency!: Urgency;

  @Text({ max: limits.text, optional: true })
  readonly description?: string;

  @Text({ max: limits.text, optional: true })
  readonly clientWish?: string;

  @DateOnly({ past: true, optional: true })
  readonly occurredOn?: string;
}

export class PotentialBody {
  @Code(potentialKinds)
  readonly kind!: PotentialKind;

  @Language({ optional: true })
  readonly language?: string;

  @Code(cefrLevels, { optional: true })
  readonly cefrLevel?: CefrLevel;

  @Code(iscedLevels, { optional: true, description: 'ISCED 2011, level 0 to 8' })
  readonly isced?: IscedLevel;

  @Text({ max: limits.text, optional: true })
  readonly description?: string;
}

export class LifeStoryBody {
  @Text({ max: limits.story })
  readonly text!: string;
}

/** Resolutions and completions: nothing is required. */
export class NoteBody {
  @Text({ max: limits.text, optional: true })
  readonly note?: string;
}
