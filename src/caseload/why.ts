import type { Due } from '../journeys/index.js';

export type WhyLanguage = 'de' | 'en';

/** What waits, and since or until when, in a sentence: "first contact due since Tuesday". */
export const why = (what: Due['what'], on: string, today: string, language: WhyLanguage): string => {
  const { subject, due, since, until, today: now, tomorrow } = words[language];
  const days = daysBetween(today, on);
  const day = Math.abs(days) < 7 ? weekday(on, language) : date(on, language);
  if (days < 0) return `${subject[what]} ${due} ${since} ${day}`;
  if (days === 0) return `${subject[what]} ${due} ${now}`;
  return `${subject[what]} ${due} ${days === 1 ? tomorrow : `${until} ${day}`}`;
};

export const nothingWaits: Readonly<Record<WhyLanguage, string>> = {
  de: 'Zurzeit ist nichts fällig',
  en: 'Nothing is due at the moment',
};

const words = {
  de: {
    subject: {
      'first-contact': 'Erstes Gespräch',
      'goal-review': 'Überprüfung eines Ziels',
      measure: 'Maßnahme',
      'referral-outcome': 'Ergebnis einer Vermittlung',
      'consent-ends': 'Erneuerung einer Einwilligung',
      'case-management-consent': 'Einwilligung zu Gesundheits- oder Schutzdaten',
      'handover-review': 'Prüfung einer Übergabe',
      'handover-decision': 'Entscheidung über eine Übergabe',
      'follow-up': 'Nachbefragung',
    },
    due: 'fällig',
    since: 'seit',
    until: 'am',
    today: 'heute',
    tomorrow: 'morgen',
  },
  en: {
    subject: {
      'first-contact': 'First contact',
      'goal-review': 'Review of a goal',
      measure: 'Measure',
      'referral-outcome': 'Outcome of a referral',
      'consent-ends': 'Renewal of a consent',
      'case-management-consent': 'Consent to health or protection data',
      'handover-review': 'Review of a handover',
      'handover-decision': 'Decision on a handover',
      'follow-up': 'Follow-up',
    },
    due: 'due',
    since: 'since',
    until: 'on',
    today: 'today',
    tomorrow: 'tomorrow',
  },
} as const satisfies Record<WhyLanguage, { subject: Record<Due['what'], string> } & Record<string, unknown>>;

const locale = { de: 'de-DE', en: 'en-GB' } as const;
const formats = {
  de: formatsOf('de'),
  en: formatsOf('en'),
};

function formatsOf(language: WhyLanguage) {
  return {
    weekday: new Intl.DateTimeFormat(locale[language], { weekday: 'long', timeZone: 'UTC' }),
    date: new Intl.DateTimeFormat(locale[language], { dateStyle: 'long', timeZone: 'UTC' }),
  };
}

const midnight = (day: string): Date => new Date(`${day}T00:00:00Z`);

const weekday = (day: string, language: WhyLanguage): string =>
  formats[language].weekday.format(midnight(day));

const date = (day: string, language: WhyLanguage): string => formats[language].date.format(midnight(day));

const daysBetween = (from: string, to: string): number =>
  (midnight(to).getTime() - midnight(from).getTime()) / 86_400_000;
