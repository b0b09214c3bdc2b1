/** What `flowbars explain` reads has to be what was published: chunks, and the files of the day. */
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import {
  ABSORBED,
  DATE,
  disposeSample,
  explain,
  explained,
  sampleDay,
} from '../../support/explain/explained-sample.js';

const CHUNK = `raw/BTCUSDT/trades/${DATE}/00-41.csv`;

afterAll(disposeSample);

test('chunks have to be those of the report', async () => {
  const workdir = await sampleDay();
  const chunk = workdir.text(CHUNK);
  workdir.write(CHUNK, chunk.replace(',false,', ',true,'));
  const changed = await explain(workdir, ABSORBED);
  expect(changed.code).toBe(1);
  expect(changed.stderr).toContain(`${CHUNK} crc32c of the chunk: found `);
  expect(changed.stderr).toContain('it was changed after the day was published');
  workdir.remove(CHUNK);
  const gone = await explain(workdir, ABSORBED);
  expect(gone.code).toBe(1);
  expect(gone.stderr).toContain(`${CHUNK} chunk: found no object`);
  expect(gone.stderr).toContain('flowbars run --accept-removed computes the day from what is left');
  // A bar that none of its rows can be in is explained as before.
  expect((await explain(workdir, `${DATE}T00:10:00Z`)).code).toBe(0);
  workdir.write(CHUNK, chunk);
});

test('a chunk that was only compressed is read, with its content proven', async () => {
  const workdir = await sampleDay();
  const chunk = workdir.text(CHUNK);
  const name = CHUNK.slice('raw/'.length);
  const pack = (text: string): void => workdir.write(`${CHUNK}.gz`, gzipSync(text));
  workdir.remove(CHUNK);
  pack(chunk);
  const packed = await explained(workdir, ABSORBED);
  pack(chunk.replace(',false,', ',true,'));
  const changed = await explain(workdir, ABSORBED);
  workdir.remove(`${CHUNK}.gz`);
  workdir.write(CHUNK, chunk);
  expect(packed.good).toBe(true);
  expect(packed.notes.join(' ')).toContain(
    `${name}.gz was read in place of ${name}: compressed or unpacked since, with the published content`,
  );
  const read = packed.read.find((one) => one.name === `${name}.gz`);
  expect(read?.crc32c).toMatch(/^[0-9a-f]{8}$/u);
  expect(packed.trades.rows.map(({ object }) => object)).toContain(`${name}.gz`);
  expect(changed.code).toBe(1);
  expect(changed.stderr).toContain(`${CHUNK}.gz crc32c of the content, in place of ${name}: found`);
});

test('a chunk that came later is named and not read', async () => {
  const workdir = await sampleDay();
  const late = CHUNK.replace('.csv', '_late.csv');
  workdir.write(late, workdir.text(CHUNK).split('\n', 3).join('\n'));
  const { code, stdout } = await explain(workdir, ABSORBED);
  workdir.remove(late);
  expect(code).toBe(0);
  expect(stdout.replaceAll(/\s+/gu, ' ')).toContain(
    'note: 1 chunk of these minutes came after the day was published and is not read: BTCUSDT/trades/2025-12-11/00-41_late.csv',
  );
});

test('a published file that is not the listed one is refused', async () => {
  const workdir = await sampleDay();
  const name = `out/BTCUSDT/${DATE}_1s.csv`;
  const published = workdir.text(name);
  workdir.write(name, published.replace('64', '65'));
  const { code, stderr } = await explain(workdir, ABSORBED);
  workdir.write(name, published);
  expect(code).toBe(1);
  expect(stderr).toContain(
    `out/BTCUSDT/${DATE}_1s.csv file: found other content, expected the content that the quality report lists (flowbars repair or run computes the day again)`,
  );
});

test('a column whose file is not published is refused with a command that publishes it', async () => {
  const workdir = await sampleDay();
  const roots = ['--raw', 'raw', '--out', 'bars'];
  const recorded = ['--expect', `${DATE}T00:00:00Z/${DATE}T01:37:00Z`];
  const products = ['--outputs', 'bars', '--resolutions', '1m'];
  const days = ['--symbols', 'BTCUSDT', '--from', DATE];
  await workdir.run(['run', ...roots, ...days, ...recorded, ...products]);
  const asked = ['explain', ...roots, '--symbol', 'BTCUSDT', '--at', ABSORBED, '--column', 'cvd'];
  const { code, stderr, stdout } = await workdir.run(asked);
  expect(stderr).toContain(
    `--column column: found 'cvd' of signals, which are not published at 1m for BTCUSDT ${DATE}`,
  );
  expect([code, stdout]).toEqual([2, '']);
  const [, command = ''] = /to publish them: flowbars (.*)/u.exec(stderr) ?? [];
  expect(command).toContain('--expect ');
  await workdir.run(command.split(' '));
  expect((await workdir.run(asked)).stdout).toContain('1 published cell as the rows give it');
});
