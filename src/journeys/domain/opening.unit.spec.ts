import { describe, it } from '@jest/globals';
import { given } from '../../../test/support/given-when-then.js';
import { clientId, event, journeyOpened } from '../../../test/support/journey-story.js';
import { bergkamen, caseManager, jobCentreWorker, kamen, newId } from '../../../test/support/office.js';
import type { OpenJourney } from './commands.js';

const openInBergkamen: OpenJourney = {
  type: 'OpenJourney',
  clientId,
  municipality: bergkamen,
  accessRoute: 'school',
  residenceGroup: 'family',
  preferredLanguage: 'tr',
  concern: 'Schulplatz',
};

const intake = {
  clientId,
  municipality: bergkamen,
  accessRoute: 'school',
  residenceGroup: 'family',
  preferredLanguage: 'tr',
  concern: 'Schulplatz',
} as const;

describe('opening a journey', () => {
  it('makes whoever opens it its owner, from today on', () => {
    given()
      .when(openInBergkamen)
      .by(caseManager, { at: '2026-03-10T09:00:00.000Z' })
      .then(
        event('JourneyOpened', {
          ...intake,
          journeyId: newId,
          owner: { organisationId: 'kim-bergkamen', userId: 'bergkamen-cm' },
          openedOn: '2026-03-10',
        }),
      );
  });

  it('takes the day of Berlin for today', () => {
    given()
      .when(openInBergkamen)
      .by(caseManager, { at: '2026-03-10T23:30:00.000Z' })
      .then(
        event('JourneyOpened', {
          ...intake,
          journeyId: newId,
          owner: { organisationId: 'kim-bergkamen', userId: 'bergkamen-cm' },
          openedOn: '2026-03-11',
        }),
      );
  });

  it('may be recorded later than it was', () => {
    given()
      .when({ ...openInBergkamen, openedOn: '2026-02-20', socialArea: '05978004-oberaden' })
      .by(caseManager)
      .then(
        event('JourneyOpened', {
          ...intake,
          socialArea: '05978004-oberaden',
          journeyId: newId,
          owner: { organisationId: 'kim-bergkamen', userId: 'bergkamen-cm' },
          openedOn: '2026-02-20',
        }),
      );
  });

  it('is possible for every office that serves the municipality', () => {
    given()
      .when({ ...openInBergkamen, municipality: kamen })
      .by(jobCentreWorker)
      .then(
        event('JourneyOpened', {
          ...intake,
          municipality: kamen,
          journeyId: newId,
          owner: { organisationId: 'jobcenter-kreis-unna', userId: 'jobcenter-cm' },
          openedOn: '2026-03-10',
        }),
      );
  });

  it('is refused to an office that does not serve the municipality', () => {
    given()
      .when({ ...openInBergkamen, municipality: kamen })
      .by(caseManager)
      .thenRefused('municipality-not-served', { kind: 'state' });
  });

  it('is refused for a social area of another town', () => {
    given()
      .when({ ...openInBergkamen, socialArea: '05978020-mitte' })
      .by(caseManager)
      .thenRefused('social-area-elsewhere', { kind: 'input', pointer: '/socialArea' });
  });

  it('happens once', () => {
    given(journeyOpened).when(openInBergkamen).by(caseManager).thenRefused('journey-exists');
  });
});
