import type { NewEvent } from '../port.js';

/**
 * Events from their stored texts, set one after the other with commas between them.
 * @throws Error that does not repeat what stands there
 */
export const parseStored = (texts: string | null): NewEvent[] => {
  try {
    return JSON.parse(`[${texts ?? ''}]`) as NewEvent[];
  } catch {
    throw new Error('The log holds an event that is not JSON any more: somebody changed it in the database');
  }
};
