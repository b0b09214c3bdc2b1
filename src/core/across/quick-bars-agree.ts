/** HOT. BarsAgree in doubles: false also stands for doubt; bench: encode; oracle: bars-agree. */
import { CheckTally } from '../check/file-tally.js';
import type { QuickRow } from '../check/quick-row.js';
import { BARS } from '../column/bar-table.js';
import { quotientDecimals } from '../column/file-table.js';
import { FILL_REASONS, SIGNALS } from '../column/signal-table.js';
import { POWERS_OF_TEN } from '../event/mantissas.js';
import type { CheckResult } from '../stored/manifest.js';
import { AT_MOST, COUNTED_MEANS } from './bars-agree.js';
import { isHalfUp } from './half-up.js';
import { keptAt, type QuickKeptBars } from './kept-bars.js';

const TRADED = FILL_REASONS.indexOf('traded');
const REASON_AT = SIGNALS.at('fill_reason');
const CVD_AT = SIGNALS.at('cvd');
const QUOTE_AT = SIGNALS.at('quote_total');
const QUOTE_BUY_AT = SIGNALS.at('quote_buy');
const SPREAD_MAX_AT = SIGNALS.at('spread_max');
const DELTA_AT = keptAt('vol_delta');
const TRADES_AT = keptAt('trade_count');
const TOTAL_AT = keptAt('vol_total');
const BUY_AT = keptAt('vol_buy');
const SELL_AT = keptAt('vol_sell');
const VWAP_AT = keptAt('vwap');
const SPREAD_AT = keptAt('avg_spread');
const VWAP_DECIMALS = quotientDecimals(BARS, 'vwap');

const AT_MOST_AT = AT_MOST.map(({ signal, bar, negated }) => ({
  signalAt: SIGNALS.at(signal),
  barAt: keptAt(bar),
  sign: negated === true ? -1 : 1,
}));
const COUNTED_AT = COUNTED_MEANS.map(({ signal, bar }) => ({
  signalAt: SIGNALS.at(signal),
  barAt: keptAt(bar),
}));

export class QuickBarsAgree {
  private readonly bars: QuickKeptBars;
  private index = 0;
  private cvd = 0;
  private cvdDecimals = 0;

  constructor(bars: QuickKeptBars) {
    this.bars = bars;
  }

  /** False: a row does not agree, or is in doubt, and no later one may be taken. The row is lent. */
  take(signals: QuickRow): boolean {
    const bar = this.bars.row(this.index);
    this.index += 1;
    return (
      this.isSurelyRunningSum(signals, bar) &&
      isSurelyTraded(signals, bar) &&
      isSurelyVwap(signals, bar) &&
      isSurelyBook(signals, bar)
    );
  }

  /** Of a file whose rows all agree. */
  results(): CheckResult[] {
    return new CheckTally('', ['bars_agree']).results();
  }

  private isSurelyRunningSum(signals: QuickRow, bar: QuickRow): boolean {
    const decimals = Math.max(bar.decimals[DELTA_AT] ?? 0, signals.decimals[CVD_AT] ?? 0);
    if (decimals > this.cvdDecimals) {
      this.cvd *= POWERS_OF_TEN[decimals - this.cvdDecimals] ?? Number.NaN;
      this.cvdDecimals = decimals;
    }
    this.cvd += bar.mantissaAt(DELTA_AT, this.cvdDecimals);
    const isSafe = Math.abs(this.cvd) <= Number.MAX_SAFE_INTEGER;
    return isSafe && this.cvd === signals.mantissaAt(CVD_AT, this.cvdDecimals);
  }
}

function isSurelyTraded(signals: QuickRow, bar: QuickRow): boolean {
  if ((signals.mantissa[REASON_AT] === TRADED) === bar.isZero(TRADES_AT)) return false;
  for (const { signalAt, barAt, sign } of AT_MOST_AT) {
    const [own, others] = [signals.decimals[signalAt] ?? 0, bar.decimals[barAt] ?? 0];
    const decimals = own > others ? own : others;
    const size = sign * signals.mantissaAt(signalAt, decimals);
    if (!(size <= bar.mantissaAt(barAt, decimals))) return false;
  }
  return (
    signals.isZero(QUOTE_BUY_AT) === bar.isZero(BUY_AT) &&
    signals.isSame(QUOTE_BUY_AT, signals, QUOTE_AT) === bar.isZero(SELL_AT)
  );
}

function isSurelyVwap(signals: QuickRow, bar: QuickRow): boolean {
  if (bar.isZero(TOTAL_AT)) return signals.isZero(QUOTE_AT);
  const totalDecimals = bar.decimals[TOTAL_AT] ?? 0;
  const shift = VWAP_DECIMALS + totalDecimals - (signals.decimals[QUOTE_AT] ?? 0);
  const factor = POWERS_OF_TEN[Math.max(0, shift)] ?? Number.NaN;
  const total = bar.mantissaAt(TOTAL_AT, totalDecimals + Math.max(0, -shift));
  const vwap = bar.mantissaAt(VWAP_AT, VWAP_DECIMALS);
  return isHalfUp(vwap, signals.mantissa[QUOTE_AT] ?? Number.NaN, factor, total);
}

function isSurelyBook(signals: QuickRow, bar: QuickRow): boolean {
  for (const { signalAt, barAt } of COUNTED_AT) {
    const isCounted = !signals.isEmpty(signalAt) && !signals.isZero(signalAt);
    if (isCounted === bar.isEmpty(barAt)) return false;
  }
  if (bar.isEmpty(SPREAD_AT)) return true;
  const [own, others] = [signals.decimals[SPREAD_MAX_AT] ?? 0, bar.decimals[SPREAD_AT] ?? 0];
  const decimals = own > others ? own : others;
  return bar.mantissaAt(SPREAD_AT, decimals) <= signals.mantissaAt(SPREAD_MAX_AT, decimals);
}
