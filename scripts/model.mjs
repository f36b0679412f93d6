// `npm run model -- --sequences 100000` plays handovers through the API and holds them against their promises.
import { join } from 'node:path';
import { endWithParent, runToEnd } from './child.mjs';
import { ROOT, prepare } from './prepare.mjs';

endWithParent();
await prepare();
const { code } = await runToEnd(
  process.execPath,
  [join(ROOT, 'dist', 'test', 'model', 'run.js'), ...process.argv.slice(2)],
  { cwd: ROOT, stdio: 'inherit' },
);
process.exitCode = code;
