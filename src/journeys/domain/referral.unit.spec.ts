import { describe, it } from '@jest/globals';
import { given } from '../../../test/support/given-when-then.js';
import {
  event,
  exchangeConsentGiven,
  exchangeConsentId,
  housingNeeded,
  housingNeedId,
  journeyClosed,
  journeyOpened,
  referralConsent,
  referralConsentGiven,
  referralConsentId,
  referralId,
  referralMade,
} from '../../../test/support/journey-story.js';
import {
  adviceService,
  adviser,
  caseManager,
  jobCentre,
  jobCentreWorker,
  newId,
} from '../../../test/support/office.js';
import type { Actor } from './decision.js';
import type { JourneyEvent } from './events.js';

const refer = {
  type: 'MakeReferral',
  organisationId: adviceService,
  needId: housingNeedId,
  mode: 'live',
} as const;
const { type: _, ...referral } = refer;

describe('a referral', () => {
  it('is made to an organisation for a need; ownership stays', () => {
    given(journeyOpened, housingNeeded)
      .when(refer)
      .by(caseManager)
      .then(event('ReferralMade', { ...referral, referralId: newId }));
  });

  it('may rest on a consent to it', () => {
    given(journeyOpened, housingNeeded, referralConsentGiven)
      .when({ ...refer, consentId: referralConsentId, note: 'Bitte bald' })
      .by(caseManager)
      .then(
        event('ReferralMade', {
          ...referral,
          consentId: referralConsentId,
          note: 'Bitte bald',
          referralId: newId,
        }),
      );
  });

  it('is refused to an organisation that no register knows', () => {
    given(journeyOpened, housingNeeded)
      .when({ ...refer, organisationId: 'sprachschule-nirgendwo' })
      .by(caseManager)
      .thenRefused('unknown-organisation', { kind: 'input', pointer: '/organisationId' });
  });

  it('is refused for a need that nobody identified', () => {
    given(journeyOpened).when(refer).by(caseManager).thenRefused('unknown-need', { kind: 'state' });
  });

  it('is refused on a consent that was never given', () => {
    given(journeyOpened, housingNeeded)
      .when({ ...refer, consentId: referralConsentId })
      .by(caseManager)
      .thenRefused('unknown-consent', { kind: 'state' });
  });

  const onConsent = { ...refer, consentId: referralConsentId };

  it.each([
    ['before it begins', '2026-03-01T09:00:00.000Z'],
    ['after its last day', '2027-01-01T09:00:00.000Z'],
  ])('is refused on a consent %s', (_when, at) => {
    given(journeyOpened, housingNeeded, referralConsentGiven)
      .when(onConsent)
      .by(caseManager, { at })
      .thenRefused('consent-not-in-force', { kind: 'state' });
  });

  it('is possible on the consent’s last day', () => {
    given(journeyOpened, housingNeeded, referralConsentGiven)
      .when(onConsent)
      .by(caseManager, { at: '2026-12-31T09:00:00.000Z' })
      .then(event('ReferralMade', { ...referral, consentId: referralConsentId, referralId: newId }));
  });

  it('is refused on a consent that was withdrawn', () => {
    given(
      journeyOpened,
      housingNeeded,
      referralConsentGiven,
      event('ConsentWithdrawn', {
        consentId: referralConsentId,
        withdrawnOn: '2026-03-09',
        channel: 'phone',
      }),
    )
      .when(onConsent)
      .by(caseManager)
      .thenRefused('consent-not-in-force');
  });

  it('is refused on a consent to something else', () => {
    given(journeyOpened, housingNeeded, exchangeConsentGiven)
      .when({ ...refer, organisationId: jobCentre, consentId: exchangeConsentId })
      .by(caseManager)
      .thenRefused('consent-for-another-purpose', { kind: 'state' });
  });

  it('is refused on a consent for somebody else', () => {
    given(
      journeyOpened,
      housingNeeded,
      event('ConsentGiven', { ...referralConsent, recipients: [jobCentre] }),
    )
      .when(onConsent)
      .by(caseManager)
      .thenRefused('consent-for-another-recipient', { kind: 'state' });
  });
});

const accepted = event('ReferralAccepted', { referralId });
const declined = event('ReferralDeclined', { referralId, reason: 'no-capacity' });
const started = event('ReferralStarted', { referralId });
const completed = event('ReferralCompleted', { referralId, outcome: 'partly' });
const cancelled = event('ReferralCancelled', { referralId });

const steps = {
  accept: { command: { type: 'AcceptReferral', referralId }, event: accepted },
  decline: { command: { type: 'DeclineReferral', referralId, reason: 'no-capacity' }, event: declined },
  start: { command: { type: 'StartReferral', referralId }, event: started },
  complete: { command: { type: 'CompleteReferral', referralId, outcome: 'partly' }, event: completed },
  cancel: { command: { type: 'CancelReferral', referralId }, event: cancelled },
} as const;
type Step = keyof typeof steps;

/** What has happened to a referral, and which steps it can take from there; every other one is refused. */
const standings: readonly {
  readonly status: string;
  readonly history: readonly JourneyEvent[];
  readonly live: readonly Step[];
  readonly logged: readonly Step[];
  readonly again: readonly Step[];
}[] = [
  {
    status: 'made',
    history: [],
    live: ['accept', 'decline', 'cancel'],
    logged: ['accept', 'decline', 'start', 'complete', 'cancel'],
    again: [],
  },
  {
    status: 'accepted',
    history: [accepted],
    live: ['start', 'complete', 'cancel'],
    logged: ['start', 'complete', 'cancel'],
    again: ['accept'],
  },
  {
    status: 'started',
    history: [accepted, started],
    live: ['complete', 'cancel'],
    logged: ['complete', 'cancel'],
    again: ['start'],
  },
  { status: 'declined', history: [declined], live: [], logged: [], again: ['decline'] },
  { status: 'completed', history: [accepted, completed], live: [], logged: [], again: ['complete'] },
  { status: 'cancelled', history: [cancelled], live: [], logged: [], again: ['cancel'] },
];

const answering = (mode: 'live' | 'logged', step: Step): Actor =>
  mode === 'live' && step !== 'cancel' ? adviser : caseManager;

const everyStep = standings.flatMap(({ status, history, live, logged, again }) =>
  (['live', 'logged'] as const).flatMap((mode) =>
    (Object.keys(steps) as Step[]).map((step) => ({
      mode,
      status,
      step,
      history: [journeyOpened, housingNeeded, referralMade(mode), ...history],
      expected: again.includes(step)
        ? ('nothing' as const)
        : { live, logged }[mode].includes(step)
          ? ('event' as const)
          : ('refusal' as const),
    })),
  ),
);

describe('a step of a referral', () => {
  it.each(everyStep.filter(({ expected }) => expected === 'event'))(
    'a $mode referral that was $status: $step',
    ({ mode, step, history }) => {
      given(...history)
        .when(steps[step].command)
        .by(answering(mode, step))
        .then(steps[step].event);
    },
  );

  it.each(everyStep.filter(({ expected }) => expected === 'nothing'))(
    'a $mode referral that was $status has nothing to $step again',
    ({ mode, step, history }) => {
      given(...history)
        .when(steps[step].command)
        .by(answering(mode, step))
        .thenNothing();
    },
  );

  it.each(everyStep.filter(({ expected }) => expected === 'refusal'))(
    'a $mode referral that was $status is past: $step',
    ({ mode, step, history, status }) => {
      given(...history)
        .when(steps[step].command)
        .by(answering(mode, step))
        .thenRefused(`referral-${status}`, { kind: 'state' });
    },
  );

  it.each(Object.keys(steps) as Step[])('to %s takes a note and the day on which it was', (step) => {
    const history = [journeyOpened, housingNeeded, referralMade('live')];
    const prior = step === 'start' || step === 'complete' ? [accepted] : [];
    const more = { note: 'Nach Rücksprache', occurredOn: '2026-03-09' };
    const { command, event: plain } = steps[step];
    const told = { ...plain, data: { ...plain.data, ...more } } as JourneyEvent;
    const actor = answering('live', step);
    given(...history, ...prior)
      .when({ ...command, ...more })
      .by(actor)
      .then(told);
    given(...history, ...prior, told)
      .when({ ...command, ...more })
      .by(actor)
      .thenNothing();
    given(...history, ...prior, told)
      .when(command)
      .by(actor)
      .thenNothing();
  });

  it('that says something else is no repetition, and refused', () => {
    const history = [journeyOpened, housingNeeded, referralMade('live')];
    given(...history, declined)
      .when({ ...steps.decline.command, reason: 'no-answer' })
      .by(adviser)
      .thenRefused('referral-declined');
    given(...history, accepted, completed)
      .when({ ...steps.complete.command, outcome: 'attained' })
      .by(adviser)
      .thenRefused('referral-completed');
    given(...history, accepted)
      .when({ ...steps.accept.command, note: 'Erst im Mai' })
      .by(adviser)
      .thenRefused('referral-accepted');
  });

  describe('after the consent that it rests on has ended', () => {
    const at = '2027-01-01T09:00:00.000Z';
    const lastDay = '2026-12-31T09:00:00.000Z';
    const made = (mode: 'live' | 'logged') => [
      journeyOpened,
      housingNeeded,
      referralConsentGiven,
      referralMade(mode, { consentId: referralConsentId }),
    ];
    const before = (step: Step) => (step === 'start' || step === 'complete' ? [accepted] : []);

    it.each(['accept', 'start'] as const)('is refused where it begins something: %s', (step) => {
      const history = [...made('live'), ...before(step)];
      given(...history)
        .when(steps[step].command)
        .by(adviser, { at })
        .thenRefused('consent-not-in-force', { kind: 'state' });
      given(...history)
        .when(steps[step].command)
        .by(adviser, { at: lastDay })
        .then(steps[step].event);
    });

    it.each(['decline', 'complete', 'cancel'] as const)('is possible where it ends it: %s', (step) => {
      given(...made('live'), ...before(step))
        .when(steps[step].command)
        .by(answering('live', step), { at })
        .then(steps[step].event);
    });

    it('is possible where it only tells what others did', () => {
      given(...made('logged'))
        .when(steps.accept.command)
        .by(caseManager, { at })
        .then(accepted);
    });
  });

  it.each(['accept', 'decline', 'start', 'complete'] as const)(
    'of a live referral is the receiving organisation’s: the owner may not %s',
    (step) => {
      given(journeyOpened, housingNeeded, referralMade('live'))
        .when(steps[step].command)
        .by(caseManager)
        .thenRefused('not-the-receiving-organisation', { kind: 'not-allowed' });
    },
  );

  it.each(['accept', 'decline', 'start', 'complete'] as const)(
    'of a logged referral is the owner’s: the organisation may not %s',
    (step) => {
      given(journeyOpened, housingNeeded, referralMade('logged'))
        .when(steps[step].command)
        .by(adviser)
        .thenRefused('not-the-owner', { kind: 'not-allowed' });
    },
  );

  it.each(['accept', 'decline', 'start', 'complete'] as const)(
    'of a referral to others does not exist for a third organisation: %s',
    (step) => {
      given(journeyOpened, housingNeeded, referralMade('live'))
        .when(steps[step].command)
        .by(jobCentreWorker)
        .thenRefused('not-found', { kind: 'unknown' });
    },
  );

  it('back is the owner’s alone', () => {
    given(journeyOpened, housingNeeded, referralMade('live'))
      .when(steps.cancel.command)
      .by(adviser)
      .thenRefused('not-the-owner', { kind: 'not-allowed' });
  });

  it.each(Object.keys(steps) as Step[])('of a referral that was never made is not found: %s', (step) => {
    given(journeyOpened, housingNeeded)
      .when(steps[step].command)
      .by(caseManager)
      .thenRefused('not-found', { kind: 'unknown' });
  });

  it.each(['accept', 'decline', 'start', 'complete'] as const)(
    'is refused after the journey was closed, which the receiving organisation is not told: %s',
    (step) => {
      const closed = given(journeyOpened, housingNeeded, referralMade('live'), journeyClosed);
      closed.when(steps[step].command).by(adviser).thenRefused('referral-ended', { kind: 'state' });
      closed.when(steps[step].command).by(caseManager).thenRefused('journey-closed', { kind: 'state' });
      closed.when(steps[step].command).by(jobCentreWorker).thenRefused('not-found', { kind: 'unknown' });
    },
  );
});
