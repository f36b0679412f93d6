import { describe, it } from '@jest/globals';
import { given } from '../../../test/support/given-when-then.js';
import { event, housingNeeded, housingNeedId, journeyOpened } from '../../../test/support/journey-story.js';
import { caseManager, newId } from '../../../test/support/office.js';
import type { RecordContact } from './commands.js';

describe('a contact', () => {
  const visit: RecordContact = {
    type: 'RecordContact',
    kind: 'office',
    occurredAt: '2026-03-09T14:00:00Z',
    minutes: 30,
    language: 'ar',
    interpreter: true,
    present: ['Bruder'],
    note: 'Brief vom Jobcenter besprochen',
  };
  const { type: _, ...said } = visit;

  it('is recorded as it was', () => {
    given(journeyOpened)
      .when(visit)
      .by(caseManager)
      .then(event('ContactRecorded', { ...said, contactId: newId }));
  });

  it('is another one each time, even if it looks the same', () => {
    given(journeyOpened, event('ContactRecorded', { ...said, contactId: housingNeedId }))
      .when(visit)
      .by(caseManager)
      .then(event('ContactRecorded', { ...said, contactId: newId }));
  });
});

describe('a need', () => {
  it('is identified with its field of action and urgency', () => {
    given(journeyOpened)
      .when({ type: 'IdentifyNeed', fieldOfAction: 'housing', urgency: 'low', clientWish: 'Balkon' })
      .by(caseManager)
      .then(
        event('NeedIdentified', {
          needId: newId,
          fieldOfAction: 'housing',
          urgency: 'low',
          clientWish: 'Balkon',
        }),
      );
  });

  const resolve = { type: 'ResolveNeed', needId: housingNeedId, note: 'Wohnung gefunden' } as const;
  const resolved = event('NeedResolved', { needId: housingNeedId, note: 'Wohnung gefunden' });

  it('is resolved', () => {
    given(journeyOpened, housingNeeded).when(resolve).by(caseManager).then(resolved);
  });

  it('is resolved once: said again there is nothing to record', () => {
    given(journeyOpened, housingNeeded, resolved).when(resolve).by(caseManager).thenNothing();
    given(journeyOpened, housingNeeded, resolved)
      .when({ type: 'ResolveNeed', needId: housingNeedId })
      .by(caseManager)
      .thenNothing();
  });

  it('is not resolved a second time with other words, which would be lost', () => {
    given(journeyOpened, housingNeeded, resolved)
      .when({ ...resolve, note: 'Doch nicht' })
      .by(caseManager)
      .thenRefused('need-resolved', { kind: 'state' });
  });

  it('that nobody identified is not found', () => {
    given(journeyOpened).when(resolve).by(caseManager).thenRefused('not-found', { kind: 'unknown' });
  });
});

describe('a potential', () => {
  it('is identified', () => {
    given(journeyOpened)
      .when({ type: 'IdentifyPotential', kind: 'language', language: 'fr', cefrLevel: 'C1' })
      .by(caseManager)
      .then(
        event('PotentialIdentified', {
          potentialId: newId,
          kind: 'language',
          language: 'fr',
          cefrLevel: 'C1',
        }),
      );
  });
});

describe('a life story', () => {
  const told = event('LifeStoryRecorded', { text: 'Ich komme aus Homs.' });
  const toldOn = event('LifeStoryRecorded', { text: 'Ich komme aus Homs und war Schneider.' });

  it('is kept in the client’s words', () => {
    given(journeyOpened)
      .when({ type: 'RecordLifeStory', text: 'Ich komme aus Homs.' })
      .by(caseManager)
      .then(told);
  });

  it('in the same words is one telling', () => {
    given(journeyOpened, told)
      .when({ type: 'RecordLifeStory', text: 'Ich komme aus Homs.' })
      .by(caseManager)
      .thenNothing();
  });

  it('may go on, and come back to what was told before', () => {
    given(journeyOpened, told)
      .when({ type: 'RecordLifeStory', text: 'Ich komme aus Homs und war Schneider.' })
      .by(caseManager)
      .then(toldOn);
    given(journeyOpened, told, toldOn)
      .when({ type: 'RecordLifeStory', text: 'Ich komme aus Homs.' })
      .by(caseManager)
      .then(told);
  });
});
