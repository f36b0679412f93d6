import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Form } from './canary.js';

export interface Finding {
  /** File, relative to the folder. */
  readonly where: string;
  readonly form: string;
  /** What stands around it, as far as it can be printed. */
  readonly excerpt: string;
}

export interface Scan {
  readonly findings: readonly Finding[];
  readonly files: number;
  readonly bytes: number;
}

/** Looks for the forms in every byte, and every name, of every file below a folder. */
export const scanFolder = async (folder: string, forms: readonly Form[]): Promise<Scan> => {
  const distinct = withoutRepetition(forms);
  const findings: Finding[] = [];
  let files = 0;
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const where = relative(folder, path);
    findings.push(...findingsIn(Buffer.from(where), `name of ${where}`, distinct));
    if (!(await lstat(path)).isFile()) continue;
    const content = await readFile(path);
    files += 1;
    bytes += content.length;
    findings.push(...findingsIn(content, where, distinct));
  }
  return { findings, files, bytes };
};

/** The first place of each form. */
export const findingsIn = (content: Buffer, where: string, forms: readonly Form[]): readonly Finding[] =>
  forms.flatMap(({ name, bytes }) => {
    const at = content.indexOf(bytes);
    return at === -1 ? [] : [{ where, form: name, excerpt: printable(content, at, bytes.length) }];
  });

const printable = (content: Buffer, at: number, length: number): string =>
  content
    .subarray(Math.max(0, at - 40), at + length + 40)
    .toString('latin1')
    .replace(/[^\x20-\x7e]/g, '.');

const withoutRepetition = (forms: readonly Form[]): readonly Form[] => [
  ...new Map(forms.map((form) => [form.bytes.toString('latin1'), form])).values(),
];
