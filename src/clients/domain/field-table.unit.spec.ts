import { describe, expect, it } from '@jest/globals';
import { everyClientEvent, everyClientEventType } from '../../../test/support/every-client-event.js';
import { fieldsOf } from '../../http/index.js';
import { isSealed } from '../../record/field-table.js';
import type { FieldRule } from '../../record/field-table.js';
import { ClientBody, ClientCorrectionBody } from '../http/client.dto.js';
import { correctClient, registerClient } from './decide.js';
import { clientDetailFields, clientFields } from './field-table.js';
import type { ClientEventType } from './events.js';

const rulesOf = (type: ClientEventType): Readonly<Record<string, FieldRule>> => clientFields[type].fields;

const rows = everyClientEventType.flatMap((type) =>
  Object.entries(rulesOf(type)).map(([field, rule]) => ({ type, field, rule })),
);

describe('the table of a client’s fields', () => {
  it.each(everyClientEventType)('has a row for every field of %s, and none for another', (type) => {
    expect(new Set(Object.keys(rulesOf(type)))).toEqual(new Set(Object.keys(everyClientEvent[type])));
  });

  it('seals every field but ids', () => {
    const inTheClear = rows
      .filter(({ rule }) => !isSealed(rule))
      .map(({ type, field }) => `${type}.${field}`);
    expect(inTheClear).toEqual([
      'ClientRegistered.clientId',
      'JourneyLinked.journeyId',
      'ClientsMerged.survivorClientId',
      'ClientsMerged.duplicateClientId',
    ]);
  });

  it('tells who a person is from how to reach them and what they speak', () => {
    const of = (category: string) =>
      Object.entries(clientDetailFields).flatMap(([field, rule]) =>
        rule === `sealed ${category}` ? [field] : [],
      );
    expect(of('contact')).toEqual(['phone', 'email', 'address']);
    expect(of('language')).toEqual(['languages']);
    expect(of('identity')).toEqual([
      'givenName',
      'familyName',
      'otherNames',
      'birthDate',
      'birthYear',
      'sex',
      'nationality',
    ]);
  });

  it('takes the reason of a correction for a note', () => {
    expect(clientFields.ClientCorrected.fields.reason).toBe('sealed notes');
  });
});

describe('what is sent about a client', () => {
  // Says what to do with the command, and nothing about the client.
  const notRecorded = ['createDespiteMatches'];

  it.each([...fieldsOf(ClientBody).keys()].filter((field) => !notRecorded.includes(field)))(
    'is sealed when they are registered: %s',
    (field) => {
      expect(rulesOf('ClientRegistered')[field]).toMatch(/^sealed /);
    },
  );

  it.each([...fieldsOf(ClientCorrectionBody).keys()])('is sealed when it is corrected: %s', (field) => {
    expect(rulesOf('ClientCorrected')[field]).toMatch(/^sealed /);
  });
});

describe('what the deciders record of a client', () => {
  it('has a category field by field', () => {
    const { clientId, ...details } = everyClientEvent.ClientRegistered;
    const registered = registerClient(details, clientId);
    for (const { type, data } of [...registered, ...correctClient(everyClientEvent.ClientCorrected, details)])
      expect(new Set(Object.keys(data))).toEqual(new Set(Object.keys(rulesOf(type))));
  });
});
