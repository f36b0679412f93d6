import { describe, expect, it } from '@jest/globals';
import { decode, encode, metadataOf } from '../../src/record/codec.js';
import { isSealed } from '../../src/record/field-table.js';
import type { FieldRule } from '../../src/record/field-table.js';
import {
  asRecorded,
  fieldsShownIn,
  formatAt,
  formatOf,
  formats,
  goldenFiles,
  goldenFilesOf,
  goldenKey,
  hashOf,
  presentVersion,
  readGolden,
  readManifest,
  readToday,
} from './golden-files.js';

const everyType = formats.flatMap((format) => Object.keys(format.fields).map((type) => ({ type, format })));

describe('an event that was stored once', () => {
  it.each(goldenFiles())('is read for ever: %s', (file) => {
    const { stored } = readGolden(file);
    const { recordedAt, organisation, actor } = metadataOf(asRecorded(stored));
    const format = formatOf(stored.type);
    expect(format).toBeDefined();
    expect(decode(asRecorded(stored), goldenKey, format!)).toEqual({
      type: stored.type,
      data: readToday(file),
      eventId: stored.id,
      revision: 7,
      recordedAt,
      recordedBy: { organisationId: organisation, userId: actor },
    });
    expect(goldenFilesOf(stored.type, metadataOf(asRecorded(stored)).v)).toContain(file);
  });

  it.each(goldenFiles())('holds what was written: %s', (file) => {
    const { stored, written } = readGolden(file);
    const format = formatAt(metadataOf(asRecorded(stored)).v, stored.type, formatOf(stored.type)!);
    expect(decode(asRecorded(stored), goldenKey, format).data).toEqual(written);
  });

  it.each(goldenFiles())('is readable without the person’s key as far as its plain part: %s', (file) => {
    const { stored, written } = readGolden(file);
    const { sealed: _, ...plain } = stored.data;
    const format = formatAt(metadataOf(asRecorded(stored)).v, stored.type, formatOf(stored.type)!);
    expect(decode(asRecorded(stored), undefined, format).data).toEqual(plain);
    expect(written).toMatchObject(plain);
  });
});

describe('every event type', () => {
  it.each(everyType)('has a golden file of its present version: $type', ({ type, format }) => {
    expect(goldenFilesOf(type, presentVersion(type, format))).not.toEqual([]);
  });

  it.each(everyType)('shows every field of its table there: $type', ({ type, format }) => {
    const shown = fieldsShownIn(goldenFilesOf(type, presentVersion(type, format)));
    expect(shown).toEqual(new Set(Object.keys(format.fields[type]!.fields)));
  });
});

describe('an event of the present version', () => {
  const present = everyType.flatMap(({ type, format }) =>
    goldenFilesOf(type, presentVersion(type, format)).map((file) => ({ file, type, format })),
  );

  it.each(present)(
    'has in the clear what the table says is plain, and nothing else: $file',
    ({ file, type, format }) => {
      const { stored, written } = readGolden(file);
      const rules: Readonly<Record<string, FieldRule>> = format.fields[type]!.fields;
      const [sealed, plain] = [true, false].map((wanted) =>
        Object.keys(written).filter((field) => isSealed(rules[field]!) === wanted),
      ) as [string[], string[]];
      expect(Object.keys(stored.data)).toEqual([...plain, ...(sealed.length > 0 ? ['sealed'] : [])]);
      const inTheClear = JSON.stringify(stored);
      for (const text of sealed.flatMap((field) => textsOf(written[field])))
        expect(inTheClear).not.toContain(JSON.stringify(text));
    },
  );

  it.each(present)('is written today as it was then: $file', ({ file, type, format }) => {
    const { stored, written } = readGolden(file);
    const { v, ...metadata } = metadataOf(asRecorded(stored));
    const today = encode({ type, data: written }, stored.id, metadata, goldenKey, format);
    const { sealed: _before, ...plainBefore } = stored.data;
    const { sealed: _now, ...plainNow } = today.data;
    expect(plainNow).toEqual(plainBefore);
    expect(today.metadata).toEqual({ v, ...metadata });
    expect(decode(asRecorded(today), goldenKey, format).data).toEqual(written);
  });
});

describe('a golden file', () => {
  it.each(Object.entries(readManifest()))(
    'that was committed is never changed: put %s back, and add a new version beside it',
    (file, hash) => {
      expect(goldenFiles()).toContain(file);
      expect(hashOf(file)).toBe(hash);
    },
  );

  it('is pinned by the manifest from the day on which it is added', () => {
    expect(Object.keys(readManifest()).sort()).toEqual([...goldenFiles()].sort());
  });
});

/** Every text of more than two letters inside a value. */
const textsOf = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return value.length > 2 ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
};
