import type { ConsentPurpose, DataCategory, WithdrawalChannel } from '../journeys/index.js';
import { addDays } from '../reference/index.js';
import type { Tale } from './tale.js';

/** What a client agrees to today, in their own language where there is a text in it. Gives the consent's id. */
export const giveConsent = (
  { story, chance, person, reference }: Tale,
  purpose: ConsentPurpose,
  recipients: readonly string[],
  dataCategories: readonly DataCategory[],
  validUntil = chance.happens(0.5) ? addDays(story.today(), chance.oneOf([180, 365, 730])) : undefined,
): string => {
  const texts = reference.consentTexts.filter((text) => text.purpose === purpose);
  const spoken = person.preferredLanguage === 'ku' ? 'kmr' : person.preferredLanguage;
  const text =
    texts.find(({ language }) => language === spoken) ?? texts.find(({ language }) => language === 'de');
  if (!text) throw new RangeError(`There is no text for a consent to ${purpose}`);
  return story.add({
    type: 'GiveConsent',
    purpose,
    dataCategories,
    recipients,
    form: chance.happens(0.8) ? 'written' : 'electronic',
    language: text.language,
    textHash: text.textHash,
    informed: { purpose: true, refusal: true, revocability: true },
    validFrom: story.today(),
    ...(validUntil !== undefined && { validUntil }),
    ...(dataCategories.includes('health') && { includesArticle9: true }),
  });
};

/** To the owner's own keeping of what it learns. */
export const consentToCare = (tale: Tale): string =>
  giveConsent(
    tale,
    'case-management',
    [tale.story.owner().organisationId],
    ['identity', 'contact', 'language', 'needs', 'plan', 'health'],
  );

export const withdrawConsent = ({ story, chance }: Tale, consentId: string): void => {
  story.add({
    type: 'WithdrawConsent',
    consentId,
    channel: chance.weighted<WithdrawalChannel>({
      'in-person': 50,
      phone: 20,
      letter: 15,
      email: 12,
      portal: 3,
    }),
  });
};
