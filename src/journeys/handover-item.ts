import type { Deadlines } from './domain/decision.js';
import { handoverDue } from './domain/due.js';
import { isPending } from './domain/handover-state.js';
import type { Handover } from './domain/journey.js';
import type { IdentifiedPackage } from './handover-package.js';

export interface HandoverContext {
  /** `YYYY-MM-DD` in Europe/Berlin. */
  readonly today: string;
  readonly deadlines: Deadlines;
  /** On a closed journey nobody is waited for. */
  readonly isClosed: boolean;
  readonly packageOf: (handoverId: string) => IdentifiedPackage | undefined;
}

/** A handover as the contract shows it to whoever may know of it; what they may not see is not there. */
export const handoverItem = (
  handover: Handover,
  { today, deadlines, isClosed, packageOf }: HandoverContext,
): Readonly<Record<string, unknown>> => {
  const { handoverId, step, reason: proposed, answer, recordedBy, recordedAt, ...rest } = handover;
  const due = isClosed ? undefined : handoverDue(handover, deadlines);
  const reason = answer?.reason ?? proposed;
  return {
    handoverId,
    status: step,
    step,
    fromOrganisationId: rest.fromOrganisationId,
    toOrganisationId: rest.toOrganisationId,
    function: rest.function,
    basis: basisItem(rest.basis),
    packageCategories: rest.packageCategories,
    ...(rest.purpose !== undefined && { purpose: rest.purpose }),
    ...(reason !== undefined && { reason }),
    ...(proposed !== undefined && proposed !== reason && { proposalReason: proposed }),
    ...(answer?.note !== undefined && { note: answer.note }),
    ...(answer?.cause !== undefined && { cause: answer.cause }),
    ...(rest.transition !== undefined && { transition: rest.transition }),
    proposedBy: recordedBy,
    proposedAt: recordedAt,
    ...(rest.approvedAt !== undefined && { approvedAt: rest.approvedAt }),
    ...(rest.acknowledged !== undefined && { acknowledged: rest.acknowledged }),
    ...(rest.acceptedAt !== undefined && { acceptedAt: rest.acceptedAt }),
    informationRequests: rest.informationRequests,
    escalated: rest.escalated,
    ...(due && { dueOn: due.on, overdue: due.on < today }),
    ...(isPending(handover)
      ? packageOf(handoverId)
      : rest.packageHash !== undefined && { packageHash: rest.packageHash }),
  };
};

const basisItem = ({ type: kind, ...basis }: Handover['basis']) => ({ kind, ...basis });
