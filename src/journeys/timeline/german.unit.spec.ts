import { describe, expect, it } from '@jest/globals';
import { everyEventInTurn, everyEventType } from '../../../test/support/every-event.js';
import { integrationManagement, reference } from '../../../test/support/office.js';
import { processFieldsOnly, recorded } from '../../../test/support/recorded.js';
import type { JourneyEventType } from '../domain/events.js';
import type { VisibleEvent } from '../domain/journey.js';
import { namesFor, timelineItems } from './index.js';

const told = (events: readonly VisibleEvent[], type: JourneyEventType): string | undefined =>
  timelineItems(events, 'de', namesFor(integrationManagement, reference)).find((item) => item.type === type)
    ?.text;

describe('the timeline in German', () => {
  it.each(everyEventType)('tells all that %s says', (type) => {
    expect(told(recorded(everyEventInTurn), type)).toBe(everything[type]);
  });

  it.each(everyEventType)('tells %s whole where a reader sees nothing but that it happened', (type) => {
    expect(told(recorded(everyEventInTurn).map(processFieldsOnly), type)).toBe(processOnly[type]);
  });
});

const everything: Readonly<Record<JourneyEventType, string>> = {
  JourneyOpened:
    'KIM Bergkamen hat die Begleitung am 2. März 2026 in Bergkamen aufgenommen. Zugang: Jobcenter. ' +
    'Empfohlen von: „Frau Sommer vom Jobcenter“. Aufenthalt: Vorübergehender Schutz (§ 24 AufenthG). ' +
    'Bevorzugte Sprache: Ukrainisch. Sprachmittlung wird gebraucht. Wunsch für die Beratung: Beraterin. ' +
    'Wunsch für die Sprachmittlung: Sprachmittlerin. Sozialraum: Oberaden. Anliegen: „Sucht Arbeit in der ' +
    'Pflege.“',
  ConsentGiven:
    'Die ratsuchende Person hat eine Einwilligung erteilt: Austausch zwischen beteiligten Stellen. Sie ' +
    'gilt ab dem 3. März 2026 bis zum 2. März 2027. Für: Jobcenter Kreis Unna; Migrationsberatung für ' +
    'erwachsene Zugewanderte. Datenkategorien: Arbeit und Beruf; Bedarfe; Gesundheit (Art. 9 DSGVO). Sie ' +
    'nennt ausdrücklich, was Art. 9 DSGVO besonders schützt. Form: Schriftlich. Sprache: Ukrainisch. Mit ' +
    'Sprachmittlung. Zweck, Folgen einer Verweigerung und Widerruflichkeit wurden erklärt.',
  ContactRecorded:
    'Es gab einen Kontakt von 45 Minuten: Hausbesuch. Sprache: Ukrainisch. Mit einer Sprachmittlerin. ' +
    'Außerdem anwesend: „die Schwester“; „Herr Kern (Paten)“. Notiz: „Die Wohnung ist feucht!“',
  NeedIdentified:
    'Ein Bedarf wurde am 2. März 2026 festgestellt: Wohnen und Wohnumfeld. Dringlichkeit: Hoch. ' +
    'Beschreibung: „Schimmel im Kinderzimmer“. Wunsch der ratsuchenden Person: „Eine trockene Wohnung in ' +
    'Oberaden.“',
  PotentialIdentified:
    'Ein Potenzial wurde festgestellt: Sprachkenntnisse. Sprache: Englisch. Sprachniveau: B2 – gute ' +
    'Mittelstufe. Bildungsstufe: ISCED 6 – Bachelor oder gleichwertig. Beschreibung: „Hat an der ' +
    'Universität auf Englisch gelernt.“',
  LifeStoryRecorded:
    'Die ratsuchende Person hat aus ihrem Leben erzählt. In ihren eigenen Worten: „Ich war ' +
    'Krankenschwester in Charkiw.“',
  GoalAgreed:
    'Ein Ziel wurde vereinbart, fällig am 1. September 2026. Ziel: „Umzug in eine trockene Wohnung“. ' +
    'Gemessen daran: „Mietvertrag“. Zum Bedarf: Wohnen und Wohnumfeld. Die ratsuchende Person hat ' +
    'zugestimmt.',
  MeasurePlanned:
    'Eine Maßnahme wurde geplant, fällig am 1. April 2026. Maßnahme: „Wohnberechtigungsschein ' +
    'beantragen“. Das übernimmt: Ratsuchende Person. Zum Ziel: „Umzug in eine trockene Wohnung“.',
  MeasureCompleted:
    'Eine Maßnahme wurde erledigt. Maßnahme: „Wohnberechtigungsschein beantragen“. Notiz: „Liegt vor.“',
  GoalReviewed:
    'Ein Ziel wurde überprüft. Ergebnis: Teilweise erreicht. Ziel: „Umzug in eine trockene Wohnung“. ' +
    'Notiz: „Zwei Besichtigungen.“',
  ReferralMade:
    'Die ratsuchende Person wurde an „Migrationsberatung für erwachsene Zugewanderte“ vermittelt. Art: ' +
    'Mit Rückmeldung der aufnehmenden Stelle. Zum Bedarf: Wohnen und Wohnumfeld. Notiz: „Bitte vor ' +
    'Ostern.“',
  ReferralAccepted:
    'Die Vermittlung an „Migrationsberatung für erwachsene Zugewanderte“ wurde am 3. März 2026 ' +
    'angenommen. Notiz: „Termin am Montag.“',
  ReferralStarted:
    'Die Vermittlung an „Migrationsberatung für erwachsene Zugewanderte“ wurde am 3. März 2026 begonnen. ' +
    'Notiz: „War da.“',
  ReferralCompleted:
    'Die Vermittlung an „Migrationsberatung für erwachsene Zugewanderte“ wurde am 3. März 2026 ' +
    'abgeschlossen. Ergebnis: Ziel erreicht. Notiz: „Antrag gestellt.“',
  ReferralDeclined:
    'Die Vermittlung an „Migrationsberatung für erwachsene Zugewanderte“ wurde am 3. März 2026 abgelehnt. ' +
    'Grund: Keine freien Plätze. Notiz: „Warteliste bis Mai.“',
  ReferralCancelled:
    'Die Vermittlung an „Migrationsberatung für erwachsene Zugewanderte“ wurde am 3. März 2026 ' +
    'zurückgenommen. Die Einwilligung dazu wurde widerrufen. Notiz: „Die Stelle weiß Bescheid.“',
  ConsentWithdrawn:
    'Die ratsuchende Person hat am 3. März 2026 eine Einwilligung widerrufen: Austausch zwischen ' +
    'beteiligten Stellen. Weg: Brief.',
  NeedResolved: 'Ein Bedarf ist gedeckt: Wohnen und Wohnumfeld. Notiz: „Der Vermieter hat saniert.“',
  HandoverProposed:
    'Es wurde vorgeschlagen, die ratsuchende Person an „Jobcenter Kreis Unna“ zu übergeben: Grundsicherung für Arbeitsuchende (SGB II). Datenkategorien: Angaben zur Person; Arbeit und Beruf. Rechtskreis: von AsylbLG – Asylbewerberleistungen zu SGB II – Grundsicherung für Arbeitsuchende. Zweck: „Aufnahme einer Arbeit in der Pflege“. Begründung: „Leistungen ab April beim Jobcenter.“',
  HandoverReturned:
    'Die Übergabe an „Jobcenter Kreis Unna“ wurde zur Überarbeitung zurückgegeben. Grund: Angaben fehlen. Notiz: „Bitte mit Sprachstand.“',
  HandoverApproved:
    'Die Übergabe an „Jobcenter Kreis Unna“ wurde freigegeben und angeboten. Geprüft: „Einwilligung gesehen“.',
  HandoverInformationRequested:
    'Die aufnehmende Stelle hat um Auskunft gebeten. Frage: „Liegt die Anerkennung vor?“',
  HandoverInformationProvided:
    'Die Frage der aufnehmenden Stelle wurde beantwortet. Datenkategorie: Arbeit und Beruf. Antwort: „Der Antrag läuft seit Februar.“',
  HandoverDeclined:
    'Die Übergabe an „Jobcenter Kreis Unna“ wurde abgelehnt. Grund: Keine freien Kapazitäten. Notiz: „Erst ab Mai.“',
  HandoverWithdrawn: 'Die Übergabe an „Jobcenter Kreis Unna“ wurde durch einen neuen Vorschlag ersetzt.',
  HandoverLapsed: 'Die Übergabe ist hinfällig: Die Einwilligung, auf der sie beruhte, ist abgelaufen.',
  HandoverEscalated: 'Die Entscheidung über die Übergabe ist seit dem 10. März 2026 überfällig.',
  HandoverAccepted:
    'Jobcenter Kreis Unna hat die ratsuchende Person übernommen. Begründung: „Einzige mit Ukrainisch im Jobcenter“.',
  HandoverCompleted:
    'Die neue Stelle hat mit der ratsuchenden Person gesprochen: Die Übergabe ist abgeschlossen.',
  JourneyAssigned:
    'Für die Begleitung ist jetzt Fallmanagement Bergkamen 2 zuständig (KIM Bergkamen). Begründung: ' +
    '„Einziger mit Ukrainisch“.',
  LegalDomainEntered:
    'Die ratsuchende Person ist am 1. Januar 2026 in einen Rechtskreis eingetreten: SGB II – ' +
    'Grundsicherung für Arbeitsuchende.',
  LegalDomainLeft:
    'Die ratsuchende Person hat am 28. Februar 2026 einen Rechtskreis verlassen: SGB II – Grundsicherung ' +
    'für Arbeitsuchende.',
  DataDisputed:
    'Die ratsuchende Person bestreitet, dass der Eintrag „Bedarf“ vom 2. März 2026 richtig ist. Ihre ' +
    'Darstellung: „Der Schimmel ist im Bad.“',
  DisputeResolved:
    'Es ist entschieden, ob der Eintrag „Bedarf“ vom 2. März 2026 richtig ist. Begründet: die Angabe wird ' +
    'berichtigt. Notiz: „Foto gesehen.“',
  DataCorrected:
    'Berichtigt wurde der Eintrag „Bedarf“ vom 2. März 2026. Es geht um: Beschreibung; Dringlichkeit.',
  JourneyClosed: 'Die Begleitung wurde abgeschlossen. Ergebnis: Verzogen. Begründung: „Umzug nach Hamm“.',
  JourneyReopened: 'Die Begleitung wurde wieder aufgenommen. Begründung: „Zurückgezogen“.',
};

const processOnly: Readonly<Record<JourneyEventType, string>> = {
  JourneyOpened: 'KIM Bergkamen hat die Begleitung am 2. März 2026 in Bergkamen aufgenommen.',
  ConsentGiven:
    'Die ratsuchende Person hat eine Einwilligung erteilt: Austausch zwischen beteiligten Stellen. Sie ' +
    'gilt ab dem 3. März 2026 bis zum 2. März 2027. Für: Jobcenter Kreis Unna; Migrationsberatung für ' +
    'erwachsene Zugewanderte.',
  ContactRecorded: 'Es gab einen Kontakt.',
  NeedIdentified: 'Ein Bedarf wurde festgestellt.',
  PotentialIdentified: 'Ein Potenzial wurde festgestellt.',
  LifeStoryRecorded: 'Die ratsuchende Person hat aus ihrem Leben erzählt.',
  GoalAgreed: 'Ein Ziel wurde vereinbart.',
  MeasurePlanned: 'Eine Maßnahme wurde geplant.',
  MeasureCompleted: 'Eine Maßnahme wurde erledigt.',
  GoalReviewed: 'Ein Ziel wurde überprüft.',
  ReferralMade: 'Die ratsuchende Person wurde vermittelt.',
  ReferralAccepted: 'Die Vermittlung wurde angenommen.',
  ReferralStarted: 'Die Vermittlung wurde begonnen.',
  ReferralCompleted: 'Die Vermittlung wurde abgeschlossen.',
  ReferralDeclined: 'Die Vermittlung wurde abgelehnt.',
  ReferralCancelled: 'Die Vermittlung wurde zurückgenommen.',
  ConsentWithdrawn:
    'Die ratsuchende Person hat am 3. März 2026 eine Einwilligung widerrufen: Austausch zwischen ' +
    'beteiligten Stellen.',
  NeedResolved: 'Ein Bedarf ist gedeckt.',
  HandoverProposed:
    'Es wurde vorgeschlagen, die ratsuchende Person an „Jobcenter Kreis Unna“ zu übergeben: Grundsicherung für Arbeitsuchende (SGB II).',
  HandoverReturned: 'Die Übergabe an „Jobcenter Kreis Unna“ wurde zur Überarbeitung zurückgegeben.',
  HandoverApproved: 'Die Übergabe an „Jobcenter Kreis Unna“ wurde freigegeben und angeboten.',
  HandoverInformationRequested: 'Die aufnehmende Stelle hat um Auskunft gebeten.',
  HandoverInformationProvided: 'Die Frage der aufnehmenden Stelle wurde beantwortet.',
  HandoverDeclined: 'Die Übergabe an „Jobcenter Kreis Unna“ wurde abgelehnt.',
  HandoverWithdrawn: 'Die Übergabe an „Jobcenter Kreis Unna“ wurde durch einen neuen Vorschlag ersetzt.',
  HandoverLapsed: 'Die Übergabe ist hinfällig: Die Einwilligung, auf der sie beruhte, ist abgelaufen.',
  HandoverEscalated: 'Die Entscheidung über die Übergabe ist seit dem 10. März 2026 überfällig.',
  HandoverAccepted: 'Jobcenter Kreis Unna hat die ratsuchende Person übernommen.',
  HandoverCompleted:
    'Die neue Stelle hat mit der ratsuchenden Person gesprochen: Die Übergabe ist abgeschlossen.',
  JourneyAssigned: 'Für die Begleitung ist jetzt Fallmanagement Bergkamen 2 zuständig (KIM Bergkamen).',
  LegalDomainEntered: 'Die ratsuchende Person ist in einen Rechtskreis eingetreten.',
  LegalDomainLeft: 'Die ratsuchende Person hat einen Rechtskreis verlassen.',
  DataDisputed: 'Die ratsuchende Person bestreitet, dass der Eintrag „Bedarf“ vom 3. März 2026 richtig ist.',
  DisputeResolved: 'Es ist entschieden, ob der Eintrag „Bedarf“ vom 3. März 2026 richtig ist.',
  DataCorrected: 'Berichtigt wurde der Eintrag „Bedarf“ vom 3. März 2026.',
  JourneyClosed: 'Die Begleitung wurde abgeschlossen.',
  JourneyReopened: 'Die Begleitung wurde wieder aufgenommen.',
};
