/** Child process: begins to write a file, then stalls until it is killed. */
import { systemClock } from '../../../src/edge/process/clock.js';
import { claimFile } from '../../../src/edge/local/local-claim.js';

await claimFile(process.argv[2] ?? '', systemClock, Math.random);
process.stdout.write('claimed\n');
process.stdin.resume();
