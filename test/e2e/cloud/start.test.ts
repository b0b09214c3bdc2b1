/** `npm run cloud`: the printed commands work, and Ctrl-C leaves nothing behind. */
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { request } from 'undici';
import { expect, test } from 'vitest';
import { startServices } from '../../support/cloud/local/local-cloud.js';
import { freshWorkdir, projectRoot } from '../../support/workdir.js';

const services = await startServices();
const LAST_LINE = 'Ctrl-C stops everything';
const START_PATTERN = /curl -s (http\S+) -d '(\{"argument":"\{\}"\})'/;
const REFUSED_PATTERN = /-d '(\{"argument":"\{\\"start_date\\":\\"2024-02-30\\"\}"\})'/;
const REFUSED_LINE = /execution \S+: FAILED: start_date date: found '2024-02-30', expected/;
const TASK_PATTERN = /task: BTCUSDT \S+: published/;

test.skipIf(!services.areThere)('npm run cloud shows an execution and ends on Ctrl-C', async () => {
  const workdir = freshWorkdir();
  const support = join(projectRoot, 'test/support');
  const hooks = join(support, 'typescript-imports.ts');
  const script = join(support, 'cloud/local/start.ts');
  const running = workdir.spawn(process.execPath, ['--import', hooks, script]);
  const { stdout } = running.child;
  if (stdout === null) throw new Error('no output');
  const shown: string[] = [];
  const guided = Promise.withResolvers<void>();
  const refused = Promise.withResolvers<void>();
  const published = Promise.withResolvers<void>();
  createInterface(stdout).on('line', (line) => {
    shown.push(line);
    if (line.startsWith(LAST_LINE)) guided.resolve();
    if (REFUSED_LINE.test(line)) refused.resolve();
    if (TASK_PATTERN.test(line)) published.resolve();
  });
  await Promise.race([guided.promise, running.result]);
  const [, url = '', body = ''] = START_PATTERN.exec(shown.join('\n')) ?? [];
  const answer = await request(url, { method: 'POST', body });
  expect(await answer.body.json()).toMatchObject({ state: 'ACTIVE' });
  const [, refusedBody = ''] = REFUSED_PATTERN.exec(shown.join('\n')) ?? [];
  await (await request(url, { method: 'POST', body: refusedBody })).body.dump();
  await Promise.race([refused.promise, running.result]);
  await Promise.race([published.promise, running.result]);
  running.child.kill('SIGINT');
  expect(await running.result).toMatchObject({ code: 0, stderr: '' });
  await expect(request(url)).rejects.toThrow('ECONNREFUSED');
});
