/**
 * One attempt of a task: a process of the built flowbars, or the same command in this process, with the faults that a
 * test asks for.
 */
import { startChild } from '../../../src/edge/process/child-process.js';
import { runHere } from '../command-here.js';
import { binaryPath } from './places.js';

/** Cloud Run's wait between SIGTERM and SIGKILL. */
const STOP_WAIT_MS = 10_000;

export type TaskFault =
  /** Ends with this code and does nothing. */
  | { readonly kind: 'exit'; readonly code: number }
  /** Gets SIGKILL (kill) or SIGTERM (stop) once it writes a line with this text. */
  | { readonly kind: 'kill' | 'stop'; readonly onLine: string }
  /** Two processes of the same index at once. */
  | { readonly kind: 'twice' }
  /** Starts when the promise settles. */
  | { readonly kind: 'wait'; readonly until: Promise<unknown> }
  /** No fault: a process, where tasks without fault run in this one. */
  | { readonly kind: 'process' };

export interface AttemptEnd {
  /** Undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
}

export interface Attempt {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Of a process. */
  readonly timeoutMs: number;
  /** Without a fault that needs a process it runs in this one, which saves the start of one. */
  readonly isHere: boolean;
  readonly fault: TaskFault | undefined;
  readonly stopped: AbortSignal;
  readonly onLine: (line: string) => void;
}

export async function runAttempt(attempt: Attempt): Promise<AttemptEnd> {
  const { fault } = attempt;
  if (fault?.kind === 'exit') return { exitCode: fault.code, signal: undefined };
  if (fault?.kind === 'wait') await fault.until;
  if (attempt.isHere && (fault === undefined || fault.kind === 'wait')) {
    return await runInThisProcess(attempt);
  }
  if (fault?.kind !== 'twice') return await runProcess(attempt);
  const ends = await Promise.all([runProcess(attempt), runProcess(attempt)]);
  return ends.find(({ exitCode }) => exitCode !== 0) ?? ends[0];
}

async function runInThisProcess({ args, env, stopped, onLine }: Attempt): Promise<AttemptEnd> {
  if (stopped.aborted) return { exitCode: undefined, signal: 'SIGTERM' };
  const take = (text: string): void => text.trimEnd().split('\n').forEach(onLine);
  const exitCode = await runHere(args, env, { onStdout: take, onStderr: take });
  return { exitCode, signal: undefined };
}

async function runProcess(attempt: Attempt): Promise<AttemptEnd> {
  const { args, env, timeoutMs, fault, stopped, onLine } = attempt;
  if (stopped.aborted) return { exitCode: undefined, signal: 'SIGTERM' };
  const take = (line: string): void => {
    onLine(line);
    if (fault?.kind === 'kill' && line.includes(fault.onLine)) child.kill();
    if (fault?.kind === 'stop' && line.includes(fault.onLine)) child.stop();
  };
  // A container's environment holds little beside the job's variables.
  const { PATH = '', HOME = '', NODE_COMPILE_CACHE = '' } = process.env;
  const environment = { PATH, HOME, NODE_COMPILE_CACHE, TZ: 'UTC', ...env };
  const lines = { onStdout: take, onStderr: take };
  const child = startChild(process.execPath, [binaryPath, ...args], environment, lines);
  let killing: NodeJS.Timeout | undefined;
  const stop = (): void => {
    child.stop();
    killing = setTimeout(() => child.kill(), STOP_WAIT_MS);
  };
  const timeout = setTimeout(stop, timeoutMs);
  stopped.addEventListener('abort', stop);
  const end = await child.ended;
  clearTimeout(timeout);
  clearTimeout(killing);
  stopped.removeEventListener('abort', stop);
  return end;
}
