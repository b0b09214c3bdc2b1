/** A bench leaves no folder and no process, however it ends. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const MODULE = pathToFileURL(join(import.meta.dirname, '../../bench/frame/clean-end.ts')).href;
/** Prints its folder, and starts a process that would outlive it and say so. */
const BEGINNING = `import { spawn } from 'node:child_process';
import { BenchFailure, ownedChild, temporaryFolder } from '${MODULE}';
const folder = temporaryFolder('test');
const stdio = ['ignore', 'ignore', 'inherit'];
ownedChild(spawn('sh', ['-c', 'sleep 5; echo outlived >&2'], { stdio, detached: true }));
console.log(folder);
`;
const WAITING = 'setInterval(() => undefined, 1_000);';

interface Ended {
  readonly code: number | null;
  /** Of all processes: it closes with the last of them. */
  readonly stderr: string;
  readonly isFolderLeft: boolean;
}

async function run(rest: string, signal?: NodeJS.Signals): Promise<Ended> {
  const script = ['--input-type=module', '-e', BEGINNING + rest];
  const child = spawn(process.execPath, script, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  const said = text(child.stderr);
  let folder = '';
  for await (folder of createInterface(child.stdout)) {
    if (signal !== undefined) child.kill(signal);
  }
  await ended;
  expect(folder).toContain('flowbars-test-');
  return { code: child.exitCode, stderr: await said, isFolderLeft: existsSync(folder) };
}

test.for([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('after %s, and exits with %i', async ([signal, code]) => {
  expect(await run(WAITING, signal)).toEqual({ code, stderr: '', isFolderLeft: false });
});

test('after an error outside of it, of which it prints the message alone', async () => {
  const ended = await run("await 1; throw new BenchFailure('no day');");
  expect(ended).toEqual({ code: 1, stderr: 'bench: no day\n', isFolderLeft: false });
});

test('after an error of its own, of which it prints the stack', async () => {
  const ended = await run("await 1; throw new Error('odd');");
  expect(ended).toMatchObject({ code: 1, isFolderLeft: false });
  expect(ended.stderr).toMatch(/^Error: odd\n +at [^\n]+\n/u);
  expect(ended.stderr).not.toContain('outlived');
});
