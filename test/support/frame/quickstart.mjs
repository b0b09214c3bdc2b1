/**
 * The first five minutes with flowbars: writes a small raw recording, aggregates it, shows the result
 * and its place, and suggests what to try next. It calls the built binary only, as a person would.
 * An argument names another folder to work in.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const node = path.join(root, 'node_modules', '.bin', 'node');
const folder = path.resolve(process.argv[2] ?? root);
const symbols = 'BTCUSDT,ETHUSDT';
const date = '2025-12-20';
const recorded = `${date}T00:00:00Z/${date}T00:10:00Z`;
const EXIT_DATA_NOT_GOOD = 1;

const sample = ['sample', '--raw', 'sample/raw', '--symbols', symbols, '--date', date];
const roots = ['--raw', 'sample/raw', '--out', 'sample/aggregated'];
const run = ['run', ...roots, '--symbols', symbols, '--from', date, '--expect', recorded];
const bars = `sample/aggregated/BTCUSDT/${date}_1m.csv`;
const report = `sample/aggregated/BTCUSDT/${date}_quality.json`;

mkdirSync(folder, { recursive: true });
step(sample, [0]);
step(run, [0, EXIT_DATA_NOT_GOOD]);

const { findings } = JSON.parse(readFileSync(path.join(folder, report), 'utf8'));
const rows = readFileSync(path.join(folder, bars), 'utf8').split('\n');

console.log(`
"not good" is expected: the sample contains planted faults, and flowbars finds them. Both days are
"partial". Their bars are published anyway, and the run exits with code 1.
${report} lists what is wrong:
${indented(findings.map(({ code, detail, where }) => `${code.padEnd(18)} ${detail.padEnd(39)} ${where}`))}

Three bars from ${bars}. 00:05 was recorded whole, so it is exact.
The trades of 00:02 were not recorded: its prices repeat the last one, its volume is 0, and the report
says trades_missing. At 00:07 nothing was recorded, so the two cells of the order book are empty as well:
${indented([rows[0], rows[6], rows[3], rows[8]])}

What to try next, here in the project:
${indented([
  `npx flowbars inspect ${bars}`,
  `npx flowbars inspect sample/raw/BTCUSDT/trades/${date}/00-00.csv`,
  'npm run quickstart          # again: nothing has changed, so nothing is computed',
  'npx flowbars check --help   # compares 1m bars with the official klines of the exchange',
  'npx flowbars --help',
])}`);

function indented(lines) {
  return lines.map((line) => `  ${line}`).join('\n');
}

/**
 * Runs one command in view of the person, and stops unless its exit code is an expected one. In a
 * pipe the JSON document of a command is left out: its plain lines say what happened.
 */
function step(args, expectedCodes) {
  console.log(`\n$ flowbars ${args.join(' ')}`);
  const child = spawnSync(node, [path.join(root, 'dist/main.js'), ...args], {
    cwd: folder,
    stdio: ['ignore', process.stdout.isTTY ? 'inherit' : 'ignore', 'inherit'],
  });
  if (child.status !== null && expectedCodes.includes(child.status)) return;
  console.error(
    `quickstart flowbars ${args[0]}: found exit code ${child.status ?? child.signal}, expected ${expectedCodes.join(' or ')}`,
  );
  process.exit(child.status ?? 1);
}
