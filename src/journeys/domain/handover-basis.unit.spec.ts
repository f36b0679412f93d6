import { describe, expect, it } from '@jest/globals';
import { event, exchangeConsent, opening } from '../../../test/support/journey-story.js';
import { contextOf, reference } from '../../../test/support/office.js';
import { dataCategories, legalDomains } from './codes.js';
import type { DataCategory, LegalDomain } from './codes.js';
import type { ProposeHandover } from './commands.js';
import type { Actor } from './decision.js';
import { decide } from './decide.js';
import { foldJourney } from './evolve.js';
import { recorded } from '../../../test/support/recorded.js';

import { consentId, proposal } from '../../../test/support/handover-story.js';

describe('the rules of transfer, for every pair of legal domains, category and basis', () => {
  const officeOf = new Map<LegalDomain, string>(
    legalDomains.flatMap((domain) => {
      const office = reference.organisations.find(
        ({ legalDomain, municipalities }) => legalDomain === domain && municipalities.includes('05978004'),
      );
      return office ? [[domain, office.id] as const] : [];
    }),
  );
  const functionOf = new Map(
    reference.competence
      .filter(({ municipality }) => municipality === '05978004')
      .map((entry) => [entry.organisationId, entry.function]),
  );
  const { statutory, neverToByDefault } = reference.transferRules;
  const pairs = [...officeOf].flatMap(([from, sender]) =>
    [...officeOf].filter(([to]) => to !== from).map(([to, receiver]) => ({ from, to, sender, receiver })),
  );

  const decideOn = (
    { sender, receiver }: { readonly sender: string; readonly receiver: string },
    category: DataCategory,
    basis: ProposeHandover['basis'],
  ) => {
    const actor: Actor = { userId: 'somebody', organisationId: sender, roles: ['case_manager'] };
    const events = recorded([
      event('JourneyOpened', { ...opening, owner: { organisationId: sender, userId: 'somebody' } }),
      event('ConsentGiven', {
        ...exchangeConsent,
        consentId,
        purpose: 'handover',
        recipients: [receiver],
        dataCategories: dataCategories.filter((one) => one !== 'household'),
        includesArticle9: true,
      }),
    ]);
    const decision = decide(
      {
        ...proposal,
        toOrganisationId: receiver,
        function: functionOf.get(receiver)!,
        packageCategories: [category],
        basis,
      },
      foldJourney(events),
      contextOf(actor),
    );
    return decision.refusal?.code ?? 'proposed';
  };

  it('has an office in this town for almost every domain', () => {
    expect(pairs.length).toBeGreaterThanOrEqual(30);
  });

  it.each(pairs)('from $from to $to', ({ from, to, sender, receiver }) => {
    for (const category of dataCategories) {
      const never = neverToByDefault[to]?.includes(category) === true;
      const byConsent = never
        ? 'category-never-transferred'
        : category === 'household'
          ? 'category-outside-basis'
          : 'proposed';
      expect([category, decideOn({ sender, receiver }, category, { type: 'consent', consentId })]).toEqual([
        category,
        byConsent,
      ]);
      for (const rule of statutory) {
        const forPair = rule.from.includes(from) && rule.to.includes(to);
        const byStatute = !forPair
          ? 'rule-for-another-pair'
          : never
            ? 'category-never-transferred'
            : rule.categories.includes(category)
              ? 'proposed'
              : 'category-outside-basis';
        expect([
          category,
          rule.rule,
          decideOn({ sender, receiver }, category, { type: 'statute', rule: rule.rule }),
        ]).toEqual([category, rule.rule, byStatute]);
      }
    }
  });
});
