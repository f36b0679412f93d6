import type { SubjectKey, SubjectKeys } from '#personal-data';

/** What sealing and unsealing ask of the keys of persons. */
export type FetchedKeys = Pick<SubjectKeys, 'fetch'>;

/**
 * Keys that are fetched and unwrapped once for everything that is done with one batch. They are gone with it;
 * who has no key when it is first asked for has none in this batch.
 */
export const keysOfOneBatch = (keys: FetchedKeys): FetchedKeys => {
  const known = new Map<string, SubjectKey | undefined>();
  return {
    fetch: async (subjects) => {
      const asked = [...new Set(subjects)];
      const unknown = asked.filter((subject) => !known.has(subject));
      const fetched = await keys.fetch(unknown);
      for (const subject of unknown) known.set(subject, fetched.get(subject));
      return new Map(
        asked.flatMap((subject) => {
          const key = known.get(subject);
          return key ? [[subject, key] as const] : [];
        }),
      );
    },
  };
};
