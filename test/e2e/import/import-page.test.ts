/** The commands of docs/IMPORT.md as they stand there, the page that a person sees, and what is refused before anything is written. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { runExpecting } from '../../support/e2e/run-flowbars.js';
import { futuresTrades, SAMPLE_TRADES } from '../../support/import/source-samples.js';
import { zipArchive } from '../../support/import/zip-archive.js';
import { freshWorkdir, projectRoot, type Workdir } from '../../support/workdir.js';

const page = readFileSync(join(projectRoot, 'docs/IMPORT.md'), 'utf8');
const NAME = 'BTCUSDT-trades-2024-07-18';
const ZIP = zipArchive([{ name: `${NAME}.csv`, content: futuresTrades() }]);

test('the two commands of docs/IMPORT.md lead from an archive to bars', async () => {
  const block = /```sh\n(.*?)```/su.exec(page)?.[1] ?? '';
  const commands = block
    .trim()
    .split('\n')
    .map((line) => line.split(' ').slice(1));
  expect(commands).toHaveLength(2);
  const workdir = freshWorkdir();
  workdir.write(`${NAME}.zip`, ZIP);
  writeChecksum(workdir, ZIP);
  for (const args of commands) await runExpecting(workdir, 0, args);
  expect(workdir.json('aggregated/BTCUSDT/2024-07-18_quality.json')).toMatchObject({
    status: 'complete',
    rows: { trades: { used: SAMPLE_TRADES.length } },
  });
});

test('the page says rows, what the source lacks, and the second command', async () => {
  const workdir = freshWorkdir();
  workdir.write(`${NAME}.csv.gz`, gzipSync(futuresTrades()));
  const args = ['import', `${NAME}.csv.gz`, '--raw', 'raw', '--format', 'table'];
  const { stdout, stderr } = await runExpecting(workdir, 0, args);
  expect(stderr).toBe('');
  expect(stdout.split('\n').slice(2)).toEqual([
    expect.stringMatching(
      /^BTCUSDT {2}trades {5}4 {7}2 {5}1 {2}0.0 MB {2}2024-07-18T10:00:00Z {2}2024-07-18T10:01:00Z$/u,
    ),
    '4 rows of 1 file (binance); usdm, quantities in the base currency',
    'no exec_type: trades off the book (insurance fund, ADL) cannot be told from others',
    'no book: spread and imbalance_l20 stay empty',
    'next: flowbars run --raw raw --out aggregated --symbols BTCUSDT --from 2024-07-18 --expect 2024-07-18T10:00:00Z/2024-07-18T10:02:00Z',
    '',
  ]);
  expect(workdir.files('raw')).toEqual([
    'BTCUSDT/trades/2024-07-18/10-00.csv.gz',
    'BTCUSDT/trades/2024-07-18/10-01.csv.gz',
    '_dataset.json',
  ]);
});

test('the second command quotes a root with blanks', async () => {
  const workdir = freshWorkdir();
  workdir.write(`${NAME}.csv`, futuresTrades());
  const args = ['import', `${NAME}.csv`, '--raw', 'my raw', '--format', 'table'];
  const { stdout } = await runExpecting(workdir, 0, args);
  expect(stdout).toContain("next: flowbars run --raw 'my raw' --out aggregated --symbols BTCUSDT");
});

describe('before anything is written', () => {
  test.for([
    [
      'a wrong checksum',
      (workdir: Workdir) => writeChecksum(workdir, Buffer.from('x')),
      `${NAME}.zip.CHECKSUM sha256: found `,
    ],
    [
      'the checksum of another file',
      (workdir: Workdir) => writeChecksum(workdir, ZIP, 'ETHUSDT.zip'),
      `${NAME}.zip.CHECKSUM name: found 'ETHUSDT.zip'`,
    ],
    [
      'a checksum that is none',
      (workdir: Workdir) => workdir.write(`${NAME}.zip.CHECKSUM`, '<html>'),
      `${NAME}.zip.CHECKSUM content: found '<html>'`,
    ],
    [
      'a damaged file behind it',
      (workdir: Workdir) => workdir.write('z.csv.gz', gzipSync(futuresTrades()).subarray(0, -9)),
      'z.csv.gz gzip: found',
    ],
  ] as const)('%s ends the import', async ([, change, says]) => {
    const workdir = freshWorkdir();
    workdir.write(`${NAME}.zip`, ZIP);
    change(workdir);
    const files = workdir.files().filter((name) => !name.endsWith('.CHECKSUM'));
    const { code, stderr } = await workdir.run(['import', ...files, '--raw', 'raw']);
    expect(stderr).toContain(`error: ${says}`);
    expect(code).toBeGreaterThan(0);
    expect(workdir.exists('raw')).toBe(false);
  });

  test.for([
    [['import', '--raw', 'raw'], 'flowbars import argument: found nothing, expected FILE: '],
    [['import', 'none.csv', '--raw', 'raw'], 'none.csv file: found no file of this name'],
    [['import', 'a', 'a', '--raw', 'raw'], "flowbars import files: found 'a' twice"],
    [['import', 'a'], '--raw option: found nothing'],
    [['import', 'a', '--raw', 'raw', '--part', 'a_b'], "--part part: found 'a_b'"],
  ] as const)('%j is a usage error', async ([args, says]) => {
    const workdir = freshWorkdir();
    workdir.write('a', 'x\n');
    const { code, stderr } = await workdir.run(args);
    expect(stderr).toContain(says);
    expect(code).toBe(2);
  });
});

function writeChecksum(workdir: Workdir, bytes: Uint8Array, name = `${NAME}.zip`): void {
  const sum = createHash('sha256').update(bytes).digest('hex');
  workdir.write(`${NAME}.zip.CHECKSUM`, `${sum}  ${name}\n`);
}
