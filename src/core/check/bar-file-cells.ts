/**
 * The checks that one row of a bar file is put to. A cell that is no number is a breach of
 * `number_format` alone: what cannot be evaluated for want of it is left out.
 */
import { QUOTIENT_DECIMALS } from '../unit/decimal.js';
import { type CheckTally, quoted } from './bar-file-tally.js';
import { type Bar, type BarCells, CELL_ONE, decimalsOf } from './bar-file-values.js';

/** Half of the last decimal of a quotient, 5e-9: what rounding may take vwap out of [low, high] by. */
const HALF_LAST_DECIMAL: bigint = CELL_ONE / (2n * 10n ** BigInt(QUOTIENT_DECIMALS));

export interface CheckedRow {
  /** The row, as a detail names it. */
  readonly place: string;
  readonly cells: BarCells;
  readonly bar: Bar;
  /** Close of the row before, or the seed; empty before the first known trade. */
  readonly carried: string;
}

export function checkCells(row: CheckedRow, tally: CheckTally): void {
  checkNumbers(row, tally);
  checkPrices(row, tally);
  checkVolumes(row, tally);
  checkFlat(row, tally);
  checkDepth(row, tally);
}

type Cell = keyof BarCells;

const COLUMN_NAMES: Readonly<Record<Cell, string>> = {
  open: 'open',
  high: 'high',
  low: 'low',
  close: 'close',
  vwap: 'vwap',
  volTotal: 'vol_total',
  volBuy: 'vol_buy',
  volSell: 'vol_sell',
  volDelta: 'vol_delta',
  tradeCount: 'trade_count',
  avgSpread: 'avg_spread',
  imbalance: 'imbalance_l20',
};
const CELLS: readonly Cell[] = [
  ...(['open', 'high', 'low', 'close', 'vwap'] as const),
  ...(['volTotal', 'volBuy', 'volSell', 'volDelta', 'tradeCount'] as const),
  ...(['avgSpread', 'imbalance'] as const),
];
const PRICES: readonly Cell[] = ['open', 'high', 'low', 'close', 'vwap'];
const NEVER_EMPTY: readonly Cell[] = ['volTotal', 'volBuy', 'volSell', 'volDelta', 'tradeCount'];
/** avg_spread and imbalance_l20 have checks of their own that say why they are not negative. */
const NEVER_NEGATIVE: readonly Cell[] = [...PRICES, 'volTotal', 'volBuy', 'volSell', 'tradeCount'];

function checkNumbers({ place, cells, bar }: CheckedRow, tally: CheckTally): void {
  for (const cell of CELLS) {
    const fault = numberFault(cell, cells, bar);
    if (fault === undefined) continue;
    const where = `${place} ${COLUMN_NAMES[cell]}`;
    tally.breach('number_format', { where, found: quoted(cells[cell]), expected: fault });
  }
}

/** What the cell should be, where it is not that. */
function numberFault(cell: Cell, cells: BarCells, bar: Bar): string | undefined {
  const text = cells[cell];
  const value = bar[cell];
  if (text === '') return NEVER_EMPTY.includes(cell) ? 'a number' : undefined;
  if (value === undefined) return 'plain digits, no exponent, no zeros that say nothing';
  if (value < 0n && NEVER_NEGATIVE.includes(cell)) return 'no minus';
  if (decimalsOf(text) > decimalsMax(cell, bar))
    return `at most ${decimalsMax(cell, bar)} decimals`;
  return undefined;
}

/** A flat bar's vwap is a price, no quotient: it has the decimals of the data. */
function decimalsMax(cell: Cell, bar: Bar): number {
  if (cell === 'tradeCount') return 0;
  const isQuotient =
    cell === 'avgSpread' || cell === 'imbalance' || (cell === 'vwap' && bar.tradeCount !== 0n);
  return isQuotient ? QUOTIENT_DECIMALS : Infinity;
}

function checkPrices({ place, cells, bar }: CheckedRow, tally: CheckTally): void {
  const { open, high, low, close, vwap } = bar;
  if (low === undefined || high === undefined) return;
  for (const [cell, value] of [['open', open] as const, ['close', close] as const]) {
    if (value === undefined || (low <= value && value <= high)) continue;
    tally.breach('price_order', {
      where: `${place} ${cell}`,
      found: quoted(cells[cell]),
      expected: `low ${quoted(cells.low)} to high ${quoted(cells.high)}`,
    });
  }
  if (vwap === undefined || low > high) return;
  if (low - HALF_LAST_DECIMAL <= vwap && vwap <= high + HALF_LAST_DECIMAL) return;
  tally.breach('vwap_range', {
    where: `${place} vwap`,
    found: quoted(cells.vwap),
    expected: `within 5e-9 of low ${quoted(cells.low)} to high ${quoted(cells.high)}`,
  });
}

function checkVolumes({ place, cells, bar }: CheckedRow, tally: CheckTally): void {
  const { volTotal, volBuy, volSell, volDelta } = bar;
  if (volBuy === undefined || volSell === undefined) return;
  const parts = `vol_buy ${quoted(cells.volBuy)}, vol_sell ${quoted(cells.volSell)}`;
  if (volTotal !== undefined && volTotal !== volBuy + volSell) {
    const expected = `the sum of ${parts}`;
    const where = `${place} vol_total`;
    tally.breach('volume_sums', { where, found: quoted(cells.volTotal), expected });
  }
  if (volDelta !== undefined && volDelta !== volBuy - volSell) {
    const expected = `the difference of ${parts}`;
    const where = `${place} vol_delta`;
    tally.breach('volume_sums', { where, found: quoted(cells.volDelta), expected });
  }
}

function checkFlat({ place, cells, bar, carried }: CheckedRow, tally: CheckTally): void {
  const { tradeCount, volTotal } = bar;
  if (tradeCount === undefined || volTotal === undefined) return;
  if ((tradeCount === 0n) !== (volTotal === 0n)) {
    tally.breach('flat_bars', {
      where: place,
      found: `trade_count ${quoted(cells.tradeCount)} with vol_total ${quoted(cells.volTotal)}`,
      expected: 'both zero or neither',
    });
    return;
  }
  const isFlat = tradeCount === 0n;
  const strange = PRICES.find((cell) => (isFlat ? cells[cell] !== carried : cells[cell] === ''));
  if (strange === undefined) return;
  const before = carried === '' ? 'an empty cell before the first trade' : quoted(carried);
  tally.breach('flat_bars', {
    where: `${place} ${COLUMN_NAMES[strange]}`,
    found: quoted(cells[strange]),
    expected: isFlat ? `${before}, as nothing was traded` : 'a price, as something was traded',
  });
}

function checkDepth({ place, cells, bar }: CheckedRow, tally: CheckTally): void {
  const { avgSpread, imbalance } = bar;
  if (avgSpread !== undefined && avgSpread < 0n) {
    const where = `${place} avg_spread`;
    tally.breach('avg_spread', { where, found: quoted(cells.avgSpread), expected: '0 or more' });
  }
  if (imbalance !== undefined && (imbalance < 0n || imbalance > CELL_ONE)) {
    const where = `${place} imbalance_l20`;
    tally.breach('imbalance', { where, found: quoted(cells.imbalance), expected: '0 to 1' });
  }
}
