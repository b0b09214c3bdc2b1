/**
 * The first five minutes with flowbars: writes a small raw recording, aggregates it, and says what
 * to look at. It only calls the built binary, as a person would.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const node = path.join(root, 'node_modules', '.bin', 'node');
const symbols = 'BTCUSDT,ETHUSDT';
const date = '2025-12-20';
const EXIT_DATA_NOT_GOOD = 1;

const sample = ['sample', '--raw', 'sample/raw', '--symbols', symbols, '--date', date];
const run = ['run', '--raw', 'sample/raw', '--out', 'sample/aggregated', '--symbols', symbols];

step([...sample, '--minutes', '10'], [0]);
step([...run, '--from', date], [0, EXIT_DATA_NOT_GOOD]);

const bars = `sample/aggregated/BTCUSDT/${date}_1m.csv`;
console.log(`
The bars, the quality reports and the manifest are in sample/aggregated:
  ${bars}
  sample/aggregated/BTCUSDT/${date}_quality.json
  sample/aggregated/_manifest/${date}.json

The sample holds ten minutes of a day, so the day is "partial" and the run above is not good (exit
code 1): flowbars says what is missing, and writes the rest all the same.

What to try next:
  node dist/main.js inspect ${bars}
  node dist/main.js inspect sample/raw/BTCUSDT/trades/${date}/00-00.csv
  node dist/main.js ${run.join(' ')} --from ${date}     # again: nothing to do
  node dist/main.js check --help                        # against the exchange's own klines
  node dist/main.js --help`);

/** Runs one command in view of the person, and stops unless its exit code is an expected one. */
function step(args, expectedCodes) {
  console.log(`\n$ flowbars ${args.join(' ')}`);
  const child = spawnSync(node, ['dist/main.js', ...args], { cwd: root, stdio: 'inherit' });
  if (child.status !== null && expectedCodes.includes(child.status)) return;
  console.error(
    `quickstart flowbars ${args[0]}: found exit code ${child.status ?? child.signal}, expected ${expectedCodes.join(' or ')}`,
  );
  process.exit(child.status ?? 1);
}
