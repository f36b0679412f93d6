import { EventStoreDBClient } from '@eventstore/db-client';
import { describe, expect, it } from '@jest/globals';
import { startEventStoreDBStandIn } from '../support/eventstoredb-stand-in/index.js';
import { recordAnswers } from './answers.js';
import golden from './answers.golden.json' with { type: 'json' };
import { versionOf } from './version.js';

describe('the answers recorded from EventStoreDB', () => {
  it('are those of the stand-in', async () => {
    const standIn = await startEventStoreDBStandIn();
    const client = EventStoreDBClient.connectionString(standIn.connectionString);
    expect(await recordAnswers(client)).toEqual(golden.answers);
    await client.dispose();
    await standIn.stop();
  });

  const connectionString = process.env['KIM_TEST_EVENTSTOREDB'];
  if (connectionString)
    it('are those of the server that is there', async () => {
      const client = EventStoreDBClient.connectionString(connectionString);
      const server = await versionOf(client);
      expect({ server, answers: await recordAnswers(client) }).toEqual({ ...golden, server });
      await client.dispose();
    });
});
