import { InvalidPosition } from '../errors.js';
import type { LogBatch, Position, ReadLogOptions } from '../port.js';
import type { Connections } from './connections.js';
import type { Positions } from './positions.js';
import { parseStored } from './stored-events.js';
import { textArray } from './text-array.js';

/**
 * Positions looked through for one batch when a filter may leave most of them out: keeps a statement short,
 * also where the filter matches nothing at all.
 */
const widestLook = 10_000;

/** Bytes after which a batch takes no further event: a thousand of the largest would not fit into memory. */
const fullBatch = 4 * 1024 * 1024;

const outline = (filter: string): string => `
  SELECT (SELECT next_position - 1 FROM kim_log.log_head), string_agg(f.event, ',' ORDER BY f.position),
    string_agg(concat('[', f.position, ',', f.revision, ',', to_json(f.stream), ']'), ',' ORDER BY f.position),
    sum(octet_length(f.event)) >= ${fullBatch}
  FROM (
    SELECT e.position, e.stream, e.revision, e.event,
      sum(octet_length(e.event)) OVER (ORDER BY e.position) - octet_length(e.event) AS bytes_before
    FROM kim_log.events e
    WHERE e.position > $1 AND e.position <= $1::bigint + ${widestLook} ${filter}
    ORDER BY e.position LIMIT $2
  ) f
  WHERE f.bytes_before < ${fullBatch}`;

const wholeLog = outline('');
const filteredLog = outline('AND e.stream ^@ ANY ($3::text[])');

export const readHead = async (
  connections: Connections,
  positions: Positions,
): Promise<Position | undefined> => {
  const [row] = await connections.run('read head', 'SELECT next_position - 1 FROM kim_log.log_head', []);
  const head = Number(row?.[0]);
  return head === -1 ? undefined : positions.print(head);
};

/** @throws InvalidPosition also for a position that this log has not reached: it was set back since */
export const readLog = async (
  { after, limit, prefixes = [] }: ReadLogOptions,
  connections: Connections,
  positions: Positions,
): Promise<LogBatch> => {
  const start = after === undefined ? -1 : positions.number(after);
  const [row] =
    prefixes.length === 0
      ? await connections.run('read log', wholeLog, [start, limit])
      : await connections.run('read filtered log', filteredLog, [start, limit, textArray(prefixes)]);
  const [headText, events, places, isFull] = row as [string, string | null, string | null, boolean | null];
  const head = Number(headText);
  if (start > head) throw new InvalidPosition('This log does not reach as far as this position');

  const placed = JSON.parse(`[${places ?? ''}]`) as [position: number, revision: number, stream: string][];
  const recorded = parseStored(events).map(({ id, type, data, metadata }, index) => {
    const [position, revision, stream] = placed[index]!;
    return { id, type, data, metadata, stream, revision, position: positions.print(position) };
  });
  const lastPosition = placed[placed.length - 1]?.[0];
  const considered =
    lastPosition !== undefined && (isFull === true || placed.length === limit)
      ? lastPosition
      : Math.min(head, start + widestLook);
  return {
    events: recorded,
    checkpoint: considered === -1 ? undefined : positions.print(considered),
    atHead: considered === head,
  };
};
