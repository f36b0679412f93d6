import { createHash, createSecretKey } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { JsonObject, Position, RecordedEvent } from '#event-store';
import { clientFormat } from '../../src/clients/index.js';
import { assignmentsFormat } from '../../src/journeys/assignments.js';
import { journeyFormat } from '../../src/journeys/journey-format.js';
import type { DomainEvent, StreamFormat } from '../../src/record/codec.js';

/**
 * Golden files: for every event type and every version of its schema one event as it lies in a store, and the
 * data that it was written from. What was stored once is read for ever, so a file that was committed is never
 * changed.
 */
export const goldenFolder = fileURLToPath(new URL('../../../test/golden/', import.meta.url));

/** The key of the golden files' person, who does not exist. */
export const goldenKey = createSecretKey(
  Buffer.from('6b696d2d6a6f75726e6579732d676f6c64656e2d66696c65732d6f6e6c792121', 'hex'),
);

export interface GoldenFile {
  /** The id, type, data and metadata that a store keeps. */
  readonly stored: Pick<RecordedEvent, 'id' | 'type' | 'data' | 'metadata'>;
  /** The data as it was decided, in the schema of its version. */
  readonly written: JsonObject;
}

export const formats = [
  clientFormat,
  journeyFormat,
  assignmentsFormat,
] as unknown as readonly StreamFormat<DomainEvent>[];

export const formatOf = (type: string): StreamFormat<DomainEvent> | undefined =>
  formats.find(({ fields }) => Object.hasOwn(fields, type));

/** The format as it was when that version was the present one. */
export const formatAt = (
  version: number,
  type: string,
  format: StreamFormat<DomainEvent>,
): StreamFormat<DomainEvent> => ({
  ...format,
  upcasters: { [type]: (format.upcasters[type] ?? []).slice(0, version - 1).map(() => unchanged) },
});

const unchanged = (data: JsonObject): JsonObject => data;

/** The version in which an event of that type is written today. */
export const presentVersion = (type: string, { upcasters }: StreamFormat<DomainEvent>): number =>
  (upcasters[type]?.length ?? 0) + 1;

export const goldenFiles = (): readonly string[] =>
  readdirSync(goldenFolder).filter((file) => /^[A-Za-z]+\.v\d+(-\d+)?\.json$/.test(file));

/** Those of one type and version: several (`v1`, `v1-2`, …) where fields were added that may be absent. */
export const goldenFilesOf = (type: string, version: number): readonly string[] =>
  goldenFiles().filter(
    (file) => file.startsWith(`${type}.v${version}.`) || file.startsWith(`${type}.v${version}-`),
  );

/** Every field that these files show, in the order of their appearance. */
export const fieldsShownIn = (files: readonly string[]): ReadonlySet<string> =>
  new Set(files.flatMap((file) => Object.keys(readGolden(file).written)));

const readJson = (file: string): unknown => JSON.parse(readFileSync(`${goldenFolder}${file}`, 'utf8'));

export const readGolden = (file: string): GoldenFile => readJson(file) as GoldenFile;

/**
 * What the golden event is read as today: what was written, or for a version that upcasters have overtaken what
 * stands in `<EventType>.v<version>.today.json`, which goes with the upcasters and is not pinned.
 */
export const readToday = (file: string): JsonObject => {
  const { stored, written } = readGolden(file);
  const format = formatOf(stored.type);
  return format && goldenFilesOf(stored.type, presentVersion(stored.type, format)).includes(file)
    ? written
    : (readJson(file.replace(/\.json$/, '.today.json')) as JsonObject);
};

/** SHA-256 of every golden file's bytes, by its name. */
export const readManifest = (): Readonly<Record<string, string>> =>
  readJson('manifest.json') as Record<string, string>;

export const hashOf = (file: string): string =>
  createHash('sha256')
    .update(readFileSync(`${goldenFolder}${file}`))
    .digest('hex');

/** The stored event as an adapter hands it out. */
export const asRecorded = (stored: GoldenFile['stored']): RecordedEvent => ({
  ...stored,
  stream: 'golden-1',
  revision: 7,
  position: 'golden@7' as Position,
});
