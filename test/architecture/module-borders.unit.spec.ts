import { describe, expect, it } from '@jest/globals';
import { moduleBorders } from '#scripts/eslint/module-borders.mjs';
import { ESLint, Linter } from 'eslint';
import tseslint from 'typescript-eslint';

describe('The borders between the modules', () => {
  it.each([
    ['libs/event-store/port.ts', `import { loadSettings } from '../../src/config/settings.js';`],
    ['libs/event-store/contract/appends.ts', `export * from '../../../src/journeys/index.js';`],
    ['libs/event-store/port.ts', `const settings = await import('../../src/config/settings.js');`],
  ])('keep a library from the application (%s: %s)', (file, code) => {
    expect(problemsIn(file, code)).toEqual(['library-knows-application']);
  });

  it.each([
    ['libs/projections/runner.ts', `import { sealed } from '../personal-data/sealing.js';`],
    ['src/journeys/store.ts', `import type { EventStore } from '../../libs/event-store/port.js';`],
  ])('let a library be imported by its name only (%s: %s)', (file, code) => {
    expect(problemsIn(file, code)).toEqual(['library-by-path']);
  });

  it.each([
    ['src/journeys/domain/plan.ts', `import { Injectable } from '@nestjs/common';`],
    ['src/journeys/domain/plan.ts', `import { randomUUID } from 'node:crypto';`],
    ['src/journeys/domain/plan.ts', `import { canonicalJson } from '#personal-data';`],
    ['src/journeys/domain/plan.ts', `import { type Row, store } from '../store.js';`],
    ['src/journeys/domain/plan.ts', `export { store } from '../store.js';`],
    ['src/journeys/domain/plan.ts', `import '../register.js';`],
  ])('keep a domain folder pure (%s: %s)', (file, code) => {
    expect(problemsIn(file, code)).toEqual(['domain-is-pure']);
  });

  it.each([
    ['src/caseload/worklist.ts', `import { openJourney } from '../journeys/handlers/open-journey.js';`],
    ['src/clients/register.ts', `import type { Journey } from '../journeys/domain/journey.js';`],
    ['src/journeys/domain/opening.ts', `import type { Row } from '../../clients/row.js';`],
  ])('leave a module one door (%s: %s)', (file, code) => {
    expect(problemsIn(file, code)).toEqual(['module-has-one-door']);
  });

  it.each([
    [`import { OpenJourneyHandler } from '../journeys/index.js';`],
    [`export { OpenJourneyHandler as Opening } from '../journeys/index.js';`],
    [`import type { ClientsController } from '../clients/index.js';`],
  ])('keep what handles commands from a reading module (%s)', (code) => {
    expect(problemsIn('src/caseload/worklist.ts', code)).toEqual(['reader-knows-handler']);
  });

  it.each([
    ['libs/projections/runner.ts', `import { InvalidPosition } from '#event-store';`],
    ['libs/projections/runner.int.spec.ts', `import { x } from '../../test/support/postgres.js';`],
    ['src/journeys/domain/plan.ts', `import { refuse } from './decision.js';`],
    ['src/journeys/domain/plan.ts', `import { clientCodes } from '../../clients/domain/codes.js';`],
    ['src/journeys/domain/plan.ts', `import { categoryOf } from '../../record/field-table.js';`],
    ['src/journeys/domain/plan.ts', `import type { Position } from '#event-store';`],
    ['src/journeys/domain/plan.unit.spec.ts', `import fc from 'fast-check';`],
    ['src/caseload/worklist.ts', `import { type JourneyOpened } from '../journeys/domain/events.js';`],
    ['src/reference/code-lists.ts', `import { needKinds } from '../journeys/domain/codes.js';`],
    ['src/handover-desk/inbox.ts', `import { journeyEvents } from '../journeys/index.js';`],
    ['src/app.module.ts', `import { JourneysModule } from './journeys/journeys.module.js';`],
  ])('are open where the design says so (%s: %s)', (file, code) => {
    expect(problemsIn(file, code)).toEqual([]);
  });

  it.each(['libs/event-store/port.ts', 'src/journeys/domain/events.ts'])(
    'are watched in %s',
    async (file) => {
      const config = (await new ESLint().calculateConfigForFile(file)) as Linter.Config;
      expect(config.rules?.['kim/module-borders']).toEqual([2]);
    },
  );
});

const problemsIn = (filename: string, code: string) =>
  new Linter({ cwd: process.cwd() })
    .verify(
      code,
      [
        {
          files: ['**/*.ts'],
          languageOptions: { parser: tseslint.parser },
          plugins: { kim: { rules: { 'module-borders': moduleBorders } } },
          rules: { 'kim/module-borders': 'error' },
        },
      ],
      { filename: `${process.cwd()}/${filename}` },
    )
    .map(({ messageId, message }) => messageId ?? message);
