import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { VisibleEvent } from '../../src/journeys/domain/journey.js';
import { addDays, berlinDay } from '../../src/reference/index.js';
import { Broken, checkRecord, needsSeenBy } from './oracle.js';
import { functionOf, officeNames, officeOf, offices } from './steps.js';
import type { Moment, Step } from './steps.js';

/** A journey that the model can play on: through the HTTP API, or over deciders alone. */
export interface Played {
  /** Sends a command in somebody's name; `revision` is what the answer says. */
  send(
    user: string,
    path: string,
    body: object,
  ): Promise<{ readonly status: number; readonly revision?: number }>;
  /** The hash of the handover's package as this user is shown it. */
  hash(user: string, handoverId: string): Promise<string | undefined>;
  /** The needs that this user is shown; undefined if there is nothing for them. */
  needs(user: string): Promise<readonly string[] | undefined>;
  /** The whole record. */
  events(): Promise<readonly VisibleEvent[]>;
  /** The hash of that handover's package before that revision. */
  hashBefore(
    events: readonly VisibleEvent[],
    handoverId: string,
    revision: number,
  ): Promise<string | undefined>;
  /** The moment by the journey's clock. */
  now(): string;
  pass(days: number): Promise<void>;
}

/** Plays a sequence and checks after every moment that all promises of a handover were kept. */
export const play = async (journey: Played, sequence: readonly Moment[]): Promise<void> => {
  const seen = new Map<string, string>();
  let before = await journey.events();
  for (const [place, { together, daysLater }] of sequence.entries()) {
    const open = before.findLast(({ type }) => type === 'HandoverProposed');
    const sent = await Promise.all(
      together.map(async (step) => {
        const command = commandFor(step, before, open, seen, journey.now());
        if (step.does === 'look') {
          const hash = command && (await journey.hash(step.user, handoverIdOf(open)));
          if (hash !== undefined) seen.set(officeOf(step.user), hash);
          return undefined;
        }
        return command && { step, ...(await journey.send(step.user, command.path, command.body)) };
      }),
    );
    await checkAnswers(
      journey,
      before,
      sent.filter((one) => one !== undefined),
    );
    if (daysLater > 0) await journey.pass(daysLater);
    before = await journey.events();
    // The record is held against its rules place by place; what everybody sees of it, where the sequence ends.
    if (place === sequence.length - 1) await checkViews(journey, before);
  }
};

interface Sent {
  readonly step: Step;
  readonly status: number;
  readonly revision?: number;
}

const eventFor: Readonly<Record<Step['does'], VisibleEvent['type'] | undefined>> = {
  need: 'NeedIdentified',
  contact: 'ContactRecorded',
  consent: 'ConsentGiven',
  'withdraw-consent': 'ConsentWithdrawn',
  propose: 'HandoverProposed',
  approve: 'HandoverApproved',
  return: 'HandoverReturned',
  ask: 'HandoverInformationRequested',
  answer: 'HandoverInformationProvided',
  accept: 'HandoverAccepted',
  decline: 'HandoverDeclined',
  withdraw: 'HandoverWithdrawn',
  look: undefined,
  close: 'JourneyClosed',
};
const consequences = new Set(['HandoverLapsed', 'HandoverCompleted', 'HandoverEscalated']);

/** Every success stands in the record, once and by whom it was sent; no refusal left anything. */
const checkAnswers = async (
  journey: Played,
  before: readonly VisibleEvent[],
  sent: readonly Sent[],
): Promise<void> => {
  const events = await journey.events();
  const added = events.slice(before.length);
  const strange = sent.filter(({ status }) => status >= 500 || status === 400);
  if (strange.length > 0) throw new Broken(`answered with ${strange.map(({ status }) => status).join()}`);
  const recorded = added
    .filter(
      (event) =>
        !consequences.has(event.type) &&
        !(event.type === 'HandoverWithdrawn' && event.data.cause === 'proposed-anew'),
    )
    .map(({ type, recordedBy }) => `${type} by ${recordedBy.userId}`)
    .toSorted();
  const succeeded = sent.filter(({ status, step, revision }) => {
    const isNothing = step.does === 'withdraw-consent' || step.does === 'close';
    // A command that finds everything as it asks for it succeeds and records nothing.
    return status < 300 && !(isNothing && (revision ?? 0) < before.length);
  });
  const answered = succeeded.map(({ step }) => `${eventFor[step.does]} by ${step.user}`).toSorted();
  const unexplained = answered.filter((one) => !recorded.includes(one));
  const isRepeat = unexplained.every((one) => /Withdrawn|Closed/.test(one));
  if (recorded.some((one) => !answered.includes(one)) || !isRepeat)
    throw new Broken(`answers ${JSON.stringify(answered)}, but recorded ${JSON.stringify(recorded)}`);
};

const checkViews = async (journey: Played, events: readonly VisibleEvent[]): Promise<void> => {
  const hashes = new Map<string, string | undefined>();
  for (const event of events)
    if (event.type === 'HandoverAccepted')
      hashes.set(
        event.data.handoverId,
        await journey.hashBefore(events, event.data.handoverId, event.revision),
      );
  const known = checkRecord(events, (handoverId) => hashes.get(handoverId));
  const today = berlinDay(journey.now());
  await Promise.all(
    officeNames.map(async (office) => {
      const expected = needsSeenBy(office, known, today);
      const shown = await journey.needs(offices[office][0]);
      const same =
        expected === undefined || shown === undefined
          ? expected === shown
          : isDeepStrictEqual([...expected].toSorted(), [...shown].toSorted());
      if (!same)
        throw new Broken(
          `${office} sees ${JSON.stringify(shown)} of the needs, and may see ${expected && JSON.stringify([...expected])}`,
        );
    }),
  );
};

const handoverIdOf = (proposal: VisibleEvent | undefined): string =>
  proposal?.type === 'HandoverProposed' ? proposal.data.handoverId : nobodys;
/** The id of no handover. */
const nobodys = '00000000-0000-5000-8000-000000000000';

const commandFor = (
  step: Step,
  events: readonly VisibleEvent[],
  open: VisibleEvent | undefined,
  seen: ReadonlyMap<string, string>,
  now: string,
): { readonly path: string; readonly body: object } | undefined => {
  const handover = (action: string, body: object) => ({
    path: `/handovers/${handoverIdOf(open)}/${action}`,
    body,
  });
  const consents = events.filter((event) => event.type === 'ConsentGiven');
  switch (step.does) {
    case 'need':
      return { path: '/needs', body: { fieldOfAction: step.field, urgency: 'low' } };
    case 'contact':
      return { path: '/contacts', body: { kind: 'phone', occurredAt: now, minutes: 5 } };
    case 'consent':
      return {
        path: '/consents',
        body: {
          purpose: step.purpose,
          dataCategories: step.separately
            ? step.categories
            : step.categories.filter((one) => one !== 'health' && one !== 'protection').concat('contact'),
          recipients: [step.to],
          form: 'written',
          language: 'uk',
          textHash: '0'.repeat(64),
          informed: { purpose: true, refusal: true, revocability: true },
          validFrom: berlinDay(now),
          ...(step.days !== undefined && { validUntil: addDays(berlinDay(now), step.days) }),
          ...(step.separately && { includesArticle9: true }),
        },
      };
    case 'withdraw-consent': {
      const consent = consents[step.which % Math.max(1, consents.length)];
      return (
        consent && { path: `/consents/${consent.data.consentId}/withdrawal`, body: { channel: 'phone' } }
      );
    }
    case 'propose': {
      const consent = consents.findLast(
        ({ data }) => data.purpose === 'handover' && data.recipients.includes(step.to),
      );
      if (step.rule === undefined && !consent) return undefined;
      return {
        path: '/handovers',
        body: {
          toOrganisationId: step.to,
          function: functionOf[step.to],
          purpose: 'Zuständigkeit',
          packageCategories: step.categories,
          basis:
            step.rule === undefined
              ? { kind: 'consent', consentId: consent?.data.consentId }
              : { kind: 'statute', rule: step.rule },
        },
      };
    }
    case 'approve':
      return handover('approval', {});
    case 'return':
      return handover('return', { reason: 'other' });
    case 'ask':
      return handover('information-requests', { question: 'Seit wann?' });
    case 'answer':
      return handover('information', { answer: 'Seit Mai', category: 'identity' });
    case 'decline':
      return handover('decline', { reason: 'other' });
    case 'withdraw':
      return handover('withdrawal', { reason: 'other' });
    case 'accept': {
      const hash = step.hash === 'seen' ? seen.get(officeOf(step.user)) : randomBytes(32).toString('hex');
      return hash === undefined ? undefined : handover('acceptance', { packageHash: hash });
    }
    case 'look':
      return open && handover('', {});
    case 'close':
      return { path: '/closure', body: { outcome: 'handed-over' } };
  }
};
