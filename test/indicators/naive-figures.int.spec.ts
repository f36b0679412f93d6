import { createSecretKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { rowsAfter } from '#projections';
import type { RecordedEvent } from '#event-store';
import { loadSettings } from '../../src/config/index.js';
import { catalogue, indicatorOf, isRecorded } from '../../src/indicators/catalogue/catalogue.js';
import { regionsOn } from '../../src/indicators/catalogue/regions.js';
import { factHash } from '../../src/indicators/facts/fact-hash.js';
import type { JourneyFacts } from '../../src/indicators/facts/journey-facts.js';
import { journeyFactsProjection, personFactsProjection } from '../../src/indicators/index.js';
import { releaseNamed } from '../../src/indicators/quarter.js';
import {
  casesOf,
  countedBy,
  dimensionsOf,
  type Case,
  type FactPerson,
} from '../../src/indicators/release/cases.js';
import { openInstallation } from '../../src/installation.js';
import { caseEvents } from '../../src/read-models/case-event.js';
import type { CaseEvent } from '../../src/read-models/index.js';
import { addDays, berlinDay, loadReferenceData } from '../../src/reference/index.js';
import { writeSimulation } from '../../src/write-simulation.js';
import { testInstallation } from '../support/installation.js';
import { naiveFigures, type Days, type ReadEvent } from './naive-figures.js';

/** `KIM_TEST_RECOUNT_JOURNEYS=5000` for a thorough recount, which takes some minutes. */
const journeys = Number(process.env['KIM_TEST_RECOUNT_JOURNEYS'] ?? 250);
const until = '2026-03-31';
const quarters = ['2023', '2024', '2025', '2026']
  .flatMap((year) => ['Q1', 'Q2', 'Q3', 'Q4'].map((quarter) => releaseNamed(`${year}-${quarter}`)!.quarter))
  .filter(({ to }) => to <= until);
const figures = catalogue
  .filter(isRecorded)
  .flatMap((indicator) => indicator.figures.map(({ name }) => `${indicator.code} ${name}`));

/** What the events told, of every quarter, as far as it was asked for. */
let told = 0;

describe(`Every indicator, before the noise, over ${journeys} journeys`, () => {
  let cases: readonly Case[];
  let logs: readonly Log[];
  beforeAll(async () => {
    const home = await testInstallation();
    const installation = await openInstallation(loadSettings(home.settings));
    try {
      await writeSimulation(installation, { journeys, seed: 12, until });
      const recorded: RecordedEvent[] = [];
      for (let after, done = false; !done;) {
        const batch = await installation.store.readLog({ after, limit: 5_000 });
        recorded.push(...batch.events);
        ({ checkpoint: after, atHead: done } = batch);
      }
      const events = withCorrectedStatements(withRareEvents(await caseEvents(installation.keys)(recorded)));
      cases = casesFrom(events);
      logs = logsFrom(events);
    } finally {
      await installation.close();
      await home.remove();
    }
  }, 3_600_000);

  it('is of statements that were corrected as well, some of them twice', () => {
    const types = new Set<string>();
    const corrected = logs.flatMap(({ events }) =>
      events.filter(({ type }) => type === 'DataCorrected').map(({ data }) => data['eventId'] as string),
    );
    for (const { events } of logs)
      for (const { type, eventId } of events) if (corrected.includes(eventId)) types.add(type);
    expect([...types].sort()).toEqual(Object.keys(secondThoughts).sort());
    expect(new Set(corrected).size).toBeLessThan(corrected.length);
  });

  it('is one that another count is written for', () => {
    expect(Object.keys(naiveFigures).sort()).toEqual([...figures].sort());
    expect(new Set(figures.map((figure) => figure.split(' ')[0])).size).toBe(23);
  });

  it.each(figures)(
    '%s is what the events tell, in every quarter and dimension',
    (figure) => {
      let counted = 0;
      for (const quarter of quarters) {
        const days = { ...quarter, horizon: until };
        const byCatalogue = tallied(cases, figure, days);
        expect([quarter.name, ...sorted(byCatalogue)]).toEqual([
          quarter.name,
          ...sorted(recounted(logs, figure, days)),
        ]);
        for (const [name, count] of byCatalogue) if (name.startsWith('region ')) counted += count;
      }
      // Of what nothing is told, everything would be equal.
      expect(counted).toBeGreaterThan(2);
      told += counted;
    },
    600_000,
  );

  it('was told of by thousands of things that happened', () => {
    expect(told).toBeGreaterThan(journeys * 20);
  });
});

/** By type what is said instead in a correction, and in one of that. The simulation corrects nothing itself. */
const secondThoughts: Readonly<Record<string, (data: ReadEvent['data']) => readonly object[]>> = {
  JourneyOpened: () => [
    { accessRoute: 'school', residenceGroup: 'tolerated' },
    { accessRoute: 'daycare', preferredLanguage: 'fa' },
  ],
  ContactRecorded: ({ occurredAt }) => [
    {
      occurredAt: new Date(Date.parse(occurredAt as string) - 9 * 86_400_000).toISOString(),
      language: 'de',
      interpreter: false,
    },
  ],
  NeedIdentified: ({ occurredOn }) => [
    { fieldOfAction: 'housing', ...(occurredOn && { occurredOn: addDays(occurredOn as string, -20) }) },
  ],
  LegalDomainEntered: ({ effectiveOn }) => [{ effectiveOn: addDays(effectiveOn as string, 25) }],
  LegalDomainLeft: ({ effectiveOn }) => [
    { effectiveOn: addDays(effectiveOn as string, 200) },
    { effectiveOn: addDays(effectiveOn as string, -30) },
  ],
  JourneyClosed: () => [{ outcome: 'died' }, { outcome: 'contact-lost' }],
};

/** What stands in the log instead of every third event of a type. The simulation records everything with care. */
const carelessness: Readonly<Record<string, (data: ReadEvent['data']) => readonly object[]>> = {
  ContactRecorded: ({ interpreter }) => [
    interpreter ? { language: undefined } : { language: 'fr', interpreter: true },
  ],
  GoalAgreed: () => [{ agreedByClient: false }],
  LegalDomainEntered: ({ effectiveOn }) => [{}, { effectiveOn: addDays(effectiveOn as string, 7) }],
  // The next was entered meanwhile.
  LegalDomainLeft: ({ effectiveOn }) => [{ effectiveOn: addDays(effectiveOn as string, 60) }],
  // Only what came of it was recorded.
  ReferralStarted: () => [],
};

const withRareEvents = (events: readonly CaseEvent[]): readonly CaseEvent[] => {
  const seen = new Map<string, number>();
  return events.flatMap((one) => {
    const { event } = one;
    const before = seen.get(event.type) ?? 0;
    seen.set(event.type, before + 1);
    const instead = before % 3 === 2 ? carelessness[event.type] : undefined;
    if (!instead) return [one];
    return instead(event.data as ReadEvent['data']).map((data, at) => ({
      ...one,
      event: {
        ...event,
        ...(at > 0 && { eventId: `${event.eventId}-again` }),
        data: { ...event.data, ...data },
      } as CaseEvent['event'],
    }));
  });
};

/** Every second statement of each type is corrected. */
const withCorrectedStatements = (events: readonly CaseEvent[]): readonly CaseEvent[] => {
  const seen = new Map<string, number>();
  const corrections = events.flatMap((one) => {
    const { event } = one;
    const before = seen.get(event.type) ?? 0;
    seen.set(event.type, before + 1);
    if (before % 2 === 1) return [];
    const replacements = secondThoughts[event.type]?.(event.data as ReadEvent['data']) ?? [];
    return replacements.map((replacement, at) => ({
      ...one,
      event: {
        ...event,
        type: 'DataCorrected',
        eventId: `${event.eventId}-${at}`,
        data: { eventId: event.eventId, replacement },
      } as CaseEvent['event'],
    }));
  });
  return [...events, ...corrections];
};

type Tallies = ReadonlyMap<string, number>;
const sorted = (tallies: Tallies): readonly string[] =>
  [...tallies].map(([name, count]) => `${name}: ${count}`).sort();

const casesFrom = (events: readonly CaseEvent[]): readonly Case[] => {
  const reference = loadReferenceData();
  const context = {
    hashOf: factHash(createSecretKey(Buffer.alloc(32, 1))),
    dayOf: berlinDay,
    legalDomainOf: (id: string) => reference.organisation(id)?.legalDomain,
  };
  const of = (projection: { readonly prefixes: readonly string[]; readonly eventTypes: readonly string[] }) =>
    events.filter(
      ({ stream, event }) =>
        projection.prefixes.some((prefix) => stream.startsWith(prefix)) &&
        projection.eventTypes.includes(event.type),
    );
  const [persons, told] = [personFactsProjection(context), journeyFactsProjection(context)];
  const facts = {
    regions: regionsOn(until, reference),
    persons: rowsAfter(persons, of(persons))['fact_persons'] as unknown as readonly FactPerson[],
    journeys: rowsAfter(told, of(told))['fact_journeys']!.map((row) => ({
      journey: row['journey'] as string,
      person: row['person'] as string,
      facts: row['facts'] as JourneyFacts,
    })),
  };
  return casesOf(facts, () => 0);
};

const tallied = (cases: readonly Case[], name: string, days: Days): Tallies => {
  const [code = '', part] = name.split(' ');
  const indicator = indicatorOf(code)!;
  const figure = indicator.figures.find((one) => one.name === part)!;
  const tallies = new Map<string, number>();
  for (const { slot, codes } of countedBy(indicator, figure, cases, days))
    for (const [at, dimension] of dimensionsOf(indicator).entries())
      add(tallies, `${dimension} ${codes[at]} ${slot}`);
  return tallies;
};

/** What happened to one person's journey, and the person's codes. */
interface Log {
  readonly events: readonly ReadEvent[];
  readonly codes: Readonly<Record<string, string>>;
}

const shipped = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../data/${file}.json`, import.meta.url), 'utf8'));
const offices = shipped('organisations') as readonly {
  id: string;
  legalDomain?: string;
  municipalities: string[];
}[];
const teams = shipped('joint-teams') as readonly { id: string; organisations: string[] }[];
const officeOf = (id: unknown): string => offices.find((one) => one.id === id)?.legalDomain ?? 'none';

/** The town's team, if it works as one with others. */
const regionOf = (town: string): string => {
  const inTown = offices.filter(({ municipalities }) => municipalities.includes(town)).map(({ id }) => id);
  return (
    teams.find(({ organisations }) => organisations.some((id) => inTown.includes(id)))?.id ?? 'other-towns'
  );
};

const logsFrom = (events: readonly CaseEvent[]): readonly Log[] => {
  const streams = new Map<string, ReadEvent[]>();
  const registrations = new Map<string, ReadEvent>();
  const saidInstead = new Map<string, object>();
  for (const { event } of events) {
    if (event.type !== 'DataCorrected') continue;
    const { eventId, replacement } = event.data;
    saidInstead.set(eventId, { ...saidInstead.get(eventId), ...replacement });
  }
  for (const { stream, subject, event } of events) {
    const data = { ...event.data, ...saidInstead.get(event.eventId) } as ReadEvent['data'];
    const read: ReadEvent = {
      stream,
      subject,
      eventId: event.eventId,
      type: event.type,
      data,
      recordedOn: berlinDay(event.recordedAt),
      office: officeOf(event.recordedBy.organisationId),
      toOffice: officeOf(data['toOrganisationId']),
      ...(event.type === 'ContactRecorded' && { contactOn: berlinDay(data['occurredAt'] as string) }),
    };
    if (read.type === 'ClientRegistered') registrations.set(subject, read);
    const log = streams.get(stream);
    if (log) log.push(read);
    else if (stream.startsWith('journey-')) streams.set(stream, [read]);
  }
  return [...streams.values()].map((log) => {
    const { data, subject } = log[0]!;
    const registration = registrations.get(subject)!;
    return {
      events: log,
      codes: {
        socialArea: data['socialArea'] ?? `${data['municipality']}:unknown`,
        municipality: data['municipality'],
        region: regionOf(data['municipality']),
        sex: registration.data['sex'] ?? 'unknown',
        ageGroup: ageGroupByHand(registration),
        residenceGroup: data['residenceGroup'],
        language: data['preferredLanguage'],
      },
    };
  });
};

const recounted = (logs: readonly Log[], figure: string, days: Days): Tallies => {
  const tallies = new Map<string, number>();
  for (const { events, codes } of logs)
    for (const part of naiveFigures[figure]!(events, days)) {
      const [slot, own] = part.split('|');
      for (const [dimension, one] of Object.entries(codes)) add(tallies, `${dimension} ${one} ${slot}`);
      const ownDimension = /^(unmet|time-to-support)/.test(figure) ? 'fieldOfAction' : 'legalDomainPair';
      if (own) add(tallies, `${ownDimension} ${own} ${slot}`);
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
