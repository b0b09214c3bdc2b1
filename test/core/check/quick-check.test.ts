/** Checks in doubles never say more than those in big integers, and suffice for usual files. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  areSurelyBars,
  type BarFileChecks,
  type BarFileExpectation,
  checkBars,
  checkingBarsQuickly,
} from '../../../src/core/check/bar-file-checks.js';
import type { RowValues } from '../../../src/core/check/cell-values.js';
import { withoutRest } from '../../../src/core/check/file-checks.js';
import { QuickRollUp } from '../../../src/core/across/quick-roll-up.js';
import { RollUp } from '../../../src/core/across/roll-up-check.js';
import { BARS } from '../../../src/core/column/bar-table.js';
import { parseResolution } from '../../../src/core/unit/resolution.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { codec } from '../../../src/edge/format/codec.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import { barTable, tableText, type TestDay } from '../../support/day/bar-table.js';
import { someDay } from '../../support/made-day/some-day.js';

const date = utcDate('2025-12-11', 'test');
const resolution = parseResolution('1h', 'test');
const name = 'x.csv';

function expectationOf({ seedPrice }: TestDay): BarFileExpectation {
  return { name, date, resolution, seedPrice };
}

function bytesOf(day: TestDay): Uint8Array {
  return codec.encode(tableText(barTable(day, resolution)));
}

/** What all of a file's checks say in big integers; undefined if it is no CSV. */
function exactly(
  bytes: Uint8Array,
  expected: BarFileExpectation,
  see?: (values: RowValues) => void,
): BarFileChecks | undefined {
  try {
    return checkBars(csvTables.records(bytes, name), expected, see);
  } catch {
    return undefined;
  }
}

function quickly(
  bytes: Uint8Array,
  expected: BarFileExpectation,
  see: Parameters<typeof checkingBarsQuickly>[2] = () => true,
): BarFileChecks | undefined {
  try {
    return withoutRest(checkingBarsQuickly(csvTables.records(bytes, name), expected, see));
  } catch {
    return undefined;
  }
}

/** Checks that nothing is waved through; returns whether the file was found right in doubles. */
function check(bytes: Uint8Array, expected: BarFileExpectation): boolean {
  const exact = exactly(bytes, expected);
  const isGood = exact?.checks.every(({ ok }) => ok) ?? false;
  const isSurelyGood = areSurelyBars(bytes, expected);
  const quick = quickly(bytes, expected);
  if (isSurelyGood) expect(isGood).toBe(true);
  if (quick !== undefined) expect(quick).toEqual(exact);
  if (quick !== undefined) expect(isGood).toBe(true);
  return isSurelyGood && quick !== undefined;
}

function change(bytes: Uint8Array, place: number, instead: readonly number[], cut: number) {
  return Uint8Array.from([...bytes.subarray(0, place), ...instead, ...bytes.subarray(place + cut)]);
}

test('a right file of usual numbers is found right', () => {
  fc.assert(
    fc.property(someDay(date), (day) => {
      expect(check(bytesOf(day), expectationOf(day))).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('a file with any bytes changed, inserted or cut is never found right unless it is', () => {
  const someByte = fc.oneof(
    fc.constantFrom(...codec.encode('0019.,-e+"\n\r TZ:')),
    fc.integer({ min: 0, max: 255 }),
  );
  let found = 0;
  fc.assert(
    fc.property(
      someDay(date),
      fc.nat(),
      fc.array(someByte, { maxLength: 3 }),
      fc.nat({ max: 3 }),
      (day, at, instead, cut) => {
        const bytes = bytesOf(day);
        const changed = change(bytes, at % bytes.length, instead, cut);
        if (check(changed, expectationOf(day))) found += 1;
      },
    ),
    { numRuns: 700 },
  );
  expect(found).toBeGreaterThan(10);
});

describe('a single cell', () => {
  const day: TestDay = {
    date,
    trades: [
      { second: 0, cents: 10_000, thousandths: 1_000, isBuy: true },
      { second: 1, cents: 10_100, thousandths: 500, isBuy: false },
    ],
    seedPrice: '99',
  };

  test.for([
    ['open', '0100'],
    ['open', '100.0'],
    ['open', '100.'],
    ['open', '.5'],
    ['open', '-'],
    ['open', '-0'],
    ['open', '1e2'],
    ['open', ''],
    ['open', '102'],
    ['high', '100.5'],
    ['low', '-100'],
    ['vwap', '100.333333333'],
    ['vol_total', '1.4'],
    ['vol_buy', '9007199254740993'],
    ['vol_delta', ''],
    ['trade_count', '2.5'],
    ['trade_count', '0'],
    ['avg_spread', '-1'],
    ['avg_spread', '0.123456789'],
    ['imbalance_l20', '1.00000001'],
    ['imbalance_l20', '2'],
    ['imbalance_l20', '\u0660'],
    ['imbalance_l20', '0.5,1'],
    ['timestamp', '2025-12-11T00:00:01Z'],
    ['timestamp', ''],
  ] as const)('%s as %s is left to big integers', ([column, text]) => {
    const table = barTable(day, resolution);
    expect(check(codec.encode(tableText(table)), expectationOf(day))).toBe(true);
    table[1]?.splice(BARS.at(column), 1, text);
    const cells = (): Iterable<string[]> => table;
    const quick = withoutRest(checkingBarsQuickly(cells(), expectationOf(day), () => true));
    expect(quick).toBeUndefined();
    expect(areSurelyBars(codec.encode(tableText(table)), expectationOf(day))).toBe(false);
  });

  test.for([
    ['avg_spread', '0'],
    ['avg_spread', '0.12345678'],
    ['imbalance_l20', '1'],
    ['imbalance_l20', '0'],
  ] as const)('%s as %s is right', ([column, text]) => {
    const table = barTable(day, resolution);
    table[1]?.splice(BARS.at(column), 1, text);
    expect(check(codec.encode(tableText(table)), expectationOf(day))).toBe(true);
  });

  test('that carries a seed which a report pads is right', () => {
    const flat = { date, trades: [], seedPrice: '99' };
    expect(check(bytesOf(flat), expectationOf({ ...flat, seedPrice: '99.00' }))).toBe(true);
    expect(check(bytesOf(flat), expectationOf({ ...flat, seedPrice: '99.01' }))).toBe(false);
    expect(check(bytesOf(flat), expectationOf({ ...flat, seedPrice: null }))).toBe(false);
  });

  test('that is the seed of 18 decimals, or one beyond the safe integers, is in doubt', () => {
    for (const seedPrice of ['0.123456789012345678', '9007199254740993']) {
      const flat = { date, trades: [], seedPrice };
      expect(check(bytesOf(flat), expectationOf(flat))).toBe(false);
      expect(exactly(bytesOf(flat), expectationOf(flat))?.isWhole).toBe(true);
    }
  });
});

test('cells that a quoted cell joins are not as many as their columns', () => {
  const day = { date, trades: [], seedPrice: null };
  const lines = tableText(barTable(day, resolution)).split('\n');
  // The second hour has both of the last cells.
  lines[2] = (lines[2] ?? '').replace('0.1,0.51234567', '"0.1,0.51234567"');
  expect(lines[2]).toContain('"');
  expect(check(codec.encode(lines.join('\n')), expectationOf(day))).toBe(false);
});

test('a file with another row count, header or line end is in doubt', () => {
  const day = { date, trades: [], seedPrice: null };
  const text = tableText(barTable(day, resolution));
  const expected = expectationOf(day);
  expect(check(codec.encode(text), expected)).toBe(true);
  for (const other of [
    '',
    '\n',
    text.replace('open', 'Open'),
    text.slice(0, -1),
    text.replaceAll('\n', '\r\n'),
    `\ufeff${text}`,
    `${text}\n`,
    text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1),
    `${text}${text.slice(text.indexOf('\n') + 1)}`,
  ]) {
    expect(areSurelyBars(codec.encode(other), expected)).toBe(false);
    check(codec.encode(other), expected);
  }
});

test('rows roll up as in big integers, or are in doubt', () => {
  fc.assert(
    fc.property(someDay(date), fc.constantFrom(2, 6, 24), (day, factor) => {
      const [exact, quick] = [new RollUp(BARS, factor), new QuickRollUp(BARS, factor)];
      const [bytes, expected] = [bytesOf(day), expectationOf(day)];
      exactly(bytes, expected, (values) => exact.take(values));
      expect(quickly(bytes, expected, (row) => quick.take(row))).toBeDefined();
      expect(quick.rolled).toEqual(exact.rolled.map((row) => BARS.header.map((_, at) => row[at])));
    }),
    { numRuns: 60 },
  );
});

test('a sum that leaves the safe integers is in doubt', () => {
  const table = barTable({ date, trades: [], seedPrice: '1' }, resolution);
  for (const row of table.slice(1, 3)) {
    for (const column of ['vol_total', 'vol_buy', 'vol_delta'] as const) {
      row.splice(BARS.at(column), 1, String(Number.MAX_SAFE_INTEGER));
    }
    row.splice(BARS.at('trade_count'), 1, '1');
  }
  const expected = expectationOf({ date, trades: [], seedPrice: '1' });
  const quick = new QuickRollUp(BARS, 2);
  const rolled = checkingBarsQuickly(table, expected, (row) => quick.take(row));
  expect(withoutRest(rolled)).toBeUndefined();
  expect(withoutRest(checkingBarsQuickly(table, expected, () => true))).toBeDefined();
});
