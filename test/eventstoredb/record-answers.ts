// Prints what EventStoreDB's own server answers, for `answers.golden.json`:
//   KIM_TEST_EVENTSTOREDB=esdb://127.0.0.1:2113?tls=false node dist/test/eventstoredb/record-answers.js
import { EventStoreDBClient } from '@eventstore/db-client';
import { recordAnswers } from './answers.js';
import { versionOf } from './version.js';

const client = EventStoreDBClient.connectionString(process.env['KIM_TEST_EVENTSTOREDB'] ?? '');
const answers = await recordAnswers(client);
process.stdout.write(`${JSON.stringify({ server: await versionOf(client), answers }, undefined, 2)}\n`);
await client.dispose();
