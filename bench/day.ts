/**
 * A full-size day of one symbol through the built binary: wall time and the peak memory of its
 * largest process. It makes its recording (about 1 GB in a temporary folder) and removes it.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const BINARY = resolve(import.meta.dirname, '../dist/main.js');
const DATE = '2025-12-20';
const PEAKS = 'BENCH_PEAKS';
/** Every process of a run writes its peak memory when it ends. */
const NOTE_PEAK = `import { appendFileSync } from 'node:fs';
process.on('exit', () => appendFileSync(process.env.${PEAKS}, process.resourceUsage().maxRSS + '\\n'));`;

interface Measured {
  readonly stdout: string;
  readonly seconds: number;
  readonly peakMegabytes: number;
}

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1440' },
    rounds: { type: 'string', default: '3' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'flowbars-bench-'));
try {
  const sample = ['sample', '--raw', 'raw', '--date', DATE, '--faults', 'none', '--json'];
  const { stdout } = flowbars([...sample, '--minutes', values.minutes]);
  console.log(`day: ${values.minutes} minutes of BTCUSDT, ${contentOf(stdout)}, 2 resolutions`);
  print('flowbars run', ['run', '--jobs', '1']);
  print('flowbars aggregate', ['aggregate']);
  print('flowbars run, nothing changed', ['run', '--jobs', '1'], false);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function print(what: string, command: readonly string[], isForced = true): void {
  const where = ['--raw', 'raw', '--out', 'out', '--symbols', 'BTCUSDT', '--from', DATE];
  const expect = ['--expect', `${DATE}T00:00:00Z/${expectedEnd(Number(values.minutes))}`];
  const forced = isForced ? ['--force'] : [];
  const rounds = Array.from({ length: Number(values.rounds) }, () =>
    flowbars([...command, ...where, ...expect, ...forced, '--json']),
  );
  const seconds = rounds.map((round) => round.seconds).toSorted((a, b) => a - b);
  const middle = seconds[Math.floor(seconds.length / 2)] ?? Number.NaN;
  const peak = Math.max(...rounds.map((round) => round.peakMegabytes));
  const all = seconds.map((value) => value.toFixed(1)).join(', ');
  console.log(
    `  ${what.padEnd(30)} ${middle.toFixed(1).padStart(5)} s (${all})   peak ${peak.toFixed(0)} MB`,
  );
}

/** The size of the sample, from its summary. */
function contentOf(summary: string): string {
  const figure = (name: string): number =>
    Number(new RegExp(`"${name}": (\\d+)`, 'u').exec(summary)?.[1]);
  const megabytes = Math.round(figure('stored_bytes') / 1e6);
  const rows = `${figure('trade_rows')} trades, ${figure('snapshot_rows')} snapshots`;
  return `${figure('chunks')} objects, ${megabytes} MB, ${rows}`;
}

function expectedEnd(minutes: number): string {
  return new Date(Date.parse(`${DATE}T00:00:00Z`) + minutes * 60_000).toISOString();
}

function flowbars(args: readonly string[]): Measured {
  const peaks = join(folder, 'peaks');
  writeFileSync(peaks, '');
  const startedMs = performance.now();
  const child = spawnSync(process.execPath, [BINARY, ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: {
      ...process.env,
      [PEAKS]: peaks,
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(NOTE_PEAK)}`,
    },
  });
  const seconds = (performance.now() - startedMs) / 1_000;
  if (child.status !== 0) throw new Error(`flowbars ${args.join(' ')}: ${child.stderr}`);
  const kibibytes = readFileSync(peaks, 'utf8').trim().split('\n').map(Number);
  return { stdout: child.stdout, seconds, peakMegabytes: (Math.max(...kibibytes) * 1_024) / 1e6 };
}
