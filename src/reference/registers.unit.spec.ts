import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadReferenceData } from './reference.module.js';
import { BrokenReferenceFile } from './parsing.js';
import type { CompetenceEntry, Organisation, TransferRules } from './registers.js';

const shipped = fileURLToPath(new URL('../../../data', import.meta.url));

const bergkamen = '05978004';
const boenen = '05978008';
const kamen = '05978020';
const luenen = '05978024';

describe('the registers as shipped', () => {
  const reference = loadReferenceData();
  const idsCompetentFor = (...question: Parameters<typeof reference.competentFor>): readonly string[] =>
    reference.competentFor(...question).map(({ id }) => id);

  it('know the ten municipalities of the Kreis and who serves them', () => {
    expect(reference.municipalities).toHaveLength(10);
    expect(reference.municipality(kamen)?.name).toBe('Kamen');
    expect(reference.servesMunicipality('kim-kamen', kamen)).toBe(true);
    expect(reference.servesMunicipality('kim-kamen', bergkamen)).toBe(false);
    expect(reference.servesMunicipality('nobody', kamen)).toBe(false);
  });

  it('send a client from Lünen to the immigration office of Lünen and everybody else to that of the Kreis', () => {
    expect(idsCompetentFor('residence', luenen, '2026-05-01')).toEqual(['auslaenderbehoerde-luenen']);
    for (const { ags } of reference.municipalities.filter((municipality) => municipality.ags !== luenen)) {
      expect(idsCompetentFor('residence', ags, '2026-05-01')).toEqual(['auslaenderbehoerde-kreis-unna']);
    }
  });

  it('name an office for every function in every municipality', () => {
    const functions = new Set(reference.competence.map((entry) => entry.function));
    expect(functions.size).toBe(10);
    for (const wanted of functions) {
      for (const { ags } of reference.municipalities) {
        expect(idsCompetentFor(wanted, ags, '2026-05-01')).not.toEqual([]);
      }
    }
  });

  it('name nobody for a day before the first entry', () => {
    expect(idsCompetentFor('residence', kamen, '2019-12-31')).toEqual([]);
    expect(idsCompetentFor('residence', kamen, '2020-01-01')).not.toEqual([]);
  });

  it('know a social area in its own municipality only', () => {
    expect(reference.socialAreaIn('05978004-oberaden', bergkamen)).toBe(true);
    expect(reference.socialAreaIn('05978004-oberaden', boenen)).toBe(false);
    expect(reference.socialAreaIn('05978004-atlantis', bergkamen)).toBe(false);
  });

  it('let the three KIM teams work as one since 2022, and nobody else', () => {
    expect(reference.workAsOneTeam('kim-bergkamen', 'kim-boenen', '2026-05-01')).toBe(true);
    expect(reference.workAsOneTeam('kim-bergkamen', 'kim-boenen', '2021-12-31')).toBe(false);
    expect(reference.workAsOneTeam('kim-bergkamen', 'jobcenter-kreis-unna', '2026-05-01')).toBe(false);
    expect(reference.workAsOneTeam('jobcenter-kreis-unna', 'jobcenter-kreis-unna', '2026-05-01')).toBe(true);
  });

  it('know the users of one house', () => {
    expect(reference.user('kamen-cm')?.organisation).toBe('kim-kamen');
    expect(reference.user('nobody')).toBeUndefined();
    expect(reference.usersOf('kim-kamen').map(({ username }) => username)).toEqual([
      'kamen-cm',
      'kamen-lead',
    ]);
    expect(reference.user('analyst')?.languages).toEqual([]);
  });

  it('let little flow to the immigration office, and not the same way back', () => {
    const there = reference.statutoryRules('SGB_II', 'AUFENTHG').map(({ rule }) => rule);
    const back = reference.statutoryRules('AUFENTHG', 'SGB_II').map(({ rule }) => rule);
    expect(there).toEqual(['sgbx-71-2', 'aufenthg-44a-abweichung']);
    expect(back).toEqual(['aufenthg-44a']);
    expect(reference.statutoryRules(undefined, 'AUFENTHG')).toEqual([]);
    expect(reference.neverTransferred('SGB_II', 'AUFENTHG')).toEqual(['health', 'notes', 'protection']);
    expect(reference.neverTransferred(undefined, 'AUFENTHG')).toEqual(['health', 'notes', 'protection']);
    expect(reference.neverTransferred('AUFENTHG', 'SGB_II')).toEqual([]);
    expect(reference.statutoryRule('sgbx-69')?.categories).toContain('household');
    expect(reference.statutoryRule('sgbx-1')).toBeUndefined();
  });

  it('cannot be changed by whoever holds them', () => {
    const [organisation] = reference.organisations;
    expect(() => Object.assign(organisation ?? {}, { name: 'Anders' })).toThrow(TypeError);
    expect(() => (reference.organisations as unknown[]).pop()).toThrow(TypeError);
    expect(() => Object.assign(reference.transferRules.neverToByDefault, { AUFENTHG: [] })).toThrow(
      TypeError,
    );
  });
});

describe('the registers of an office of its own', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'registers-'));
    cpSync(shipped, folder, { recursive: true });
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const change = (file: string, edit: (content: never) => unknown): void => {
    const path = join(folder, file);
    writeFileSync(path, JSON.stringify(edit(JSON.parse(readFileSync(path, 'utf8')) as never)));
  };

  it('follow a competence that moves from one office to another', () => {
    change('organisations.json', (organisations: Organisation[]) => [
      ...organisations,
      {
        id: 'auslaenderbehoerde-kamen',
        name: 'Ausländerbehörde Kamen',
        kind: 'immigration-office',
        legalDomain: 'AUFENTHG',
        municipalities: [kamen],
      },
    ]);
    change('competence.json', (entries: CompetenceEntry[]) => [
      ...entries.filter((entry) => entry.function !== 'residence' || entry.municipality !== kamen),
      {
        function: 'residence',
        municipality: kamen,
        organisationId: 'auslaenderbehoerde-kreis-unna',
        validFrom: '2020-01-01',
        validUntil: '2026-06-30',
      },
      {
        function: 'residence',
        municipality: kamen,
        organisationId: 'auslaenderbehoerde-kamen',
        validFrom: '2026-06-01',
      },
    ]);
    const competentOn = (day: string): readonly string[] =>
      loadReferenceData(folder)
        .competentFor('residence', kamen, day)
        .map(({ id }) => id);
    expect(competentOn('2026-05-31')).toEqual(['auslaenderbehoerde-kreis-unna']);
    expect(competentOn('2026-06-30')).toEqual(['auslaenderbehoerde-kreis-unna', 'auslaenderbehoerde-kamen']);
    expect(competentOn('2026-07-01')).toEqual(['auslaenderbehoerde-kamen']);
  });

  it('may lift a refusal for one pair of legal domains', () => {
    change('transfer-rules.json', (rules: TransferRules) => ({
      ...rules,
      lifted: [{ from: 'SGB_VIII', to: 'AUFENTHG', categories: ['protection'] }],
    }));
    const reference = loadReferenceData(folder);
    expect(reference.neverTransferred('SGB_VIII', 'AUFENTHG')).toEqual(['health', 'notes']);
    expect(reference.neverTransferred('SGB_II', 'AUFENTHG')).toEqual(['health', 'notes', 'protection']);
    expect(reference.neverTransferred(undefined, 'AUFENTHG')).toEqual(['health', 'notes', 'protection']);
  });

  const withFirst =
    (change: Record<string, unknown>) =>
    ([first, ...others]: object[]): unknown => [{ ...first, ...change }, ...others];

  it.each<[string, (content: never) => unknown, string]>([
    ['users.json', () => ({}), 'users.json must be a list.'],
    ['users.json', () => ['dpo'], 'users.json[0] must be an object.'],
    ['users.json', withFirst({ roles: ['boss'] }), 'users.json[0].roles[0] must be one of case_manager, '],
    ['users.json', withFirst({ roles: [] }), 'users.json[0].roles must have 1 or more entries.'],
    [
      'users.json',
      withFirst({ organisation: 'gone' }),
      'users.json[0].organisation must be an organisation of',
    ],
    [
      'users.json',
      withFirst({ languages: ['Arabic'] }),
      'users.json[0].languages[0] must be a language code',
    ],
    ['users.json', withFirst({ username: 'bergkamen-cm2' }), 'users.json[1] repeats users.json[0].'],
    ['organisations.json', withFirst({ kind: 'shop' }), 'organisations.json[0].kind must be one of'],
    ['organisations.json', withFirst({ id: 'KIM Bergkamen' }), 'organisations.json[0].id must be an id of'],
    [
      'organisations.json',
      withFirst({ legalDomain: 'KIM' }),
      'organisations.json[0].legalDomain must be one of',
    ],
    ['organisations.json', withFirst({ name: ' ' }), 'organisations.json[0].name must be a text'],
    [
      'organisations.json',
      withFirst({ municipalities: ['05978999'] }),
      'organisations.json[0].municipalities[0] must be a municipality of municipalities.json.',
    ],
    [
      'municipalities.json',
      withFirst({ ags: 5978004 }),
      'municipalities.json[0].ags must be a municipality key',
    ],
    ['competence.json', withFirst({ function: 'housing' }), 'competence.json[0].function must be one of'],
    ['competence.json', withFirst({ validFrom: '2026-02-30' }), 'competence.json[0].validFrom must be a day'],
    ['competence.json', withFirst({ validUntil: '2019-12-31' }), 'competence.json[0] ends before it begins.'],
    [
      'competence.json',
      withFirst({ validTo: '2030-12-31' }),
      'competence.json[0] has the unknown field "validTo".',
    ],
    [
      'competence.json',
      withFirst({ organisationId: 'kim-kamen' }),
      'competence.json[0] names kim-kamen for municipality 05978004, which that organisation does not serve.',
    ],
    ['social-areas.json', () => [{ id: 'mitte' }], 'social-areas.json[0] lacks the field "municipality".'],
    [
      'joint-teams.json',
      withFirst({ organisations: ['kim-kamen'] }),
      'joint-teams.json[0].organisations must have',
    ],
    [
      'transfer-rules.json',
      (rules: TransferRules) => ({ ...rules, neverToByDefault: { KIM: [] } }),
      'transfer-rules.json.neverToByDefault has the unknown field "KIM".',
    ],
    [
      'transfer-rules.json',
      (rules: TransferRules) => ({ ...rules, consentOnly: ['identity'] }),
      'transfer-rules.json lets sgbx-71-2 cover identity, which is consentOnly.',
    ],
  ])('are refused in one sentence if %s is broken (%#)', (file, edit, sentence) => {
    change(file, edit);
    expect(() => loadReferenceData(folder)).toThrow(BrokenReferenceFile);
    expect(() => loadReferenceData(folder)).toThrow(sentence);
  });

  it('are refused in one sentence if a file is missing or no JSON', () => {
    writeFileSync(join(folder, 'users.json'), '[{');
    expect(() => loadReferenceData(folder)).toThrow('users.json is not JSON.');
    rmSync(join(folder, 'users.json'));
    expect(() => loadReferenceData(folder)).toThrow('users.json cannot be read.');
  });

  it.each([
    ['handover.md', 'named <purpose>.<language>.v<version>.md.'],
    ['marriage.de.v1.md', 'named <purpose>.<language>.v<version>.md.'],
    ['handover.de.v0.md', 'named <purpose>.<language>.v<version>.md.'],
  ])('are refused for a consent text in %s', (file, sentence) => {
    writeFileSync(join(folder, 'consent-texts', file), 'Ich willige ein.');
    expect(() => loadReferenceData(folder)).toThrow(sentence);
  });

  it('are refused for a consent text that is empty or not UTF-8', () => {
    writeFileSync(join(folder, 'consent-texts', 'handover.de.v99.md'), '\n');
    expect(() => loadReferenceData(folder)).toThrow('consent-texts/handover.de.v99.md is empty.');
    writeFileSync(join(folder, 'consent-texts', 'handover.de.v99.md'), Buffer.from([0xdc, 0x62]));
    expect(() => loadReferenceData(folder)).toThrow('consent-texts/handover.de.v99.md is not UTF-8.');
  });
});
