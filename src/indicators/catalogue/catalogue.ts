import { journeyFormat } from '../../journeys/index.js';
import type { Label } from '../../reference/index.js';
import type { Definition, Figure, Indicator, Unit } from './indicator.js';
import * as observed from './observations.js';

const words = (de: string, en: string): Label => ({ de, en });

const rules = {
  openings: words(
    'Journeys nach dem Quartal ihrer Eröffnung',
    'Journeys by the quarter in which they were opened',
  ),
  atEnd: words('Stand am letzten Tag des Quartals', 'As it stands on the last day of the quarter'),
  during: words('Ereignisse des Quartals', 'What happened in the quarter'),
  needs: words(
    'Bedarfe nach dem Quartal ihrer Feststellung',
    'Needs by the quarter in which they were found',
  ),
  referrals: words(
    'Vermittlungen nach dem Quartal ihres Beginns',
    'Referrals by the quarter in which they were made',
  ),
  handovers: words(
    'Übergaben nach dem Quartal des Vorschlags',
    'Handovers by the quarter in which they were proposed',
  ),
};
const none = words('Keine offenen Fälle', 'There are no open cases');
const open = words(
  'Noch offene Fälle, deren Frist läuft, sind zensiert: sie zählen weder als Erfolg noch als Misserfolg',
  'Open cases whose time is not over are censored: they count neither as success nor as failure',
);
const share = words('Anteil', 'Share');
const number = words('Anzahl', 'Number');
const medianDays = words('Median in Kalendertagen, als Spanne', 'Median of calendar days, as a band');
const medianWorkingDays = words('Median in Arbeitstagen, als Spanne', 'Median of working days, as a band');
const openings = words('Eröffnungen', 'Openings');
const active = words('Aktive Journeys', 'Active journeys');

interface Entry {
  readonly title: readonly [string, string];
  readonly numerator: readonly [string, string];
  readonly denominator?: Label;
  readonly statistic: Label;
  readonly timeRule: Label;
  readonly censoring?: Label;
  readonly unit?: Unit;
  readonly by?: Indicator['ownDimensions'];
  readonly counts?: readonly string[];
  readonly figures?: readonly Figure[];
}

const indicator = (code: string, entry: Entry): Indicator => {
  const definition: Definition = {
    numerator: words(...entry.numerator),
    ...(entry.denominator && { denominator: entry.denominator }),
    statistic: entry.statistic,
    timeRule: entry.timeRule,
    censoring: entry.censoring ?? none,
  };
  return {
    code,
    title: words(...entry.title),
    definition,
    unit: entry.unit ?? 'journey',
    ownDimensions: entry.by ?? [],
    counts: entry.counts ?? ['JourneyOpened'],
    figures: entry.figures ?? [],
  };
};

/** All indicators, in the order in which they are listed. Some wait for the events that they count. */
export const catalogue: readonly Indicator[] = [
  indicator('reach', {
    title: ['Reichweite', 'Reach'],
    numerator: ['Personen mit einer Aufnahme im Quartal', 'Persons with an intake in the quarter'],
    denominator: words(
      'Je 1.000 Einwohnerinnen und Einwohner mit Einwanderungsgeschichte, wo deren Zahl hinterlegt ist',
      'Per 1,000 residents with a history of immigration, where their number is configured',
    ),
    statistic: number,
    timeRule: rules.openings,
    unit: 'person',
    figures: [observed.reach],
  }),
  indicator('caseload', {
    title: ['Aktive Journeys', 'Active caseload'],
    numerator: ['Am Ende des Quartals offene Journeys', "Journeys open at the quarter's end"],
    statistic: number,
    timeRule: rules.atEnd,
    figures: [observed.caseload],
  }),
  indicator('access-route', {
    title: ['Zugangswege', 'Access route'],
    numerator: ['Aufnahmen nach vermittelnder Stelle', 'Intakes by referring actor'],
    statistic: number,
    timeRule: rules.openings,
    figures: [observed.accessRoute],
  }),
  indicator('time-to-first-contact', {
    title: ['Zeit bis zum ersten Gespräch', 'Time to the first meeting'],
    numerator: ['Tage von der Eröffnung bis zum ersten Kontakt', 'Days from opening to first contact'],
    statistic: medianDays,
    timeRule: rules.openings,
    censoring: open,
    figures: [observed.timeToFirstContact],
  }),
  indicator('first-contact-14d', {
    title: ['Erstes Gespräch binnen 14 Tagen', 'First meeting within 14 days'],
    numerator: ['Binnen 14 Tagen nach Eröffnung getroffen', 'Met within 14 days of opening'],
    denominator: openings,
    statistic: share,
    timeRule: rules.openings,
    censoring: open,
    figures: [observed.firstContactInTime],
  }),
  indicator('consent-coverage', {
    title: ['Einwilligungen', 'Consent coverage'],
    numerator: ['Aktive Journeys mit wirksamer Einwilligung', 'Active journeys with a consent in force'],
    denominator: active,
    statistic: share,
    timeRule: rules.atEnd,
    figures: [observed.consentCoverage],
  }),
  indicator('withdrawal-rate', {
    title: ['Widerrufe', 'Withdrawals'],
    numerator: ['Im Quartal widerrufene Einwilligungen', 'Consents withdrawn in the quarter'],
    denominator: words('Im Quartal wirksame Einwilligungen', 'Consents in force in the quarter'),
    statistic: share,
    timeRule: rules.during,
    unit: 'event',
    figures: [observed.withdrawals],
  }),
  indicator('assessment-30d', {
    title: ['Bedarfsklärung binnen 30 Tagen', 'Assessment within 30 days'],
    numerator: [
      'Erster Bedarf oder erstes Potenzial binnen 30 Tagen festgestellt',
      'First need or potential within 30 days',
    ],
    denominator: openings,
    statistic: share,
    timeRule: rules.openings,
    censoring: open,
    figures: [observed.assessedInTime],
  }),
  indicator('plan-rate', {
    title: ['Hilfeplanung', 'Plan rate'],
    numerator: [
      'Journeys mit einem Ziel, dem die Person zugestimmt hat',
      'Journeys with a goal that the client has agreed to',
    ],
    denominator: words('Journeys mit Bedarfsklärung', 'Assessed journeys'),
    statistic: share,
    timeRule: words(
      'Journeys nach dem Quartal ihres ersten Bedarfs oder Potenzials',
      'Journeys by the quarter of their first need or potential',
    ),
    censoring: open,
    figures: [observed.planned],
  }),
  indicator('goal-attainment', {
    title: ['Zielerreichung', 'Goals attained'],
    numerator: ['Erreichte Ziele', 'Goals attained'],
    denominator: words('Im Quartal überprüfte Ziele', 'Goals reviewed in the quarter'),
    statistic: share,
    timeRule: rules.during,
    unit: 'event',
    figures: [observed.goalsAttained],
  }),
  indicator('referrals-per-journey', {
    title: ['Vermittlungen je Journey', 'Referrals per journey'],
    numerator: ['Vermittlungen im Quartal', 'Referrals made in the quarter'],
    denominator: words('Im Quartal aktive Journeys', 'Journeys active in the quarter'),
    statistic: words('Verhältnis', 'Ratio'),
    timeRule: rules.during,
    unit: 'event',
    figures: [observed.referralsPerJourney],
  }),
  indicator('referral-uptake', {
    title: ['Angetretene Vermittlungen', 'Uptake of referrals'],
    numerator: [
      'Begonnene Vermittlungen, auch wenn nur ihr Ergebnis erfasst ist',
      'Referrals that started, also where nothing but their outcome is recorded',
    ],
    denominator: words('Vermittlungen', 'Referrals made'),
    statistic: share,
    timeRule: rules.referrals,
    censoring: open,
    unit: 'event',
    figures: [observed.uptake],
  }),
  indicator('referral-closed-loop-90d', {
    title: ['Rückmeldung binnen 90 Tagen', 'Closed loop within 90 days'],
    numerator: [
      'Ergebnis binnen 90 Tagen bekannt; eine Ablehnung ist keines',
      'Outcome known within 90 days; a decline is none',
    ],
    denominator: words('Vermittlungen', 'Referrals made'),
    statistic: share,
    timeRule: rules.referrals,
    censoring: open,
    unit: 'event',
    figures: [observed.closedLoop],
  }),
  indicator('unmet-need', {
    title: ['Bedarfe ohne Antwort', 'Needs without an answer'],
    numerator: ['Nach 60 Tagen weder vermittelt noch gelöst', 'Neither referred nor resolved after 60 days'],
    denominator: words('Bedarfe', 'Needs'),
    statistic: share,
    timeRule: rules.needs,
    censoring: open,
    unit: 'event',
    by: ['fieldOfAction'],
    figures: [observed.unmetNeeds],
  }),
  indicator('time-to-support', {
    title: ['Zeit bis zur Unterstützung', 'Time to support'],
    numerator: [
      'Tage vom Bedarf bis zum Beginn einer Vermittlung dafür oder bis zur Lösung',
      'Days from a need to the start of a referral for it or its resolution',
    ],
    statistic: medianDays,
    timeRule: rules.needs,
    censoring: open,
    unit: 'event',
    by: ['fieldOfAction'],
    figures: [observed.timeToSupport],
  }),
  indicator('preferred-language-share', {
    title: ['Beratung in der bevorzugten Sprache', 'Advice in the preferred language'],
    numerator: [
      'Kontakte in der bevorzugten Sprache, direkt oder gedolmetscht',
      'Contacts in the preferred language, direct or interpreted',
    ],
    denominator: words('Kontakte, ohne die gelöschter Personen', 'Contacts, without those of erased persons'),
    statistic: share,
    timeRule: rules.during,
    unit: 'event',
    figures: [observed.inPreferredLanguage],
  }),
  indicator('accompanied-handover', {
    counts: ['ParticipantJoined'],
    title: ['Begleitete Übergaben', 'Accompanied handovers'],
    numerator: ['Übergaben mit begleitender Organisation', 'Handovers with an accompanying organisation'],
    denominator: words('Angenommene Übergaben', 'Accepted handovers'),
    statistic: share,
    timeRule: rules.during,
    unit: 'event',
    by: ['legalDomainPair'],
  }),
  indicator('own-dwelling', {
    counts: ['CircumstancesChanged'],
    title: ['Auszug aus Gemeinschaftsunterkünften', 'Out of shared accommodation'],
    numerator: ['In eine eigene Wohnung gezogen', 'Moved to an own dwelling'],
    denominator: words(
      'Zu Beginn des Quartals in Gemeinschaftsunterkünften',
      "In shared accommodation at the quarter's start",
    ),
    statistic: share,
    timeRule: rules.during,
  }),
  indicator('lasting-outcome', {
    counts: ['FollowUpRecorded'],
    title: ['Nachhaltige Ergebnisse', 'Lasting outcomes'],
    numerator: ['Nachbefragungen mit anhaltendem Ergebnis', 'Follow-ups where the outcome has lasted'],
    denominator: words('Erreichte Nachbefragungen', 'Follow-ups reached'),
    statistic: share,
    timeRule: rules.during,
  }),
  indicator('cross-domain-share', {
    title: ['Rechtskreisübergreifende Journeys', 'Journeys across legal domains'],
    numerator: ['Journeys in zwei oder mehr Rechtskreisen', 'Journeys with two or more legal domains'],
    denominator: active,
    statistic: share,
    timeRule: rules.atEnd,
    figures: [observed.acrossLegalDomains],
  }),
  indicator('handover-acceptance-time', {
    counts: ['HandoverProposed'],
    title: ['Zeit bis zur Annahme einer Übergabe', 'Time to acceptance'],
    numerator: ['Arbeitstage vom Vorschlag bis zur Annahme', 'Working days from proposal to acceptance'],
    statistic: medianWorkingDays,
    timeRule: rules.handovers,
    censoring: open,
    unit: 'event',
    by: ['legalDomainPair'],
    figures: [observed.acceptanceTime],
  }),
  indicator('handover-acceptance-rate', {
    counts: ['HandoverProposed'],
    title: ['Annahme von Übergaben', 'Acceptance'],
    numerator: ['Angenommene Übergaben; Ablehnungen nach Grund', 'Handovers accepted; declines by reason'],
    denominator: words('Entschiedene Übergaben', 'Handovers decided'),
    statistic: share,
    timeRule: rules.during,
    unit: 'event',
    by: ['legalDomainPair'],
    figures: [observed.acceptanceRate, observed.declinesByReason],
  }),
  indicator('review-time', {
    counts: ['HandoverProposed'],
    title: ['Prüfung durch die Leitung', "Supervisor's review"],
    numerator: [
      'Arbeitstage vom Vorschlag bis zur Freigabe oder Rückgabe; Anteil der Rückgaben',
      'Working days from proposal to approval or return; share returned',
    ],
    statistic: medianWorkingDays,
    timeRule: rules.handovers,
    censoring: open,
    unit: 'event',
    by: ['legalDomainPair'],
    figures: [observed.reviewTime, observed.returnedShare],
  }),
  indicator('handover-dropout', {
    counts: ['HandoverProposed'],
    title: ['Nach einer Übergabe verloren', 'Lost after a handover'],
    numerator: ['Ohne Kontakt binnen 30 Tagen', 'Without contact within 30 days'],
    denominator: words('Angenommene Übergaben', 'Accepted handovers'),
    statistic: share,
    timeRule: words(
      'Übergaben nach dem Quartal der Annahme',
      'Handovers by the quarter in which they were accepted',
    ),
    censoring: open,
    unit: 'event',
    by: ['legalDomainPair'],
    figures: [observed.lostAfterHandover],
  }),
  indicator('closure-outcome', {
    title: ['Abschlüsse', 'Outcomes'],
    numerator: [
      'Abschlüsse nach Ergebnis, je Journey der letzte des Quartals',
      'Closures by outcome, of each journey the last in the quarter',
    ],
    statistic: number,
    timeRule: rules.during,
    figures: [observed.closuresByOutcome],
  }),
  indicator('benefit-gap', {
    title: ['Lücke beim Übergang zwischen Rechtskreisen', 'Gap at a transition between legal domains'],
    numerator: [
      'Tage vom Ende im einen bis zum Beginn im anderen Rechtskreis',
      'Days from the end in one legal domain to the start in the next',
    ],
    statistic: medianDays,
    timeRule: words('Übergänge nach dem Quartal des Endes', 'Transitions by the quarter of the end'),
    censoring: open,
    unit: 'event',
    by: ['legalDomainPair'],
    figures: [observed.benefitGap],
  }),
  indicator('structural-issues', {
    counts: ['StructuralIssueRaised'],
    title: ['Strukturelle Themen', 'Structural issues'],
    numerator: ['Gelöste Themen', 'Issues resolved'],
    denominator: words('Eingebrachte Themen', 'Issues raised'),
    statistic: share,
    timeRule: rules.during,
    unit: 'event',
    by: ['fieldOfAction'],
  }),
];

export const indicatorOf = (code: string): Indicator | undefined =>
  catalogue.find((one) => one.code === code);

/** Whether anything is recorded yet of what it counts: only then it is in a release. */
export const isRecorded = ({ counts, figures }: Indicator): boolean =>
  figures.length > 0 && counts.every((type) => Object.hasOwn(journeyFormat.fields, type));
