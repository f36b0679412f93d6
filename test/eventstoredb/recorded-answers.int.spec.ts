import { EventStoreDBClient } from '@eventstore/db-client';
import { describe, expect, it } from '@jest/globals';
import { eventStoreDBCommand } from '../support/event-store.js';
import { startEventStoreDBServers } from '../support/eventstoredb-servers.js';
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

  const command = eventStoreDBCommand();
  const named = process.env['KIM_TEST_EVENTSTOREDB'];
  if (command !== undefined || named)
    it('are those of the server that is there', async () => {
      const servers = command === undefined ? undefined : await startEventStoreDBServers(command);
      const client = EventStoreDBClient.connectionString(servers?.connectionString ?? named!);
      const server = await versionOf(client);
      expect({ server, answers: await recordAnswers(client) }).toEqual({ ...golden, server });
      await client.dispose();
      await servers?.remove();
    });
});
