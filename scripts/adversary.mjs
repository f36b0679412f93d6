import { runBuilt } from './run-built.mjs';

await runBuilt('src/play-adversary.js');
