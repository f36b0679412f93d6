import { loadPerson, viewOfClient } from '../clients/index.js';
import { NotVisible, Refused } from '../record/index.js';
import type { Record as Records } from '../record/index.js';
import { withCorrections } from './domain/corrections.js';
import type { Actor, Deadlines } from './domain/decision.js';
import { disputedIn } from './domain/disputed.js';
import { foldJourney } from './domain/evolve.js';
import { grants, horizonOf, revisionFor } from './domain/grants.js';
import type { Grant } from './domain/grants.js';
import { isOffered, isPending, onDay } from './domain/handover-state.js';
import type { ActiveJourney, ClosedJourney, Handover, VisibleEvent } from './domain/journey.js';
import { redact } from './domain/redact.js';
import { handoverItem } from './handover-item.js';
import { packageOf } from './handover-package.js';
import type { IdentifiedPackage } from './handover-package.js';
import { journeyFormat, journeyStream } from './journey-format.js';

export interface HandoverRequest {
  readonly journeyId: string;
  readonly handoverId: string;
  readonly viewer: Actor;
  /** What the personal data are read for, if the reader said so. */
  readonly purpose: string | undefined;
}

/**
 * A handover as one of its two offices may see it now. Either of them sees how it goes on to its end; of the
 * client each sees what `grants` gives them.
 * @throws NotVisible, Refused (`purpose-required`)
 */
export const readHandover = async (
  { recorder, moment }: Records,
  deadlines: Deadlines,
  { journeyId, handoverId, viewer, purpose }: HandoverRequest,
): Promise<{ readonly body: Readonly<Record<string, unknown>>; readonly revision: number }> => {
  const { events: stored, erased } = await recorder.load(journeyStream(journeyId), journeyFormat);
  const present = moment();
  const events = withCorrections(stored);
  const journey = foldJourney(events);
  if (journey.stage === 'none') throw new NotVisible();
  const { handovers } = onDay(journey, present.today);
  const handover = handovers.find((one) => one.handoverId === handoverId);
  if (!handover || !isPartyTo(handover, viewer)) throw new NotVisible();
  const granted = grants(events, viewer, present);
  if (purpose === undefined && !everOwned(journey, viewer))
    throw new Refused('input', 'purpose-required', '/KIM-Purpose');

  const { seen, disputed } = seenHandover(events, handover, granted, viewer);
  const isNewOwners = viewer.organisationId === handover.toOrganisationId && isOwner(journey, viewer);
  const at = isNewOwners ? handover.acceptedAt : undefined;
  const person = await loadPerson(recorder, journey.clientId, horizonOf(granted)?.at);
  const passed = at === undefined ? person : await loadPerson(recorder, journey.clientId, at);
  // What was passed on stays what it was: later corrections are no part of it.
  const upTo =
    at === undefined
      ? events
      : withCorrections(stored.filter(({ revision }) => revision < (handover.acceptedRevision ?? 0)));
  const packageOfThis = (): IdentifiedPackage | undefined =>
    packageOf(handoverId, upTo, passed.client, erased || passed.erased, events);
  return {
    body: {
      journeyId,
      ...(granted.length > 0 && {
        client: viewOfClient(person.client, erased || person.erased, granted),
      }),
      ...handoverItem(seen, {
        today: present.today,
        deadlines,
        isClosed: journey.stage === 'closed',
        packageOf: packageOfThis,
      }),
      ...(at !== undefined && !isPending(seen) && withoutHash(packageOfThis())),
      ...(disputed && { disputed }),
    },
    revision: revisionFor(events, granted, viewer.organisationId, { handoverId }),
  };
};

/** It stands in the acceptance itself. */
const withoutHash = ({ packageHash: _, ...rest }: Partial<IdentifiedPackage> = {}): object => rest;

const isPartyTo = (handover: Handover, { organisationId, roles }: Actor): boolean =>
  roles.some((role) => role === 'case_manager' || role === 'supervisor') &&
  (handover.fromOrganisationId === organisationId ||
    (handover.toOrganisationId === organisationId && isOffered(handover)));

type Existing = ActiveJourney | ClosedJourney;

const isOwner = ({ owner }: Existing, { organisationId }: Actor): boolean =>
  owner.organisationId === organisationId;

const everOwned = ({ ownerships }: Existing, viewer: Actor): boolean =>
  ownerships.some(({ organisationId }) => organisationId === viewer.organisationId);

/** Its words as `redact` leaves them for this reader; where it stands, for both offices as it is. */
const seenHandover = (
  events: readonly VisibleEvent[],
  handover: Handover,
  granted: readonly Grant[],
  { organisationId }: Actor,
): { readonly seen: Handover; readonly disputed: boolean } => {
  const { handoverId, recordedAt, step, acceptedAt, passedOn, escalated } = handover;
  // Whoever was offered a client and did not take them knows of the offer, and nothing more of the client.
  const asParty: readonly Grant[] = [{ reason: 'package', from: recordedAt, categories: [] }];
  const visible = redact(events, granted.length > 0 ? granted : asParty, organisationId);
  const journey = foldJourney(visible);
  if (journey.stage === 'none') throw new NotVisible();
  const own = journey.handovers.find((one) => one.handoverId === handoverId);
  if (!own) throw new NotVisible();
  const seen = {
    ...own,
    step,
    ...(acceptedAt !== undefined && { acceptedAt }),
    ...(passedOn && { passedOn }),
    escalated:
      organisationId === handover.fromOrganisationId
        ? escalated
        : escalated.filter((deadline) => deadline !== 'review'),
  };
  return { seen, disputed: disputedIn(journey, visible).has(own.eventId) };
};
