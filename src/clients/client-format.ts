import type { StreamFormat } from '../record/index.js';
import type { ClientEvent } from './domain/events.js';
import { clientFields } from './domain/field-table.js';

export const clientFormat: StreamFormat<ClientEvent> = {
  fields: clientFields,
  upcasters: {},
  decisiveSeals: new Set<ClientEvent['type']>(['ClientRegistered', 'ClientCorrected']),
};

export const clientStream = (clientId: string): string => `client-${clientId}`;
