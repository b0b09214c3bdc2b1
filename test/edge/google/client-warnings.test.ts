/** Node's warnings on the terminal, in a separate process. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';

const SOURCE = join(import.meta.dirname, '../../../src/edge/google/client-warnings.ts');
const SCRIPT = `
  const { quietClientWarnings } = await import(${JSON.stringify(SOURCE)});
  if (process.argv[1] === 'quiet') quietClientWarnings();
  const emitter = new (await import('node:events')).EventEmitter();
  for (let count = 0; count <= 10; count += 1) emitter.on('x', () => {});
  process.emitWarning('about something else', 'OtherWarning');
`;

async function warningsOf(mode: string): Promise<string> {
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', SCRIPT, mode];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'pipe'] });
  return await text(child.stderr);
}

it('keeps back the warning about listeners and no other', async () => {
  expect(await warningsOf('loud')).toMatch(/MaxListenersExceededWarning[^]*OtherWarning/);
  const quiet = await warningsOf('quiet');
  expect(quiet).toMatch(/^\(node:\d+\) OtherWarning: about something else\n/);
  expect(quiet).not.toContain('MaxListeners');
});
