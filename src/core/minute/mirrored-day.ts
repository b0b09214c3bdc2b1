/**
 * The martingale placebo: each minute of a day is kept or turned upside down by a coin, so what comes after an instant
 * is as likely up as down whatever was before it, while flow still explains its own minute. Exact; a minute before the
 * day's first price is kept.
 */
import { MINUTE_ROWS } from '../pattern/minute-cells.js';
import type { Series, SeriesByName } from '../series/series.js';
import { powerOfTen } from '../unit/decimal.js';
import { dayEvents } from './day-events.js';
import { type Coin, type MirroredPath, mirroredPath, seededCoin } from './mirrored-path.js';
import {
  BAR_CELLS,
  type BarCell,
  type SecondCells,
  type SecondDay,
  SIGNAL_CELLS,
  type SignalCell,
} from './second-day.js';
import { GAP_OUTAGE } from './second-prices.js';
import { seriesOfCells, turnedSeries } from './turned-series.js';

/** What a turned minute does to a column: which one takes its place, and what becomes of its numbers. */
interface Turn<Name extends string> {
  readonly from: Name;
  /** `path`: turned around the price at which the minute begins; `share`: 1 − x. */
  readonly as: 'same' | 'negative' | 'path' | 'share';
}

const BAR_TURNS: Readonly<Partial<Record<BarCell, Turn<BarCell>>>> = {
  open: { from: 'open', as: 'path' },
  high: { from: 'low', as: 'path' },
  low: { from: 'high', as: 'path' },
  close: { from: 'close', as: 'path' },
  vol_buy: { from: 'vol_sell', as: 'same' },
  vol_sell: { from: 'vol_buy', as: 'same' },
  vol_delta: { from: 'vol_delta', as: 'negative' },
  imbalance_l20: { from: 'imbalance_l20', as: 'share' },
};

const SIGNAL_TURNS: Readonly<Partial<Record<SignalCell, Turn<SignalCell>>>> = {
  bid_close: { from: 'ask_close', as: 'path' },
  ask_close: { from: 'bid_close', as: 'path' },
  large_buy: { from: 'large_sell', as: 'same' },
  large_sell: { from: 'large_buy', as: 'same' },
  imbalance_l1: { from: 'imbalance_l1', as: 'share' },
  imbalance_l5: { from: 'imbalance_l5', as: 'share' },
  bid_qty_l20: { from: 'ask_qty_l20', as: 'same' },
  ask_qty_l20: { from: 'bid_qty_l20', as: 'same' },
  bid_qty_l20_min: { from: 'ask_qty_l20_min', as: 'same' },
  ask_qty_l20_min: { from: 'bid_qty_l20_min', as: 'same' },
  ofi_l1: { from: 'ofi_l1', as: 'negative' },
  ofi_l5: { from: 'ofi_l5', as: 'negative' },
  bid_added: { from: 'ask_added', as: 'same' },
  ask_added: { from: 'bid_added', as: 'same' },
  bid_pulled: { from: 'ask_pulled', as: 'same' },
  ask_pulled: { from: 'bid_pulled', as: 'same' },
  bid_wall_pulled: { from: 'ask_wall_pulled', as: 'same' },
  ask_wall_pulled: { from: 'bid_wall_pulled', as: 'same' },
};

export function mirroredDay(day: SecondDay, seed: number): SecondDay {
  return mirroredBy(day, seededCoin(day, seed));
}

/** Columns that no turn changes are those of the day. */
export function mirroredBy(day: SecondDay, coin: Coin): SecondDay {
  const path = mirroredPath(day, coin);
  const bars = turnedCells(day.bar, BAR_CELLS, BAR_TURNS, path);
  const others: Partial<Record<SignalCell, Series>> = {
    quote_total: turnedQuote(day, path),
    cvd: summed(bars('vol_delta')),
    trades_missing_ms: withRestarts(day.signal('trades_missing_ms'), path),
  };
  const signals = turnedCells(day.signal, SIGNAL_CELLS, SIGNAL_TURNS, path);
  const cells: SecondCells = { bar: bars, signal: (name) => others[name] ?? signals(name) };
  const gap = day.gap.map((code, row) => (restartsAt(path, row) ? GAP_OUTAGE : code));
  return { ...day, ...cells, gap, ...dayEvents({ ...day, ...cells }) };
}

function turnedCells<Name extends string>(
  series: SeriesByName<Name>,
  names: readonly Name[],
  turns: Readonly<Partial<Record<Name, Turn<Name>>>>,
  { turned, offset }: MirroredPath,
): SeriesByName<Name> {
  const made = new Map<Name, Series>();
  for (const name of names) {
    const turn = turns[name];
    if (turn === undefined) continue;
    const [kept, partner] = [series(name), series(turn.from)];
    const whole = 10 ** Math.max(kept.decimals, partner.decimals);
    const addends: Readonly<Record<Turn<Name>['as'], (minute: number) => number>> = {
      same: () => 0,
      negative: () => 0,
      path: (minute) => offset[minute] ?? 0,
      share: (minute) => whole * (turned[minute] ?? 0),
    };
    const sign = turn.as === 'same' ? 1 : -1;
    made.set(name, turnedSeries({ kept, partner, sign, turned, addend: addends[turn.as] }));
  }
  return (name) => made.get(name) ?? series(name);
}

/** Σ price·quantity, where each price became sign·price + offset. */
function turnedQuote({ bar, signal }: SecondDay, { turned, offset }: MirroredPath): Series {
  const [quote, volume] = [signal('quote_total'), bar('vol_total')];
  const priceDecimals = bar('close').decimals;
  const decimals = Math.max(quote.decimals, volume.decimals + priceDecimals);
  const quoteFactor = powerOfTen(decimals - quote.decimals);
  const volumeFactor = powerOfTen(decimals - volume.decimals - priceDecimals);
  const cells = Array.from({ length: quote.length }, (_, row) => {
    const minute = Math.floor(row / MINUTE_ROWS);
    const [own, traded] = [quote.at(row), volume.at(row)];
    if (own === undefined || traded === undefined) return undefined;
    const shifted = traded * volumeFactor * BigInt(offset[minute] ?? 0);
    return (turned[minute] === 1 ? -own : own) * quoteFactor + shifted;
  });
  return seriesOfCells(cells, decimals);
}

/** The running delta of the day. */
function summed(delta: Series): Series {
  let sum = 0n;
  const cells = Array.from({ length: delta.length }, (_, row) => (sum += delta.at(row) ?? 0n));
  return seriesOfCells(cells, delta.decimals);
}

function withRestarts(missing: Series, path: MirroredPath): Series {
  if (!path.restarted.includes(1)) return missing;
  const cells = missing.widenedTo(0).map((cell, row) => (restartsAt(path, row) ? 1n : cell));
  return seriesOfCells(cells, 0);
}

/** The gap is the first second of the minute. */
function restartsAt({ restarted }: MirroredPath, row: number): boolean {
  return row % MINUTE_ROWS === 0 && restarted[row / MINUTE_ROWS] === 1;
}
