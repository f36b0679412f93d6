import { describe, it } from '@jest/globals';
import { given } from '../../../test/support/given-when-then.js';
import { event, journeyOpened, opening } from '../../../test/support/journey-story.js';
import {
  caseManager,
  colleague,
  headOfTeam,
  integrationManagement,
  kamenCaseManager,
  kamenHead,
  reference,
} from '../../../test/support/office.js';
import type { GenderPreference } from './codes.js';

const assignTo = (ownerUserId: string, overrideReason?: string) =>
  ({
    type: 'AssignJourney',
    ownerUserId,
    ...(overrideReason !== undefined && { overrideReason }),
  }) as const;

const assignedTo = (userId: string, overrideReason?: string) =>
  event('JourneyAssigned', {
    owner: { organisationId: integrationManagement, userId },
    ...(overrideReason !== undefined && { overrideReason }),
  });

const wishingFor = (counsellorPreference: GenderPreference) =>
  event('JourneyOpened', { ...opening, counsellorPreference });

describe('assigning a journey to another person of the house', () => {
  it('is done by the head of the team', () => {
    given(journeyOpened).when(assignTo(colleague.userId)).by(headOfTeam).then(assignedTo(colleague.userId));
  });

  it('is not done by a case manager', () => {
    given(journeyOpened)
      .when(assignTo(colleague.userId))
      .by(caseManager)
      .thenRefused('supervisors-only', { kind: 'not-allowed' });
  });

  it('is not done by the head of another team', () => {
    given(journeyOpened)
      .when(assignTo(colleague.userId))
      .by(kamenHead)
      .thenRefused('not-the-owner', { kind: 'not-allowed' });
  });

  it('is refused for somebody of another house, and for nobody', () => {
    for (const userId of [kamenCaseManager.userId, 'niemand'])
      given(journeyOpened)
        .when(assignTo(userId))
        .by(headOfTeam)
        .thenRefused('unknown-user', { kind: 'input', pointer: '/ownerUserId' });
  });

  it('is refused for somebody who works on no journeys', () => {
    const withAnalyst = {
      ...reference,
      user: () => ({ organisation: integrationManagement, roles: ['analyst'] }),
    };
    given(journeyOpened)
      .when(assignTo('monitoring'))
      .by(headOfTeam, { registers: withAnalyst })
      .thenRefused('user-cannot-own-journeys', { kind: 'input', pointer: '/ownerUserId' });
  });

  it.each(['', '  ', '\u00a0\n', '\u200b'])(
    'against the wish is not done for a blank reason: %p',
    (blank) => {
      given(wishingFor('woman'))
        .when(assignTo(colleague.userId, blank))
        .by(headOfTeam)
        .thenRefused('wish-not-met');
      given(journeyOpened)
        .when(assignTo(colleague.userId, blank))
        .by(headOfTeam)
        .then(assignedTo(colleague.userId));
    },
  );

  it('to the one who has it already changes nothing', () => {
    given(journeyOpened).when(assignTo(caseManager.userId)).by(headOfTeam).thenNothing();
    given(journeyOpened, assignedTo(colleague.userId))
      .when(assignTo(colleague.userId))
      .by(headOfTeam)
      .thenNothing();
  });

  it('against the client’s wish is refused without a reason', () => {
    given(wishingFor('woman')).when(assignTo(colleague.userId)).by(headOfTeam).thenRefused('wish-not-met', {
      kind: 'state',
    });
  });

  it('against the client’s wish is possible for a reason, which is recorded', () => {
    given(wishingFor('woman'))
      .when(assignTo(colleague.userId, 'Spricht als Einziger Türkisch'))
      .by(headOfTeam)
      .then(assignedTo(colleague.userId, 'Spricht als Einziger Türkisch'));
  });

  it.each(['man', 'none'] as const)('needs no reason where the wish is %s', (wish) => {
    given(wishingFor(wish))
      .when(assignTo(colleague.userId))
      .by(headOfTeam)
      .then(assignedTo(colleague.userId));
  });

  it('is against a wish as it stands after a correction', () => {
    given(
      wishingFor('none'),
      event('DataCorrected', {
        eventId: 'e0e0e0e0-0000-5000-8000-000000000000',
        replacement: { counsellorPreference: 'woman' },
      }),
    )
      .when(assignTo(colleague.userId))
      .by(headOfTeam)
      .thenRefused('wish-not-met');
  });

  it('meets no wish where the person has not said a gender', () => {
    const silent = {
      ...reference,
      user: () => ({ organisation: integrationManagement, roles: ['case_manager'] }),
    };
    given(wishingFor('man'))
      .when(assignTo('neu-hier'))
      .by(headOfTeam, { registers: silent })
      .thenRefused('wish-not-met');
  });
});
