import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkBars, type BarFileExpectation } from '../../../src/core/check/bar-file-checks.js';
import type { RowValues } from '../../../src/core/check/cell-values.js';
import { checkRollUp, RollUp, rollUpBase } from '../../../src/core/across/roll-up-check.js';
import { BARS } from '../../../src/core/column/bar-table.js';
import { parseResolution, parseResolutions } from '../../../src/core/unit/resolution.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { codec } from '../../../src/edge/format/codec.js';
import { barTable, tableText, type TestDay } from '../../support/day/bar-table.js';
import { someDay } from '../../support/made-day/some-day.js';
import { TRADES } from '../../support/day/published-day.js';

const date = utcDate('2025-12-11', 'test');

interface Pair {
  readonly fine: string;
  readonly coarse: string;
}

/** The checks of a file and the bars that they saw. */
function checked(table: string[][], expected: BarFileExpectation) {
  const bars: RowValues[] = [];
  return { ...checkBars(table, expected, (bar) => bars.push(bar)), bars };
}

function rollUp(bars: readonly RowValues[], factor: number): readonly RowValues[] {
  const rolling = new RollUp(BARS, factor);
  for (const bar of bars) rolling.take(bar);
  return rolling.rolled;
}

/** Names of the failed checks of both files and of their roll-up. */
function failures(
  { fine, coarse }: Pair,
  tables: Readonly<Record<keyof Pair, string[][]>>,
  seedPrice: string | null,
): string[] {
  const check = (name: keyof Pair, resolution: string) =>
    checked(tables[name], {
      name,
      date,
      resolution: parseResolution(resolution, 'test'),
      seedPrice,
    });
  const fineResult = check('fine', fine);
  const coarseResult = check('coarse', coarse);
  const results = [...fineResult.checks, ...coarseResult.checks];
  if (fineResult.isWhole && coarseResult.isWhole) {
    const resolution = parseResolution(coarse, 'test');
    const factor = resolution.seconds / parseResolution(fine, 'test').seconds;
    const rolled = rollUp(fineResult.bars, factor);
    const file = { name: 'coarse', date, resolution, base: fine };
    results.push(...checkRollUp(BARS, coarseResult.bars, rolled, file));
  }
  return [...new Set(results.filter(({ ok }) => !ok).map((result) => result.check))];
}

function tablesOf(day: TestDay, pair: Pair): Record<keyof Pair, string[][]> {
  return {
    fine: barTable(day, parseResolution(pair.fine, 'test')),
    coarse: barTable(day, parseResolution(pair.coarse, 'test')),
  };
}

test('a day of seconds rolls up to its minutes', () => {
  const pair = { fine: '1s', coarse: '1m' };
  const day = { date, trades: TRADES, seedPrice: null };
  const tables = tablesOf(day, pair);
  expect(tables.fine).toHaveLength(86_401);
  expect(failures(pair, tables, null)).toEqual([]);
});

test('bars of any consistent day roll up and pass', () => {
  const pair = { fine: '15m', coarse: '1h' };
  fc.assert(
    fc.property(someDay(date), (day) => {
      expect(failures(pair, tablesOf(day, pair), day.seedPrice)).toEqual([]);
    }),
    { numRuns: 50 },
  );
});

/** Changes that can leave a bar consistent: only the file's digest reveals them. */
const UNSEEN: Readonly<Record<keyof Pair, readonly string[]>> = {
  fine: ['open', 'high', 'low', 'close', 'vwap', 'avg_spread', 'imbalance_l20'],
  coarse: ['vwap', 'avg_spread', 'imbalance_l20'],
};

test('a check finds one changed digit, or the digest does if the bar stays consistent', () => {
  const pair = { fine: '15m', coarse: '1h' };
  const seen = new Set<string>();
  const where = fc.record({
    file: fc.constantFrom<keyof Pair>('fine', 'coarse'),
    row: fc.nat(),
    column: fc.nat({ max: BARS.header.length - 1 }),
    at: fc.nat(),
    digit: fc.nat({ max: 9 }),
  });
  fc.assert(
    fc.property(someDay(date), where, (day, { file, row, column, at, digit }) => {
      const tables = tablesOf(day, pair);
      const rows = tables[file];
      const cells = rows[1 + (row % (rows.length - 1))] ?? [];
      const cell = cells[column] ?? '';
      const digits = [...cell.matchAll(/\d/g)];
      const place = digits[at % Math.max(1, digits.length)];
      fc.pre(place !== undefined && place[0] !== String(digit));
      const index = place?.index ?? 0;
      const before = codec.sha256(codec.encode(tableText(rows)));
      cells.splice(column, 1, `${cell.slice(0, index)}${digit}${cell.slice(index + 1)}`);
      expect(codec.sha256(codec.encode(tableText(rows)))).not.toBe(before);
      const failed = failures(pair, tables, day.seedPrice);
      if (failed.length === 0) expect(UNSEEN[file]).toContain(BARS.header[column]);
      for (const check of failed) seen.add(check);
    }),
    { numRuns: 300 },
  );
  expect(seen).toContain('roll_up');
  expect(seen.size).toBeGreaterThan(4);
});

test('a wrong coarser bar is reported with its row, column and expected value', () => {
  const pair = { fine: '1h', coarse: '6h' };
  const tables = tablesOf({ date, trades: TRADES, seedPrice: '100' }, pair);
  const resolution = parseResolution('6h', 'test');
  const expected = { name: 'x.csv', date, resolution, seedPrice: '100' };
  const fine = checked(tables.fine, { ...expected, resolution: parseResolution('1h', 'test') });
  tables.coarse[1]?.splice(BARS.at('low'), 1, '98.9');
  const coarse = checked(tables.coarse, expected);
  const [result] = checkRollUp(BARS, coarse.bars, rollUp(fine.bars, 6), {
    name: 'x.csv',
    date,
    resolution,
    base: '1h',
  });
  expect(result).toEqual({
    check: 'roll_up',
    ok: false,
    detail:
      "x.csv row 1 (2025-12-11T00:00:00Z) low: found '98.9', expected '99', the roll-up of 1h",
  });
});

test('the base of a roll-up is the finest resolution that divides it', () => {
  const resolutions = parseResolutions('2s,3s,6s,1m', 'test');
  const baseOf = (name: string) => rollUpBase(resolutions, parseResolution(name, 'test'))?.name;
  expect(['2s', '3s', '6s', '1m'].map((name) => baseOf(name))).toEqual([
    undefined,
    undefined,
    '2s',
    '2s',
  ]);
});
