/** Holds the example of docs/EVIDENCE.md to what its commands print; UPDATE_README=1 writes it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshWorkdir, projectRoot } from './support/workdir.js';

const PATH = join(projectRoot, 'docs/EVIDENCE.md');
const EXAMPLE =
  /## A bar down to its rows\n.*?```sh\n(?<commands>.*?)```\n\n```text\n(?<printed>.*?)```/su;

test('docs/EVIDENCE.md shows what explain prints of a bar without trades', async () => {
  const page = readFileSync(PATH, 'utf8');
  const { commands = '', printed = '' } = EXAMPLE.exec(page)?.groups ?? {};
  const lines = commands.trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  const workdir = freshWorkdir();
  let stdout = '';
  for (const line of lines) {
    const [, ...args] = line.split(' ');
    ({ stdout } = await workdir.run(args));
  }
  expect(stdout).toContain('INSURANCE_FUND');
  expect(stdout).toContain('trade ids prove it');
  expect(stdout).toContain('explained (exit code 0)');
  if (process.env['UPDATE_README'] === '1') {
    writeFileSync(
      PATH,
      page.replace(EXAMPLE, (block) => block.replace(`text\n${printed}`, `text\n${stdout}`)),
    );
    return;
  }
  expect(printed).toBe(stdout);
});
