/**
 * `flowbars` as the leader of its own process group, so that a test can end it with all its children,
 * as a terminal or a machine does.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { binaryPath, type Workdir } from '../workdir.js';

export interface ProcessGroup {
  /** Settles when the leader and its output have ended. */
  readonly ended: Promise<GroupEnd>;
  /** Settles at the first line of standard error that contains this text; rejects when it ends before. */
  said(text: string): Promise<void>;
  /** Signals only the leader. */
  signalLeader(signal: NodeJS.Signals): void;
  /** Signals the leader and all its children. */
  signalAll(signal: NodeJS.Signals): void;
}

export interface GroupEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function startGroup(
  workdir: Workdir,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): ProcessGroup {
  const child = spawn(process.execPath, [binaryPath, ...args], {
    cwd: workdir.root,
    env: { PATH: process.env['PATH'] ?? '', TZ: 'UTC', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const signalAll = (signal: NodeJS.Signals): void => signalGroup(child, signal);
  onTestFinished(() => signalAll('SIGKILL'));
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = once(child, 'close').then((): GroupEnd => ({
    code: child.exitCode,
    signal: child.signalCode,
    stdout,
    stderr,
  }));
  return {
    ended,
    said: async (text) => {
      const heard = Promise.withResolvers<void>();
      const listen = (): void => (stderr.includes(text) ? heard.resolve() : undefined);
      child.stderr.on('data', listen);
      listen();
      const early = ended.then(() => Promise.reject(new Error(`ended before it said '${text}'`)));
      await Promise.race([heard.promise, early]);
      child.stderr.off('data', listen);
    },
    signalLeader: (signal) => void child.kill(signal),
    signalAll,
  };
}

/** Expects that no process of the group is left. */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!isGone) throw error;
  }
}
