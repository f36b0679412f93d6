/**
 * `node dist/test/golden/write-missing.js` writes a golden file for every event type that has none in its present
 * version, or none that shows all of its fields, and pins it in the manifest. It changes nothing that is there.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { v5 as uuidV5 } from 'uuid';
import { encode } from '../../src/record/codec.js';
import { everyAssignmentsEvent } from '../support/every-assignments-event.js';
import { everyClientEvent } from '../support/every-client-event.js';
import { everyEvent } from '../support/every-event.js';
import {
  fieldsShownIn,
  formats,
  goldenFiles,
  goldenFilesOf,
  goldenFolder,
  goldenKey,
  hashOf,
  presentVersion,
  readManifest,
} from './golden-files.js';

const samples: Readonly<Record<string, object>> = {
  ...everyClientEvent,
  ...everyEvent,
  ...everyAssignmentsEvent,
};

const idOf = (name: string): string => uuidV5(name, '0b0a1c9e-3f52-5d0e-8a55-7d1f2c6b9e10');

const metadataFor = (type: string) => ({
  ...(!(type in everyAssignmentsEvent) && { subject: idOf('client') }),
  actor: 'bergkamen-cm',
  organisation: 'kim-bergkamen',
  roles: ['case_manager'],
  correlationId: idOf('correlation'),
  causationId: idOf(`command/${type}`),
  commandId: idOf(`command/${type}`),
  fingerprint: 'pX0m0w0mQ0bZr1m3nq0y4mE7cJxqg1JYk0m1o2Yk4dA',
  recordedAt: '2026-03-03T08:00:00.000Z',
});

const write = (file: string, content: unknown): void =>
  writeFileSync(`${goldenFolder}${file}`, `${JSON.stringify(content, null, 2)}\n`);

for (const format of formats) {
  for (const type of Object.keys(format.fields)) {
    const version = presentVersion(type, format);
    const there = goldenFilesOf(type, version);
    const shown = fieldsShownIn(there);
    if (there.length > 0 && Object.keys(format.fields[type]!.fields).every((field) => shown.has(field)))
      continue;
    const written = samples[type];
    if (!written) throw new Error(`test/support has no sample of ${type}`);
    const file = `${type}.v${version}${there.length === 0 ? '' : `-${there.length + 1}`}.json`;
    const stored = encode({ type, data: written }, idOf(file), metadataFor(type), goldenKey, format);
    write(file, { stored, written });
  }
}

const pinned = existsSync(`${goldenFolder}manifest.json`) ? readManifest() : {};
const hashes = [...goldenFiles()].sort().map((file) => [file, pinned[file] ?? hashOf(file)] as const);
write('manifest.json', { ...pinned, ...Object.fromEntries(hashes) });
