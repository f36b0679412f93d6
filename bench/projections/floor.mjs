// The same rows without an engine: one loop, each statement written by hand for its table. It keeps no
// checkpoint that anybody else could see, cannot be resumed, and knows nothing of other processes.
import pg from 'pg';
import {
  decode,
  evolveClient,
  evolveFact,
  evolveHandover,
  evolveWorklist,
  seals,
  tasksOf,
  tokensOf,
} from './views.mjs';

const eventsInStretch = 100_000;
const eventsInPage = 2_000;

export const fillByHand = async (store, connectionString, sample) => {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(`SET synchronous_commit = off; SET TimeZone = 'UTC'; ${tables}`);
    let [after, atHead, considered] = [undefined, false, 0];
    let next = page(store, after);
    while (!atHead) {
      const sets = [worklistRows(client), clientRows(client), handoverRows(client), factRows(client)];
      for (let events = 0; events < eventsInStretch && !atHead;) {
        const { batch, decoded } = await next;
        ({ checkpoint: after, atHead } = batch);
        if (!atHead) next = page(store, after);
        for (const set of sets) await set.fold(decoded);
        events += batch.events.length;
      }
      await client.query('BEGIN');
      for (const set of sets) await set.write();
      await client.query('UPDATE floor_checkpoint SET position = $1', [after]);
      await client.query('COMMIT');
      considered += eventsInStretch;
      sample(considered);
    }
    await client.query(indexes);
  } finally {
    await client.end();
  }
};

const page = async (store, after) => {
  const batch = await store.readLog({ after, limit: eventsInPage });
  return { batch, decoded: await decode(batch.events) };
};

/** The rows that a stretch of the log touches: loaded once, changed in memory, written once. */
const held = (client, select, fromTable, types, keyOf, evolve) => {
  const rows = new Map();
  return {
    rows,
    fold: async (events) => {
      const concerned = events.filter(({ type }) => types.has(type));
      const missing = [...new Set(concerned.map(keyOf))].filter((key) => !rows.has(key));
      for (const key of missing) rows.set(key, { before: undefined, after: undefined });
      if (missing.length > 0)
        for (const found of (await client.query(select, [missing])).rows) {
          const row = fromTable(found);
          rows.set(found.key, { before: row, after: row });
        }
      for (const event of concerned) {
        const entry = rows.get(keyOf(event));
        entry.after = evolve(entry.after, event);
      }
    },
    changed: () => [...rows.values()].filter(({ before, after }) => after && after !== before),
  };
};

const column = (rows, of) => rows.map(of);

const worklistRows = (client) => {
  const set = held(
    client,
    `SELECT journey_id AS key, client_id, organisation, owner, phase, municipality, opened_on::text,
       last_contact_on::text, due_on::text, goals, revision FROM floor_worklist WHERE journey_id = ANY ($1::uuid[])`,
    (row) => ({
      journeyId: row.key,
      clientId: row.client_id,
      organisation: row.organisation,
      owner: row.owner,
      phase: row.phase,
      municipality: row.municipality,
      openedOn: row.opened_on,
      lastContactOn: row.last_contact_on,
      dueOn: row.due_on,
      goals: row.goals,
      revision: row.revision,
    }),
    new Set(
      'JourneyOpened ContactRecorded NeedIdentified GoalAgreed GoalReviewed JourneyAssigned HandoverProposed HandoverAccepted JourneyClosed'.split(
        ' ',
      ),
    ),
    ({ journeyId }) => journeyId,
    evolveWorklist,
  );
  return {
    fold: set.fold,
    write: async () => {
      const changed = set.changed();
      const rows = changed.map(({ after }) => after);
      await client.query(
        `INSERT INTO floor_worklist SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[],
           $6::text[], $7::date[], $8::date[], $9::date[], $10::jsonb[], $11::integer[])
         ON CONFLICT (journey_id) DO UPDATE SET client_id = EXCLUDED.client_id, organisation = EXCLUDED.organisation,
           owner = EXCLUDED.owner, phase = EXCLUDED.phase, municipality = EXCLUDED.municipality,
           opened_on = EXCLUDED.opened_on, last_contact_on = EXCLUDED.last_contact_on, due_on = EXCLUDED.due_on,
           goals = EXCLUDED.goals, revision = EXCLUDED.revision`,
        [
          column(rows, ({ journeyId }) => journeyId),
          column(rows, ({ clientId }) => clientId),
          column(rows, ({ organisation }) => organisation),
          column(rows, ({ owner }) => owner),
          column(rows, ({ phase }) => phase),
          column(rows, ({ municipality }) => municipality),
          column(rows, ({ openedOn }) => openedOn),
          column(rows, ({ lastContactOn }) => lastContactOn),
          column(rows, ({ dueOn }) => dueOn),
          column(rows, ({ goals }) => JSON.stringify(goals)),
          column(rows, ({ revision }) => revision),
        ],
      );
      const stale = changed.filter(({ before }) => before && tasksOf(before).length > 0);
      await client.query('DELETE FROM floor_tasks WHERE journey_id = ANY ($1::uuid[])', [
        column(stale, ({ after }) => after.journeyId),
      ]);
      const tasks = rows.flatMap((row) =>
        tasksOf(row).map((task) => ({ journeyId: row.journeyId, ...task })),
      );
      await client.query(
        'INSERT INTO floor_tasks SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::date[])',
        [
          column(tasks, ({ journeyId }) => journeyId),
          column(tasks, ({ organisation }) => organisation),
          column(tasks, ({ what }) => what),
          column(tasks, ({ about }) => about),
          column(tasks, ({ dueOn }) => dueOn),
        ],
      );
    },
  };
};

const clientRows = (client) => {
  const set = held(
    client,
    'SELECT client_id AS key, name FROM floor_clients WHERE client_id = ANY ($1::uuid[])',
    ({ key, name }) => ({ clientId: key, name }),
    new Set(['ClientRegistered']),
    ({ clientId }) => clientId,
    evolveClient,
  );
  return {
    fold: set.fold,
    write: async () => {
      const rows = set.changed().map(({ after }) => after);
      const names = await seals.seal(
        rows.map(({ clientId, name }) => ({
          subject: clientId,
          place: `clients.name.${clientId}`,
          text: name,
        })),
      );
      await client.query(
        `INSERT INTO floor_clients SELECT * FROM unnest($1::uuid[], $2::text[])
         ON CONFLICT (client_id) DO UPDATE SET name = EXCLUDED.name`,
        [column(rows, ({ clientId }) => clientId), names],
      );
      const tokens = rows.flatMap((row) =>
        tokensOf(row).map(({ token }) => ({ clientId: row.clientId, token })),
      );
      await client.query('INSERT INTO floor_tokens SELECT * FROM unnest($1::uuid[], $2::text[])', [
        column(tokens, ({ clientId }) => clientId),
        column(tokens, ({ token }) => token),
      ]);
    },
  };
};

const handoverRows = (client) => {
  const set = held(
    client,
    `SELECT handover_id AS key, journey_id, sender, receiver, step, due_on::text
     FROM floor_handovers WHERE handover_id = ANY ($1::uuid[])`,
    (row) => ({
      handoverId: row.key,
      journeyId: row.journey_id,
      sender: row.sender,
      receiver: row.receiver,
      step: row.step,
      dueOn: row.due_on,
    }),
    new Set(['HandoverProposed', 'HandoverAccepted']),
    ({ handoverId }) => handoverId,
    evolveHandover,
  );
  return {
    fold: set.fold,
    write: async () => {
      const rows = set.changed().map(({ after }) => after);
      await client.query(
        `INSERT INTO floor_handovers
         SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::date[])
         ON CONFLICT (handover_id) DO UPDATE SET step = EXCLUDED.step, due_on = EXCLUDED.due_on`,
        [
          column(rows, ({ handoverId }) => handoverId),
          column(rows, ({ journeyId }) => journeyId),
          column(rows, ({ sender }) => sender),
          column(rows, ({ receiver }) => receiver),
          column(rows, ({ step }) => step),
          column(rows, ({ dueOn }) => dueOn),
        ],
      );
    },
  };
};

const factRows = (client) => {
  const set = held(
    client,
    `SELECT journey_id AS key, municipality, opened_on::text, contacts, needs, goals, attained, first_contact_at::text
     FROM floor_facts WHERE journey_id = ANY ($1::uuid[])`,
    (row) => ({
      journeyId: row.key,
      municipality: row.municipality,
      openedOn: row.opened_on,
      contacts: row.contacts,
      needs: row.needs,
      goals: row.goals,
      attained: row.attained,
      firstContactAt: row.first_contact_at,
    }),
    new Set('JourneyOpened ContactRecorded NeedIdentified GoalAgreed GoalReviewed'.split(' ')),
    ({ journeyId }) => journeyId,
    evolveFact,
  );
  return {
    fold: set.fold,
    write: async () => {
      const rows = set.changed().map(({ after }) => after);
      await client.query(
        `INSERT INTO floor_facts SELECT * FROM unnest($1::uuid[], $2::text[], $3::date[], $4::integer[], $5::integer[],
           $6::integer[], $7::integer[], $8::timestamptz[])
         ON CONFLICT (journey_id) DO UPDATE SET contacts = EXCLUDED.contacts, needs = EXCLUDED.needs,
           goals = EXCLUDED.goals, attained = EXCLUDED.attained, first_contact_at = EXCLUDED.first_contact_at`,
        [
          column(rows, ({ journeyId }) => journeyId),
          column(rows, ({ municipality }) => municipality),
          column(rows, ({ openedOn }) => openedOn),
          column(rows, ({ contacts }) => contacts),
          column(rows, ({ needs }) => needs),
          column(rows, ({ goals }) => goals),
          column(rows, ({ attained }) => attained),
          column(rows, ({ firstContactAt }) => firstContactAt),
        ],
      );
    },
  };
};

const tables = `
  DROP TABLE IF EXISTS floor_worklist, floor_tasks, floor_clients, floor_tokens, floor_handovers, floor_facts,
    floor_checkpoint;
  CREATE TABLE floor_checkpoint (position text);
  INSERT INTO floor_checkpoint VALUES (NULL);
  CREATE TABLE floor_worklist (journey_id uuid PRIMARY KEY, client_id uuid NOT NULL,
    organisation text COLLATE "C" NOT NULL, owner text COLLATE "C" NOT NULL, phase text COLLATE "C" NOT NULL,
    municipality text COLLATE "C" NOT NULL, opened_on date NOT NULL, last_contact_on date, due_on date,
    goals jsonb NOT NULL, revision integer NOT NULL);
  CREATE TABLE floor_tasks (journey_id uuid NOT NULL, organisation text COLLATE "C" NOT NULL,
    what text COLLATE "C" NOT NULL, about text COLLATE "C" NOT NULL, due_on date NOT NULL);
  CREATE INDEX ON floor_tasks (journey_id);
  CREATE TABLE floor_clients (client_id uuid PRIMARY KEY, name text COLLATE "C");
  CREATE TABLE floor_tokens (client_id uuid NOT NULL, token text COLLATE "C" NOT NULL);
  CREATE INDEX ON floor_tokens (client_id);
  CREATE TABLE floor_handovers (handover_id uuid PRIMARY KEY, journey_id uuid NOT NULL,
    sender text COLLATE "C" NOT NULL, receiver text COLLATE "C" NOT NULL, step text COLLATE "C" NOT NULL, due_on date);
  CREATE TABLE floor_facts (journey_id uuid PRIMARY KEY, municipality text COLLATE "C" NOT NULL,
    opened_on date NOT NULL, contacts integer NOT NULL, needs integer NOT NULL, goals integer NOT NULL,
    attained integer NOT NULL, first_contact_at timestamptz);`;

const indexes = `
  CREATE INDEX ON floor_worklist (owner, due_on, journey_id);
  CREATE INDEX ON floor_worklist (organisation, due_on, journey_id);
  CREATE INDEX ON floor_worklist (client_id);
  CREATE INDEX ON floor_tasks (organisation, due_on);
  CREATE INDEX ON floor_tokens (token);
  CREATE INDEX ON floor_handovers (receiver, step, due_on);
  CREATE INDEX ON floor_handovers (sender, step, due_on);
  CREATE INDEX ON floor_facts (opened_on, municipality);
  ANALYZE floor_worklist, floor_tasks, floor_clients, floor_tokens, floor_handovers, floor_facts;`;
