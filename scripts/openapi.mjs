import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT, prepare } from './prepare.mjs';

// The test that compares the file with the code names this command.
await prepare();
const { contractOfApplication } = await import('../dist/src/contract.js');
await writeFile(join(ROOT, 'openapi.json'), `${JSON.stringify(await contractOfApplication(), null, 2)}\n`);
