/** Starts one of the scripts beside this file on the project's sources. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const hooks = join(import.meta.dirname, '../typescript-imports.ts');

export function startChild(script: 'append-lines' | 'hold-claim', args: readonly string[]): Child {
  const path = join(import.meta.dirname, `${script}.ts`);
  const nodeArgs = ['--no-warnings', '--import', hooks, path, ...args];
  const child = spawn(process.execPath, nodeArgs, { stdio: ['pipe', 'pipe', 'inherit'] });
  const kill = (): boolean => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  return { child, output: outputOf(child), ended: once(child, 'close').then(() => child.exitCode) };
}

export interface Child {
  readonly child: ChildProcess;
  /** Everything it prints, chunk by chunk. */
  readonly output: AsyncIterableIterator<string>;
  readonly ended: Promise<number | null>;
}

async function* outputOf(child: ChildProcess): AsyncIterableIterator<string> {
  for await (const chunk of child.stdout ?? []) yield String(chunk);
}
