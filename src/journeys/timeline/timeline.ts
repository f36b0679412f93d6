import type { VisibleEvent } from '../domain/journey.js';
import { english } from './english.js';
import { german } from './german.js';
import type { Names } from './names.js';
import type { Sentences } from './sentences.js';
import { surroundingsOf } from './surroundings.js';
import type { Surroundings } from './surroundings.js';
import { whenOf } from './when.js';
import type { When } from './when.js';
import type { TimelineLanguage } from './words.js';

export interface TimelineItem extends When {
  readonly eventId: string;
  readonly type: string;
  readonly revision: number;
  readonly recordedAt: string;
  readonly recordedBy: { readonly organisationId: string; readonly userId: string };
  /** A later correction replaced some of it; the text tells the corrected statement and says so. */
  readonly corrected?: true;
  /** The client contests it, and nobody has decided yet; the text says so. */
  readonly disputed?: true;
  readonly text: string;
}

/** What a reader may see, in words, in the order in which it was recorded. */
export const timelineItems = (
  events: readonly VisibleEvent[],
  language: TimelineLanguage,
  names: Names,
): readonly TimelineItem[] => {
  const sentences = languages[language];
  const around = surroundingsOf(events, names);
  return events.map((event) => {
    const { eventId, type, revision, recordedAt, recordedBy, corrected } = event;
    const marks = {
      ...(corrected && { corrected }),
      ...(around.isDisputed(eventId) && { disputed: true as const }),
    };
    const text = [
      told(event, sentences, around),
      ...(marks.corrected ? [sentences.corrected] : []),
      ...(marks.disputed ? [sentences.disputed] : []),
    ].join(' ');
    return { eventId, type, revision, ...whenOf(event), recordedAt, recordedBy, ...marks, text };
  });
};

const languages: Readonly<Record<TimelineLanguage, Sentences>> = { de: german, en: english };

const told = (event: VisibleEvent, { tell }: Sentences, around: Surroundings): string => {
  const sentence = tell[event.type] as (data: VisibleEvent['data'], around: Surroundings) => string;
  return sentence(event.data, around);
};
