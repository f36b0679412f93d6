// `npm run bench -- <measurement>`; without a name all of them. What is compared with is installed apart.
import { join } from 'node:path';
import { endWithParent, runToEnd } from './child.mjs';
import { ROOT, prepare, prepareInstalled } from './prepare.mjs';

endWithParent();
await prepare();
await prepareInstalled(join(ROOT, 'bench'));
const { code } = await runToEnd(
  process.execPath,
  [join(ROOT, 'bench', 'run.mjs'), ...process.argv.slice(2)],
  { cwd: ROOT, stdio: 'inherit' },
);
process.exitCode = code;
