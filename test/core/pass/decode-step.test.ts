/** All objects of one chunk minute: identical contents once, different ones in name order. */
import { describe, expect, test } from 'vitest';
import { ChunkMinutes } from '../../../src/core/pass/chunk-minutes.js';
import { decodeStep, type ChunkContent } from '../../../src/core/pass/decode-step.js';
import { unreadableOf } from '../../../src/core/pass/unreadable-content.js';
import type { SplitLine } from '../../../src/core/decode/strict-row.js';
import type { ChunkStep } from '../../../src/core/plan/day-plan.js';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';

const HEADER = 'timestamp,price,quantity,is_buyer_maker,trade_id';
const STEP: ChunkStep = {
  stream: 'trades',
  minute: 0,
  role: 'chunk',
  servesSeed: false,
  objects: [],
};
const BROKEN = { what: 'gzip', found: 'half', expected: 'whole' };

const splitLine: SplitLine = (line) => csvTables.splitLine(line);

/** Contents by name: text, or undefined if it cannot be decompressed. `expected`: `name:rows`, and `!name`. */
function check(
  given: Readonly<Record<string, string | undefined>>,
  expected: readonly string[],
): void {
  const contents = Object.entries(given).map(([name, text]): ChunkContent =>
    text === undefined
      ? { name, unreadable: BROKEN }
      : { name, bytes: new TextEncoder().encode(text) },
  );
  const scales = { priceDecimals: 0, quantityDecimals: 0 };
  const decoded = decodeStep(STEP, contents, { scales, splitLine, batchRowsMax: 2, columns: [] });
  expect([
    ...decoded.chunks.map(
      ({ name, batches }) => `${name}:${batches.map(({ count }) => count).join('+')}`,
    ),
    ...decoded.unreadable.map(({ name }) => `!${name}`),
  ]).toEqual(expected);
}

describe('the objects of a minute', () => {
  const row = (id: string): string => `${HEADER}\n1709337600000,1,1,true,${id}\n`;
  const rows = (count: number): string => row('') + '1709337600000,1,1,true,\n'.repeat(count - 1);
  const inMicroseconds = '1709337600000000,1,1,true,\n';

  test.for<[string, Record<string, string | undefined>, string[]]>([
    ['one', { a: row('7') }, ['a:1']],
    ['equal ones are read once', { a: row(''), b: row('') }, ['a:1']],
    ['differing ones with ids', { a: row('7'), b: row('8') }, ['a:1', 'b:1']],
    ['different ones, one of them without rows', { a: row(''), b: `${HEADER}\n` }, ['a:1', 'b:0']],
    ['one of several batches', { a: rows(5) }, ['a:2+2+1']],
    ['equal ones of several batches', { a: rows(5), b: rows(5) }, ['a:2+2+1']],
    ['several batches and another', { a: rows(3), b: row('7') }, ['a:2+1', 'b:1']],
    [
      'time units differ between batches',
      { a: rows(2) + inMicroseconds, b: row('7') },
      ['b:1', '!a'],
    ],
    ['one is no gzip', { a: undefined, b: row('') }, ['b:1', '!a']],
    ['one is empty', { a: '', b: row('') }, ['b:1', '!a']],
    ['none', {}, []],
  ])('%s', ([, given, expected]) => {
    check(given, expected);
  });
});

test('damaged and oversized content gives a reason, other errors are rethrown', () => {
  expect(unreadableOf(new FlowbarsError('data', { ...BROKEN, where: 'w' }))).toEqual(BROKEN);
  expect(unreadableOf(new FlowbarsError('limit', { ...BROKEN, where: 'w' }))).toEqual({
    ...BROKEN,
    expected: 'whole: cut the file into minutes or hours',
  });
  const world = new FlowbarsError('world', { ...BROKEN, where: 'w' });
  expect(() => unreadableOf(world)).toThrow(world);
  expect(() => unreadableOf(new Error('ours'))).toThrow('ours');
});

describe('chunk minutes', () => {
  const minutes = new ChunkMinutes(0, 1);
  const take = (minute: number, role: ChunkStep['role'], unreadable = 0, differing = 1): void => {
    minutes.take({ ...STEP, minute, role }, { unreadable, differing });
  };
  take(-2, 'edge', 1, 0);
  take(-3, 'seed', 1, 0);
  take(0, 'chunk', 0, 2);
  take(1, 'chunk', 1, 0);
  take(3, 'chunk');

  test('are counted where they are expected', () => {
    const counts = { present: 3, unreadable: 3, overlapping: 1 };
    expect(minutes.counts({ fromMs: 0, toMs: 240_000 })).toEqual({
      expected: 4,
      missing: 1,
      ...counts,
    });
    expect(minutes.counts({ fromMs: 59_999, toMs: 120_001 })).toEqual({
      expected: 3,
      missing: 1,
      ...counts,
    });
    expect(minutes.counts({ fromMs: 60_000, toMs: 60_000 })).toEqual({
      expected: 0,
      missing: 0,
      ...counts,
    });
    expect(minutes.counts(undefined)).toEqual({ expected: 0, missing: 0, ...counts });
  });

  test('are lost where they are missing though expected, or unreadable', () => {
    const expected = { fromMs: 0, toMs: 240_000 };
    expect(minutes.lost(expected).map(({ fromMs }) => fromMs / 60_000)).toEqual([-2, 1, 2]);
    expect(minutes.lost(undefined).map(({ fromMs }) => fromMs / 60_000)).toEqual([-2, 1]);
  });
});
