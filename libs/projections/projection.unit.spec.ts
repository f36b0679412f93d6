import { describe, expect, it } from '@jest/globals';
import {
  createProjections,
  InvalidProjection,
  list,
  nullable,
  projection,
  rowsAfter,
  sealed,
  text,
  uuid,
} from './index.js';
import { shapeOf } from './projection.js';
import { caseload, clients, decode, measure, type OfficeEvent } from './testing/office.js';

const journeyId = '0d4f4e51-58ae-4f62-8ae5-7a0a2f8f2a01';
const clientId = '6f1c9a52-0f1e-5b53-9a07-0c5a3f1f7e11';
const opened: OfficeEvent = {
  type: 'JourneyOpened',
  journeyId,
  clientId,
  owner: 'aylin',
  openedOn: '2026-03-02',
};
const agreed: OfficeEvent = { type: 'GoalAgreed', journeyId, goal: 'B1 course', dueOn: '2026-05-01' };

describe('A projection folded in memory', () => {
  it('shows its rows and its lists', () => {
    expect(rowsAfter(caseload, [opened, agreed])).toMatchObject({
      caseload: [{ journeyId, owner: 'aylin', goals: [{ goal: 'B1 course' }] }],
      caseload_tasks: [{ journeyId, what: 'review B1 course', dueOn: '2026-05-01' }],
    });
  });

  it('drops a row that is no more', () => {
    expect(rowsAfter(caseload, [opened, agreed, { type: 'JourneyClosed', journeyId }])).toEqual({
      caseload: [],
      caseload_tasks: [],
    });
  });

  it('changes the rows that an event concerns without naming them', () => {
    expect(rowsAfter(caseload, [opened, { type: 'ClientErased', clientId }])).toMatchObject({
      caseload: [{ clientId: null }],
    });
  });

  it('does not let a row be changed in place, or change its key', () => {
    const careless = {
      ...caseload,
      evolve: (...[row, event, key]: Parameters<typeof caseload.evolve>) => {
        if (event.type === 'GoalAgreed') (row!['goals'] as unknown[]).push(event.goal);
        return event.type === 'GoalAgreed' ? row : caseload.evolve(row, event, key);
      },
    };
    expect(() => rowsAfter(careless, [opened, agreed])).toThrow(TypeError);
    const confused = { ...caseload, rowKeysOf: () => [clientId] };
    expect(() => rowsAfter(confused, [opened])).toThrow(/another key/);
  });
});

describe('A projection is refused when it is defined', () => {
  const columns = { id: text(), owner: text(), note: nullable(text()) };
  const sound = {
    name: 'cases',
    version: 1,
    prefixes: [],
    eventTypes: [],
    columns,
    key: 'id' as const,
    rowKeysOf: () => [],
    evolve: () => undefined,
  };

  it.each([
    ['for a name that is none in SQL', { name: 'Cases; DROP' }],
    ['for a version that does not count', { version: 0 }],
    ['without a key that is always there', { key: 'note' as const }],
    [
      'when a text is sealed for a subject that may be missing',
      { columns: { ...columns, name: sealed('note') } },
    ],
    [
      'when a list has the key already',
      { lists: { tasks: list({ columns: { id: uuid() }, rowsOf: () => [] }) } },
    ],
  ])('%s', (_, mistake) => {
    expect(() => projection(sound)).not.toThrow();
    expect(() => projection({ ...sound, ...mistake })).toThrow(InvalidProjection);
  });

  it('but not for a list whose texts are sealed for the subject that the key names', () => {
    const notes = list({ columns: { note: sealed('id') }, rowsOf: () => [] });
    expect(() => projection({ ...sound, lists: { notes } })).not.toThrow();
  });

  it('beside another one with the same view', () => {
    const options = {
      database: {},
      schema: 'views',
      store: {} as Parameters<typeof createProjections>[0]['store'],
      decode,
      measure,
    };
    const other = { ...clients, name: 'caseload_tasks' };
    expect(() => createProjections({ ...options, projections: [caseload, other] })).toThrow(
      /caseload_tasks is taken/,
    );
    expect(() => createProjections({ ...options, schema: 'pg_x', projections: [clients] })).toThrow(
      InvalidProjection,
    );
  });
});

describe('The shape of a projection’s tables', () => {
  it('changes with columns, indexes and lists, and not with its functions', () => {
    const { lists, ...withoutLists } = caseload;
    const shapes = [
      caseload,
      { ...caseload, indexes: [] },
      { ...caseload, columns: { ...caseload.columns, owner: nullable(text()) } },
      withoutLists,
      { ...caseload, lists: { due: lists!['tasks']! } },
    ].map(shapeOf);
    expect(new Set(shapes).size).toBe(shapes.length);
    expect(shapeOf({ ...caseload, evolve: () => undefined })).toBe(shapeOf(caseload));
  });
});
