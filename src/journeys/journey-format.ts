import type { StreamFormat } from '../record/codec.js';
import type { JourneyEvent } from './domain/events.js';
import { journeyFields } from './domain/field-table.js';

export const journeyFormat: StreamFormat<JourneyEvent> = { fields: journeyFields, upcasters: {} };

export const journeyStream = (journeyId: string): string => `journey-${journeyId}`;
