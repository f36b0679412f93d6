import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';

/**
 * Looks whether a folder can be the data directory, and writes nothing. One that is not there yet can perhaps be made.
 * @throws an error whose one sentence says what to do
 */
export const checkDataDirectory = async (folder: string): Promise<void> => {
  try {
    if (!(await stat(folder)).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      throw unusableDataDirectory(folder, error) ?? error;
  }
};

/**
 * Makes the data directory where it is missing, open to its owner only.
 * @throws as `checkDataDirectory`
 */
export const makeDataDirectory = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw unusableDataDirectory(folder, error) ?? error;
  }
};

/** What an error of the file system says of the data directory; undefined for other errors. */
export const unusableDataDirectory = (folder: string, cause: unknown): Error | undefined => {
  const { code = '' } = cause as NodeJS.ErrnoException;
  const reason = reasons[code];
  return reason === undefined
    ? undefined
    : new Error(
        `The data directory ${folder} cannot be used: ${reason} (${code}); see to it, or name another with KIM_DATA_DIR.`,
        { cause },
      );
};

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'nothing can be written there',
  ENOSPC: 'there is no space left',
  EDQUOT: 'there is no space left for this user',
  ENOTDIR: 'it is not a folder',
  EEXIST: 'it is not a folder',
};
