/**
 * Runs a command and measures it: seconds from start to exit, CPU-seconds of all its processes, and the
 * peak memory of the largest one, threads included. Each process notes its own figures when it ends.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The file in which processes note their figures; a peer in another language reads it as well. */
const NOTES = 'BENCH_NOTES';
const OUTPUT_BYTES_MAX = 2 ** 28;
const start = promisify(execFile);

/**
 * Linux's VmHWM is the peak since the program was loaded. The maxRSS beside it would include the
 * process from which this one was forked.
 */
const NOTE_FIGURES = `import { appendFileSync, readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
const peakKibibytes = () => {
  try {
    return Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'latin1'))[1]);
  } catch {
    return process.resourceUsage().maxRSS;
  }
};
if (isMainThread) process.on('exit', () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6;
  appendFileSync(process.env.${NOTES}, cpuSeconds + ' ' + peakKibibytes() + '\\n');
});`;

export interface Measured {
  readonly stdout: string;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

export interface Command {
  /** A program and its arguments. */
  readonly line: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Throws with what the command said if it fails. */
export async function measure({ line, env = {} }: Command): Promise<Measured> {
  const [program = '', ...args] = line;
  const folder = mkdtempSync(join(tmpdir(), 'flowbars-notes-'));
  const notes = join(folder, 'notes');
  const hook = `--import=data:text/javascript,${encodeURIComponent(NOTE_FIGURES)}`;
  try {
    const startedMs = performance.now();
    const { stdout } = await start(program, args, {
      maxBuffer: OUTPUT_BYTES_MAX,
      env: { ...process.env, ...env, [NOTES]: notes, NODE_OPTIONS: hook },
    });
    const seconds = (performance.now() - startedMs) / 1_000;
    return { stdout, seconds, ...sumOf(readFileSync(notes, 'utf8')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sumOf(notes: string): Pick<Measured, 'cpuSeconds' | 'peakMegabytes'> {
  const processes = notes
    .trim()
    .split('\n')
    .map((line) => line.split(' ').map(Number));
  const cpuSeconds = processes.reduce((sum, [seconds = Number.NaN]) => sum + seconds, 0);
  const kibibytes = Math.max(...processes.map(([, peak = Number.NaN]) => peak));
  return { cpuSeconds, peakMegabytes: (kibibytes * 1_024) / 1e6 };
}
