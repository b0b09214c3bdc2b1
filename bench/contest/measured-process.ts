/**
 * Runs a command and measures it: seconds from start to exit, CPU-seconds of all its processes, and the
 * peak memory of the largest one, threads included. Each process notes its own figures when it ends.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { BenchFailure, ownedChild, removeFolder, temporaryFolder } from '../frame/clean-end.js';

/** The file in which processes note their figures; a peer in another language reads it as well. */
const NOTES = 'BENCH_NOTES';
/** Of what a command that fails has said. */
const LINES_SHOWN = 5;
const WORDS_SHOWN = 6;

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

/** Throws with the last lines that the command said if it fails. */
export async function measure({ line, env = {} }: Command): Promise<Measured> {
  const [program = '', ...args] = line;
  const folder = temporaryFolder('notes');
  const notes = join(folder, 'notes');
  const hook = `--import=data:text/javascript,${encodeURIComponent(NOTE_FIGURES)}`;
  try {
    const startedMs = performance.now();
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: { ...process.env, ...env, [NOTES]: notes, NODE_OPTIONS: hook },
    });
    ownedChild(child);
    const [stdout, stderr] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    const seconds = (performance.now() - startedMs) / 1_000;
    if (child.exitCode !== 0) throw new BenchFailure(failureOf(line, child, stderr));
    return { stdout, seconds, ...sumOf(readFileSync(notes, 'utf8')) };
  } finally {
    removeFolder(folder);
  }
}

function failureOf(
  line: readonly string[],
  { exitCode, signalCode }: ChildProcess,
  stderr: string,
): string {
  const command = line
    .slice(0, WORDS_SHOWN)
    .map((part) => (part.startsWith('/') ? basename(part) : part))
    .join(' ');
  const ending = signalCode ?? `exit ${exitCode}`;
  const said = stderr.trimEnd().split('\n').slice(-LINES_SHOWN).join('\n');
  return `${command}: ${ending}\n${said}`;
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
