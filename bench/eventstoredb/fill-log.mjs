// The same years of work as for the other measurements, each journey's events in as few appends as may be.
import { writeLog } from '../projections/log.mjs';

const atOnce = 64;
const collected = 20_000;
const largestAppend = 100;

export const fillLog = async (store, events, progress) => {
  let streams = new Map();
  let waiting = 0;
  let flushed = Promise.resolve();
  const flush = async () => {
    const appends = [...streams].flatMap(([stream, all]) =>
      Array.from({ length: Math.ceil(all.length / largestAppend) }, (_, part) => ({
        stream,
        expected: 'any',
        events: all.slice(part * largestAppend, (part + 1) * largestAppend),
      })),
    );
    streams = new Map();
    waiting = 0;
    // A stream's events stay in order where they take more than one append.
    const queue = appends[Symbol.iterator]();
    const busy = new Map();
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (const append of queue) {
          const before = busy.get(append.stream);
          const turn = (before ?? Promise.resolve()).then(() => store.append(append));
          busy.set(append.stream, turn);
          await turn;
        }
      }),
    );
  };
  const collecting = {
    append: async ({ stream, events: more }) => {
      const known = streams.get(stream);
      if (known) known.push(...more);
      else streams.set(stream, [...more]);
      waiting += more.length;
      if (waiting >= collected) flushed = flush();
      await flushed;
    },
  };
  const written = await writeLog(collecting, events, progress);
  await flush();
  return written;
};
