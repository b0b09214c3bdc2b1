/** Rows that two files have, or one file twice: never counted twice, and late rows at the border of two files stay. */
import { describe, expect, test } from 'vitest';
import { chunksOf, imported, refusal } from '../../support/import/importing.js';
import { OWN_DAY, OWN_HEADER, OWN_HINTS, ownFile } from '../../support/import/own-files.js';
import { lines, START_MS } from '../../support/import/source-samples.js';
import { openMemoryStore } from '../../support/memory-store.js';

const HEADER = OWN_HEADER.replace(',trade_id', '');

/** A row each quarter of a second, from one number to before another, of which each minute has 240. */
function quarterRows(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, index) => {
    const number = from + index;
    return `${START_MS + number * 250},${1 + number}.5,2.0,true`;
  });
}

function withoutIds(from: number, to: number): string {
  return lines([HEADER, ...quarterRows(from, to)]);
}

function withIds(from: number, to: number): string {
  const rows = quarterRows(from, to).map((row, index) => `${row},${from + index}`);
  return lines([OWN_HEADER, ...rows]);
}

const options = { hints: OWN_HINTS };

describe('files that overlap', () => {
  test.for([
    ['within a minute', 0, 700, 650, 1_200],
    ['over the border of a minute', 0, 482, 400, 1_200],
    ['of two recorders in one minute', 0, 240, 2, 238],
  ] as const)('%s are refused with ids and without', async ([, ...[from, to, start, end]]) => {
    const ids = { 'a1.csv': withIds(from, to), 'a2.csv': withIds(start, end) };
    expect(await refusal(ids, options)).toMatch(
      /^a2\.csv line 2 files: found the trade '\d+' of 2024-07-18T10:0\d:\d\d\.\d{3}Z again, expected each trade once: files overlap \(import the later one by itself with --part NAME\)$/u,
    );
    const none = { 'a1.csv': withoutIds(from, to), 'a2.csv': withoutIds(start, end) };
    const met = Math.min(to, end) - start;
    expect(await refusal(none, options)).toContain(
      `a2.csv line 2 files: found ${met} of ${met} rows up to `,
    );
  });

  test('in chunks of an hour are refused', async () => {
    const files = { 'a1.csv': withoutIds(0, 700), 'a2.csv': withoutIds(650, 1_200) };
    const raw = openMemoryStore();
    const says = await refusal(files, { ...options, raw, chunkMinutes: 60 });
    expect(says).toContain('a2.csv line 2 files: found 50 of 50 rows');
    expect(chunksOf(raw)).toEqual({});
  });

  test('are imported with a part, one by one', async () => {
    const raw = openMemoryStore();
    await imported({ 'a1.csv': withIds(0, 700) }, { ...options, raw });
    const { summary } = await imported(
      { 'a2.csv': withIds(650, 1_200) },
      { ...options, raw, part: 'b' },
    );
    expect(summary.streams).toMatchObject([{ rows: 550 }]);
  });

  test('in fewer than ten rows without ids, or half of them, go on as late rows do', async () => {
    const nine = { 'a.csv': withoutIds(0, 240), 'b.csv': withoutIds(231, 300) };
    expect((await imported(nine, options)).summary.streams).toMatchObject([{ rows: 309 }]);
    const late = quarterRows(220, 240).map((row, index) =>
      index % 2 === 0 ? row : row.replace('2.0', '3.0'),
    );
    const half = { 'a.csv': withoutIds(0, 240), 'b.csv': lines([HEADER, ...late]) };
    expect((await imported(half, options)).summary.streams).toMatchObject([{ rows: 260 }]);
  });
});

describe('a file that stands twice in one', () => {
  test('behind its header finds its chunks there', async () => {
    const { summary, raw } = await imported(
      { 'aa.csv': withoutIds(0, 700) + withoutIds(0, 700) },
      options,
    );
    const once = await imported({ 'a.csv': withoutIds(0, 700) }, options);
    expect(chunksOf(raw)).toEqual(chunksOf(once.raw));
    expect(summary.streams).toMatchObject([{ rows: 1_400, chunks: 6, chunksUnchanged: 3 }]);
  });

  test('in part is refused as two files are', async () => {
    const file = { 'aa.csv': withoutIds(0, 700) + withoutIds(650, 1_200) };
    expect(await refusal(file, options)).toContain('aa.csv line 703 files: found 50 of 50 rows');
  });

  test('with a header that a recorder repeats keeps late rows behind it', async () => {
    const file = ownFile([0, 59_000, 60_010]) + ownFile([59_990, 60_020], 4);
    const { raw } = await imported({ 'a.csv': file }, options);
    expect(raw.text(`${OWN_DAY}/10-01.csv`).trimEnd().split('\n')).toHaveLength(4);
  });
});
