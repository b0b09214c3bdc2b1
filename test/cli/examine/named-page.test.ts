/** `--html`: a page replaces a page of the same command, and no other file. */
import { expect, test } from 'vitest';
import { runExpecting, tinyRunArgs } from '../../support/e2e/run-flowbars.js';
import {
  TINY_DATE,
  TINY_SYMBOL,
  tinyRecording,
  writeChunks,
} from '../../support/e2e/tiny-recording.js';
import { copiesOf } from '../../support/workdir.js';

const publishedDay = copiesOf(async (workdir) => {
  writeChunks(workdir, 'raw', tinyRecording());
  await runExpecting(workdir, 0, tinyRunArgs());
});
const RANGE = ['--from', TINY_DATE, '--to', TINY_DATE];
const COMMANDS: readonly (readonly string[])[] = [
  ['status', '--out', 'out', ...RANGE],
  'explain --raw raw --out out --symbol'
    .split(' ')
    .concat(TINY_SYMBOL, '--at', `${TINY_DATE}T00:00:00Z`),
];

test.for(COMMANDS)('%s replaces its own page alone', async (args) => {
  const workdir = await publishedDay();
  const run = async (html: string) => await workdir.run([...args, '--html', html]);
  const first = await run('page.html');
  expect(first.stderr).toContain('page: page.html\n');
  const page = workdir.text('page.html');
  expect((await run('page.html')).stderr).toContain('page: page.html, unchanged\n');
  expect(workdir.text('page.html')).toBe(page);
  const others = {
    'mine.html': '<p>mine</p>',
    'other.html': page.replace(`"flowbars ${args[0]}"`, '"flowbars view"'),
  };
  for (const [name, text] of Object.entries(others)) {
    expect(text).not.toBe(page);
    workdir.write(name, text);
    const { code, stderr } = await run(name);
    expect([code, workdir.text(name)]).toEqual([2, text]);
    expect(stderr).toContain(
      `error: --html file '${name}': found something other than a page of flowbars ${args[0]},` +
        ' expected a new name, or a page that may be replaced',
    );
  }
  const { code } = await run(`out/${TINY_SYMBOL}/${TINY_DATE}_1m.csv`);
  expect(code).toBe(2);
});
