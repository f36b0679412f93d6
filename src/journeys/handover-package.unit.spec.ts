import { describe, expect, it } from '@jest/globals';
import { everyEvent, everyEventInTurn } from '../../test/support/every-event.js';
import { event } from '../../test/support/journey-story.js';
import { adviceService } from '../../test/support/office.js';
import { entry, recorded } from '../../test/support/recorded.js';
import { noClient } from '../clients/domain/client.js';
import { dataCategories } from './domain/codes.js';
import type { DataCategory } from './domain/codes.js';
import { withCorrections } from './domain/corrections.js';
import type { JourneyEvent } from './domain/events.js';
import { packageOf } from './handover-package.js';

const { handoverId } = everyEvent.HandoverProposed;

const story = everyEventInTurn.filter(
  ({ type }) => !/^(Handover|Data|Dispute|Journey(Closed|Reopened|Assigned))/.test(type),
);

const offered = (
  packageCategories: readonly DataCategory[],
  events: readonly JourneyEvent[] = story,
): ReturnType<typeof packageOf> =>
  packageOf(
    handoverId,
    withCorrections(
      recorded([
        ...events,
        event('HandoverProposed', {
          ...everyEvent.HandoverProposed,
          toOrganisationId: adviceService,
          packageCategories,
        }),
      ]),
    ),
    noClient,
    false,
  );

describe('a package', () => {
  it('holds every field in its one category, what is not the entry’s own beside its id', () => {
    const { contactId } = everyEvent.ContactRecorded;
    const { needId } = everyEvent.NeedIdentified;
    const { goalId } = everyEvent.GoalAgreed;
    const { measureId } = everyEvent.MeasurePlanned;
    const { referralId } = everyEvent.ReferralMade;
    const held = offered(dataCategories)!.package;
    expect(Object.keys(held)).toEqual([...dataCategories]);
    expect(held.needs).toEqual({
      accessRoute: everyEvent.JourneyOpened.accessRoute,
      counsellorPreference: everyEvent.JourneyOpened.counsellorPreference,
      needs: [
        {
          needId,
          occurredOn: everyEvent.NeedIdentified.occurredOn,
          fieldOfAction: 'housing',
          urgency: 'high',
          status: 'resolved',
          resolvedAt: expect.any(String),
        },
      ],
    });
    expect(held.plan).toMatchObject({
      contacts: [{ contactId, occurredAt: everyEvent.ContactRecorded.occurredAt }],
      goals: [{ goalId, status: 'partly' }],
      measures: [{ measureId, status: 'completed', responsible: 'client' }],
      referrals: [{ referralId, lastStep: { occurredOn: '2026-03-03' } }],
    });
    expect(held.language).toMatchObject({
      contacts: [{ contactId, language: everyEvent.ContactRecorded.language }],
    });
    const { description, clientWish } = everyEvent.NeedIdentified;
    expect(held.notes).toMatchObject({
      concern: everyEvent.JourneyOpened.concern,
      lifeStory: everyEvent.LifeStoryRecorded.text,
      contacts: [{ contactId, note: everyEvent.ContactRecorded.note }],
      needs: [{ needId, description, clientWish, note: 'Der Vermieter hat saniert.' }],
      goals: [{ goalId, wording: everyEvent.GoalAgreed.wording, note: 'Zwei Besichtigungen.' }],
      measures: [{ measureId, title: 'Wohnberechtigungsschein beantragen', note: 'Liegt vor.' }],
      referrals: [{ referralId, note: 'Bitte vor Ostern.', lastStep: { note: expect.any(String) } }],
    });
    const { notes, ...others } = held;
    for (const text of JSON.stringify(notes).matchAll(/[^"]* [^"]*/g))
      expect(JSON.stringify(others)).not.toContain(text[0]);
  });

  it('is empty in a category without data, the notes included', () => {
    const [opened] = story;
    const { concern: _c, referredBy: _r, ...silent } = everyEvent.JourneyOpened;
    expect(opened?.type).toBe('JourneyOpened');
    const held = offered(
      ['needs', 'notes', 'plan', 'health'],
      [
        event('JourneyOpened', silent),
        event('NeedIdentified', { needId: 'a-need', fieldOfAction: 'housing', urgency: 'low' }),
      ],
    );
    expect(held?.package).toMatchObject({ notes: {}, plan: {}, health: {} });
  });

  it('points to what is contested wherever it stands', () => {
    const at = story.findIndex(({ type }) => type === 'NeedIdentified');
    const dispute = event('DataDisputed', { ...everyEvent.DataDisputed, eventId: entry(at) });
    expect(offered(['needs', 'notes'], [...story, dispute])?.disputedInPackage).toEqual([
      '/needs/needs/0',
      '/notes/needs/0',
    ]);
    expect(offered(['notes'], [...story, dispute])).not.toHaveProperty('disputedInPackage');
  });
});
