import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { loadConsentTexts } from './consent-texts.js';
import { loadRegisters } from './load-registers.js';
import { referenceData, type ReferenceData } from './reference-data.js';

/** The injection token of the reference data. */
export const REFERENCE_DATA = Symbol('REFERENCE_DATA');

/** The project's `data/`, seen from where the compiled file lies (`dist/src/reference`). */
const shippedFolder = fileURLToPath(new URL('../../../data', import.meta.url));

/** Throws a BrokenReferenceFile, whose message is one sentence, if a file is not what it must be. */
export const loadReferenceData = (folder: string = shippedFolder): ReferenceData =>
  referenceData(loadRegisters(folder), loadConsentTexts(join(folder, 'consent-texts')));

@Module({
  providers: [{ provide: REFERENCE_DATA, useFactory: () => loadReferenceData() }],
  exports: [REFERENCE_DATA],
})
export class ReferenceModule {}
