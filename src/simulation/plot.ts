import type { AccessRoute, ClosureOutcome } from '../journeys/index.js';
import { addDays } from '../reference/index.js';
import type { ReferenceData } from '../reference/index.js';
import { hearOfBenefits, inventBenefits } from './benefits.js';
import type { Chance } from './chance.js';
import { consentToCare, withdrawConsent } from './consents.js';
import { contact, counsel } from './counselling.js';
import { handOver } from './handing-over.js';
import { inventPerson } from './people.js';
import { caseManagersOf, supervisorsOf } from './story.js';
import type { Author, Story } from './story.js';
import { later } from './tale.js';
import type { Course, Tale } from './tale.js';
import { concerns, streets } from './words.js';

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
  return { municipality, author: chance.oneOf(caseManagersOf(reference, house)) };
};

/**
 * Tells one journey: intake, first contact, then what one office after the other does with the client, until it is
 * closed or breaks off. Paces differ. Some whose journey has come to rest are about to be handed on at the end.
 */
export const tellJourney = (
  story: Story,
  chance: Chance,
  { municipality }: Setting,
  reference: ReferenceData,
): void => {
  const person = inventPerson(chance, story.today());
  const pace = Number(chance.weighted({ 1: 50, 2: 35, 4: 15 }));
  const benefits = [...inventBenefits(chance, person, story.today())];
  const tale: Tale = { story, chance, reference, person, municipality, pace, benefits };
  story.register({
    ...person.details,
    ...(chance.happens(0.7) && { address: addressIn(tale) }),
  });
  openFor(tale);
  const consentId = consentToCare(tale);
  if (!later(tale, 2, 18)) return;
  contact(tale);
  if (chance.happens(0.08)) return;
  const course = goThroughOffices(tale);
  if (course === 'time-is-up') return;
  if (course === 'goes-on' && later(tale, 20, 120) && !chance.happens(0.35)) {
    close(tale, consentId);
    comeBack(tale);
    return;
  }
  const lately = addDays(story.until, -chance.whole(1, 16));
  if (chance.happens(0.6) && story.today() < lately && story.goTo(lately)) {
    contact(tale);
    handOver(tale);
  }
};

const mostOffices = 4;

const goThroughOffices = (tale: Tale): Course => {
  for (let office = 1; office <= mostOffices; office += 1) {
    const course = counsel(tale);
    if (course !== 'goes-on' || !tale.chance.happens(0.3)) return course;
    if (!later(tale, 5, 60)) return 'time-is-up';
    const result = handOver(tale);
    if (result === 'time-is-up') return result;
    if (result === 'lost') return 'breaks-off';
    if (result === 'kept') return 'goes-on';
  }
  return 'goes-on';
};

const close = (tale: Tale, consentId: string): void => {
  const outcome = tale.chance.weighted<ClosureOutcome>({
    'goals-attained': 55,
    'moved-away': 16,
    'contact-lost': 18,
    withdrawn: 8,
    'handed-over': 2,
    died: 1,
  });
  if (outcome === 'withdrawn') withdrawConsent(tale, consentId);
  tale.story.add({ type: 'CloseJourney', outcome });
};

/** A few turn to the office once more, and a supervisor opens the journey again. */
const comeBack = (tale: Tale): void => {
  const { story, chance, reference } = tale;
  const [lead] = supervisorsOf(reference, story.owner().organisationId);
  if (!lead || !chance.happens(0.05) || !later(tale, 15, 120)) return;
  story.add({ type: 'ReopenJourney', reason: 'Meldet sich mit einem neuen Anliegen' }, lead);
  contact(tale);
};

const openFor = (tale: Tale): void => {
  const { story, chance, person, municipality, reference } = tale;
  const { preferredLanguage, residenceGroup } = person;
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
    counsellorPreference: person.wish,
    ...(areas.length > 0 && chance.happens(0.9) && { socialArea: chance.oneOf(areas).id }),
    ...(chance.happens(0.6) && { concern: chance.oneOf(concerns) }),
  });
  hearOfBenefits(tale);
};

const addressIn = ({ chance, reference, municipality }: Tale) => ({
  street: `${chance.oneOf(streets)} ${chance.whole(1, 120)}`,
  postalCode: { '05978004': '59192', '05978020': '59174', '05978008': '59199' }[municipality] ?? '59423',
  town: reference.municipality(municipality)?.name ?? '',
});
