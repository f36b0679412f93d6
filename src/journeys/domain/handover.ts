import type {
  AcceptHandover,
  ApproveHandover,
  DeclineHandover,
  EscalateHandover,
  ProposeHandover,
  ProvideInformation,
  RequestInformation,
  ReturnHandover,
  WithdrawHandover,
} from './commands.js';
import { happened, notAllowed, notFound, nothingToDo, refuse } from './decision.js';
import type { Context, Decision } from './decision.js';
import { handoverDue } from './due.js';
import type { HandoverBasis } from './events.js';
import { refuseBasis, refuseCategories, refuseReceiver } from './handover-basis.js';
import { isOffered, isOpenHandover, openHandover } from './handover-state.js';
import type { ActiveJourney, ClosedJourney, Handover } from './journey.js';
import { reasonOf, refuseOwner } from './ownership.js';

/**
 * The owner proposes to hand the client over to the office that is competent. What was refused is refused in
 * this order: by the state, the receiver and their competence, the basis, the categories. A proposal that was
 * returned is ended by making it anew.
 */
export const proposeHandover = (
  { type: _, basis: asked, ...proposal }: ProposeHandover,
  journey: ActiveJourney,
  context: Context,
): Decision => {
  const open = openHandover(journey);
  if (open && open.step !== 'returned') return refuse('handover-open', { handoverId: open.handoverId });
  const offer = { ...proposal, fromOrganisationId: journey.owner.organisationId, basis: asked };
  const refusal =
    refuseReceiver(offer, journey, context) ??
    refuseBasis(offer, journey, context) ??
    refuseCategories(proposal.packageCategories, offer, journey, context);
  if (refusal) return refusal;
  return {
    events: [
      ...(open
        ? [
            {
              type: 'HandoverWithdrawn' as const,
              data: { handoverId: open.handoverId, cause: 'proposed-anew' as const },
            },
          ]
        : []),
      {
        type: 'HandoverProposed',
        data: {
          ...proposal,
          basis: basisOf(asked, journey),
          handoverId: context.id,
          nonce: context.nonce(),
        },
      },
    ],
  };
};

/** Another pair of eyes: a supervisor of the proposing organisation who did not propose it. */
export const approveHandover = (
  { type: _, ...approval }: ApproveHandover,
  journey: ActiveJourney,
  context: Context,
): Decision => {
  const found = reviewed(approval.handoverId, journey, context);
  if (found.refusal) return found.refusal;
  const { handover } = found;
  const categories = handover.packageCategories ?? [];
  return (
    refuseReceiver(handover, journey, context) ??
    refuseBasis(handover, journey, context) ??
    refuseCategories(categories, handover, journey, context) ??
    happened('HandoverApproved', approval)
  );
};

export const returnHandover = (
  { type: _, ...answer }: ReturnHandover,
  journey: ActiveJourney,
  context: Context,
): Decision => reviewed(answer.handoverId, journey, context).refusal ?? happened('HandoverReturned', answer);

/** The receiver asks before it decides. */
export const requestInformation = (
  { type: _, ...request }: RequestInformation,
  journey: ActiveJourney,
  context: Context,
): Decision =>
  received(request.handoverId, ['approved'], journey, context).refusal ??
  happened('HandoverInformationRequested', request);

/** The owner answers, within what the basis covers. */
export const provideInformation = (
  { type: _, ...information }: ProvideInformation,
  journey: ActiveJourney,
  context: Context,
): Decision => {
  const handover = partyTo(information.handoverId, journey, context);
  if (!handover) return notFound;
  if (handover.step !== 'information-requested') return movedOn(handover);
  if (context.actor.organisationId !== handover.fromOrganisationId) return notAllowed('not-the-owner');
  return (
    refuseBasis(handover, journey, context) ??
    refuseCategories([information.category], handover, journey, context) ??
    happened('HandoverInformationProvided', information)
  );
};

/** The receiver takes the client over, having seen this very package. */
export const acceptHandover = (
  { handoverId, packageHash, ownerUserId, overrideReason }: AcceptHandover,
  journey: ActiveJourney,
  context: Context,
): Decision => {
  const { actor } = context;
  const found = received(handoverId, ['approved'], journey, context);
  if (found.refusal) return found.refusal;
  const owner = { organisationId: actor.organisationId, userId: ownerUserId ?? actor.userId };
  const refusal =
    refuseReceiver(found.handover, journey, context) ??
    refuseBasis(found.handover, journey, context) ??
    refuseOwner(owner, overrideReason, journey, context);
  if (refusal) return refusal;
  if (packageHash !== context.packageHash(handoverId)) return refuse('package-changed');
  return happened('HandoverAccepted', {
    handoverId,
    owner,
    packageHash,
    ...reasonOf(overrideReason),
  });
};

export const declineHandover = (
  { type: _, ...answer }: DeclineHandover,
  journey: ActiveJourney,
  context: Context,
): Decision =>
  received(answer.handoverId, ['approved', 'information-requested'], journey, context).refusal ??
  happened('HandoverDeclined', answer);

/** The sender takes it back, until it is accepted. */
export const withdrawHandover = (
  { type: _, ...answer }: WithdrawHandover,
  journey: ActiveJourney,
  context: Context,
): Decision => {
  const handover = partyTo(answer.handoverId, journey, context);
  if (!handover) return notFound;
  if (!isOpenHandover(handover)) return movedOn(handover);
  if (context.actor.organisationId !== handover.fromOrganisationId) return notAllowed('not-the-owner');
  return happened('HandoverWithdrawn', answer);
};

/** Once for each deadline that passed; it waits for somebody still. */
export const escalateHandover = (
  { handoverId, deadline }: EscalateHandover,
  journey: ActiveJourney | ClosedJourney,
  { today, deadlines }: Context,
): Decision => {
  const handover = journey.handovers.find((known) => known.handoverId === handoverId);
  // Nobody is waited for any more on a closed journey.
  const due = handover && journey.stage === 'active' ? handoverDue(handover, deadlines) : undefined;
  if (due?.deadline !== deadline || due.on >= today || handover?.escalated.includes(deadline))
    return nothingToDo;
  return happened('HandoverEscalated', { handoverId, deadline, dueOn: due.on });
};

type Found =
  | { readonly handover: Handover; readonly refusal?: never }
  | { readonly refusal: Decision; readonly handover?: never };

/** The handover that this supervisor may review. */
const reviewed = (handoverId: string, journey: ActiveJourney, context: Context): Found => {
  const { actor } = context;
  const handover = partyTo(handoverId, journey, context);
  if (!handover) return { refusal: notFound };
  if (handover.step !== 'proposed') return { refusal: movedOn(handover) };
  if (actor.organisationId !== handover.fromOrganisationId) return { refusal: notAllowed('not-the-owner') };
  if (!actor.roles.includes('supervisor')) return { refusal: notAllowed('supervisors-only') };
  if (actor.userId === handover.recordedBy.userId) return { refusal: notAllowed('self-review') };
  return { handover };
};

/** The handover that this office is to answer. */
const received = (
  handoverId: string,
  from: readonly Handover['step'][],
  journey: ActiveJourney,
  context: Context,
): Found => {
  const handover = partyTo(handoverId, journey, context);
  if (!handover) return { refusal: notFound };
  if (!from.includes(handover.step)) return { refusal: movedOn(handover) };
  return context.actor.organisationId === handover.toOrganisationId
    ? { handover }
    : { refusal: notAllowed('not-the-receiving-organisation') };
};

/** The sender knows of its handovers; the receiver of those that were approved; nobody else of any. */
const partyTo = (
  handoverId: string,
  { handovers }: ActiveJourney | ClosedJourney,
  { actor }: Context,
): Handover | undefined => {
  const handover = handovers.find((known) => known.handoverId === handoverId);
  if (handover?.fromOrganisationId === actor.organisationId) return handover;
  return handover?.toOrganisationId === actor.organisationId && isOffered(handover) ? handover : undefined;
};

/** On a closed journey no handover waits for a decision: whoever decides comes too late for this one. */
export const decidedTooLate = (handoverId: string, journey: ClosedJourney, context: Context): Decision => {
  const handover = partyTo(handoverId, journey, context);
  return handover ? movedOn(handover) : notFound;
};

const movedOn = ({ step }: Handover): Decision => refuse(`handover-${step}`);

/** The consent's last day goes with the proposal, so that nobody has to look it up to see it lapse. */
const basisOf = (asked: ProposeHandover['basis'], journey: ActiveJourney): HandoverBasis => {
  if (asked.type === 'statute') return asked;
  const consent = journey.consents.find(({ consentId }) => consentId === asked.consentId);
  return { ...asked, ...(consent?.validUntil !== undefined && { validUntil: consent.validUntil }) };
};
