/** Bodies as a case manager of Bergkamen sends them. */
export const olena = {
  givenName: 'Олена',
  familyName: 'Мельник',
  birthDate: '1990-02-03',
  sex: 'f',
  nationality: 'UKR',
  languages: ['uk', 'ru'],
  phone: '+49 151 2345678',
  address: { street: 'Bahnhofstraße 4', postalCode: '59192', town: 'Bergkamen' },
} as const;

export const opening = (clientId: string) => ({
  clientId,
  municipality: '05978004',
  accessRoute: 'volunteers',
  residenceGroup: 'temporary-protection',
  preferredLanguage: 'uk',
  interpreterNeeded: true,
  counsellorPreference: 'woman',
  concern: 'Sucht einen Sprachkurs',
});

export const need = {
  fieldOfAction: 'language-education',
  urgency: 'high',
  description: 'Möchte schnell Deutsch lernen',
} as const;

export const consent = (recipients: readonly string[], purpose = 'information-exchange') => ({
  purpose,
  dataCategories: ['identity', 'needs'],
  recipients,
  form: 'written',
  language: 'uk',
  textHash: '0'.repeat(64),
  informed: { purpose: true, refusal: true, revocability: true },
  validFrom: '2026-01-01',
});
