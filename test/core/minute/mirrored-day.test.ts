/** The martingale placebo: exact, consistent, continuous, and silent about what comes. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mirroredBy, mirroredDay } from '../../../src/core/minute/mirrored-day.js';
import { pricesOf } from '../../../src/core/minute/prices-of.js';
import {
  BAR_CELLS,
  type SecondCells,
  type SecondDay,
  SIGNAL_CELLS,
} from '../../../src/core/minute/second-day.js';
import { GAP_OUTAGE } from '../../../src/core/minute/second-prices.js';
import type { Series } from '../../../src/core/series/series.js';
import { DAY_MINUTES, DAY_SECONDS } from '../../../src/core/unit/utc-date.js';
import { flowDay } from './flow-day.js';

const day = flowDay({ seed: 'mirrored', firstTrade: 130 });

const DECIMALS = 12;
const DAY_CELLS = [...BAR_CELLS, ...SIGNAL_CELLS];

function seriesOf({ bar, signal }: SecondCells): Map<string, Series> {
  return new Map([
    ...BAR_CELLS.map((name) => [name, bar(name)] as const),
    ...SIGNAL_CELLS.map((name) => [name, signal(name)] as const),
  ]);
}

/** Columns of which some cell differs in the first `rows` rows. */
function differences(one: SecondCells, two: SecondCells, rows = DAY_SECONDS): string[] {
  const [own, other] = [seriesOf(one), seriesOf(two)];
  return DAY_CELLS.filter((name) => {
    const [first, second] = [own.get(name), other.get(name)];
    return first === undefined || second === undefined || !isSame(first, second, rows);
  });
}

/** Whatever the scales are. */
function isSame(first: Series, second: Series, rows: number): boolean {
  const [cells, others] = [first.safe, second.safe];
  if (first.decimals === second.decimals && cells !== undefined && others !== undefined) {
    for (let row = 0; row < rows; row++) {
      if (!Object.is(cells[row], others[row])) return false;
    }
    return true;
  }
  const wide = second.widenedTo(DECIMALS);
  return first.widenedTo(DECIMALS).every((cell, row) => row >= rows || cell === wide[row]);
}

function coinOf(seed: number): (minute: number) => boolean {
  return (minute) => ((minute + 1) * seed) % 7 < 3;
}

test('all minutes turned twice give the day back', () => {
  const once = mirroredBy(day, () => true);
  const twice = mirroredBy(once, () => true);
  expect(differences(once, day).length).toBeGreaterThan(20);
  expect(differences(twice, day)).toEqual([]);
  expect(twice.events).toEqual(day.events);
  expect(twice.gap).toEqual(day.gap);
});

test('no minute turned is the day', () => {
  expect(
    differences(
      mirroredBy(day, () => false),
      day,
    ),
  ).toEqual([]);
});

test('the cells of a row fit together whatever the coin says', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), (seed) => {
      expectRules(mirroredBy(day, coinOf(seed)));
    }),
    { numRuns: 2 },
  );
});

/** Those rules of core/check that speak of the columns that a day holds. */
function expectRules(turned: SecondDay): void {
  const cells = new Map(
    [...seriesOf(turned)].map(([name, series]) => [name, series.widenedTo(DECIMALS)]),
  );
  const at = (name: string, row: number): bigint | undefined => cells.get(name)?.[row];
  const broken: string[] = [];
  let carried: bigint | undefined;
  let running = 0n;
  const holds = (is: boolean, rule: string, row: number): void => {
    if (!is) broken.push(`${rule} of row ${row}`);
  };
  for (let row = 0; row < DAY_SECONDS; row++) {
    const of = (name: string): bigint => at(name, row) ?? 0n;
    const [open, high, low, close] = [of('open'), of('high'), of('low'), of('close')];
    holds(low <= open && low <= close && open <= high && close <= high, 'price order', row);
    const volume = of('vol_total');
    holds(volume === of('vol_buy') + of('vol_sell'), 'volumes add up', row);
    holds(of('vol_delta') === of('vol_buy') - of('vol_sell'), 'delta', row);
    running += of('vol_delta');
    holds(of('cvd') === running, 'cvd', row);
    const quote = of('quote_total') * 10n ** BigInt(DECIMALS);
    holds(low * volume <= quote && quote <= high * volume, 'vwap range', row);
    holds(volume > 0n || at('open', row) === carried, 'flat bar', row);
    holds(of('large_buy') <= of('vol_buy') && of('large_sell') <= of('vol_sell'), 'large', row);
    carried = at('close', row);
    for (const side of ['bid', 'ask'] as const) {
      holds(of(`${side}_qty_l20_min`) <= of(`${side}_qty_l20`), 'least depth', row);
      holds(of(`${side}_wall_pulled`) <= of(`${side}_pulled`), 'walls', row);
    }
    const [bid, ask] = [at('bid_close', row), at('ask_close', row)];
    holds(bid === undefined || ask === undefined || bid < ask, 'quotes', row);
    for (const level of ['l1', 'l5', 'l20']) {
      const share = of(`imbalance_${level}`);
      holds(share >= 0n && share <= 10n ** BigInt(DECIMALS), 'shares', row);
    }
  }
  expect(broken).toEqual([]);
  expect(running).not.toBe(0n);
}

test('a minute moves by as much as it did, up or down, from where the last one ended', () => {
  const turned = mirroredBy(day, coinOf(3));
  const [before, after] = [pricesOf(day), pricesOf(turned)];
  let seen = 0;
  for (let minute = 3; minute < DAY_MINUTES; minute++) {
    const sign = coinOf(3)(minute) ? -1 : 1;
    const begin = minute * 60 - 1;
    for (let row = begin + 1; row <= begin + 60; row++) {
      const moved = (after.closeE8[row] ?? 0) - (after.closeE8[begin] ?? 0);
      const own = (before.closeE8[row] ?? 0) - (before.closeE8[begin] ?? 0);
      if (moved !== own * sign + 0) expect.fail(`row ${row}: ${moved}, expected ${own * sign}`);
      if (moved !== 0) seen += 1;
    }
  }
  expect(seen).toBeGreaterThan(50_000);
});

test('the coin of a minute changes nothing before it', () => {
  const minute = 700;
  const one = mirroredBy(day, coinOf(2));
  const two = mirroredBy(day, (at) => (at === minute ? !coinOf(2)(at) : coinOf(2)(at)));
  const rows = minute * 60;
  expect(differences(two, one, rows)).toEqual([]);
  const early = ({ events }: SecondDay) =>
    events.filter(({ confirmedSecond }) => confirmedSecond <= rows);
  expect(early(two)).toEqual(early(one));
  expect(early(two).length).toBeGreaterThan(100);
  expect(differences(two, one)).not.toEqual([]);
});

function firstCells(series: Series): readonly unknown[] {
  return series.widenedTo(DECIMALS).slice(0, 120);
}

test('minutes before the first price are kept', () => {
  const turned = mirroredBy(day, () => true);
  expect(firstCells(turned.signal('bid_qty_l20'))).toEqual(firstCells(day.signal('bid_qty_l20')));
  expect(turned.bar('open').at(130)).toBe(day.bar('open').at(130));
});

describe('the seed', () => {
  test('gives the same day each time, and another one for another seed', () => {
    const [one, same, other] = [mirroredDay(day, 1), mirroredDay(day, 1), mirroredDay(day, 2)];
    expect(differences(same, one)).toEqual([]);
    expect(same.events).toEqual(one.events);
    expect(differences(other, one)).not.toEqual([]);
  });
});

describe('a path that could reach 0', () => {
  // It rises by some thousand times its first price, so that it falls below 0 when turned.
  const steep = flowDay({ seed: 'steep', firstTick: 600, stepTicks: 9 });
  const turned = mirroredBy(steep, () => true);
  const { lowE8, closeE8, gap } = pricesOf(turned);

  test('starts over at the price as it was, behind a gap', () => {
    const restarts = [...gap].flatMap((code, row) => (code !== steep.gap[row] ? [row] : []));
    expect(restarts.length).toBeGreaterThan(0);
    for (const row of restarts) {
      expect(row % 60).toBe(0);
      expect(gap[row]).toBe(GAP_OUTAGE);
      expect(turned.signal('trades_missing_ms').at(row)).toBe(1n);
      expect(closeE8[row + 59]).toBe(pricesOf(steep).closeE8[row + 59]);
    }
    expect(lowE8.every((cell) => Number.isNaN(cell) || cell > 0)).toBe(true);
  });
});
