/** Signals that do not fit the bars of their resolution are found, and the comparison in doubles waves none through. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BarsAgree } from '../../../src/core/across/bars-agree.js';
import { isHalfUp } from '../../../src/core/across/half-up.js';
import { ExactKeptBars, QuickKeptBars } from '../../../src/core/across/kept-bars.js';
import { QuickBarsAgree } from '../../../src/core/across/quick-bars-agree.js';
import { QuickRollUp } from '../../../src/core/across/quick-roll-up.js';
import { checkRollUp, RollUp } from '../../../src/core/across/roll-up-check.js';
import { BAR_ROW_CHECKS } from '../../../src/core/check/bar-row-checks.js';
import type { RowValues } from '../../../src/core/check/cell-values.js';
import { checkingFile, type RowChecks, withoutRest } from '../../../src/core/check/file-checks.js';
import { checkingQuickly } from '../../../src/core/check/quick-check.js';
import type { QuickRow } from '../../../src/core/check/quick-row.js';
import { signalRowChecks } from '../../../src/core/check/signal-row-checks.js';
import { type BarColumn, BARS } from '../../../src/core/column/bar-table.js';
import { type SignalColumn, SIGNALS } from '../../../src/core/column/signal-table.js';
import { divideHalfUp } from '../../../src/core/unit/decimal.js';
import { parseResolution, type Resolution } from '../../../src/core/unit/resolution.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { barTable, type TestDay } from '../../support/day/bar-table.js';
import { TRADES } from '../../support/day/published-day.js';
import { signalTable } from '../../support/made-day/signal-table.js';
import { someDay } from '../../support/made-day/some-day.js';

const date = utcDate('2025-12-11', 'test');
const HOUR = parseResolution('1h', 'test');
const name = 'BTCUSDT/2025-12-11_1h_signals.csv';
const DAY: TestDay = { date, trades: TRADES, seedPrice: '100' };

interface Tables {
  readonly bars: string[][];
  readonly signals: string[][];
}

function tablesOf(day: TestDay, resolution: Resolution = HOUR): Tables {
  return { bars: barTable(day, resolution), signals: signalTable(day, resolution) };
}

/** Every row is looked at, whatever the checks of single files say. */
function exactRows(
  table: string[][],
  { table: columns }: RowChecks,
  see: (row: RowValues) => void,
) {
  const bare: RowChecks = { table: columns, checks: [], check: () => undefined };
  const expected = { name, date, resolution: HOUR, carried: '' };
  withoutRest(checkingFile(table, bare, expected, see));
}

/** Undefined: in doubt. */
function quickRows(
  table: string[][],
  { table: columns }: RowChecks,
  see: (row: QuickRow) => boolean,
) {
  const bare: RowChecks = {
    table: columns,
    checks: [],
    check: () => undefined,
    surely: () => true,
  };
  const expected = { name, date, resolution: HOUR, carried: '' };
  return withoutRest(checkingQuickly(table, bare, expected, see));
}

const SIGNAL_CHECKS = signalRowChecks({ resolution: HOUR, hasBook: true });

/** What the comparison in big integers says; checks on the way that both ways of keeping bars agree. */
function disagreement({ bars, signals }: Tables): string {
  const exact = new ExactKeptBars();
  const quick = new QuickKeptBars(24);
  exactRows(bars, BAR_ROW_CHECKS, (row) => exact.take(row));
  const keeps = (row: QuickRow): boolean => {
    quick.take(row);
    return true;
  };
  const details = [exact, ...(quickRows(bars, BAR_ROW_CHECKS, keeps) ? [quick] : [])].map(
    (kept) => {
      const agree = new BarsAgree(kept, { name, date, resolution: HOUR });
      exactRows(signals, SIGNAL_CHECKS, (row) => agree.take(row));
      return agree.results()[0]?.detail ?? 'no result';
    },
  );
  expect(new Set(details).size).toBe(1);
  return details[0] ?? '';
}

function surelyAgree({ bars, signals }: Tables): boolean {
  const kept = new QuickKeptBars(24);
  const keeps = (row: QuickRow): boolean => {
    kept.take(row);
    return true;
  };
  if (quickRows(bars, BAR_ROW_CHECKS, keeps) === undefined) return false;
  const agree = new QuickBarsAgree(kept);
  return quickRows(signals, SIGNAL_CHECKS, (row) => agree.take(row)) !== undefined;
}

interface Change {
  readonly bars?: Readonly<Partial<Record<BarColumn, string>>>;
  readonly signals?: Readonly<Partial<Record<SignalColumn, string>>>;
}

function changed(row: number, change: Change): Tables {
  const tables = tablesOf(DAY);
  for (const column of BARS.header) {
    const text = change.bars?.[column];
    if (text !== undefined) tables.bars[row]?.splice(BARS.at(column), 1, text);
  }
  for (const column of SIGNALS.header) {
    const text = change.signals?.[column];
    if (text !== undefined) tables.signals[row]?.splice(SIGNALS.at(column), 1, text);
  }
  return tables;
}

test('bars and signals of one day agree, in doubles too', () => {
  fc.assert(
    fc.property(someDay(date), (day) => {
      for (const isTradesOnly of [false, true]) {
        const tables = tablesOf({ ...day, isTradesOnly });
        expect(disagreement(tables)).toBe('');
        expect(surelyAgree(tables)).toBe(true);
      }
    }),
    { numRuns: 50 },
  );
});

/** Row 2 has trades of both sides and full snapshots, row 3 a seller's, row 9 snapshots, row 6 short ones, row 1 nothing. */
const CORRUPTIONS: readonly (readonly [row: number, change: Change, found: string])[] = [
  [9, { signals: { fill_reason: 'traded' } }, 'fill_reason'],
  [2, { signals: { fill_reason: 'quiet' } }, 'fill_reason'],
  [2, { bars: { trade_count: '0' } }, 'fill_reason'],
  [5, { signals: { cvd: '-0.8751' } }, 'cvd'],
  [5, { bars: { vol_delta: '0.001' } }, 'cvd'],
  [9, { signals: { quote_total: '1' } }, 'quote_total'],
  [2, { signals: { quote_total: '37.58750001' } }, 'quote_total'],
  [2, { bars: { vwap: '100.23333334' } }, 'quote_total'],
  [2, { bars: { vol_total: '0.376' } }, 'quote_total'],
  [2, { signals: { quote_buy: '0' } }, 'quote_buy'],
  [2, { signals: { quote_buy: '37.5875' } }, 'quote_buy'],
  [3, { signals: { quote_buy: '0.1' } }, 'quote_buy'],
  [2, { signals: { large_buy: '0.251' } }, 'large_buy'],
  [2, { signals: { large_sell: '0.126' } }, 'large_sell'],
  [2, { signals: { delta_max: '0.251' } }, 'delta_max'],
  [3, { signals: { delta_min: '-1.001' } }, 'delta_min'],
  [2, { signals: { taker_orders: '3' } }, 'taker_orders'],
  [9, { signals: { book_count: '0' } }, 'book_count'],
  [1, { signals: { book_count: '1' } }, 'book_count'],
  [6, { signals: { book_full_count: '1' } }, 'book_full_count'],
  [9, { bars: { imbalance_l20: '' } }, 'book_full_count'],
  [9, { bars: { avg_spread: '0.10000001' } }, 'spread_max'],
];

describe('signals that do not fit their bars', () => {
  test.for(CORRUPTIONS)('row %i, %o: %s', ([row, change, found]) => {
    const tables = changed(row, change);
    expect(disagreement(tables)).toMatch(new RegExp(`^${name} row ${row} .* ${found}: found`, 'u'));
    expect(surelyAgree(tables)).toBe(false);
  });

  test('are reported with both values', () => {
    expect(disagreement(changed(2, { signals: { quote_total: '37.5874' } }))).toBe(
      `${name} row 2 (2025-12-11T01:00:00Z) quote_total: found '37.5874', expected vwap '100.23333333' of the bar times vol_total '0.375' of the bar`,
    );
    expect(disagreement(changed(2, { signals: { cvd: '0.1' } }))).toContain(
      "cvd: found '0.1', expected '0.125', the running sum",
    );
  });

  test('by one changed digit are never found right unless they are', () => {
    const digit = fc.record({
      isBar: fc.boolean(),
      row: fc.integer({ min: 1, max: 24 }),
      column: fc.nat(),
      at: fc.nat(),
      digit: fc.nat({ max: 9 }),
    });
    let [agreed, refused] = [0, 0];
    fc.assert(
      fc.property(digit, ({ isBar, row, column, at, digit: instead }) => {
        const tables = tablesOf(DAY);
        const cells = (isBar ? tables.bars : tables.signals)[row] ?? [];
        const place = 1 + (column % (cells.length - 1));
        const cell = cells[place] ?? '';
        const index = at % Math.max(1, cell.length);
        fc.pre(/\d/u.test(cell[index] ?? ''));
        cells.splice(place, 1, `${cell.slice(0, index)}${instead}${cell.slice(index + 1)}`);
        const isRight = disagreement(tables) === '';
        if (surelyAgree(tables)) expect(isRight).toBe(true);
        if (isRight) agreed += 1;
        else refused += 1;
      }),
      { numRuns: 400 },
    );
    expect(agreed).toBeGreaterThan(50);
    expect(refused).toBeGreaterThan(50);
  });
});

test('what a double sum or a rounded mean cannot hold is in doubt, and right in big integers', () => {
  const half = changed(9, {
    bars: { avg_spread: '0.10000001' },
    signals: { spread_max: '0.100000005' },
  });
  expect(disagreement(half)).toBe('');
  expect(surelyAgree(half)).toBe(false);
  const huge = changed(24, {
    bars: { vol_delta: '9007199254740993' },
    signals: { cvd: '9007199254740992.126' },
  });
  expect(disagreement(huge)).toBe('');
  expect(surelyAgree(huge)).toBe(false);
});

test('a quotient is told from its neighbours without dividing', () => {
  const size = fc.oneof(fc.nat({ max: 1_000 }), fc.nat({ max: Number.MAX_SAFE_INTEGER }));
  fc.assert(
    fc.property(
      fc.oneof(size, fc.maxSafeNat()),
      fc.integer({ min: 0, max: 15 }),
      fc.oneof(size, fc.maxSafeNat()),
      fc.constantFrom(-2, -1, 0, 1, 2),
      (numerator, power, denominator, off) => {
        fc.pre(denominator > 0);
        const factor = 10 ** power;
        const rounded = divideHalfUp(BigInt(numerator) * BigInt(factor), BigInt(denominator));
        const quotient = rounded + BigInt(off);
        fc.pre(quotient >= 0n && quotient <= BigInt(Number.MAX_SAFE_INTEGER));
        expect(isHalfUp(Number(quotient), numerator, factor, denominator)).toBe(off === 0);
      },
    ),
    { numRuns: 20_000 },
  );
  expect(isHalfUp(1, 1, 1, 2)).toBe(true);
  expect(isHalfUp(0, 1, 1, 2)).toBe(false);
  expect(isHalfUp(Number.NaN, 1, 1, 2)).toBe(false);
});

test('signals roll up, the reason by its place and cvd as the last one', () => {
  fc.assert(
    fc.property(someDay(date), fc.constantFrom('2h', '6h', '24h'), (day, coarser) => {
      const resolution = parseResolution(coarser, 'test');
      const factor = resolution.seconds / HOUR.seconds;
      const [exact, quick] = [new RollUp(SIGNALS, factor), new QuickRollUp(SIGNALS, factor)];
      const fine = signalTable(day, HOUR);
      exactRows(fine, SIGNAL_CHECKS, (row) => exact.take(row));
      expect(quickRows(fine, SIGNAL_CHECKS, (row) => quick.take(row))).toBeDefined();
      expect(quick.rolled).toEqual(
        exact.rolled.map((row) => SIGNALS.header.map((_, at) => row[at])),
      );
      const rows: RowValues[] = [];
      exactRows(signalTable(day, resolution), SIGNAL_CHECKS, (row) => rows.push(row));
      const file = { name, date, resolution, base: '1h' };
      const [result] = checkRollUp(SIGNALS, rows, exact.rolled, file);
      expect(result).toEqual({ check: 'roll_up', ok: true, detail: '' });
    }),
    { numRuns: 40 },
  );
});
