/** What case managers write, in a few variations. */
export const concerns = [
  'Sucht einen Integrationskurs mit Kinderbetreuung',
  'Wohnung ist zu klein für die Familie',
  'Berufsabschluss soll anerkannt werden',
  'Versteht die Schreiben der Ämter nicht',
  'Kind hat noch keinen Kitaplatz',
  'Aufenthaltstitel läuft bald ab',
  'Möchte wieder im erlernten Beruf arbeiten',
];
export const wordings = [
  'Ich habe in sechs Monaten das Niveau B1',
  'Ich wohne mit meiner Familie in einer eigenen Wohnung',
  'Mein Abschluss ist anerkannt',
  'Ich habe eine Arbeit, von der ich leben kann',
  'Mein Kind geht in die Kita',
];
export const measures = [
  'Kurs anmelden',
  'Unterlagen übersetzen lassen',
  'Termin beim Jobcenter begleiten',
  'Antrag stellen',
];
export const notes = [
  'Unterlagen gemeinsam durchgesehen',
  'Termin vereinbart',
  'Nächste Schritte besprochen',
];
export const trades = [
  'Acht Jahre als Näherin',
  'Gelernter Elektriker',
  'Krankenpflege, fünf Jahre',
  'Eigener Imbiss',
];
export const streets = [
  'Bahnhofstraße',
  'Kirchweg',
  'Präsidentenstraße',
  'Am Markt',
  'Lünener Straße',
  'Nordring',
];
export const questions = [
  'Seit wann besteht die Adresse?',
  'Welches Sprachniveau liegt vor?',
  'Liegt der Bescheid schon vor?',
];
export const answers = ['Seit drei Monaten', 'Zuletzt A2, Kurs läuft', 'Der Bescheid wird nachgereicht'];
