import { createSecretKey } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { rowsAfter } from '#projections';
import type { RecordedEvent } from '#event-store';
import { loadSettings } from '../../src/config/index.js';
import { catalogue, indicatorOf, isRecorded } from '../../src/indicators/catalogue/catalogue.js';
import { factHash } from '../../src/indicators/facts/fact-hash.js';
import type { JourneyFacts } from '../../src/indicators/facts/journey-facts.js';
import { journeyFactsProjection, personFactsProjection } from '../../src/indicators/index.js';
import { releaseNamed } from '../../src/indicators/quarter.js';
import { casesOf, countedBy, dimensionsOf, type FactPerson } from '../../src/indicators/release/cases.js';
import { openInstallation } from '../../src/installation.js';
import { caseEvents } from '../../src/read-models/case-event.js';
import type { CaseEvent } from '../../src/read-models/index.js';
import { berlinDay } from '../../src/reference/index.js';
import { writeSimulation } from '../../src/write-simulation.js';
import { testInstallation } from '../support/installation.js';
import { naiveFigures, type ReadEvent } from './naive-figures.js';

const until = '2026-03-31';
const days = { ...releaseNamed('2025-Q4')!.quarter, horizon: until };

/** Simulated journeys hand nobody over and leave no legal domain, so of these there is nothing to count. */
const notSimulated = /^handover-|^review-time$|^benefit-gap$/;
const figures = catalogue.filter(isRecorded).map(({ code }) => code);

describe('Every indicator, before the noise', () => {
  let events: readonly CaseEvent[];
  beforeAll(async () => {
    const home = await testInstallation();
    const installation = await openInstallation(loadSettings(home.settings));
    try {
      await writeSimulation(installation, { journeys: 250, seed: 12, until });
      const recorded: RecordedEvent[] = [];
      for (let after, done = false; !done;) {
        const batch = await installation.store.readLog({ after, limit: 5_000 });
        recorded.push(...batch.events);
        ({ checkpoint: after, atHead: done } = batch);
      }
      events = await caseEvents(installation.keys)(recorded);
    } finally {
      await installation.close();
      await home.remove();
    }
  }, 300_000);

  it('is one that another count is written for', () => {
    expect(Object.keys(naiveFigures).sort()).toEqual(
      figures.filter((code) => !notSimulated.test(code)).sort(),
    );
  });

  it.each(Object.keys(naiveFigures))('%s is what the events tell, in every dimension', (code) => {
    const counted = byTheCatalogue(events, code);
    expect(counted.size).toBeGreaterThan(3);
    expect([...counted].sort()).toEqual([...byHand(events, code)].sort());
  });
});

type Tallies = ReadonlyMap<string, number>;

const byTheCatalogue = (events: readonly CaseEvent[], code: string): Tallies => {
  const context = {
    hashOf: factHash(createSecretKey(Buffer.alloc(32, 1))),
    dayOf: berlinDay,
    legalDomainOf: () => undefined,
  };
  const of = (projection: { readonly prefixes: readonly string[]; readonly eventTypes: readonly string[] }) =>
    events.filter(
      ({ stream, event }) =>
        projection.prefixes.some((prefix) => stream.startsWith(prefix)) &&
        projection.eventTypes.includes(event.type),
    );
  const [persons, journeys] = [personFactsProjection(context), journeyFactsProjection(context)];
  const facts = {
    persons: rowsAfter(persons, of(persons))['fact_persons'] as unknown as readonly FactPerson[],
    journeys: rowsAfter(journeys, of(journeys))['fact_journeys']!.map((row) => ({
      journey: row['journey'] as string,
      person: row['person'] as string,
      facts: row['facts'] as JourneyFacts,
    })),
  };
  const indicator = indicatorOf(code)!;
  const tallies = new Map<string, number>();
  for (const { slot, codes } of countedBy(
    indicator,
    indicator.figures[0]!,
    casesOf(facts, () => 0),
    days,
  ))
    for (const [at, dimension] of dimensionsOf(indicator).entries())
      add(tallies, `${dimension} ${codes[at]} ${slot}`);
  return tallies;
};

const byHand = (events: readonly CaseEvent[], code: string): Tallies => {
  const read = events.map(({ stream, subject, event }): ReadEvent => {
    const data = event.data as ReadEvent['data'];
    return {
      stream,
      subject,
      type: event.type,
      data,
      recordedOn: berlinDay(event.recordedAt),
      ...(event.type === 'ContactRecorded' && { contactOn: berlinDay(data['occurredAt'] as string) }),
    };
  });
  const tallies = new Map<string, number>();
  for (const stream of new Set(
    read.map((event) => event.stream).filter((name) => name.startsWith('journey-')),
  )) {
    const log = read.filter((event) => event.stream === stream);
    const { data, subject } = log[0]!;
    const registration = read.find(
      (event) => event.type === 'ClientRegistered' && event.subject === subject,
    )!;
    const codes = {
      socialArea: data['socialArea'] ?? `${data['municipality']}:unknown`,
      municipality: data['municipality'],
      sex: registration.data['sex'] ?? 'unknown',
      ageGroup: ageGroupByHand(registration),
      residenceGroup: data['residenceGroup'],
      language: data['preferredLanguage'],
    };
    for (const part of naiveFigures[code]!(log, days)) {
      const [slot, fieldOfAction] = part.split('|');
      for (const [dimension, one] of Object.entries({ ...codes, ...(fieldOfAction && { fieldOfAction }) }))
        add(tallies, `${dimension} ${one} ${slot}`);
    }
  }
  return tallies;
};

const ageGroupByHand = ({ data, recordedOn }: ReadEvent): string => {
  const born = (data['birthDate'] as string | undefined) ?? `${data['birthYear']}-01-01`;
  let age = 0;
  while (`${Number(born.slice(0, 4)) + age + 1}${born.slice(4)}` <= recordedOn) age += 1;
  if (age < 16) return '0-15';
  if (age < 25) return '16-24';
  if (age < 35) return '25-34';
  if (age < 50) return '35-49';
  if (age < 65) return '50-64';
  return age < 80 ? '65-79' : '80+';
};

const add = (tallies: Map<string, number>, name: string): void => {
  tallies.set(name, (tallies.get(name) ?? 0) + 1);
};
