// `npm run faults -- --points 1000` kills the application a thousand times and counts what was lost or doubled.
import { join } from 'node:path';
import { endWithParent, runToEnd } from './child.mjs';
import { ROOT, prepare } from './prepare.mjs';

endWithParent();
await prepare();
const { code } = await runToEnd(
  process.execPath,
  [join(ROOT, 'dist', 'test', 'faults', 'run.js'), ...process.argv.slice(2)],
  { cwd: ROOT, stdio: 'inherit' },
);
process.exitCode = code;
