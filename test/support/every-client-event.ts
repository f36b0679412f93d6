import type { ClientEventData, ClientEventType } from '../../src/clients/domain/events.js';

type EveryField<T> = { readonly [F in keyof T]-?: Exclude<T[F], undefined> };

/** One event of every type on a client with every field that it can have. */
export const everyClientEvent: { readonly [T in ClientEventType]: EveryField<ClientEventData[T]> } = {
  ClientRegistered: {
    clientId: '5e0b7d52-7d5c-5b0e-9d3f-0c5d1b6f7a02',
    givenName: 'Олена',
    familyName: 'Ковальчук-Çelik',
    otherNames: ['Olena Kovalchuk'],
    birthDate: '1991-05-17',
    birthYear: 1991,
    sex: 'f',
    nationality: 'UKR',
    languages: ['uk', 'ru', 'kmr'],
    phone: '+49 2307 965-0',
    email: 'olena@example.org',
    address: { street: 'Jahnstraße 12 a', postalCode: '59192', town: 'Bergkamen' },
  },
  ClientCorrected: {
    reason: 'Ausweis vorgelegt\nund verglichen',
    givenName: 'Оле́на',
    familyName: 'Ковальчук',
    otherNames: [],
    birthDate: '1991-05-18',
    birthYear: 1992,
    sex: 'x',
    nationality: 'XXA',
    languages: ['uk'],
    phone: '(02307) 965/1',
    email: 'o.k@example.org',
    address: { street: 'Am Markt 1', postalCode: '59174', town: 'Kamen' },
  },
  JourneyLinked: { journeyId: '5e0b7d52-7d5c-5b0e-9d3f-0c5d1b6f7a01' },
  ClientsMerged: {
    survivorClientId: '5e0b7d52-7d5c-5b0e-9d3f-0c5d1b6f7a02',
    duplicateClientId: '5e0b7d52-7d5c-5b0e-9d3f-0c5d1b6f7a0b',
  },
};

export const everyClientEventType = Object.keys(everyClientEvent) as readonly ClientEventType[];
