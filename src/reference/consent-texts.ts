import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { consentPurposes, type ConsentPurpose } from '../journeys/domain/codes.js';
import { BrokenReferenceFile } from './parsing.js';

/** What a client was asked to agree to, in one language. A version is never changed, only followed by another. */
export interface ConsentText {
  readonly purpose: ConsentPurpose;
  /** ISO 639-1, or -3 where -1 has none. */
  readonly language: string;
  readonly version: number;
  /** SHA-256 over the file's bytes as they stand, in lower-case hex: what a consent names. */
  readonly textHash: string;
  /** Markdown. */
  readonly text: string;
}

const readme = 'README.md';
const fileName = /^(?<purpose>[a-z-]+)\.(?<language>[a-z]{2,3})\.v(?<version>[1-9]\d{0,3})\.md$/;

/**
 * Reads every `<purpose>.<language>.v<version>.md` of a folder, ordered by purpose, language and version. Throws
 * a BrokenReferenceFile for any other file but the README, and for one that is empty or not UTF-8.
 */
export const loadConsentTexts = (folder: string): readonly ConsentText[] =>
  consentTextFiles(folder)
    .map((file) => consentText(folder, file))
    .sort(
      (a, b) =>
        consentPurposes.indexOf(a.purpose) - consentPurposes.indexOf(b.purpose) ||
        (a.language < b.language ? -1 : a.language > b.language ? 1 : a.version - b.version),
    );

const consentTextFiles = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder).filter((file) => file !== readme && !file.startsWith('.'));
  } catch (cause) {
    throw new BrokenReferenceFile('The folder consent-texts cannot be read.', { cause });
  }
};

const consentText = (folder: string, file: string): ConsentText => {
  const { purpose, language, version } = fileName.exec(file)?.groups ?? {};
  const knownPurpose = consentPurposes.find((known) => known === purpose);
  if (!knownPurpose || !language || !version) {
    throw new BrokenReferenceFile(`consent-texts/${file} is not named <purpose>.<language>.v<version>.md.`);
  }
  const bytes = readFileSync(join(folder, file));
  return {
    purpose: knownPurpose,
    language,
    version: Number(version),
    textHash: createHash('sha256').update(bytes).digest('hex'),
    text: inUtf8(bytes, file),
  };
};

const inUtf8 = (bytes: Buffer, file: string): string => {
  let content: string;
  try {
    // A byte order mark is kept: the text that is served must have the hash that is named.
    content = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new BrokenReferenceFile(`consent-texts/${file} is not UTF-8.`, { cause });
  }
  if (content.trim() === '') throw new BrokenReferenceFile(`consent-texts/${file} is empty.`);
  return content;
};
