import { ROOT, prepare } from './prepare.mjs';
import { endWithParent } from './child.mjs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Runs a built program in this very process: no second one to start, to pass signals to, or to leave behind. */
export async function runBuilt(program) {
  endWithParent();
  await prepare();
  const path = join(ROOT, 'dist', program);
  process.argv[1] = path;
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(path).href);
}
