/**
 * The event ids of streams that were read or written lately. What stands at a revision never changes, so
 * what is remembered stays true; it may only be incomplete.
 */
export interface RecentIds {
  /** Ids of the stream's events from revision 0 on, as far as they are known without a gap. */
  of(stream: string): readonly string[];
  /** These ids stand in the stream from this revision on. */
  learn(stream: string, revision: number, ids: readonly string[]): void;
}

/** @param limit ids kept altogether, about 60 bytes each; streams not used for the longest time go first */
export const recentIds = (limit: number): RecentIds => {
  const streams = new Map<string, string[]>();
  let kept = 0;

  const forget = (stream: string): void => {
    kept -= streams.get(stream)?.length ?? 0;
    streams.delete(stream);
  };

  return {
    of: (stream) => streams.get(stream) ?? [],
    learn: (stream, revision, ids) => {
      const known = streams.get(stream) ?? [];
      if (revision > known.length) return;
      const added = ids.slice(known.length - revision);
      forget(stream);
      streams.set(stream, known);
      known.push(...added);
      kept += known.length;
      for (const oldest of streams.keys()) {
        if (kept <= limit) return;
        forget(oldest);
      }
    },
  };
};
