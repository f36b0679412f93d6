import type { RecordedEvent } from '../port.js';
import { coalesce } from './coalesce.js';
import type { Connections } from './connections.js';
import type { Positions } from './positions.js';
import { parseStored } from './stored-events.js';
import { textArray } from './text-array.js';

export interface StreamQuestion {
  readonly stream: string;
  readonly from: number;
  readonly to: number;
}

export interface StreamPart {
  readonly events: readonly RecordedEvent[];
  /** Characters of their stored text. */
  readonly size: number;
}

const greatestRound = 64;

/**
 * Reads streams, many in one statement when many are asked for at once. Two rounds may run at the same time,
 * so that one very long stream does not hold up all others.
 */
export const coalescedStreamReads = (connections: Connections, positions: Positions) =>
  coalesce<StreamQuestion, StreamPart>({
    select: (waiting) => ({ taken: waiting.slice(0, greatestRound), left: waiting.slice(greatestRound) }),
    send: async (questions) => {
      const rows = await connections.run('read streams', statement, [
        textArray(questions.map(({ stream }) => stream)),
        `{${questions.map(({ from }) => from).join(',')}}`,
        `{${questions.map(({ to }) => to).join(',')}}`,
      ]);
      return (place) => {
        const [events, numbers] = rows[place] as [string | null, string | null];
        return {
          events: recordedEvents(questions[place]!, events, numbers, positions),
          size: events?.length ?? 0,
        };
      };
    },
    concurrency: 2,
  });

/** One row for each stream, in the order asked: parsing one long JSON text costs less than twenty short rows. */
const statement = `
  SELECT e.events, e.positions
  FROM unnest($1::text[], $2::integer[], $3::integer[]) WITH ORDINALITY q (stream, first, last, number)
  CROSS JOIN LATERAL (
    SELECT string_agg(e.event, ',' ORDER BY e.revision) AS events,
      string_agg(e.position::text, ',' ORDER BY e.revision) AS positions
    FROM kim_log.events e
    WHERE e.stream = q.stream AND e.revision >= q.first AND e.revision <= q.last
  ) e
  ORDER BY q.number`;

const recordedEvents = (
  { stream, from }: StreamQuestion,
  events: string | null,
  numbers: string | null,
  positions: Positions,
): readonly RecordedEvent[] => {
  if (events === null || numbers === null) return [];
  const at = numbers.split(',');
  return parseStored(events).map(({ id, type, data, metadata }, index) => ({
    id,
    type,
    data,
    metadata,
    stream,
    // Revisions are without gaps, so the place in the answer tells the revision.
    revision: from + index,
    position: positions.print(Number(at[index])),
  }));
};
