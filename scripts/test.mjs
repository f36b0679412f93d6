// `npm test -- <pattern>` runs the tests whose compiled file name matches.
import { ROOT, prepare } from './prepare.mjs';
import { endWithParent, runToEnd } from './child.mjs';
import { join } from 'node:path';

endWithParent();
await prepare();
const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
const { code } = await runToEnd(
  process.execPath,
  ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest, ...process.argv.slice(2)],
  { cwd: ROOT, stdio: 'inherit' },
);
process.exitCode = code;
