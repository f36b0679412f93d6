import type { FieldOfAction } from '../domain/codes.js';
import type { JourneyEventType } from '../domain/events.js';
import type { VisibleEvent } from '../domain/journey.js';
import type { correctable } from '../domain/statements.js';
import type { Surroundings } from './surroundings.js';

/**
 * One language's sentences, one for every event type. Each is whole whatever is missing beside the ids, because
 * the reader may not see it or the person was erased, and says nothing about what is missing.
 */
export interface Sentences {
  readonly tell: {
    readonly [T in JourneyEventType]: (data: DataOf<T>, around: Surroundings) => string;
  };
  /** Added to an entry that was corrected later. */
  readonly corrected: string;
  /** Added to an entry as long as it is disputed (§ 84 SGB X). */
  readonly disputed: string;
}

type DataOf<T extends JourneyEventType> = Extract<VisibleEvent, { readonly type: T }>['data'];

type Correctable = typeof correctable;
/** Every field that a correction may name. */
export type CorrectableField = { [T in keyof Correctable]: Correctable[T][number] }[keyof Correctable];

/** The fields of action of those needs that the reader sees. */
export const fieldsOfNeeds = (
  needIds: readonly string[] | undefined,
  { fieldOfNeed }: Surroundings,
): readonly FieldOfAction[] => [...new Set((needIds ?? []).flatMap((needId) => fieldOfNeed(needId) ?? []))];

export const correctedFields = (
  replacement: Readonly<Record<string, unknown>> | undefined,
): readonly CorrectableField[] => Object.keys(replacement ?? {}) as CorrectableField[];
