import { readFileSync } from 'node:fs';
import type { VisibleEvent } from '../../src/journeys/domain/journey.js';
import { berlinDay } from '../../src/reference/index.js';

/**
 * What `domain.md` says of handovers, written down a second time over the bare events, without a line of the code
 * that decides. Throws a Broken that says which promise was not kept.
 */
export class Broken extends Error {
  override readonly name = 'Broken';
}

interface KnownHandover {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly proposedBy: string;
  readonly categories: readonly string[];
  readonly consentId: string | undefined;
  step: string;
}

interface Known {
  readonly owners: {
    readonly office: string;
    readonly from: number;
    readonly categories: readonly string[];
  }[];
  readonly handovers: KnownHandover[];
  readonly consents: Map<
    string,
    {
      readonly purpose: string;
      readonly recipients: readonly string[];
      readonly categories: readonly string[];
      readonly from: string;
      readonly until: string | undefined;
      withdrawn: boolean;
    }
  >;
  readonly needs: {
    readonly id: string;
    readonly by: string;
    readonly at: number;
    readonly category: string;
  }[];
  closed: boolean;
}

interface Rules {
  readonly neverToByDefault: Readonly<Record<string, readonly string[]>>;
  readonly statutory: readonly {
    readonly rule: string;
    readonly from: readonly string[];
    readonly to: readonly string[];
    readonly categories: readonly string[];
  }[];
}

const read = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../data/${file}`, import.meta.url), 'utf8'));
const rules = read('transfer-rules.json') as Rules;
const domains = new Map(
  (read('organisations.json') as { id: string; legalDomain?: string }[]).map(({ id, legalDomain }) => [
    id,
    legalDomain,
  ]),
);
const supervisors = new Set(
  (read('users.json') as { username: string; roles: string[] }[])
    .filter(({ roles }) => roles.includes('supervisor'))
    .map(({ username }) => username),
);

const isOpen = ({ step }: KnownHandover): boolean =>
  ['proposed', 'returned', 'approved', 'information-requested'].includes(step);

const categoryOfNeed: Readonly<Record<string, string>> = {
  'health-care': 'health',
  protection: 'protection',
};

/** Goes through the whole record and holds every event against what was there before it. */
export const checkRecord = (
  events: readonly VisibleEvent[],
  hashBefore: (handoverId: string, revision: number) => string | undefined,
): Known => {
  const known: Known = { owners: [], handovers: [], consents: new Map(), needs: [], closed: false };
  for (const event of events) check(known, event, hashBefore);
  return known;
};

const check = (
  known: Known,
  event: VisibleEvent,
  hashBefore: (handoverId: string, revision: number) => string | undefined,
): void => {
  const must = (kept: boolean, promise: string): void => {
    if (!kept) throw new Broken(`${promise}: ${event.type} at ${event.revision}`);
  };
  const { organisationId: by, userId } = event.recordedBy;
  const owner = known.owners.at(-1);
  const day = berlinDay(event.recordedAt);
  const handover =
    'handoverId' in event.data
      ? known.handovers.find(({ id }) => id === (event.data as { handoverId: string }).handoverId)
      : undefined;
  const inTurn = (...steps: readonly string[]): KnownHandover => {
    must(handover !== undefined && steps.includes(handover.step), 'a step out of order');
    return handover!;
  };
  const move = (step: string): void => {
    handover!.step = step;
  };
  const review = (step: string): void => {
    const { from, proposedBy } = inTurn('proposed');
    must(by === from && supervisors.has(userId) && userId !== proposedBy, 'reviewed by another supervisor');
    move(step);
  };
  switch (event.type) {
    case 'JourneyOpened':
      must(owner === undefined, 'opened once');
      known.owners.push({ office: event.data.owner.organisationId, from: event.revision, categories: [] });
      return;
    case 'ConsentGiven':
      must(by === owner?.office, 'recorded by the owner');
      known.consents.set(event.data.consentId, {
        purpose: event.data.purpose,
        recipients: event.data.recipients,
        categories: (event.data.dataCategories ?? []).filter(
          (one) => event.data.includesArticle9 === true || (one !== 'health' && one !== 'protection'),
        ),
        from: event.data.validFrom,
        until: event.data.validUntil,
        withdrawn: false,
      });
      return;
    case 'ConsentWithdrawn':
      known.consents.get(event.data.consentId)!.withdrawn = true;
      return;
    case 'NeedIdentified':
      must(by === owner?.office, 'recorded by the owner');
      known.needs.push({
        id: event.data.needId,
        by,
        at: event.revision,
        category: categoryOfNeed[event.data.fieldOfAction ?? ''] ?? 'needs',
      });
      return;
    case 'ContactRecorded':
      must(by === owner?.office, 'recorded by the owner');
      return;
    case 'HandoverProposed': {
      must(by === owner?.office, 'proposed by the owner');
      must(!known.handovers.some(isOpen), 'one handover at a time');
      const { toOrganisationId: to, basis, packageCategories: categories = [] } = event.data;
      must(to !== by, 'handed to another office');
      const never = rules.neverToByDefault[domains.get(to) ?? ''] ?? [];
      const allowed =
        basis.type === 'consent' ? consented(known, basis.consentId, to, day) : byStatute(basis.rule, by, to);
      must(
        categories.every((one) => allowed.includes(one) && !never.includes(one)),
        'within the basis',
      );
      known.handovers.push({
        id: event.data.handoverId,
        from: by,
        to,
        proposedBy: userId,
        categories,
        consentId: basis.type === 'consent' ? basis.consentId : undefined,
        step: 'proposed',
      });
      return;
    }
    case 'HandoverApproved':
      return review('approved');
    case 'HandoverReturned':
      return review('returned');
    case 'HandoverInformationRequested':
      must(by === inTurn('approved').to, 'asked by the receiver');
      return move('information-requested');
    case 'HandoverInformationProvided':
      must(by === inTurn('information-requested').from, 'answered by the sender');
      return move('approved');
    case 'HandoverAccepted': {
      const { to, id, consentId, categories } = inTurn('approved');
      must(by === to && event.data.owner.organisationId === to, 'accepted by the receiver');
      must(event.data.packageHash === hashBefore(id, event.revision), 'accepted with the right hash');
      must(consentId === undefined || isInForce(known, consentId, day), 'on a basis in force');
      move('accepted');
      known.owners.push({ office: to, from: event.revision, categories });
      return;
    }
    case 'HandoverDeclined':
      must(by === inTurn('approved', 'information-requested').to, 'declined by the receiver');
      return move('declined');
    case 'HandoverWithdrawn':
      must(
        by === inTurn('proposed', 'returned', 'approved', 'information-requested').from,
        'withdrawn by the sender',
      );
      return move('withdrawn');
    case 'HandoverLapsed': {
      const { consentId } = inTurn('proposed', 'returned', 'approved', 'information-requested');
      must(consentId !== undefined && !isInForce(known, consentId, day), 'lapsed with its consent');
      return move('lapsed');
    }
    case 'HandoverCompleted':
      inTurn('accepted');
      must(by === owner?.office, 'completed by the new owner');
      return move('completed');
    case 'HandoverEscalated':
      must(handover !== undefined, 'about a handover');
      return;
    case 'JourneyClosed':
      must(
        by === owner?.office && !known.handovers.some(isOpen),
        'closed by the owner, with no handover open',
      );
      known.closed = true;
      return;
    default:
      throw new Broken(`nobody sent what makes ${event.type}`);
  }
};

const isInForce = (known: Known, consentId: string, day: string): boolean => {
  const consent = known.consents.get(consentId);
  return consent !== undefined && !consent.withdrawn && consent.from <= day && day <= (consent.until ?? day);
};

const consented = (known: Known, consentId: string, to: string, day: string): readonly string[] => {
  const consent = known.consents.get(consentId);
  const holds =
    consent?.purpose === 'handover' && consent.recipients.includes(to) && isInForce(known, consentId, day);
  return holds ? consent.categories : [];
};

const byStatute = (name: string, from: string, to: string): readonly string[] => {
  const rule = rules.statutory.find(({ rule: one }) => one === name);
  const holds =
    rule?.from.includes(domains.get(from) ?? '') === true && rule.to.includes(domains.get(to) ?? '');
  return holds ? rule.categories : [];
};

/** The needs that an office may see on that day; undefined if it may not know of the journey. */
export const needsSeenBy = (office: string, known: Known, day: string): ReadonlySet<string> | undefined => {
  const { owners, needs } = known;
  const last = owners.length - 1;
  const asOwner = (need: Known['needs'][number], index: number): boolean => {
    const { office: owning, from, categories } = owners[index]!;
    if (index === 0 || need.at >= from || need.by === owning) return true;
    return categories.includes(need.category) && asOwner(need, index - 1);
  };
  const held = owners.findLastIndex((one) => one.office === office);
  const offered = known.handovers.find(
    ({ step, to, consentId }) =>
      to === office &&
      (step === 'approved' || step === 'information-requested') &&
      (consentId === undefined || isInForce(known, consentId, day)),
  );
  const exchanges = [...known.consents.entries()].filter(
    ([id, { purpose, recipients }]) =>
      purpose === 'information-exchange' && recipients.includes(office) && isInForce(known, id, day),
  );
  if (held < 0 && !offered && exchanges.length === 0) return undefined;
  const sees = (need: Known['needs'][number]): boolean =>
    (held >= 0 && held === last && asOwner(need, last)) ||
    (held >= 0 && held < last && need.by === office && need.at < owners[held + 1]!.from) ||
    (offered?.categories.includes(need.category) === true && asOwner(need, last)) ||
    exchanges.some(([, { categories }]) => categories.includes(need.category));
  return new Set(needs.filter(sees).map(({ id }) => id));
};
