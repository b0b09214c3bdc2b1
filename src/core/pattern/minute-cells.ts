/** The minutes of a day, made from its rows: volumes, the running delta, and the highest and lowest prices. */
import { powerOfTen } from '../unit/decimal.js';
import { DAY_MINUTES } from '../unit/utc-date.js';
import type { DayCells } from './day-cells.js';
import type { KnownRows } from './known-rows.js';
import { blockSums, type Series } from '../series/series.js';

export const MINUTE_ROWS = 60;

/** By minute; undefined: none. */
type Prices = readonly (bigint | undefined)[];

export interface MinuteCells {
  /** 1: all rows of the minute are known. */
  readonly marks: Uint8Array;
  /** Sums over the rows. */
  readonly volume: Series;
  readonly delta: Series;
  readonly takerOrders: Series;
  /** By row, not by minute: Σ delta of the day up to the end of the row. */
  readonly cvd: Series;
  /** Of the rows with trades; the last price where there are none. At one scale. */
  readonly highs: Prices;
  readonly lows: Prices;
  readonly priceDecimals: number;
}

export function minuteCells({ bar, signal }: DayCells, known: KnownRows): MinuteCells {
  const priceDecimals = Math.max(
    ...[bar('high'), bar('low'), bar('close')].map(({ decimals }) => decimals),
  );
  return {
    marks: Uint8Array.from({ length: DAY_MINUTES }, (_, minute) =>
      known.areKnown(lastRowOf(minute), MINUTE_ROWS) ? 1 : 0,
    ),
    volume: blockSums(bar('vol_total'), MINUTE_ROWS),
    delta: blockSums(bar('vol_delta'), MINUTE_ROWS),
    takerOrders: blockSums(signal('taker_orders'), MINUTE_ROWS),
    cvd: signal('cvd'),
    highs: extremes(1, bar, priceDecimals),
    lows: extremes(-1, bar, priceDecimals),
    priceDecimals,
  };
}

export function lastRowOf(minute: number): number {
  return minute * MINUTE_ROWS + MINUTE_ROWS - 1;
}

/** The most extreme cell of each minute: the highest for sign 1, the lowest for sign -1. */
function extremes(sign: 1 | -1, bar: DayCells['bar'], decimals: number): Prices {
  const [of, close, tradeCount] = [
    bar(sign === 1 ? 'high' : 'low'),
    bar('close'),
    bar('trade_count'),
  ];
  return Array.from({ length: DAY_MINUTES }, (_, minute) => {
    const last = lastRowOf(minute);
    let best: number | undefined;
    for (let row = last - MINUTE_ROWS + 1; row <= last; row++) {
      if (tradeCount.sign(row) === 0) continue;
      if (best === undefined || of.compare(row, best) === sign) best = row;
    }
    const [source, row] = best === undefined ? [close, last] : [of, best];
    const cell = source.at(row);
    return cell === undefined ? undefined : cell * powerOfTen(decimals - source.decimals);
  });
}
