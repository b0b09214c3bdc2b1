/** `flowbars export` as it is run: files of a published day, what is said of them, and what is refused. */
import { afterAll, describe, expect, test } from 'vitest';
import {
  TINY_DATE,
  TINY_EXPECT,
  TINY_SYMBOL,
  tinyRecording,
  writeChunks,
} from '../../support/e2e/tiny-recording.js';
import { isManifest } from '../../../src/core/stored/stored-shapes.js';
import { expectSchema } from '../../support/schema/schemas.js';
import { Workdir } from '../../support/workdir.js';

const workdir = new Workdir();
afterAll(() => workdir.dispose());
const DAY = ['--symbols', TINY_SYMBOL, '--from', TINY_DATE, '--to', TINY_DATE];
const FILE = 'notes.txt';
const EXPORT = ['export', '--out', 'out', ...DAY];

async function publish(out: string, ...more: readonly string[]): Promise<number | undefined> {
  const args = ['run', '--raw', 'raw', '--out', out, ...DAY, '--expect', TINY_EXPECT, ...more];
  return (await workdir.run(args)).code;
}

function listedFiles(text: string): readonly unknown[] {
  const manifest: unknown = JSON.parse(text);
  if (!isManifest(manifest)) throw new Error('no manifest');
  return manifest.symbols[0]?.published?.files ?? [];
}

describe('an export', () => {
  test('gives the bytes that a run with the format gives, which leaves the csv files alone', async () => {
    writeChunks(workdir, 'raw', tinyRecording());
    expect(await publish('out')).toBe(0);
    expect(await publish('both', '--formats', 'csv,parquet')).toBe(0);
    const result = await workdir.run([...EXPORT, '--into', 'typed', '--json']);
    expect(result.code).toBe(0);
    expectSchema('exported', result.stdout);
    const names = ['1s', '1s_signals', '1m', '1m_signals', 'patterns'].map(
      (words) => `${TINY_SYMBOL}/${TINY_DATE}_${words}`,
    );
    for (const name of names) {
      const typed = Buffer.from(workdir.bytes(`typed/${name}.parquet`));
      expect([name, typed.equals(workdir.bytes(`both/${name}.parquet`))]).toEqual([name, true]);
      const exact = Buffer.from(workdir.bytes(`out/${name}.csv`));
      expect([name, exact.equals(workdir.bytes(`both/${name}.csv`))]).toEqual([name, true]);
    }
    const inspected = await workdir.run(['inspect', `typed/${names[0]}.parquet`]);
    expect(inspected.stdout).toContain(`1s bars of ${TINY_SYMBOL} as parquet`);
    expect(inspected.stdout).toContain('86,400 in 1 row group');
    expect(inspected.stdout).toMatch(
      /timestamp +INT64 TIMESTAMP\(MILLIS,UTC\) REQUIRED, exchange time/u,
    );
  });

  test('writes nothing again, and says so', async () => {
    const result = await workdir.run([...EXPORT, '--into', 'typed', '--format', 'table']);
    expect(result.stdout).toContain(`${TINY_SYMBOL}/${TINY_DATE}_patterns.parquet`);
    expect(result.stdout).toContain(
      `good (exit code 0): 5 files, 0 written, 5 unchanged; out into typed, ${TINY_DATE} to ${TINY_DATE}`,
    );
  });

  test('of a range with a gap names it, and exits with 1', async () => {
    const days = ['--from', '2024-05-05', '--to', TINY_DATE, '--resolutions', '1m'];
    const words = ['--joined', '--formats', 'csv,parquet', '--format', 'table'];
    const result = await workdir.run([
      'export',
      '--out',
      'out',
      ...days,
      '--into',
      'joined',
      ...words,
    ]);
    expect(result.code).toBe(1);
    expect(result.stdout).toContain(`left out: ${TINY_SYMBOL} 2024-05-05: no manifest lists it`);
    expect(result.stdout).toContain(
      'not good (exit code 1): 4 files, 4 written, 0 unchanged; 1 left out',
    );
    const name = `${TINY_SYMBOL}/2024-05-05_${TINY_DATE}_1m_bars_signals`;
    expect(workdir.text(`joined/${name}.csv`).split('\n')).toHaveLength(1_442);
    const exact = await workdir.run(['inspect', `joined/${name}.csv`]);
    expect(exact).toMatchObject({ code: 0, stderr: '' });
    for (const line of [
      '  kind         1m bars and signals, joined by flowbars export, plain',
      '  rows         1,440',
      `  time         ${TINY_DATE}T00:00:00Z to ${TINY_DATE}T23:59:00Z`,
      `               ${TINY_DATE}: 1,440`,
      '  not checked  cells and their order; inspect the files that it was made of',
    ]) {
      expect(exact.stdout.split('\n')).toContain(line);
    }
    const events = `joined/${TINY_SYMBOL}/2024-05-05_${TINY_DATE}_patterns.csv`;
    const told = await workdir.run(['inspect', events, '--json']);
    expect(JSON.parse(told.stdout)).toMatchObject({ kind: 'joined', kinds: ['patterns'] });
    const page = await workdir.run(['inspect', `joined/${name}.parquet`]);
    for (const line of [
      /left out +2024-05-05 unpublished\n/u,
      /with trades +\d+ bars?, \d+ trades\n/u,
      /volume +[\d.]+, a sum of doubles\n/u,
      /price +[\d.]+ to [\d.]+, doubles\n/u,
      /not checked +cells; /u,
      /\n +fill_reason +BYTE_ARRAY UTF8 REQUIRED, one of traded, feed_down,\n {37,}trades_missing/u,
    ]) {
      expect(page.stdout).toMatch(line);
    }
    const inspected = await workdir.run(['inspect', `joined/${name}.parquet`, '--json']);
    expect(JSON.parse(inspected.stdout)).toMatchObject({
      kind: 'parquet',
      rows: 1_440,
      metadata: { left_out: '[{"date":"2024-05-05","reason":"unpublished"}]', days: '1' },
    });
  });

  test('adds a format to a published day, whose other files keep their bytes and fingerprints', async () => {
    const files = (): readonly unknown[] =>
      listedFiles(workdir.text(`out/_manifest/${TINY_DATE}.json`));
    const before = files();
    expect(await publish('out', '--formats', 'csv,parquet')).toBe(0);
    const after = files();
    expect(after).toEqual(expect.arrayContaining(before.slice(0, -1)));
    expect(after).toHaveLength(before.length + 5);
    const again = await workdir.run([
      'run',
      '--raw',
      'raw',
      '--out',
      'out',
      ...DAY,
      '--expect',
      TINY_EXPECT,
    ]);
    expect(again.stderr + again.stdout).toContain('1 unchanged');
    expect(files()).toEqual(after);
  });

  test('of days without a manifest says where there is one', async () => {
    const days = ['--from', '2024-05-01', '--to', '2024-05-02'];
    for (const symbols of [[], ['--symbols', TINY_SYMBOL]]) {
      const result = await workdir.run([
        'export',
        '--out',
        'out',
        '--into',
        'none',
        ...days,
        ...symbols,
      ]);
      expect(result.code).toBe(1);
      expect(result.stderr).toContain(
        `published: ${TINY_DATE}; type --from ${TINY_DATE} --to ${TINY_DATE}`,
      );
    }
    expect(workdir.exists('none')).toBe(false);
  });

  test.for<[args: readonly string[], message: string]>([
    [['--into', 'out/x'], "--into root: found 'out/x' with output root 'out', expected two roots"],
    [['--into', 'out'], "--into root: found 'out' with output root 'out', expected two roots"],
    [[], '--into'],
    [['--into', 'x', '--formats', 'arrow'], "--formats value: found 'arrow', expected"],
    [
      ['--into', 'x', '--joined', '--outputs', 'patterns', '--resolutions', '1m'],
      "--resolutions resolutions: found '1m' with --outputs patterns, expected none",
    ],
    [['--into', 'x', '--formats', ''], '--formats'],
    [['--into', 'x', '--symbols', 'NOSUCH'], '--symbols symbol'],
    [['--into', 's3://x'], "scheme 's3'"],
    [
      ['--into', FILE],
      `--into root: found '${FILE}': a file in place of a folder, expected a folder`,
    ],
  ])('is refused: %s', async ([args, message]) => {
    workdir.write(FILE, 'mine');
    const result = await workdir.run(['export', '--out', 'out', '--from', TINY_DATE, ...args]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(message);
    expect(result.stdout).toBe('');
  });

  test('of a run: the exact format belongs to it', async () => {
    const result = await workdir.run([
      'run',
      '--raw',
      'raw',
      '--out',
      'o',
      ...DAY,
      '--formats',
      'parquet',
    ]);
    expect([result.code, result.stderr.trim()]).toEqual([
      2,
      "error: --formats formats: found 'parquet', expected 'csv' among them, which the others are made from and checked against (flowbars export makes Parquet alone)",
    ]);
  });
});
