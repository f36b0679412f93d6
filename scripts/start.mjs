import { runBuilt } from './run-built.mjs';

await runBuilt('src/main.js');
