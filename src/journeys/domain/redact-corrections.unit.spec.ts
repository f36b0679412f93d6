import { describe, expect, it } from '@jest/globals';
import { everyEvent } from '../../../test/support/every-event.js';
import {
  event,
  exchangeConsent,
  handoverId,
  housingNeedId,
  journeyOpened,
  referralMade,
} from '../../../test/support/journey-story.js';
import {
  caseManager,
  immigrationWorker,
  integrationManagement,
  jobCentreWorker,
} from '../../../test/support/office.js';
import { entry, recorded } from '../../../test/support/recorded.js';
import type { DataCategory } from './codes.js';
import { withCorrections } from './corrections.js';
import type { Actor } from './decision.js';
import type { JourneyEvent } from './events.js';
import { foldJourney } from './evolve.js';
import { grants } from './grants.js';
import type { Need } from './journey.js';
import { redact } from './redact.js';

type Step = readonly [Actor, JourneyEvent];

const own = { fieldOfAction: 'housing', urgency: 'low', description: 'Schimmel' } as const;
const theirs = { urgency: 'high', description: 'Vertraulich' } as const;

const offeredTo = (
  from: Actor,
  to: Actor,
  packageCategories: readonly DataCategory[],
  id: string,
): Step[] => [
  [
    from,
    event('HandoverProposed', {
      ...everyEvent.HandoverProposed,
      handoverId: id,
      toOrganisationId: to.organisationId,
      packageCategories,
      basis: { type: 'statute', rule: 'none' },
    }),
  ],
  [from, event('HandoverApproved', { handoverId: id })],
];
const takenBy = (to: Actor, id: string): Step => [
  to,
  event('HandoverAccepted', { handoverId: id, owner: to, packageHash: '' }),
];

const back = 'back';
const onwards = 'onwards';

/** Bergkamen recorded a need, the job centre took the client over and wrote something else into it. */
const correctedByOthers = (replacement: Readonly<Record<string, unknown>> = theirs): readonly Step[] => [
  [caseManager, journeyOpened],
  [caseManager, event('NeedIdentified', { needId: housingNeedId, ...own })],
  ...offeredTo(caseManager, jobCentreWorker, ['identity', 'needs', 'notes', 'health'], handoverId),
  takenBy(jobCentreWorker, handoverId),
  [jobCentreWorker, event('DataCorrected', { eventId: entry(1), replacement })],
];

const seenBy = (viewer: Actor, steps: readonly Step[]) => {
  const events = recorded(steps.map(([, one]) => one)).map((one, index) => ({
    ...one,
    recordedBy: steps[index]![0],
  }));
  const granted = grants(events, viewer, { now: '2026-03-10T09:00:00.000Z', today: '2026-03-10' });
  return redact(withCorrections(events), granted, viewer.organisationId);
};

const needSeenBy = (viewer: Actor, steps: readonly Step[]): Need | undefined => {
  const journey = foldJourney(seenBy(viewer, steps));
  return journey.stage === 'none' ? undefined : journey.needs[0];
};

describe('what others wrote into an entry by a correction', () => {
  const unchanged: readonly (readonly [string, readonly Step[]])[] = [
    ['is still a former owner', []],
    [
      'is asked by a live referral',
      [[jobCentreWorker, referralMade('live', { organisationId: integrationManagement })]],
    ],
    ['is offered the client back', offeredTo(jobCentreWorker, caseManager, ['identity'], back)],
    [
      'has the client back',
      [...offeredTo(jobCentreWorker, caseManager, ['identity'], back), takenBy(caseManager, back)],
    ],
  ];

  it.each(unchanged)('is not shown to the office that recorded the entry and %s', (_how, more) => {
    const steps = [...correctedByOthers(), ...more];
    const need = needSeenBy(caseManager, steps);
    expect(need).toMatchObject(own);
    expect(need).not.toHaveProperty('corrected');
    expect(seenBy(caseManager, steps).map(({ type }) => type)).not.toContain('DataCorrected');
  });

  it('is shown to it as far as a package or a consent opens that', () => {
    const handedBack = (...categories: DataCategory[]): readonly Step[] => [
      ...correctedByOthers(),
      ...offeredTo(jobCentreWorker, caseManager, categories, back),
      takenBy(caseManager, back),
    ];
    expect(needSeenBy(caseManager, handedBack('needs', 'notes'))).toMatchObject({
      ...theirs,
      corrected: true,
    });
    const consent = event('ConsentGiven', {
      ...exchangeConsent,
      dataCategories: ['needs'],
      recipients: [integrationManagement],
    });
    for (const steps of [
      handedBack('needs'),
      [...correctedByOthers(), [jobCentreWorker, consent] as const],
    ]) {
      expect(needSeenBy(caseManager, steps)).toMatchObject({
        urgency: theirs.urgency,
        description: own.description,
        corrected: true,
      });
      expect(seenBy(caseManager, steps).find(({ type }) => type === 'DataCorrected')?.data).toEqual({
        eventId: entry(1),
        replacement: { urgency: theirs.urgency },
      });
    }
  });

  it('is shown to who wrote it, and theirs again to whoever corrects it later', () => {
    expect(needSeenBy(jobCentreWorker, correctedByOthers())).toMatchObject(theirs);
    const again: Step = [
      caseManager,
      event('DataCorrected', { eventId: entry(1), replacement: { urgency: 'medium' } }),
    ];
    const handedBack = offeredTo(jobCentreWorker, caseManager, ['identity'], back);
    expect(
      needSeenBy(caseManager, [...correctedByOthers(), ...handedBack, takenBy(caseManager, back), again]),
    ).toMatchObject({ urgency: 'medium', description: own.description, corrected: true });
  });

  const handedOn = (
    replacement: Readonly<Record<string, unknown>>,
    ...categories: readonly DataCategory[]
  ): Need | undefined =>
    needSeenBy(immigrationWorker, [
      ...correctedByOthers(replacement),
      ...offeredTo(jobCentreWorker, caseManager, ['identity'], back),
      takenBy(caseManager, back),
      ...offeredTo(caseManager, immigrationWorker, categories, onwards),
    ]);

  it('does not travel on from an office that does not see it', () => {
    expect(handedOn(theirs, 'needs', 'notes')).toMatchObject(own);
    expect(handedOn(theirs, 'needs', 'notes')).not.toHaveProperty('corrected');
  });

  it('moves the entry out of no category for somebody who knows it as it was', () => {
    const toHealth = { fieldOfAction: 'health-care' };
    expect(handedOn(toHealth, 'needs')).toBeUndefined();
    expect(handedOn(toHealth, 'health')).toBeUndefined();
    expect(handedOn(toHealth, 'needs', 'health')).toMatchObject({ fieldOfAction: 'housing' });
  });
});
