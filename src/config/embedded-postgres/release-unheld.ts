// Run by the guard when it has seen nobody for a while; the exit code says whether there is nothing left to guard.
import { releaseUnheld } from './start.js';

process.exitCode = (await releaseUnheld(process.argv[2] ?? '')) ? 0 : 1;
