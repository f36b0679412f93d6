import type {
  AccessRoute,
  ClosureOutcome,
  ConsentPurpose,
  ContactKind,
  FieldOfAction,
  GoalResult,
  Urgency,
} from '../journeys/index.js';
import { addDays } from '../reference/index.js';
import type { ReferenceData } from '../reference/index.js';
import type { Chance } from './chance.js';
import { inventPerson } from './people.js';
import type { Person } from './people.js';
import { authorsOf } from './story.js';
import type { Author, Story } from './story.js';

/** Where a journey is opened, and by whom. */
export interface Setting {
  readonly municipality: string;
  readonly author: Author;
}

const towns = { '05978004': 42, '05978020': 36, '05978008': 22 };
const integrationManagement: Readonly<Record<string, string>> = {
  '05978004': 'kim-bergkamen',
  '05978020': 'kim-kamen',
  '05978008': 'kim-boenen',
};

export const chooseSetting = (chance: Chance, reference: ReferenceData): Setting => {
  const municipality = chance.weighted(towns);
  const house = chance.happens(0.06) ? 'jobcenter-kreis-unna' : (integrationManagement[municipality] ?? '');
  const caseManagers = authorsOf(reference, house).filter(({ roles }) => roles.includes('case_manager'));
  return { municipality, author: chance.oneOf(caseManagers) };
};

/**
 * Tells one journey: intake, first contact, needs, plan, referrals, and how it goes on or breaks off. Paces
 * differ, and about every fifth client is not heard of again.
 */
export const tellJourney = (
  story: Story,
  chance: Chance,
  { municipality, author }: Setting,
  reference: ReferenceData,
): void => {
  const person = inventPerson(chance, story.today());
  const pace = chance.weighted({ 1: 50, 2: 35, 4: 15 });
  const later = (minDays: number, maxDays: number) =>
    story.later(Math.ceil((minDays * Number(pace)) / 2), Math.ceil((maxDays * Number(pace)) / 2));
  story.register({
    ...person.details,
    ...(chance.happens(0.7) && { address: addressIn(chance, reference, municipality) }),
  });
  openFor(story, chance, person, municipality, reference);
  giveConsent(story, chance, person, 'case-management', [author.organisationId], reference);
  if (!later(2, 18)) return;
  contact(story, chance, person);
  if (chance.happens(0.08)) return;

  const needs = assess(story, chance, person, later);
  if (needs.length === 0 || !later(5, 30)) return;
  const goals = needs.slice(0, chance.whole(1, 3)).map((needId) =>
    story.add({
      type: 'AgreeGoal',
      needIds: [needId],
      wording: chance.oneOf(wordings),
      dueOn: addDays(story.today(), chance.whole(30, 240)),
      agreedByClient: true,
    }),
  );
  for (const goalId of goals) planMeasure(story, chance, goalId);
  if (!refer(story, chance, person, needs, reference, later)) return;
  if (!follow(story, chance, person, later)) return;
  if (chance.happens(0.12)) return;
  for (const goalId of goals)
    story.add({
      type: 'ReviewGoal',
      goalId,
      result: chance.weighted<GoalResult>({ attained: 52, partly: 26, missed: 14, dropped: 8 }),
    });
  if (chance.happens(0.55)) story.add({ type: 'ResolveNeed', needId: chance.oneOf(needs) });
  if (chance.happens(0.12)) handToColleague(story, chance, author, reference);
  if (!later(20, 120) || chance.happens(0.35)) return;
  story.add({
    type: 'CloseJourney',
    outcome: chance.weighted<ClosureOutcome>({
      'goals-attained': 55,
      'moved-away': 16,
      'contact-lost': 18,
      withdrawn: 8,
      'handed-over': 2,
      died: 1,
    }),
  });
};

type Later = (minDays: number, maxDays: number) => boolean;

const openFor = (
  story: Story,
  chance: Chance,
  { preferredLanguage, residenceGroup }: Person,
  municipality: string,
  reference: ReferenceData,
): void => {
  const areas = reference.socialAreas.filter((area) => area.municipality === municipality);
  story.open({
    municipality,
    accessRoute: chance.weighted<AccessRoute>({
      'own-initiative': 22,
      'job-centre': 18,
      'immigration-office': 12,
      'social-office': 12,
      'advice-service': 9,
      school: 7,
      volunteers: 7,
      'open-consultation': 5,
      daycare: 3,
      guide: 2,
      'youth-office': 1,
      'migrant-organisation': 1,
      'integration-council': 0.5,
      other: 0.5,
    }),
    residenceGroup,
    preferredLanguage,
    interpreterNeeded: chance.happens(0.45),
    counsellorPreference: chance.weighted({ none: 90, woman: 8, man: 2 }),
    ...(areas.length > 0 && chance.happens(0.9) && { socialArea: chance.oneOf(areas).id }),
    ...(chance.happens(0.6) && { concern: chance.oneOf(concerns) }),
  });
  if (chance.happens(0.6))
    story.add({
      type: 'EnterLegalDomain',
      legalDomain:
        residenceGroup === 'asylum-procedure' || residenceGroup === 'tolerated' ? 'ASYLBLG' : 'SGB_II',
      effectiveOn: addDays(story.today(), -chance.whole(0, 300)),
    });
};

const giveConsent = (
  story: Story,
  chance: Chance,
  { preferredLanguage }: Person,
  purpose: ConsentPurpose,
  recipients: readonly string[],
  reference: ReferenceData,
): string => {
  const texts = reference.consentTexts.filter((text) => text.purpose === purpose);
  const text = texts.find(({ language }) => language === preferredLanguage) ?? chance.oneOf(texts);
  const article9 = purpose === 'case-management';
  return story.add({
    type: 'GiveConsent',
    purpose,
    dataCategories: article9
      ? ['identity', 'contact', 'language', 'needs', 'plan', 'health']
      : ['identity', 'contact', 'language', 'plan'],
    recipients,
    form: chance.happens(0.8) ? 'written' : 'electronic',
    language: text.language,
    textHash: text.textHash,
    informed: { purpose: true, refusal: true, revocability: true },
    validFrom: story.today(),
    ...(chance.happens(0.5) && { validUntil: addDays(story.today(), chance.oneOf([180, 365, 730])) }),
    ...(article9 && { includesArticle9: true }),
  });
};

const contact = (story: Story, chance: Chance, { preferredLanguage }: Person): void => {
  const inGerman = chance.happens(0.35);
  story.add({
    type: 'RecordContact',
    kind: chance.weighted<ContactKind>({
      office: 48,
      phone: 24,
      'open-consultation': 10,
      'home-visit': 7,
      accompaniment: 7,
      video: 2,
      'walk-and-talk': 2,
    }),
    occurredAt: `${story.today()}T07:00:00Z`,
    minutes: chance.oneOf([15, 20, 30, 30, 45, 60, 60, 90]),
    language: inGerman ? 'de' : preferredLanguage,
    interpreter: !inGerman && chance.happens(0.5),
    ...(chance.happens(0.5) && { note: chance.oneOf(notes) }),
  });
};

const assess = (
  story: Story,
  chance: Chance,
  { preferredLanguage }: Person,
  later: Later,
): readonly string[] => {
  const needs: string[] = [];
  for (let left = chance.whole(1, 4); left > 0; left -= 1) {
    needs.push(
      story.add({
        type: 'IdentifyNeed',
        fieldOfAction: chance.weighted<FieldOfAction>({
          'language-education': 24,
          'work-qualification': 21,
          housing: 16,
          'family-school': 10,
          'residence-naturalisation': 9,
          'health-care': 7,
          administration: 5,
          'money-debt': 3,
          participation: 2,
          'living-together': 1,
          discrimination: 1,
          protection: 1,
        }),
        urgency: chance.weighted<Urgency>({ low: 25, medium: 50, high: 25 }),
        ...(chance.happens(0.5) && { description: chance.oneOf(concerns) }),
      }),
    );
    if (chance.happens(0.3) && !later(3, 25)) return needs;
  }
  if (chance.happens(0.6))
    story.add({
      type: 'IdentifyPotential',
      kind: 'language',
      language: chance.happens(0.6) ? 'de' : preferredLanguage,
      cefrLevel: chance.oneOf(['A0', 'A1', 'A1', 'A2', 'A2', 'B1', 'B2', 'C1']),
    });
  if (chance.happens(0.4))
    story.add({ type: 'IdentifyPotential', kind: 'work-experience', description: chance.oneOf(trades) });
  return needs;
};

const planMeasure = (story: Story, chance: Chance, goalId: string): void => {
  const measureId = story.add({
    type: 'PlanMeasure',
    goalId,
    title: chance.oneOf(measures),
    responsible: chance.weighted({ client: 40, case_manager: 45, other: 15 }),
    dueOn: addDays(story.today(), chance.whole(10, 90)),
  });
  if (chance.happens(0.3)) story.add({ type: 'CompleteMeasure', measureId });
};

const providers = [
  'mbe-kreis-unna',
  'jmd-kreis-unna',
  'fluechtlingshelferkreis-bergkamen',
  'berufskolleg-unna',
  'handwerkskammer-dortmund',
];

/** False if the simulated time is over. */
const refer = (
  story: Story,
  chance: Chance,
  person: Person,
  needs: readonly string[],
  reference: ReferenceData,
  later: Later,
): boolean => {
  for (let left = chance.whole(0, 2); left > 0; left -= 1) {
    const organisationId = chance.oneOf(providers);
    const live = organisationId === 'mbe-kreis-unna' && chance.happens(0.6);
    const consentId = live
      ? giveConsent(story, chance, person, 'referral', [organisationId], reference)
      : undefined;
    const referralId = story.add({
      type: 'MakeReferral',
      organisationId,
      needId: chance.oneOf(needs),
      mode: live ? 'live' : 'logged',
      ...(consentId !== undefined && { consentId }),
    });
    const provider = live ? chance.oneOf(authorsOf(reference, organisationId)) : undefined;
    if (!later(4, 40)) return false;
    if (chance.happens(0.12)) {
      const reason = chance.oneOf(['no-capacity', 'not-suitable', 'no-answer'] as const);
      story.add({ type: 'DeclineReferral', referralId, reason }, provider);
      continue;
    }
    if (chance.happens(0.15)) continue;
    story.add({ type: 'AcceptReferral', referralId }, provider);
    if (!later(3, 30)) return false;
    story.add({ type: 'StartReferral', referralId }, provider);
    if (chance.happens(0.3)) continue;
    if (!later(30, 120)) return false;
    story.add(
      {
        type: 'CompleteReferral',
        referralId,
        outcome: chance.weighted({
          attained: 55,
          partly: 20,
          'not-attained': 8,
          'dropped-out': 12,
          unknown: 5,
        }),
      },
      provider,
    );
  }
  return true;
};

const follow = (story: Story, chance: Chance, person: Person, later: Later): boolean => {
  for (let left = chance.whole(1, 6); left > 0; left -= 1) {
    if (!later(7, 45)) return false;
    contact(story, chance, person);
  }
  return true;
};

const handToColleague = (
  story: Story,
  chance: Chance,
  { organisationId, userId }: Author,
  reference: ReferenceData,
): void => {
  const house = authorsOf(reference, organisationId);
  const lead = house.find(({ roles }) => roles.includes('supervisor'));
  const colleagues = house.filter((one) => one.userId !== userId && one.roles.includes('case_manager'));
  if (!lead || colleagues.length === 0) return;
  story.add(
    {
      type: 'AssignJourney',
      ownerUserId: chance.oneOf(colleagues).userId,
      overrideReason: 'Wechsel der Zuständigkeit im Team',
    },
    lead,
  );
};

const addressIn = (chance: Chance, reference: ReferenceData, municipality: string) => ({
  street: `${chance.oneOf(streets)} ${chance.whole(1, 120)}`,
  postalCode: { '05978004': '59192', '05978020': '59174', '05978008': '59199' }[municipality] ?? '59423',
  town: reference.municipality(municipality)?.name ?? '',
});

const streets = ['Bahnhofstraße', 'Kirchweg', 'Präsidentenstraße', 'Am Markt', 'Lünener Straße', 'Nordring'];
const concerns = [
  'Sucht einen Integrationskurs mit Kinderbetreuung',
  'Wohnung ist zu klein für die Familie',
  'Berufsabschluss soll anerkannt werden',
  'Versteht die Schreiben der Ämter nicht',
  'Kind hat noch keinen Kitaplatz',
  'Aufenthaltstitel läuft bald ab',
  'Möchte wieder im erlernten Beruf arbeiten',
];
const wordings = [
  'Ich habe in sechs Monaten das Niveau B1',
  'Ich wohne mit meiner Familie in einer eigenen Wohnung',
  'Mein Abschluss ist anerkannt',
  'Ich habe eine Arbeit, von der ich leben kann',
  'Mein Kind geht in die Kita',
];
const measures = [
  'Kurs anmelden',
  'Unterlagen übersetzen lassen',
  'Termin beim Jobcenter begleiten',
  'Antrag stellen',
];
const notes = ['Unterlagen gemeinsam durchgesehen', 'Termin vereinbart', 'Nächste Schritte besprochen'];
const trades = [
  'Acht Jahre als Näherin',
  'Gelernter Elektriker',
  'Krankenpflege, fünf Jahre',
  'Eigener Imbiss',
];
