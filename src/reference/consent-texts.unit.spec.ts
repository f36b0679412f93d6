import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { consentPurposes } from '../journeys/domain/codes.js';
import { loadConsentTexts } from './consent-texts.js';
import { loadReferenceData } from './reference.module.js';

const folder = fileURLToPath(new URL('../../../data/consent-texts', import.meta.url));

/** Consents name these hashes: a text that changes its hash makes them unprovable. Only add to this list. */
const pinned: Readonly<Record<string, string>> = {
  'case-management.ar.v1.md': 'f222287c23bfa37bff521a3725c1b467ed18cb67bd76634f2621074db83d2839',
  'case-management.bg.v1.md': '7b94402056c65e4db43cd1ec92e5e122d472c063d9325ff43a4cf31e1e8d9deb',
  'case-management.de.v1.md': 'a618a340a5485e18a98c6967e09278f6ba0da7cd9d9265a7c575fc8d7f51790c',
  'case-management.en.v1.md': '7e586bc90372998c1645a27340fcf4524f8af3f445192c54ea2ddd42521542dd',
  'case-management.fa.v1.md': '600558ef67c0b3e3a5671669259187decb4bca5fd5961adc17a01d2ead5622e6',
  'case-management.fr.v1.md': '0d1ef3039e357f5f6326641b4d72ec47ec8eb0dbd6cf0c2e6fe35b80a2ed6f0d',
  'case-management.kmr.v1.md': '3fc6ee1e467f435048dde895d8e470808d480ec1281fc0fe71b6275b2d4480e2',
  'case-management.ro.v1.md': '4155421c3e70122446cd1f86bdf6dda7d4d58f5034c5943e5be923d4fa480c37',
  'case-management.ru.v1.md': '313a33b427c3f9b3c60badfbe79ec2f03caa8336b2669aff7e591229d2d0664f',
  'case-management.tr.v1.md': '31981783e9e7fc6ac7265c1f6c78d8c9dbbe064340cb2c69058d80724b276ad2',
  'case-management.uk.v1.md': 'aff515ab1ccbf6c0dce804aebcd1a571e57e551364e9c8e8815e21a2841ff98a',
  'handover.ar.v1.md': 'b9a18222830dedc3586399255e3098e331b063b73df46350b7882bc858c0d294',
  'handover.bg.v1.md': '00a4eb9a01e702ec4dd423936e2183f0b82de645a58035f185a4cec3114b7655',
  'handover.de.v1.md': 'a2feb49e99f60e420d13131850d1b0976cf54750a5d830ecc0873f4f270c87ea',
  'handover.en.v1.md': '041c286d9dd6a3aab89062507c17ccb95dbc161d23d4dfbff889e84e93b2e765',
  'handover.fa.v1.md': 'c291defa3d584d6965402b6036f2b833558d4566892c186f78e7597120856642',
  'handover.fr.v1.md': 'caae4d9e4da06d86fe449db492183c27f6d806f03905d63a118ce64213509ee9',
  'handover.kmr.v1.md': '2808017938260341e68490b10763e45f154d0812cb402c4a886ca136b91420a9',
  'handover.ro.v1.md': '0ff63f290786428e929be9b8ecdf27e66aedae2592ad3a38bd177da7a2ba79fa',
  'handover.ru.v1.md': 'f76171be9da38c8036d97558ee278090d634c534def75fb1a0bc4aaa46d8ce88',
  'handover.tr.v1.md': 'b271e795a99ec4c18f3378bd69758b736e78aee478e50f9e9380760530875867',
  'handover.uk.v1.md': 'db672d77f71d5cf31f090a580cf5a2ff34eda499cf54968736fa9aef2aefe29c',
  'information-exchange.ar.v1.md': 'cd9b95ce9582a75b79bd6daac56b3b691d7cd981c3bb18997bc902494be9b438',
  'information-exchange.bg.v1.md': '77fddb95295daaef0a9947475578e2adad97a82b16794463dab8e82ba9559b8e',
  'information-exchange.de.v1.md': '1da088f7c2eb996a91712969da2147ab804a9f6f87c500029ae74113074ff7e7',
  'information-exchange.en.v1.md': '55e4f26a7b2b0db2fb1eb089166c884df7d9c0acc8e3ac0fec5da15fc2314ad1',
  'information-exchange.fa.v1.md': 'f78e7d77e8c8a763ba32cfc70522599a460eb44be3a234f3eb4d0b87693c310b',
  'information-exchange.fr.v1.md': '4c2ade6e5491d90333823289ab8cfcfc1073077ff5c8c4255dbf425849eb3187',
  'information-exchange.kmr.v1.md': '07aa1b476a14ed3e6635c264c6fa9c4e4fe3fde2b5f6ed64568915c3ffa031ee',
  'information-exchange.ro.v1.md': 'f4179ff208ee3de7525a20d15f2a2e13d2f0568457659191be9016fc2a1e35d9',
  'information-exchange.ru.v1.md': '0cbf5255339375b8c5c2388e1d3c65a7134722065db71050c73f068521a1e670',
  'information-exchange.tr.v1.md': 'e92e50cca9ad2a1e038cbe2bf669716cf900f9981000129994851a47cbb00335',
  'information-exchange.uk.v1.md': '35885e608091a5a02ff3381dd71903848db26b103c2939de3f2cde635bfa3e46',
  'referral.ar.v1.md': 'b95c47d24b664270ead3f2a60fe6524b5243a9d6e7443f475286a9d375110508',
  'referral.bg.v1.md': '61717494be2ae71870d3b3b09508fdbc71ef1c133281a619192ded2e64b93671',
  'referral.de.v1.md': 'd79226a7b0df5c56beb49b6632de44d24f986d79704ce983a92df5a831d4802b',
  'referral.en.v1.md': '069f87414b51aa11655113f08c7c9385bd49decdd3428c4287eab04c385badf2',
  'referral.fa.v1.md': '5173f13ff806bd4df8df629843b228dc8e58913668349b0a0ab19a29adb5730f',
  'referral.fr.v1.md': 'dc9c3fc5b37b97199afe20a29902010d769de0f634c88d4e18ff54f34a941318',
  'referral.kmr.v1.md': '58ad3fdca1a06146f95907f85ccd4b3c608e194c17d2ee9c557dc4a156dbb6b7',
  'referral.ro.v1.md': '077a6446a3685f12cacd25d4a52c669332d076305a334e3fbfbb8937bd0fe0cb',
  'referral.ru.v1.md': '3e8f78289d7e2dc4dd5e2603dee49328cf495729aba6621f56ec98cb2836aceb',
  'referral.tr.v1.md': 'f4519fe008d6f57b5745b27f16cd9e6e794e7cdd41eeeda0926bffddc4775822',
  'referral.uk.v1.md': 'df988c88583aadde85fb2685120e662d87469b6393f6d123e9cc0a710a805c33',
};

const languages = ['de', 'en', 'tr', 'ar', 'uk', 'ru', 'fr', 'kmr', 'fa', 'bg', 'ro'];

describe('the consent texts', () => {
  const texts = loadConsentTexts(folder);

  it('stand as they stood when they were added', () => {
    const files = readdirSync(folder).filter((file) => /\.v\d+\.md$/.test(file));
    const hashes = files.map((file) => [
      file,
      createHash('sha256')
        .update(readFileSync(join(folder, file)))
        .digest('hex'),
    ]);
    expect(Object.fromEntries(hashes)).toEqual(pinned);
  });

  it('are served under the hash of the very bytes that are served', () => {
    for (const { purpose, language, version, textHash, text } of texts) {
      expect(textHash).toBe(pinned[`${purpose}.${language}.v${version}.md`]);
      expect(createHash('sha256').update(text, 'utf8').digest('hex')).toBe(textHash);
    }
  });

  it.each(consentPurposes)('are there for %s in all eleven languages', (purpose) => {
    const found = texts.filter((text) => text.purpose === purpose).map(({ language }) => language);
    expect(found.sort()).toEqual([...languages].sort());
  });

  it('name whom to complain to, and have no place left to be filled in', () => {
    for (const { text } of texts) {
      expect(text).toContain('www.ldi.nrw.de');
      expect(text).toContain('DSGVO');
      expect(text).not.toMatch(/[{}<>[\]_]|\.\.\.|…/);
    }
  });

  it('tell all languages the same, section by section', () => {
    for (const { text } of texts) expect(text.match(/^##? /gm)).toHaveLength(11);
    for (const { text } of texts) expect(text.match(/^- /gm)).toHaveLength(5);
  });

  it('are recognised by the hash that a consent names', () => {
    const reference = loadReferenceData();
    expect(reference.isKnownConsentText(pinned['handover.de.v1.md'] ?? '')).toBe(true);
    expect(reference.isKnownConsentText('0'.repeat(64))).toBe(false);
  });
});
