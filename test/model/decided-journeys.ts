import { randomUUID } from 'node:crypto';
import { foldClient } from '../../src/clients/index.js';
import type { JourneyCommand } from '../../src/journeys/domain/commands.js';
import { withCorrections } from '../../src/journeys/domain/corrections.js';
import type { decide } from '../../src/journeys/domain/decide.js';
import { foldJourney } from '../../src/journeys/domain/evolve.js';
import { grants } from '../../src/journeys/domain/grants.js';
import type { VisibleEvent } from '../../src/journeys/domain/journey.js';
import { redact } from '../../src/journeys/domain/redact.js';
import { packageOf } from '../../src/journeys/handover-package.js';
import { addDays, berlinDay } from '../../src/reference/index.js';
import { event, opening } from '../support/journey-story.js';
import { contextOf, reference } from '../support/office.js';
import { olena } from '../support/people.js';
import type { Played } from './play.js';

const start = '2026-03-03T09:00:00.000Z';

const client = foldClient([
  {
    type: 'ClientRegistered',
    data: { clientId: opening.clientId, ...olena },
    eventId: randomUUID(),
    revision: 0,
    recordedAt: start,
    recordedBy: { organisationId: 'kim-bergkamen', userId: 'bergkamen-cm' },
  },
]);

/** A journey over deciders alone, so that one can be broken on purpose, to see that it is found. */
export const journeyBy = (decider: typeof decide): Played => {
  let now = start;
  let events: readonly VisibleEvent[] = [];
  const append = (user: string, more: readonly { readonly type: string; readonly data: object }[]): void => {
    const { organisation } = reference.user(user) ?? { organisation: 'kim-journeys' };
    events = [
      ...events,
      ...more.map(
        (one, index) =>
          ({
            ...one,
            eventId: randomUUID(),
            revision: events.length + index,
            recordedAt: now,
            recordedBy: { organisationId: organisation, userId: user },
          }) as VisibleEvent,
      ),
    ];
  };
  append('bergkamen-cm', [event('JourneyOpened', opening)]);
  const actorOf = (user: string) => {
    const { organisation = 'kim-journeys', roles = [] } = reference.user(user) ?? {};
    return { userId: user, organisationId: organisation, roles };
  };
  const hashOf = (before: readonly VisibleEvent[], handoverId: string) =>
    packageOf(handoverId, before, client, false)?.packageHash;
  const moment = () => ({ now, today: berlinDay(now) });
  const run = (user: string, command: JourneyCommand) => {
    const context = {
      ...contextOf(actorOf(user), now),
      id: randomUUID(),
      packageHash: (handoverId: string) => hashOf(events, handoverId),
    };
    const decision = decider(command, foldJourney(withCorrections(events)), context);
    append(user, decision.events ?? []);
    return { status: decision.events ? 200 : 409, revision: events.length - 1 };
  };
  return {
    send: (user, path, body) => Promise.resolve(run(user, commandAt(path, body))),
    hash: (user, handoverId) => {
      const { organisationId } = actorOf(user);
      const journey = foldJourney(events);
      const handover =
        journey.stage === 'none' ? undefined : journey.handovers.find((one) => one.handoverId === handoverId);
      return Promise.resolve(
        handover?.toOrganisationId === organisationId ? hashOf(events, handoverId) : undefined,
      );
    },
    needs: (user) => {
      const actor = actorOf(user);
      const granted = grants(events, actor, moment());
      const seen = foldJourney(redact(withCorrections(events), granted, actor.organisationId));
      return Promise.resolve(seen.stage === 'none' ? undefined : seen.needs.map(({ needId }) => needId));
    },
    events: () => Promise.resolve(events),
    hashBefore: (all, handoverId, revision) =>
      Promise.resolve(
        hashOf(
          all.filter((one) => one.revision < revision),
          handoverId,
        ),
      ),
    now: () => now,
    pass: (days) => {
      now = `${addDays(berlinDay(now), days)}T09:00:00.000Z`;
      return Promise.resolve();
    },
  };
};

const types: Readonly<Record<string, JourneyCommand['type']>> = {
  needs: 'IdentifyNeed',
  contacts: 'RecordContact',
  consents: 'GiveConsent',
  withdrawal: 'WithdrawConsent',
  handovers: 'ProposeHandover',
  approval: 'ApproveHandover',
  return: 'ReturnHandover',
  'information-requests': 'RequestInformation',
  information: 'ProvideInformation',
  acceptance: 'AcceptHandover',
  decline: 'DeclineHandover',
  closure: 'CloseJourney',
};

const commandAt = (path: string, body: object): JourneyCommand => {
  const [, collection, id, action] = path.split('/');
  const isWithdrawal = action === 'withdrawal' && collection === 'handovers';
  const type = isWithdrawal ? 'WithdrawHandover' : types[action ?? collection ?? ''];
  const { basis, ...rest } = body as { basis?: { kind: string } };
  const { kind, ...on } = basis ?? { kind: '' };
  return {
    type,
    ...rest,
    ...(basis && { basis: { type: kind, ...on } }),
    ...(id !== undefined && (collection === 'consents' ? { consentId: id } : { handoverId: id })),
  } as unknown as JourneyCommand;
};
