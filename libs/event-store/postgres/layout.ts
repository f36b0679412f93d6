import { randomBytes } from 'node:crypto';
import type pg from 'pg';

/** The database cannot hold this version's log: it has another layout, or does not keep texts as UTF-8. */
export class UnsuitableDatabase extends Error {
  override readonly name = 'UnsuitableDatabase';
}

/** Raised with every change of the statements below. */
const layout = 1;

/**
 * Makes the log's tables where they are missing, once, however many processes start together.
 * @returns the log's id: eight hex digits, drawn when the log was made; a copy or a restored dump keeps it
 * @throws UnsuitableDatabase; the driver's error if PostgreSQL cannot be reached
 */
export const installLog = async (client: pg.Client): Promise<string> => {
  await client.query('BEGIN');
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended('kim_log', 0))");
  const existing = await existingLog(client);
  const drawn = randomBytes(4).toString('hex');
  if (existing === undefined) await client.query(statements(drawn));
  await client.query('COMMIT');
  return existing ?? drawn;
};

const existingLog = async (client: pg.Client): Promise<string | undefined> => {
  const { rows } = await client.query<{ encoding: string; schema: string | null; head: string | null }>(
    `SELECT current_setting('server_encoding') AS encoding, to_regnamespace('kim_log') AS schema,
       to_regclass('kim_log.log_head') AS head`,
  );
  const { encoding, schema, head } = rows[0]!;
  if (encoding !== 'UTF8')
    throw new UnsuitableDatabase(`This database keeps texts as ${encoding}, not as UTF-8.`);
  if (schema === null) return undefined;
  if (head === null) throw new UnsuitableDatabase('The schema kim_log of this database does not hold a log.');
  const found = await client.query<{ log: { layout?: unknown; log_id?: string } }>(
    'SELECT to_jsonb(h) AS log FROM kim_log.log_head h',
  );
  const log = found.rows[0]?.log;
  if (log?.layout !== layout || log.log_id === undefined)
    throw new UnsuitableDatabase(
      `The log of this database has layout ${String(log?.layout)}; this version works with layout ${layout}.`,
    );
  return log.log_id;
};

/**
 * `log_head` is the one row that every append locks until its commit: positions are without gaps and in
 * commit order because of it, also between processes.
 *
 * An event is one JSON text. It is never searched, only handed out, and in one piece it costs half of what
 * columns cost to store and to fetch. Stored as text, it comes back as it was written; uncompressed, because
 * most of it is ciphertext, which does not shrink.
 */
const statements = (logId: string): string => `
CREATE SCHEMA kim_log;

CREATE TABLE kim_log.log_head (
  the_only_row boolean PRIMARY KEY DEFAULT true CHECK (the_only_row),
  layout integer NOT NULL,
  log_id text NOT NULL,
  next_position bigint NOT NULL
) WITH (fillfactor = 10);

INSERT INTO kim_log.log_head (layout, log_id, next_position) VALUES (${layout}, '${logId}', 0);

CREATE TABLE kim_log.events (
  position bigint PRIMARY KEY,
  revision integer NOT NULL,
  id uuid NOT NULL UNIQUE,
  stream text COLLATE "C" NOT NULL,
  event text NOT NULL,
  UNIQUE (stream, revision)
);
ALTER TABLE kim_log.events ALTER COLUMN event SET STORAGE EXTERNAL;

-- One row for each append: which stream, at which revision (-1: none, -2: any). One row for each event:
-- the append it belongs to (from 1), its place in it (from 0), its id and its text. No two appends of one
-- call name the same stream or the same id. Unless they are looked up, ids that were recorded before and pass
-- the check of the revision end the call with a unique violation.
CREATE FUNCTION kim_log.append(
  streams text[], expected integer[],
  append_numbers integer[], places integer[], ids uuid[], texts text[], look_up_ids boolean,
  OUT first_position bigint, OUT heads text, OUT refused text, OUT recorded json
) LANGUAGE plpgsql AS $$
DECLARE
  revisions integer[];
  refusals integer[];
BEGIN
  -- First of all the lock: each later statement then sees everything that was appended before.
  UPDATE kim_log.log_head SET next_position = next_position + cardinality(ids)
    WHERE the_only_row RETURNING next_position - cardinality(ids) INTO first_position;

  revisions := ARRAY(
    SELECT coalesce(
      (SELECT e.revision FROM kim_log.events e WHERE e.stream = s.stream ORDER BY e.revision DESC LIMIT 1), -1)
    FROM (SELECT unnest(streams) AS stream) s);

  refusals := ARRAY(
    SELECT a.number FROM unnest(expected, revisions) WITH ORDINALITY a (expected, revision, number)
      WHERE a.expected <> -2 AND a.expected <> a.revision
    UNION ALL
    SELECT n.append FROM unnest(ids, append_numbers) n (id, append)
      WHERE look_up_ids AND EXISTS (SELECT FROM kim_log.events e WHERE e.id = n.id));

  IF cardinality(refusals) = 0 THEN
    INSERT INTO kim_log.events (position, revision, id, stream, event)
      SELECT first_position + n.number, revisions[n.append] + 1 + n.place, n.id, streams[n.append], n.text
      FROM (
        SELECT generate_series(0, cardinality(ids) - 1) AS number, unnest(append_numbers) AS append,
          unnest(places) AS place, unnest(ids) AS id, unnest(texts) AS text
      ) n;
  ELSE
    INSERT INTO kim_log.events (position, revision, id, stream, event)
      SELECT first_position + row_number() OVER (ORDER BY n.number) - 1,
        revisions[n.append] + 1 + n.place, n.id, streams[n.append], n.text
      FROM unnest(append_numbers, places, ids, texts) WITH ORDINALITY n (append, place, id, text, number)
      WHERE n.append <> ALL (refusals);
    UPDATE kim_log.log_head SET next_position = first_position
      + (SELECT count(*) FROM unnest(append_numbers) n (append) WHERE n.append <> ALL (refusals))
      WHERE the_only_row;
    recorded := (
      SELECT json_agg(json_build_object('id', e.id, 'stream', e.stream, 'revision', e.revision, 'position', e.position))
      FROM unnest(ids, append_numbers) n (id, append) JOIN kim_log.events e USING (id)
      WHERE n.append = ANY (refusals));
  END IF;

  PERFORM pg_notify('kim_log', next_position::text) FROM kim_log.log_head WHERE next_position > first_position;
  heads := array_to_string(revisions, ',');
  refused := array_to_string(refusals, ',');
END $$;
`;
