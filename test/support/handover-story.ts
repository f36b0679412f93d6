import type { ProposeHandover } from '../../src/journeys/domain/commands.js';
import { event, exchangeConsent, handoverId, journeyOpened } from './journey-story.js';
import { jobCentre, jobCentreWorker } from './office.js';

/** Building blocks of a handover from Bergkamen's integration management to the job centre. */

export const nonce = '000102030405060708090a0b0c0d0e0f';
export const packageHash = 'ab'.repeat(32);
export const consentId = '77777777-7777-5777-8777-777777777774';

export const consent = event('ConsentGiven', {
  ...exchangeConsent,
  consentId,
  purpose: 'handover',
  validUntil: '2026-03-20',
  dataCategories: ['identity', 'employment', 'health'],
});
export const proposal: ProposeHandover = {
  type: 'ProposeHandover',
  toOrganisationId: jobCentre,
  function: 'job-seekers-benefits',
  purpose: 'Grundsicherung',
  packageCategories: ['identity', 'employment'],
  basis: { type: 'consent', consentId },
};
export const proposed = event('HandoverProposed', {
  handoverId,
  toOrganisationId: jobCentre,
  function: 'job-seekers-benefits',
  purpose: 'Grundsicherung',
  packageCategories: ['identity', 'employment'],
  basis: { type: 'consent', consentId, validUntil: '2026-03-20' },
  nonce,
});
export const approved = event('HandoverApproved', { handoverId });
export const requested = event('HandoverInformationRequested', { handoverId, question: 'Seit wann?' });
export const answered = event('HandoverInformationProvided', {
  handoverId,
  answer: 'Mai',
  category: 'employment',
});
export const accepted = event('HandoverAccepted', {
  handoverId,
  owner: { organisationId: jobCentre, userId: jobCentreWorker.userId },
  packageHash,
});
export const owned = [journeyOpened, consent];
export const waiting = [...owned, proposed];
export const offered = [...waiting, approved];
