import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Whom the server runs as, where that is not the caller. Fits the options of `spawn`. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * PostgreSQL refuses to run as root. Root's server runs as whoever owns the cluster, and a new cluster
 * belongs to `nobody`: no account is added to the machine.
 */
export const accountFor = async (cluster: string): Promise<Account> => {
  if (process.getuid?.() !== 0) return {};
  const owner = await stat(cluster).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const [uid, gid] = await Promise.all([idOfNobody('-u'), idOfNobody('-g')]);
  return { uid, gid };
};

const idOfNobody = async (which: '-u' | '-g'): Promise<number> =>
  Number((await promisify(execFile)('id', [which, 'nobody'])).stdout);
