/**
 * Bars against bars of the same day: every coarser one is the exact roll-up of the finest whose
 * resolution divides it. vwap and the depth columns are rounded quotients and cannot be rolled up.
 */
import type { CheckResult } from '../stored/manifest.js';
import { formatDecimal } from '../unit/decimal.js';
import { assert } from '../unit/errors.js';
import type { Resolution } from '../unit/resolution.js';
import { dayStartMs, isoStamp, SECOND_MS, type UtcDate } from '../unit/utc-date.js';
import { CheckTally, quoted } from './bar-file-tally.js';
import { type Bar, CELL_DECIMALS } from './bar-file-values.js';

/** The columns of a bar that roll up, in units of 10^-CELL_DECIMALS; undefined: an empty cell. */
export type RolledBar = Pick<
  Bar,
  'open' | 'high' | 'low' | 'close' | 'volTotal' | 'volBuy' | 'volSell' | 'volDelta' | 'tradeCount'
>;

const ROLLED_COLUMNS: readonly (readonly [keyof RolledBar, string])[] = [
  ['open', 'open'],
  ['high', 'high'],
  ['low', 'low'],
  ['close', 'close'],
  ['volTotal', 'vol_total'],
  ['volBuy', 'vol_buy'],
  ['volSell', 'vol_sell'],
  ['volDelta', 'vol_delta'],
  ['tradeCount', 'trade_count'],
];

/** The finest of `resolutions` that is finer than this one and divides it. */
export function rollUpBase(
  resolutions: readonly Resolution[],
  { seconds }: Resolution,
): Resolution | undefined {
  return resolutions
    .filter((finer) => finer.seconds < seconds && seconds % finer.seconds === 0)
    .toSorted((a, b) => a.seconds - b.seconds)[0];
}

/** Rolls bars up to bars `factor` times as long while they go by. */
export class RollUp {
  readonly rolled: RolledBar[] = [];
  private readonly factor: number;
  private group: Bar[] = [];

  constructor(factor: number) {
    this.factor = factor;
  }

  take(bar: Bar): void {
    this.group.push(bar);
    if (this.group.length < this.factor) return;
    this.rolled.push(rollUpOne(this.group));
    this.group = [];
  }
}

function rollUpOne(bars: readonly Bar[]): RolledBar {
  const traded = bars.filter(({ tradeCount }) => tradeCount !== 0n);
  const carried = bars.at(-1)?.close;
  return {
    open: traded.length === 0 ? carried : traded[0]?.open,
    high: traded.length === 0 ? carried : extreme(traded, 'high', (a, b) => a > b),
    low: traded.length === 0 ? carried : extreme(traded, 'low', (a, b) => a < b),
    close: carried,
    volTotal: sum(bars, 'volTotal'),
    volBuy: sum(bars, 'volBuy'),
    volSell: sum(bars, 'volSell'),
    volDelta: sum(bars, 'volDelta'),
    tradeCount: sum(bars, 'tradeCount'),
  };
}

function extreme(
  bars: readonly Bar[],
  column: 'high' | 'low',
  isBeyond: (a: bigint, b: bigint) => boolean,
): bigint | undefined {
  let found: bigint | undefined;
  for (const { [column]: value } of bars) {
    if (value !== undefined && (found === undefined || isBeyond(value, found))) found = value;
  }
  return found;
}

function sum(bars: readonly Bar[], column: keyof RolledBar): bigint {
  return bars.reduce((total, bar) => total + (bar[column] ?? 0n), 0n);
}

export interface RolledFile {
  readonly name: string;
  readonly date: UtcDate;
  readonly resolution: Resolution;
  /** Name of the finer resolution that was rolled up. */
  readonly base: string;
}

/** Compares a file's bars with what the finer file rolls up to. Both have the day's row count. */
export function checkRollUp(
  bars: readonly Bar[],
  rolled: readonly RolledBar[],
  { name, date, resolution, base }: RolledFile,
): CheckResult[] {
  assert(bars.length === rolled.length, 'a roll-up has the rows of the file it is compared with');
  const tally = new CheckTally(name, ['roll_up']);
  const startMs = dayStartMs(date);
  for (const [index, bar] of bars.entries()) {
    for (const [column, columnName] of ROLLED_COLUMNS) {
      const expected = rolled[index]?.[column];
      if (bar[column] === expected) continue;
      const stamp = isoStamp(startMs + index * resolution.seconds * SECOND_MS);
      tally.breach('roll_up', {
        where: `row ${index + 1} (${stamp}) ${columnName}`,
        found: quoted(textOf(bar[column])),
        expected: `${quoted(textOf(expected))}, the roll-up of ${base}`,
      });
    }
  }
  return tally.results();
}

function textOf(value: bigint | undefined): string {
  return value === undefined ? '' : formatDecimal(value, CELL_DECIMALS);
}
