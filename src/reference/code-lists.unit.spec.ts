import { describe, expect, it } from '@jest/globals';
import { roles } from '../access/index.js';
import * as codes from '../journeys/domain/codes.js';
import { codeLists } from './code-lists.js';
import { handoverFunctions, organisationKinds } from './registers.js';

const listsOfCodes: readonly (readonly string[])[] = [
  ...Object.values(codes),
  handoverFunctions,
  organisationKinds,
  roles,
].filter((list) => Array.isArray(list));

const sorted = (list: readonly string[]): readonly string[] => [...list].sort();
const labelled = Object.values(codeLists).map((labels) => sorted(Object.keys(labels)).join(' '));

describe('the code lists', () => {
  it.each(Object.entries(codeLists))('show every code of %s in German and in English', (_name, labels) => {
    for (const { de, en } of Object.values(labels)) {
      expect(de.trim()).not.toBe('');
      expect(en.trim()).not.toBe('');
    }
  });

  it.each(Object.entries(codeLists))('show no two codes of %s in the same words', (_name, labels) => {
    const german = Object.values(labels).map(({ de }) => de);
    expect(new Set(german).size).toBe(german.length);
  });

  it('cover every list that the contract knows', () => {
    expect(listsOfCodes.length).toBeGreaterThan(30);
    const partOfAnother = sorted(codes.article9Categories).join(' ');
    const unlabelled = listsOfCodes
      .map((list) => sorted(list).join(' '))
      .filter((list) => list !== partOfAnother && !labelled.includes(list));
    expect(unlabelled).toEqual([]);
  });

  it('call things by the words of the office', () => {
    expect(codeLists.phase.assessment.de).toBe('Bedarfs- und Potenzialklärung');
    expect(codeLists.legalDomain.SGB_II.de).toContain('Grundsicherung für Arbeitsuchende');
    expect(codeLists.role.supervisor.de).toBe('Sachgebiets-/Fachdienstleitung');
  });
});
