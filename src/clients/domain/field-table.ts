import type { FieldRule, FieldTable } from '../../record/field-table.js';
import type { ClientDetails, ClientEventData } from './events.js';

/** Every field of a client and its one data category (`domain.md`). All of them are sealed. */
export const clientDetailFields = {
  givenName: 'sealed identity',
  familyName: 'sealed identity',
  otherNames: 'sealed identity',
  birthDate: 'sealed identity',
  birthYear: 'sealed identity',
  sex: 'sealed identity',
  nationality: 'sealed identity',
  languages: 'sealed language',
  phone: 'sealed contact',
  email: 'sealed contact',
  address: 'sealed contact',
} as const satisfies { readonly [F in keyof ClientDetails]-?: FieldRule };

export const clientFields = {
  ClientRegistered: {
    entry: 'process',
    fields: { clientId: 'plain process', ...clientDetailFields },
  },
  ClientCorrected: {
    entry: 'process',
    fields: { reason: 'sealed notes', ...clientDetailFields },
  },
  JourneyLinked: {
    entry: 'process',
    fields: { journeyId: 'plain process' },
  },
  ClientsMerged: {
    entry: 'process',
    fields: { survivorClientId: 'plain process', duplicateClientId: 'plain process' },
  },
} as const satisfies FieldTable<ClientEventData>;
