import { describe, expect, it } from '@jest/globals';
import { given } from '../../../test/support/given-when-then.js';
import {
  event,
  exchangeConsentGiven,
  exchangeConsentId,
  handoverId,
  journeyOpened,
  opening,
} from '../../../test/support/journey-story.js';
import {
  adviser,
  caseManager,
  colleague,
  headOfTeam,
  immigrationOffice,
  jobCentre,
  jobCentreHead,
  jobCentreWorker,
  newId,
} from '../../../test/support/office.js';
import type { DataCategory } from './codes.js';
import type { JourneyCommand } from './commands.js';
import type { JourneyEvent } from './events.js';

import {
  packageHash,
  consentId,
  consent,
  proposal,
  proposed,
  approved,
  requested,
  answered,
  accepted,
  owned,
  waiting,
  offered,
} from '../../../test/support/handover-story.js';

describe('proposing a handover', () => {
  it('names the consent’s last day, so that its lapse is seen from the proposal', () => {
    given(...owned)
      .when(proposal)
      .by(caseManager)
      .then({ ...proposed, data: { ...proposed.data, handoverId: newId } } as JourneyEvent);
  });

  it('is refused while another is open', () => {
    for (const open of [waiting, offered, [...offered, requested]])
      given(...open)
        .when(proposal)
        .by(caseManager)
        .thenRefused('handover-open', { kind: 'state' });
  });

  it('ends one that was returned, in the same append', () => {
    const returned = event('HandoverReturned', { handoverId, reason: 'missing-information' });
    given(...waiting, returned)
      .when(proposal)
      .by(caseManager)
      .then(event('HandoverWithdrawn', { handoverId, cause: 'proposed-anew' }), {
        ...proposed,
        data: { ...proposed.data, handoverId: newId },
      } as JourneyEvent);
  });

  it('is refused to oneself, to an unknown office, and to one that is not competent, which names who is', () => {
    const to = (toOrganisationId: string) =>
      given(...owned)
        .when({ ...proposal, toOrganisationId })
        .by(caseManager);
    to('kim-bergkamen').thenRefused('self-handover', { kind: 'state' });
    to('nobody').thenRefused('unknown-organisation', { kind: 'input', pointer: '/toOrganisationId' });
    to(immigrationOffice).thenRefused('receiver-not-competent', {
      extensions: expect.objectContaining({ competentOrganisationIds: [jobCentre] }),
    });
  });

  it('is refused on a consent that is unknown, ended, withdrawn, for another purpose or recipient', () => {
    const on = (history: readonly JourneyEvent[], id = consentId, at?: string) =>
      given(...history)
        .when({ ...proposal, basis: { type: 'consent', consentId: id } })
        .by(caseManager, { ...(at !== undefined && { at }) });
    on([journeyOpened]).thenRefused('unknown-consent');
    on(owned, consentId, '2026-03-21T09:00:00.000Z').thenRefused('consent-not-in-force');
    const withdrawn = event('ConsentWithdrawn', { consentId, withdrawnOn: '2026-03-09', channel: 'phone' });
    on([...owned, withdrawn]).thenRefused('consent-not-in-force');
    on([journeyOpened, exchangeConsentGiven], exchangeConsentId).thenRefused('consent-for-another-purpose');
    const toOthers = event('ConsentGiven', { ...consent.data, recipients: [immigrationOffice] } as never);
    on([journeyOpened, toOthers]).thenRefused('consent-for-another-recipient');
  });

  it('is refused by the name of a category that the consent does not cover, or not separately', () => {
    const asking = (packageCategories: readonly DataCategory[]) =>
      given(...owned)
        .when({ ...proposal, packageCategories })
        .by(caseManager);
    asking(['identity', 'housing']).thenRefused('category-outside-basis', {
      extensions: expect.objectContaining({
        categories: ['housing'],
        needed: [{ category: 'housing', bases: ['consent'] }],
      }),
    });
    // The consent names health, but not that it covers what Art. 9 GDPR protects.
    asking(['health']).thenRefused('category-outside-basis');
  });

  it('is refused in the order state, receiver, basis, categories', () => {
    const wrong = {
      ...proposal,
      toOrganisationId: immigrationOffice,
      packageCategories: ['housing'],
      basis: { type: 'consent', consentId: 'none' },
    } as const;
    given(...waiting)
      .when(wrong)
      .by(caseManager)
      .thenRefused('handover-open');
    given(...owned)
      .when(wrong)
      .by(caseManager)
      .thenRefused('receiver-not-competent');
    given(...owned)
      .when({ ...wrong, toOrganisationId: jobCentre })
      .by(caseManager)
      .thenRefused('unknown-consent');
  });
});

describe('the review', () => {
  const approve: JourneyCommand = { type: 'ApproveHandover', handoverId };

  it('is a supervisor’s of the proposing organisation', () => {
    given(...waiting)
      .when({ ...approve, acknowledged: ['Einwilligung gesehen'] })
      .by(headOfTeam)
      .then(event('HandoverApproved', { handoverId, acknowledged: ['Einwilligung gesehen'] }));
    given(...waiting)
      .when({ type: 'ReturnHandover', handoverId, reason: 'no-basis' })
      .by(headOfTeam)
      .then(event('HandoverReturned', { handoverId, reason: 'no-basis' }));
  });

  it('is nobody’s own, no case manager’s, and no other organisation’s', () => {
    given(...waiting)
      .when(approve)
      .by(colleague)
      .thenRefused('supervisors-only', { kind: 'not-allowed' });
    const proposer = { ...caseManager, roles: ['case_manager', 'supervisor'] };
    given(...waiting)
      .when(approve)
      .by(proposer)
      .thenRefused('self-review', { kind: 'not-allowed' });
    // The receiver learns nothing before it is approved, not even that there is something.
    given(...waiting)
      .when(approve)
      .by(jobCentreHead)
      .thenRefused('not-found', { kind: 'unknown' });
    given(...offered)
      .when(approve)
      .by(jobCentreHead)
      .thenRefused('handover-approved');
  });

  it('happens once', () => {
    given(...offered)
      .when(approve)
      .by(headOfTeam)
      .thenRefused('handover-approved', { kind: 'state' });
  });
});

describe('the receiver', () => {
  const context = { packageHash: () => packageHash };
  const accept: JourneyCommand = { type: 'AcceptHandover', handoverId, packageHash };

  it('takes the client over, owner and visibility in one event', () => {
    given(...offered)
      .when(accept)
      .by(jobCentreWorker, context)
      .then(accepted);
    given(...offered)
      .when({ ...accept, ownerUserId: 'jobcenter-cm2' })
      .by(jobCentreHead, context)
      .then(
        event('HandoverAccepted', {
          handoverId,
          owner: { organisationId: jobCentre, userId: 'jobcenter-cm2' },
          packageHash,
        }),
      );
  });

  it('has seen this very package', () => {
    given(...offered)
      .when(accept)
      .by(jobCentreWorker, { packageHash: () => 'cd'.repeat(32) })
      .thenRefused('package-changed', { kind: 'state' });
  });

  it('names somebody of its own house, and follows the client’s wish unless it says why not', () => {
    given(...offered)
      .when({ ...accept, ownerUserId: caseManager.userId })
      .by(jobCentreWorker, context)
      .thenRefused('unknown-user', { pointer: '/ownerUserId' });
    const wish = event('JourneyOpened', { ...opening, counsellorPreference: 'woman' });
    const story = [wish, consent, proposed, approved];
    given(...story)
      .when(accept)
      .by(jobCentreWorker, context)
      .thenRefused('wish-not-met');
    given(...story)
      .when({ ...accept, overrideReason: 'Urlaub' })
      .by(jobCentreWorker, context)
      .then({ ...accepted, data: { ...accepted.data, overrideReason: 'Urlaub' } } as JourneyEvent);
  });

  it('asks before it decides, and the owner answers within the basis', () => {
    given(...offered)
      .when({ type: 'RequestInformation', handoverId, question: 'Seit wann?' })
      .by(jobCentreWorker)
      .then(requested);
    const answer = { type: 'ProvideInformation', handoverId, answer: 'Mai' } as const;
    given(...offered, requested)
      .when({ ...answer, category: 'employment' })
      .by(caseManager)
      .then(answered);
    given(...offered, requested)
      .when({ ...answer, category: 'housing' })
      .by(caseManager)
      .thenRefused('category-outside-basis');
    given(...offered, requested)
      .when(accept)
      .by(jobCentreWorker, context)
      .thenRefused('handover-information-requested');
    given(...offered, requested, answered)
      .when(accept)
      .by(jobCentreWorker, context)
      .then(accepted);
  });

  it('declines with a reason, also while it waits for an answer', () => {
    for (const story of [offered, [...offered, requested]])
      given(...story)
        .when({ type: 'DeclineHandover', handoverId, reason: 'no-capacity', note: 'Ab Mai' })
        .by(jobCentreWorker)
        .then(event('HandoverDeclined', { handoverId, reason: 'no-capacity', note: 'Ab Mai' }));
  });

  it('is no other office, and not the sender', () => {
    given(...offered)
      .when(accept)
      .by(adviser, context)
      .thenRefused('not-found');
    given(...offered)
      .when(accept)
      .by(caseManager, context)
      .thenRefused('not-the-receiving-organisation');
  });

  it('decides once: a handover that has moved on takes no second decision, under whatever key', () => {
    const commands: readonly JourneyCommand[] = [
      accept,
      { type: 'DeclineHandover', handoverId, reason: 'other' },
      { type: 'RequestInformation', handoverId, question: '?' },
    ];
    for (const command of commands)
      given(...offered, accepted)
        .when(command)
        .by(jobCentreWorker, context)
        .thenRefused('handover-accepted');
  });
});

describe('the sender', () => {
  it('takes a handover back until it is accepted', () => {
    const withdraw: JourneyCommand = { type: 'WithdrawHandover', handoverId, reason: 'client-declined' };
    const returned = event('HandoverReturned', { handoverId, reason: 'other' });
    for (const story of [waiting, [...waiting, returned], offered, [...offered, requested]])
      given(...story)
        .when(withdraw)
        .by(caseManager)
        .then(event('HandoverWithdrawn', { handoverId, reason: 'client-declined' }));
    given(...offered, accepted)
      .when(withdraw)
      .by(caseManager)
      .thenRefused('handover-accepted');
    given(...offered)
      .when(withdraw)
      .by(jobCentreWorker)
      .thenRefused('not-the-owner');
  });

  it('does not close a journey while a handover is open', () => {
    const close: JourneyCommand = { type: 'CloseJourney', outcome: 'handed-over' };
    given(...offered)
      .when(close)
      .by(caseManager)
      .thenRefused('handover-open');
    given(...offered, accepted)
      .when(close)
      .by(jobCentreWorker)
      .then(event('JourneyClosed', { outcome: 'handed-over' }));
  });
});
