/**
 * How the cells of one bar relate to each other. An unreadable cell breaks `number_format` alone: the
 * checks here skip what needs its value.
 */
import { BARS } from '../column/bar-table.js';
import { quotientDecimals } from '../column/file-table.js';
import type { CheckedRow } from './cell-checks.js';
import { CELL_ONE } from './cell-values.js';
import type { RowChecks } from './file-checks.js';
import { type CheckTally, quoted } from './file-tally.js';
import type { QuickRow } from './quick-row.js';

export const BAR_ROW_CHECKS: RowChecks = {
  table: BARS,
  checks: ['price_order', 'vwap_range', 'volume_sums', 'flat_bars'],
  check(row, tally) {
    checkPrices(row, tally);
    checkVolumes(row, tally);
    checkFlat(row, tally);
  },
  surely: (row, carried) =>
    areSurelySums(row) &&
    row.isZero(COUNT_AT) === row.isZero(TOTAL_AT) &&
    (row.isZero(COUNT_AT) ? isSurelyFlat(row, carried) : isSurelyOrdered(row)),
};

const HIGH_AT = BARS.at('high');
const LOW_AT = BARS.at('low');
const CLOSE_AT = BARS.at('close');
const ENDS_AT: readonly number[] = [BARS.at('open'), CLOSE_AT];
const VWAP_AT = BARS.at('vwap');
const TOTAL_AT = BARS.at('vol_total');
const BUY_AT = BARS.at('vol_buy');
const SELL_AT = BARS.at('vol_sell');
const DELTA_AT = BARS.at('vol_delta');
const VOLUMES_AT: readonly number[] = [TOTAL_AT, BUY_AT, SELL_AT, DELTA_AT];
const COUNT_AT = BARS.at('trade_count');
const CARRIED_AT: readonly number[] = BARS.columns
  .filter(({ nothing }) => nothing === 'carried')
  .map(({ name }) => BARS.at(name));

/** Half of a vwap's last decimal, 5e-9: rounding may move it this far out of [low, high]. */
const HALF_LAST_DECIMAL: bigint = CELL_ONE / (2n * 10n ** BigInt(quotientDecimals(BARS, 'vwap')));

/** A sum of safe integers that is unsafe equals no safe integer, so rounding hides nothing. */
function areSurelySums(row: QuickRow): boolean {
  const decimals = row.decimalsOf(VOLUMES_AT);
  const buy = row.mantissaAt(BUY_AT, decimals);
  const sell = row.mantissaAt(SELL_AT, decimals);
  return (
    buy + sell === row.mantissaAt(TOTAL_AT, decimals) &&
    buy - sell === row.mantissaAt(DELTA_AT, decimals)
  );
}

/** Then all prices are one, and in order. */
function isSurelyFlat(row: QuickRow, carried: QuickRow): boolean {
  for (const at of CARRIED_AT) if (!row.isSame(at, carried, CLOSE_AT)) return false;
  return true;
}

/** A price of more decimals than the vwap may lie beyond it by half of its last decimal: in doubt here. */
function isSurelyOrdered(row: QuickRow): boolean {
  const decimals = row.decimalsOf(CARRIED_AT);
  const low = row.mantissaAt(LOW_AT, decimals);
  const high = row.mantissaAt(HIGH_AT, decimals);
  for (const at of CARRIED_AT) {
    const value = row.mantissaAt(at, decimals);
    if (!(low <= value && value <= high)) return false;
  }
  return true;
}

function checkPrices(row: CheckedRow, tally: CheckTally): void {
  const { place, cells, values } = row;
  const high = values[HIGH_AT];
  const low = values[LOW_AT];
  if (low === undefined || high === undefined) return;
  for (const at of ENDS_AT) {
    const value = values[at];
    if (value === undefined || (low <= value && value <= high)) continue;
    const where = `${place} ${BARS.header[at]}`;
    tally.breach('price_order', { where, found: quoted(cells[at]), expected: rangeText(cells) });
  }
  const vwap = values[VWAP_AT];
  if (vwap === undefined || low > high) return;
  if (low - HALF_LAST_DECIMAL <= vwap && vwap <= high + HALF_LAST_DECIMAL) return;
  tally.breach('vwap_range', {
    where: `${place} vwap`,
    found: quoted(cells[VWAP_AT]),
    expected: `within 5e-9 of ${rangeText(cells)}`,
  });
}

function rangeText(cells: readonly string[]): string {
  return `low ${quoted(cells[LOW_AT])} to high ${quoted(cells[HIGH_AT])}`;
}

function checkVolumes({ place, cells, values }: CheckedRow, tally: CheckTally): void {
  const buy = values[BUY_AT];
  const sell = values[SELL_AT];
  if (buy === undefined || sell === undefined) return;
  const total = values[TOTAL_AT];
  const delta = values[DELTA_AT];
  if (total !== undefined && total !== buy + sell) {
    const expected = `the sum of ${partsText(cells)}`;
    const where = `${place} vol_total`;
    tally.breach('volume_sums', { where, found: quoted(cells[TOTAL_AT]), expected });
  }
  if (delta !== undefined && delta !== buy - sell) {
    const expected = `the difference of ${partsText(cells)}`;
    const where = `${place} vol_delta`;
    tally.breach('volume_sums', { where, found: quoted(cells[DELTA_AT]), expected });
  }
}

function partsText(cells: readonly string[]): string {
  return `vol_buy ${quoted(cells[BUY_AT])}, vol_sell ${quoted(cells[SELL_AT])}`;
}

function checkFlat({ place, cells, values, carried }: CheckedRow, tally: CheckTally): void {
  const count = values[COUNT_AT];
  const total = values[TOTAL_AT];
  if (count === undefined || total === undefined) return;
  if ((count === 0n) !== (total === 0n)) {
    tally.breach('flat_bars', {
      where: place,
      found: `trade_count ${quoted(cells[COUNT_AT])} with vol_total ${quoted(cells[TOTAL_AT])}`,
      expected: 'both zero or neither',
    });
    return;
  }
  const isFlat = count === 0n;
  const strange = CARRIED_AT.find((at) => (isFlat ? cells[at] !== carried : cells[at] === ''));
  if (strange === undefined) return;
  const before = carried === '' ? 'an empty cell before the first trade' : quoted(carried);
  tally.breach('flat_bars', {
    where: `${place} ${BARS.header[strange]}`,
    found: quoted(cells[strange]),
    expected: isFlat ? `${before}, as nothing was traded` : 'a price, as something was traded',
  });
}
