import { sealText, unsealText } from '#personal-data';
import type { Seals } from '#projections';
import type { FetchedKeys } from './batch-keys.js';

/** Seals and opens texts of read models under the keys of the persons whom they are about. */
export const sealsUnder = (keys: FetchedKeys): Seals => ({
  seal: async (texts) => {
    const subjectKeys = await keys.fetch(new Set(texts.map(({ subject }) => subject)));
    return texts.map(({ subject, place, text }) => {
      const key = subjectKeys.get(subject);
      return key && sealText(key, place, text);
    });
  },
  open: async (texts) => {
    const subjectKeys = await keys.fetch(new Set(texts.map(({ subject }) => subject)));
    return texts.map(({ subject, place, text }) => {
      const key = subjectKeys.get(subject);
      return key && unsealText(key, place, text);
    });
  },
});
