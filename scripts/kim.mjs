import { runBuilt } from './run-built.mjs';

await runBuilt('src/cli.js');
