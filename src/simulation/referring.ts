import type { FieldOfAction } from '../journeys/index.js';
import { giveConsent, withdrawConsent } from './consents.js';
import { caseManagersOf } from './story.js';
import { later } from './tale.js';
import type { Tale } from './tale.js';

/** A need of the client, as it was identified. */
export interface Need {
  readonly needId: string;
  readonly fieldOfAction: FieldOfAction;
}

/** Up to two, one after the other. False if the simulated time is over. */
export const refer = (tale: Tale, needs: readonly Need[]): boolean => {
  const times = Number(tale.chance.weighted({ 0: 30, 1: 44, 2: 26 }));
  for (let time = 0; time < times; time += 1) if (!referFor(tale, tale.chance.oneOf(needs))) return false;
  return true;
};

const referFor = (tale: Tale, { needId, fieldOfAction }: Need): boolean => {
  const { story, chance } = tale;
  const organisationId = chooseProvider(tale, fieldOfAction);
  // Who works with the service answers for their own house; for the others the owner records it.
  const staff = caseManagersOf(tale.reference, organisationId);
  const provider = staff.length > 0 && chance.happens(0.75) ? chance.oneOf(staff) : undefined;
  const consentId =
    provider && giveConsent(tale, 'referral', [organisationId], ['identity', 'contact', 'language', 'plan']);
  const referralId = story.add({
    type: 'MakeReferral',
    organisationId,
    needId,
    mode: provider ? 'live' : 'logged',
    ...(consentId !== undefined && { consentId }),
  });
  if (!later(tale, 4, 40)) return false;
  if (consentId !== undefined && chance.happens(0.06)) {
    // What rested on it ends with it.
    withdrawConsent(tale, consentId);
    return true;
  }
  if (chance.happens(0.12)) {
    const reason = chance.oneOf(['no-capacity', 'not-suitable', 'no-answer'] as const);
    story.add({ type: 'DeclineReferral', referralId, reason }, provider);
    return true;
  }
  // Nobody answers, or nobody records the answer.
  if (chance.happens(0.15)) return true;
  story.add({ type: 'AcceptReferral', referralId }, provider);
  if (!later(tale, 3, 30)) return false;
  story.add({ type: 'StartReferral', referralId }, provider);
  if (chance.happens(0.3)) return true;
  if (!later(tale, 30, 120)) return false;
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
  return true;
};

const chooseProvider = ({ story, chance, reference, municipality }: Tale, need: FieldOfAction): string =>
  chance.oneOf(
    (providersFor[need] ?? anyProvider).filter(
      (organisationId) =>
        organisationId !== story.owner().organisationId &&
        reference.servesMunicipality(organisationId, municipality),
    ),
  );

const anyProvider = ['mbe-kreis-unna', 'jmd-kreis-unna', 'berufskolleg-unna'];

const providersFor: Readonly<Partial<Record<FieldOfAction, readonly string[]>>> = {
  'language-education': ['mbe-kreis-unna', 'mbe-kreis-unna', 'jmd-kreis-unna', 'berufskolleg-unna'],
  'work-qualification': ['jobcenter-kreis-unna', 'handwerkskammer-dortmund', 'berufskolleg-unna'],
  'residence-naturalisation': ['auslaenderbehoerde-kreis-unna', 'mbe-kreis-unna', 'jmd-kreis-unna'],
  'family-school': ['jugendamt-bergkamen', 'jmd-kreis-unna', 'mbe-kreis-unna'],
  participation: ['fluechtlingshelferkreis-bergkamen', 'mbe-kreis-unna', 'jmd-kreis-unna'],
};
