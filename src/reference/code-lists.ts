import type * as codes from '../journeys/domain/codes.js';
import type { Role } from '../access/index.js';
import type { HandoverFunction, OrganisationKind } from './registers.js';

/** What people are shown for a code, German first. */
export interface Label {
  readonly de: string;
  readonly en: string;
}

type Labels<Code extends string> = Readonly<Record<Code, Label>>;
type CodeOf<List extends readonly string[]> = List[number];

const label = (de: string, en: string): Label => ({ de, en });

const counsellorPreference: Labels<codes.GenderPreference> = {
  woman: label('Beraterin', 'Woman'),
  man: label('Berater', 'Man'),
  none: label('Kein Wunsch', 'No preference'),
};

const interpreterPreference: Labels<codes.GenderPreference> = {
  woman: label('Sprachmittlerin', 'Woman'),
  man: label('Sprachmittler', 'Man'),
  none: label('Kein Wunsch', 'No preference'),
};

const gender: Labels<codes.Gender> = { woman: label('Frau', 'Woman'), man: label('Mann', 'Man') };

const sex: Labels<codes.Sex> = {
  f: label('Weiblich', 'Female'),
  m: label('Männlich', 'Male'),
  d: label('Divers', 'Diverse'),
  x: label('Keine Angabe', 'Not specified'),
};

const accessRoute: Labels<codes.AccessRoute> = {
  'own-initiative': label('Eigeninitiative', 'Own initiative'),
  'job-centre': label('Jobcenter', 'Job centre'),
  'immigration-office': label('Ausländerbehörde', 'Immigration office'),
  'social-office': label('Sozialamt', 'Social welfare office'),
  'youth-office': label('Jugendamt', 'Youth welfare office'),
  'advice-service': label('Beratungsstelle', 'Advice service'),
  school: label('Schule', 'School'),
  daycare: label('Kindertageseinrichtung', 'Day-care centre'),
  volunteers: label('Ehrenamtliche', 'Volunteers'),
  guide: label('Integrationslotsin oder -lotse', 'Integration guide'),
  'migrant-organisation': label('Migrantenorganisation', 'Migrant organisation'),
  'integration-council': label('Integrationsrat', 'Integration council'),
  'open-consultation': label('Offene Sprechstunde', 'Open consultation hour'),
  other: label('Sonstiger Zugang', 'Other'),
};

const residenceGroup: Labels<codes.ResidenceGroup> = {
  german: label('Deutsche Staatsangehörigkeit', 'German citizenship'),
  eu: label('Freizügigkeit (EU, EWR, Schweiz)', 'Freedom of movement (EU, EEA, Switzerland)'),
  protection: label(
    'Schutzberechtigung (Asyl, Flüchtlingseigenschaft, subsidiärer Schutz, Abschiebungsverbot)',
    'Protection status (asylum, refugee, subsidiary protection, ban on deportation)',
  ),
  'temporary-protection': label('Vorübergehender Schutz (§ 24 AufenthG)', 'Temporary protection'),
  'asylum-procedure': label('Aufenthaltsgestattung (laufendes Asylverfahren)', 'In the asylum procedure'),
  tolerated: label('Duldung (§ 60a AufenthG)', 'Tolerated stay (Duldung)'),
  family: label('Aufenthalt aus familiären Gründen', 'Residence for family reasons'),
  'work-study': label(
    'Aufenthalt zu Erwerbstätigkeit, Ausbildung oder Studium',
    'Residence for work or study',
  ),
  settlement: label('Niederlassungserlaubnis oder Daueraufenthalt-EU', 'Permanent residence'),
  other: label('Sonstiger Aufenthalt', 'Other'),
  unknown: label('Nicht bekannt', 'Not known'),
};

const housing: Labels<CodeOf<typeof codes.housings>> = {
  'shared-accommodation': label('Gemeinschaftsunterkunft', 'Shared accommodation'),
  'own-dwelling': label('Eigene Wohnung', 'Own dwelling'),
  'with-others': label('Bei anderen untergekommen', 'Staying with others'),
  none: label('Ohne Wohnung', 'Without a dwelling'),
};

const circumstancesKind: Labels<CodeOf<typeof codes.circumstancesKinds>> = {
  municipality: label('Wohnort (Gemeinde)', 'Municipality'),
  'social-area': label('Sozialraum', 'Social area'),
  'residence-group': label('Aufenthaltsgruppe', 'Residence group'),
  housing: label('Wohnform', 'Housing'),
  household: label('Haushalt', 'Household'),
  'counsellor-preference': label('Wunsch nach einer Beraterin oder einem Berater', 'Wish for counsellor'),
  'interpreter-preference': label(
    'Wunsch nach einer Sprachmittlerin oder einem Sprachmittler',
    'Wish for interpreter',
  ),
};

const contactKind: Labels<codes.ContactKind> = {
  office: label('Persönliches Gespräch im Büro', 'At the office'),
  phone: label('Telefonat', 'Phone call'),
  video: label('Videogespräch', 'Video call'),
  'home-visit': label('Hausbesuch', 'Home visit'),
  'walk-and-talk': label('Walk and Talk (Gespräch beim Gehen)', 'Walk and talk'),
  'open-consultation': label('Offene Sprechstunde', 'Open consultation hour'),
  accompaniment: label('Begleitung zu einer Behörde', 'Accompaniment to an office'),
};

const fieldOfAction: Labels<codes.FieldOfAction> = {
  'language-education': label('Sprache und Bildung', 'Language and education'),
  'work-qualification': label('Arbeit und Qualifizierung', 'Work and qualification'),
  housing: label('Wohnen und Wohnumfeld', 'Housing and neighbourhood'),
  'health-care': label('Gesundheit und Pflege', 'Health and care'),
  'family-school': label('Familie, Schule und Kinderbetreuung', 'Family, school and child care'),
  'residence-naturalisation': label('Aufenthalt und Einbürgerung', 'Residence status and naturalisation'),
  participation: label(
    'Gesellschaftliche Teilhabe, Sport und Kultur',
    'Social participation, sport and culture',
  ),
  'living-together': label('Zusammenleben und Begegnung', 'Living together and exchange'),
  protection: label('Schutz vor Gewalt', 'Protection from violence'),
  discrimination: label('Diskriminierung', 'Discrimination'),
  'money-debt': label('Finanzen und Schulden', 'Money and debt'),
  administration: label('Behördenangelegenheiten', 'Administration'),
};

const urgency: Labels<codes.Urgency> = {
  low: label('Niedrig', 'Low'),
  medium: label('Mittel', 'Medium'),
  high: label('Hoch', 'High'),
};

const potentialKind: Labels<codes.PotentialKind> = {
  qualification: label('Schul-, Berufs- oder Hochschulabschluss', 'Qualification'),
  language: label('Sprachkenntnisse', 'Language'),
  'work-experience': label('Berufserfahrung', 'Work experience'),
  recognition: label('Anerkennung eines ausländischen Abschlusses', 'Recognition of a foreign qualification'),
  volunteering: label('Ehrenamtliches Engagement', 'Volunteering'),
  strength: label('Persönliche Stärke', 'Personal strength'),
};

/** Gemeinsamer europäischer Referenzrahmen für Sprachen. */
const cefrLevel: Labels<codes.CefrLevel> = {
  A0: label('A0 – keine Kenntnisse', 'A0 – no knowledge'),
  A1: label('A1 – Einstieg', 'A1 – breakthrough'),
  A2: label('A2 – Grundlagen', 'A2 – waystage'),
  B1: label('B1 – Mittelstufe', 'B1 – threshold'),
  B2: label('B2 – gute Mittelstufe', 'B2 – vantage'),
  C1: label('C1 – fortgeschrittene Kenntnisse', 'C1 – effective operational proficiency'),
  C2: label('C2 – exzellente Kenntnisse', 'C2 – mastery'),
};

const isced: Labels<codes.IscedLevel> = {
  '0': label('ISCED 0 – Elementarbereich', 'ISCED 0 – early childhood education'),
  '1': label('ISCED 1 – Primarbereich', 'ISCED 1 – primary education'),
  '2': label('ISCED 2 – Sekundarbereich I', 'ISCED 2 – lower secondary education'),
  '3': label('ISCED 3 – Sekundarbereich II', 'ISCED 3 – upper secondary education'),
  '4': label('ISCED 4 – postsekundarer, nicht tertiärer Bereich', 'ISCED 4 – post-secondary non-tertiary'),
  '5': label('ISCED 5 – kurzes tertiäres Bildungsprogramm', 'ISCED 5 – short-cycle tertiary education'),
  '6': label('ISCED 6 – Bachelor oder gleichwertig', 'ISCED 6 – bachelor or equivalent'),
  '7': label('ISCED 7 – Master oder gleichwertig', 'ISCED 7 – master or equivalent'),
  '8': label('ISCED 8 – Promotion oder gleichwertig', 'ISCED 8 – doctorate or equivalent'),
};

const consentPurpose: Labels<codes.ConsentPurpose> = {
  'case-management': label('Case Management im KIM', 'Case management'),
  'information-exchange': label('Austausch zwischen beteiligten Stellen', 'Exchange of information'),
  referral: label('Vermittlung an ein Angebot oder eine Stelle', 'Referral'),
  handover: label('Übergabe an eine andere Stelle', 'Handover to another office'),
};

const consentForm: Labels<codes.ConsentForm> = {
  written: label('Schriftlich', 'In writing'),
  electronic: label('Elektronisch', 'Electronically'),
};

const withdrawalChannel: Labels<codes.WithdrawalChannel> = {
  'in-person': label('Persönlich', 'In person'),
  letter: label('Brief', 'Letter'),
  email: label('E-Mail', 'E-mail'),
  phone: label('Telefon', 'Phone'),
  portal: label('Online-Portal', 'Online portal'),
};

const dataCategory: Labels<codes.DataCategory> = {
  identity: label('Angaben zur Person', 'Identity'),
  contact: label('Kontaktdaten', 'Contact details'),
  residence: label('Aufenthalt', 'Residence'),
  household: label('Haushalt und Familie', 'Household'),
  language: label('Sprache und Sprachmittlung', 'Language and interpreting'),
  education: label('Bildung', 'Education'),
  employment: label('Arbeit und Beruf', 'Employment'),
  potentials: label('Potenziale und Lebensgeschichte', 'Potentials and life story'),
  housing: label('Wohnen', 'Housing'),
  benefits: label('Leistungen und Rechtskreise', 'Benefits and legal domains'),
  health: label('Gesundheit (Art. 9 DSGVO)', 'Health (Art. 9 GDPR)'),
  protection: label(
    'Schutz vor Gewalt und Diskriminierung (Art. 9 DSGVO)',
    'Protection from violence and discrimination (Art. 9 GDPR)',
  ),
  needs: label('Bedarfe', 'Needs'),
  plan: label('Hilfeplan (Ziele, Maßnahmen, Vermittlungen)', 'Plan (goals, measures, referrals)'),
  notes: label('Freitexte und Notizen', 'Free text and notes'),
};

const goalResult: Labels<codes.GoalResult> = {
  attained: label('Erreicht', 'Attained'),
  partly: label('Teilweise erreicht', 'Partly attained'),
  missed: label('Nicht erreicht', 'Missed'),
  dropped: label('Nicht weiterverfolgt', 'Dropped'),
};

const measureResponsible: Labels<codes.Responsible> = {
  client: label('Ratsuchende Person', 'Client'),
  case_manager: label('Case Management', 'Case manager'),
  other: label('Andere Person oder Stelle', 'Another person or office'),
};

const referralMode: Labels<codes.ReferralMode> = {
  live: label('Mit Rückmeldung der aufnehmenden Stelle', 'Answered by the receiving organisation'),
  logged: label('Nur dokumentiert', 'Recorded only'),
};

const referralOutcome: Labels<codes.ReferralOutcome> = {
  attained: label('Ziel erreicht', 'Attained'),
  partly: label('Ziel teilweise erreicht', 'Partly attained'),
  'not-attained': label('Ziel nicht erreicht', 'Not attained'),
  'dropped-out': label('Abgebrochen', 'Dropped out'),
  unknown: label('Nicht bekannt', 'Not known'),
};

const referralDeclineReason: Labels<codes.ReferralDeclineReason> = {
  'no-capacity': label('Keine freien Plätze', 'No capacity'),
  'not-suitable': label('Angebot nicht passend', 'Not suitable'),
  'client-declined': label('Von der ratsuchenden Person abgelehnt', 'Declined by the client'),
  'no-answer': label('Keine Rückmeldung', 'No answer'),
  other: label('Sonstiger Grund', 'Other'),
};

const legalDomain: Labels<codes.LegalDomain> = {
  SGB_II: label(
    'SGB II – Grundsicherung für Arbeitsuchende',
    'SGB II – basic income support for job seekers',
  ),
  SGB_III: label('SGB III – Arbeitsförderung', 'SGB III – employment promotion'),
  SGB_VIII: label('SGB VIII – Kinder- und Jugendhilfe', 'SGB VIII – child and youth welfare'),
  SGB_XII: label('SGB XII – Sozialhilfe', 'SGB XII – social assistance'),
  ASYLBLG: label('AsylbLG – Asylbewerberleistungen', 'AsylbLG – asylum seekers’ benefits'),
  AUFENTHG: label('AufenthG – Aufenthalt', 'AufenthG – residence'),
  STAG: label('StAG – Staatsangehörigkeit und Einbürgerung', 'StAG – nationality and naturalisation'),
};

const handoverFunction: Labels<HandoverFunction> = {
  'integration-management': label('Kommunales Integrationsmanagement', 'Municipal integration management'),
  'job-seekers-benefits': label(
    'Grundsicherung für Arbeitsuchende (SGB II)',
    'Basic income support for job seekers (SGB II)',
  ),
  'employment-promotion': label('Arbeitsförderung (SGB III)', 'Employment promotion (SGB III)'),
  'youth-welfare': label('Kinder- und Jugendhilfe (SGB VIII)', 'Child and youth welfare (SGB VIII)'),
  'social-assistance': label('Sozialhilfe (SGB XII)', 'Social assistance (SGB XII)'),
  'asylum-benefits': label('Asylbewerberleistungen (AsylbLG)', 'Asylum seekers’ benefits (AsylbLG)'),
  residence: label('Aufenthaltsrecht (AufenthG)', 'Residence law (AufenthG)'),
  naturalisation: label('Einbürgerung (StAG)', 'Naturalisation (StAG)'),
  'migration-advice': label(
    'Migrationsberatung für erwachsene Zugewanderte (MBE)',
    'Migration advice for adults (MBE)',
  ),
  'youth-migration-advice': label('Jugendmigrationsdienst (JMD)', 'Youth migration service (JMD)'),
};

const handoverReason: Labels<CodeOf<typeof codes.handoverReasons>> = {
  'not-competent': label('Nicht zuständig', 'Not competent'),
  'no-capacity': label('Keine freien Kapazitäten', 'No capacity'),
  'missing-information': label('Angaben fehlen', 'Missing information'),
  'no-basis': label('Keine Einwilligung oder Rechtsgrundlage', 'No consent or legal basis'),
  'client-declined': label('Von der ratsuchenden Person abgelehnt', 'Declined by the client'),
  other: label('Sonstiger Grund', 'Other'),
};

const handoverStep: Labels<codes.HandoverStep> = {
  proposed: label('Vorgeschlagen', 'Proposed'),
  returned: label('Zurückgegeben', 'Returned'),
  approved: label('Freigegeben und angeboten', 'Approved and offered'),
  'information-requested': label('Auskunft erbeten', 'Information requested'),
  accepted: label('Angenommen', 'Accepted'),
  completed: label('Abgeschlossen', 'Completed'),
  declined: label('Abgelehnt', 'Declined'),
  withdrawn: label('Zurückgenommen', 'Withdrawn'),
  lapsed: label('Hinfällig', 'Lapsed'),
};

const handoverDeadline: Labels<codes.HandoverDeadline> = {
  review: label('Prüfung', 'Review'),
  decision: label('Entscheidung', 'Decision'),
  'first-contact': label('Erstes Gespräch', 'First contact'),
};

const disputeOutcome: Labels<codes.DisputeOutcome> = {
  upheld: label('Begründet: die Angabe wird berichtigt', 'Upheld'),
  rejected: label('Nicht begründet: die Angabe bleibt bestehen', 'Rejected'),
};

const closureOutcome: Labels<codes.ClosureOutcome> = {
  'goals-attained': label('Ziele erreicht', 'Goals attained'),
  'handed-over': label('Dauerhaft an eine andere Stelle übergeben', 'Handed over for good'),
  'moved-away': label('Verzogen', 'Moved away'),
  'contact-lost': label('Kontakt abgebrochen', 'Contact lost'),
  withdrawn: label('Auf eigenen Wunsch beendet', 'Ended at the client’s own wish'),
  died: label('Verstorben', 'Died'),
};

const phase: Labels<codes.Phase> = {
  intake: label('Aufnahme und Fallklärung', 'Intake'),
  assessment: label('Bedarfs- und Potenzialklärung', 'Assessment'),
  plan: label('Hilfeplanung', 'Plan'),
  linking: label('Linking und Monitoring', 'Linking and monitoring'),
  closed: label('Evaluation und Abschluss', 'Closed'),
};

const structuralIssueForum: Labels<CodeOf<typeof codes.structuralIssueForums>> = {
  'steering-group': label('Lenkungsgruppe', 'Steering group'),
  'integration-council': label('Integrationsrat', 'Integration council'),
  'round-table': label('Runder Tisch', 'Round table'),
  district: label('Kreis', 'District'),
  other: label('Sonstiges Gremium', 'Other'),
};

const erasureGround: Labels<CodeOf<typeof codes.erasureGrounds>> = {
  'consent-withdrawn': label('Einwilligung widerrufen', 'Consent withdrawn'),
  'purpose-fulfilled': label('Zweck erreicht', 'Purpose fulfilled'),
  'retention-ended': label('Aufbewahrungsfrist abgelaufen', 'Retention period ended'),
  unlawful: label('Unrechtmäßige Verarbeitung', 'Unlawful processing'),
  objection: label('Widerspruch gegen die Verarbeitung', 'Objection to the processing'),
};

const role: Labels<Role> = {
  case_manager: label('Case Management im KIM', 'Case manager'),
  supervisor: label('Sachgebiets-/Fachdienstleitung', 'Head of team'),
  coordinator: label('Koordination beim Kreis', 'Coordinator'),
  analyst: label('Monitoring beim Kreis', 'Analyst'),
  data_protection_officer: label('Datenschutzbeauftragte Person', 'Data-protection officer'),
  administrator: label('Technischer Betrieb', 'Administrator'),
};

const organisationKind: Labels<OrganisationKind> = {
  'integration-management': label('Kommunales Integrationsmanagement', 'Municipal integration management'),
  'job-centre': label('Jobcenter', 'Job centre'),
  'employment-agency': label('Agentur für Arbeit', 'Employment agency'),
  'immigration-office': label('Ausländerbehörde', 'Immigration office'),
  'naturalisation-office': label('Einbürgerungsbehörde', 'Naturalisation office'),
  'youth-welfare-office': label('Jugendamt', 'Youth welfare office'),
  'social-assistance-office': label('Träger der Sozialhilfe', 'Social assistance office'),
  'asylum-benefits-office': label('Leistungsbehörde nach dem AsylbLG', 'Asylum seekers’ benefits office'),
  'advice-service': label('Beratungsstelle', 'Advice service'),
  'victim-support': label('Gewalt- und Opferschutzberatung', 'Victim support'),
  school: label('Schule', 'School'),
  chamber: label('Kammer', 'Chamber'),
  'volunteer-initiative': label('Ehrenamtliche Initiative', 'Volunteer initiative'),
};

/** Every code list of the contract under its name, with the labels of each code. */
export const codeLists = {
  accessRoute,
  cefrLevel,
  circumstancesKind,
  closureOutcome,
  consentForm,
  consentPurpose,
  contactKind,
  counsellorPreference,
  dataCategory,
  disputeOutcome,
  erasureGround,
  fieldOfAction,
  gender,
  goalResult,
  handoverFunction,
  handoverReason,
  handoverStep,
  handoverDeadline,
  housing,
  interpreterPreference,
  isced,
  legalDomain,
  measureResponsible,
  organisationKind,
  phase,
  potentialKind,
  referralDeclineReason,
  referralMode,
  referralOutcome,
  residenceGroup,
  role,
  sex,
  structuralIssueForum,
  urgency,
  withdrawalChannel,
} as const;
export type CodeListName = keyof typeof codeLists;
