import type { KeyObject } from 'node:crypto';
import type pg from 'pg';
import type { SubjectKeys } from '#personal-data';

/** The injection token of the `Directory`. */
export const CLIENT_DIRECTORY = Symbol('CLIENT_DIRECTORY');

/** Where clients are found by name: the view that `clientsProjection` makes, and what it takes to read it. */
export interface Directory {
  readonly pool: pg.Pool;
  /** The schema that the view lies in. */
  readonly schema: string;
  readonly keys: SubjectKeys;
  /** Under which names are hashed. */
  readonly searchKey: KeyObject;
  /** Waits until everybody who is registered at this moment is found; false if that takes too long. */
  atHead(): Promise<boolean>;
}
