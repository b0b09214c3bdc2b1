/**
 * However a bench ends, by itself, by an error or by a signal, it leaves neither a folder nor a process
 * that it started. Only a kill that no process can hear is too strong.
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';

const folders = new Set<string>();
const children = new Set<ChildProcess>();
let isWatching = false;

/** What went wrong outside of the bench, in words that need no stack. */
export class BenchFailure extends Error {}

/** A new folder below the system's temporary one, for as long as this process lives. */
export function temporaryFolder(name: string): string {
  watch();
  const folder = mkdtempSync(join(tmpdir(), `flowbars-${name}-`));
  folders.add(folder);
  return folder;
}

/** Before the process ends. */
export function removeFolder(folder: string): void {
  folders.delete(folder);
  rmSync(folder, { recursive: true, force: true });
}

/** Ends with this process, and so do all that it started: it leads a group (`detached`). */
export function ownedChild(child: ChildProcess): void {
  if (child.pid === undefined) return;
  watch();
  children.add(child);
  child.once('exit', () => children.delete(child));
}

function watch(): void {
  if (isWatching) return;
  isWatching = true;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void endBy(signal));
  }
  process.on('uncaughtException', (error) => {
    console.error(error instanceof BenchFailure ? `bench: ${error.message}` : error);
    process.exit(1);
  });
  process.once('exit', () => {
    killChildren();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
}

/** Waits for the children: one that still writes would make a folder again. */
async function endBy(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP'): Promise<void> {
  const ended = [...children].map(async (child) => once(child, 'exit'));
  killChildren();
  await Promise.allSettled(ended);
  process.exit(128 + constants.signals[signal]);
}

function killChildren(): void {
  for (const { pid } of children) {
    if (pid === undefined) continue;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It ended meanwhile.
    }
  }
}
