/** Compares the signals of a resolution with its bars, row by row: both come from the same trades and snapshots. */
import { CELL_DECIMALS, CELL_ONE, type RowValues } from '../check/cell-values.js';
import { CheckTally, quoted } from '../check/file-tally.js';
import { BARS } from '../column/bar-table.js';
import { quotientDecimals } from '../column/file-table.js';
import { FILL_REASONS, type SignalColumn, SIGNALS } from '../column/signal-table.js';
import type { CheckResult } from '../stored/manifest.js';
import { divideHalfUp, formatDecimal, powerOfTen } from '../unit/decimal.js';
import type { Resolution } from '../unit/resolution.js';
import { dayStartMs, isoStamp, SECOND_MS, type UtcDate } from '../unit/utc-date.js';
import { keptAt, type KeptBars, type KeptColumn } from './kept-bars.js';

/** The signals file. */
export interface ComparedFile {
  readonly name: string;
  readonly date: UtcDate;
  readonly resolution: Resolution;
}

const TRADED = BigInt(FILL_REASONS.indexOf('traded'));
const RATIO_DECIMALS = quotientDecimals(BARS, 'vwap');
const RATIO_ONE = powerOfTen(RATIO_DECIMALS);
/** One of the last decimal of a vwap. */
const RATIO_STEP: bigint = CELL_ONE / RATIO_ONE;

/** A signal that is at most a bar's cell; `negated`: minus the signal is. */
interface AtMost {
  readonly signal: SignalColumn;
  readonly bar: KeptColumn;
  readonly negated?: true;
}

export const AT_MOST: readonly AtMost[] = [
  { signal: 'large_buy', bar: 'vol_buy' },
  { signal: 'large_sell', bar: 'vol_sell' },
  { signal: 'delta_max', bar: 'vol_buy' },
  { signal: 'delta_min', bar: 'vol_sell', negated: true },
  { signal: 'taker_orders', bar: 'trade_count' },
];

/** A count of snapshots, and the mean over them. */
interface CountedMean {
  readonly signal: SignalColumn;
  readonly bar: KeptColumn;
}

export const COUNTED_MEANS: readonly CountedMean[] = [
  { signal: 'book_count', bar: 'avg_spread' },
  { signal: 'book_full_count', bar: 'imbalance_l20' },
];

/** Takes the rows of a whole signals file in order; the bars are those of a whole file. */
export class BarsAgree {
  private readonly tally: CheckTally<string>;
  private readonly bars: KeptBars;
  private readonly file: ComparedFile;
  private index = 0;
  private cvd = 0n;

  constructor(bars: KeptBars, file: ComparedFile) {
    this.bars = bars;
    this.file = file;
    this.tally = new CheckTally(file.name, ['bars_agree']);
  }

  /** Always true: big integers are never in doubt. */
  take(signals: RowValues): boolean {
    const bars = this.bars.values(this.index);
    const row = new ComparedRow(signals, bars, (column, expected) =>
      this.breach(column, signals, expected),
    );
    this.cvd += row.bar('vol_delta') ?? 0n;
    row.expect('cvd', row.signal('cvd') === this.cvd, `'${numberText(this.cvd)}', the running sum`);
    checkVwap(row);
    checkTrades(row);
    checkBook(row);
    this.index += 1;
    return true;
  }

  results(): CheckResult[] {
    return this.tally.results();
  }

  private breach(column: SignalColumn, signals: RowValues, expected: string): void {
    const { date, resolution } = this.file;
    const stamp = isoStamp(dayStartMs(date) + this.index * resolution.seconds * SECOND_MS);
    this.tally.breach('bars_agree', {
      where: `row ${this.index + 1} (${stamp}) ${column}`,
      found: quoted(signalText(column, signals[SIGNALS.at(column)])),
      expected,
    });
  }
}

/** A row of both files, by the names of their columns. */
class ComparedRow {
  private readonly signals: RowValues;
  private readonly bars: RowValues;
  private readonly breach: (column: SignalColumn, expected: string) => void;

  constructor(
    signals: RowValues,
    bars: RowValues,
    breach: (column: SignalColumn, expected: string) => void,
  ) {
    this.signals = signals;
    this.bars = bars;
    this.breach = breach;
  }

  signal(column: SignalColumn): bigint | undefined {
    return this.signals[SIGNALS.at(column)];
  }

  bar(column: KeptColumn): bigint | undefined {
    return this.bars[keptAt(column)];
  }

  /** `vol_buy '1.5' of the bar`. */
  barText(column: KeptColumn): string {
    return `${column} ${quoted(numberText(this.bar(column)))} of the bar`;
  }

  expect(column: SignalColumn, holds: boolean, expected: string): void {
    if (!holds) this.breach(column, expected);
  }
}

function checkTrades(row: ComparedRow): void {
  const isTraded = row.signal('fill_reason') === TRADED;
  const count = row.barText('trade_count');
  row.expect(
    'fill_reason',
    isTraded === (row.bar('trade_count') ?? 0n) > 0n,
    `'traded' with trades alone, here ${count}`,
  );
  for (const { signal, bar, negated } of AT_MOST) {
    const value = row.signal(signal) ?? 0n;
    const size = negated === true ? -value : value;
    const expected = `${negated === true ? 'at least minus' : 'at most'} ${row.barText(bar)}`;
    row.expect(signal, size <= (row.bar(bar) ?? 0n), expected);
  }
  const [total, buy] = [row.signal('quote_total'), row.signal('quote_buy')];
  row.expect(
    'quote_buy',
    (buy === 0n) === (row.bar('vol_buy') === 0n),
    `0 where vol_buy is 0 alone, here ${row.barText('vol_buy')}`,
  );
  row.expect(
    'quote_buy',
    (buy === total) === (row.bar('vol_sell') === 0n),
    `quote_total where vol_sell is 0 alone, here ${row.barText('vol_sell')}`,
  );
}

/** The quotient of the two sums, rounded as the bar's, is the bar's. */
function checkVwap(row: ComparedRow): void {
  const volume = row.bar('vol_total') ?? 0n;
  if (volume <= 0n) {
    const expected = `0 with ${row.barText('vol_total')}`;
    row.expect('quote_total', row.signal('quote_total') === 0n, expected);
    return;
  }
  const rounded = divideHalfUp((row.signal('quote_total') ?? 0n) * RATIO_ONE, volume);
  const expected = `${row.barText('vwap')} times ${row.barText('vol_total')}`;
  row.expect('quote_total', rounded * RATIO_STEP === row.bar('vwap'), expected);
}

function checkBook(row: ComparedRow): void {
  for (const { signal, bar } of COUNTED_MEANS) {
    const isCounted = (row.signal(signal) ?? 0n) > 0n;
    const mean = row.bar(bar);
    const expected = `more than 0 with ${bar} alone, here ${row.barText(bar)}`;
    row.expect(signal, isCounted === (mean !== undefined), expected);
  }
  const [mean, most] = [row.bar('avg_spread'), row.signal('spread_max')];
  if (mean === undefined || most === undefined) return;
  // Rounding may move the mean half of its last decimal beyond the largest spread.
  row.expect(
    'spread_max',
    2n * (mean - most) <= RATIO_STEP,
    `at least ${row.barText('avg_spread')}`,
  );
}

function numberText(value: bigint | undefined): string {
  return value === undefined ? '' : formatDecimal(value, CELL_DECIMALS);
}

function signalText(column: SignalColumn, value: bigint | undefined): string {
  return column === 'fill_reason' ? (FILL_REASONS[Number(value)] ?? '') : numberText(value);
}
