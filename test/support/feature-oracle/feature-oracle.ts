/**
 * The slow second implementation of every feature, by the words of the documents: plain loops over the seconds of a
 * window. It shares no code with the product.
 */
import type { OracleDay } from './oracle-day.js';

const windows = [1, 5, 15, 60];
const shortWindows = [1, 5, 15];
const sides = ['bid', 'ask'];
const minutePatterns = ['divergence', 'retail_fomo', 'whale'];
const rowPatterns = ['absorption', 'exhaustion', 'imbalance', 'liquidity_vacuum', 'wall_pulled'];

/** By name; NaN: null. `before`: the day before; the look-back must be there. */
export function oracleFeatures(
  before: OracleDay | undefined,
  day: OracleDay,
  minute: number,
): Map<string, number> {
  const window: WindowOf = (minutes) => (name) => {
    const end = (minute + 1) * 60;
    const from = end - minutes * 60;
    const cells = day.column(name).slice(Math.max(0, from), end);
    if (from >= 0) return cells;
    if (before === undefined) throw new RangeError('the look-back is not there');
    return [...before.column(name).slice(from), ...cells];
  };
  const angle = (2 * Math.PI * minute) / 1_440;
  return new Map([
    ...windows.flatMap((minutes) => priceFeatures(minutes, window(minutes))),
    ...windows.flatMap((minutes) => flowFeatures(minutes, window(minutes), window(60))),
    ...windows.flatMap((minutes) => bookFeatures(minutes, window(minutes), window(60))),
    ...lastFeatures(window(1)),
    ...[5, 15, 60].flatMap((minutes) => patternFeatures(minutes, before, day, minute)),
    ['minute_sine', Math.sin(angle)] as const,
    ['minute_cosine', Math.cos(angle)] as const,
  ]);
}

type Cells = (name: string) => readonly number[];
type WindowOf = (minutes: number) => Cells;
type Named = readonly [string, number];

function priceFeatures(minutes: number, cells: Cells): Named[] {
  const traded = tradedRows(cells);
  const of = (name: string): number[] => traded.map((row) => cells(name)[row] ?? Number.NaN);
  const [opens, closes, highs, lows] = [of('open'), of('close'), of('high'), of('low')];
  const [open, close] = [opens[0] ?? Number.NaN, closes.at(-1) ?? Number.NaN];
  let squares = 0;
  for (let at = 1; at < closes.length; at++) {
    squares += ((closes[at] ?? 0) / (closes[at - 1] ?? 0) - 1) ** 2;
  }
  const [high, low] = [Math.max(...highs), Math.min(...lows)];
  const vwap = total(cells('quote_total')) / total(cells('vol_total'));
  return [
    [`return_${minutes}m`, (close / open - 1) * 10_000],
    [
      `realised_volatility_${minutes}m`,
      closes.length < 2 ? Number.NaN : Math.sqrt(squares) * 10_000,
    ],
    [
      `range_position_${minutes}m`,
      high > low ? (2 * (close - low)) / (high - low) - 1 : Number.NaN,
    ],
    [`vwap_distance_${minutes}m`, (close / vwap - 1) * 10_000],
  ];
}

function tradedRows(cells: Cells): number[] {
  return cells('trade_count').flatMap((count, row) => (count > 0 ? [row] : []));
}

function flowFeatures(minutes: number, cells: Cells, hour: Cells): Named[] {
  const volume = total(cells('vol_total'));
  const share = (part: number): number => (volume > 0 ? part / volume : Number.NaN);
  const orders = (of: Cells): number => total(of('taker_orders'));
  const size = (of: Cells): number => total(of('vol_total')) / orders(of);
  const short: Named[] = [
    [`order_rate_${minutes}m`, orders(cells) / minutes / (orders(hour) / 60)],
    [`order_size_${minutes}m`, size(cells) / size(hour)],
  ];
  const slope: Named[] = [
    [`cvd_slope_${minutes}m`, cvdSlope(minutes, cells('vol_delta')) / (volume / minutes)],
  ];
  return [
    [`delta_share_${minutes}m`, share(total(cells('vol_delta')))],
    [`large_share_${minutes}m`, share(total(cells('large_buy')) + total(cells('large_sell')))],
    ...(shortWindows.includes(minutes) ? short : []),
    ...(minutes > 1 ? slope : []),
  ];
}

/** By the textbook: (n·Σxy − Σx·Σy) ÷ (n·Σx² − (Σx)²). */
function cvdSlope(minutes: number, deltas: readonly number[]): number {
  let [x, y, xx, xy, running] = [0, 0, 0, 0, 0];
  for (let at = 1; at <= minutes; at++) {
    running += total(deltas.slice((at - 1) * 60, at * 60));
    x += at;
    y += running;
    xx += at * at;
    xy += at * running;
  }
  return (minutes * xy - x * y) / (minutes * xx - x * x);
}

function bookFeatures(minutes: number, cells: Cells, hour: Cells): Named[] {
  const spreads = cells('avg_spread');
  const counts = cells('book_count').map((count, row) =>
    Number.isNaN(spreads[row]) ? Number.NaN : count,
  );
  const weighted = spreads.map((spread, row) => spread * (counts[row] ?? Number.NaN));
  const mid = (last(cells('bid_close')) + last(cells('ask_close'))) / 2;
  const depth = (side: string): number => mean(cells(`${side}_qty_l20`));
  return [
    [`spread_mean_${minutes}m`, (total(weighted) / total(counts) / mid) * 10_000],
    ...['l1', 'l5', 'l20'].map((level): Named => [
      `imbalance_${level}_mean_${minutes}m`,
      2 * mean(cells(`imbalance_${level}`)) - 1,
    ]),
    ...['ofi_l1', 'ofi_l5'].map((name): Named => [
      `${name}_${minutes}m`,
      total(cells(name)) / ((depth('bid') + depth('ask')) / 2),
    ]),
    ...sides.flatMap((side): Named[] => [
      ...(shortWindows.includes(minutes)
        ? [[`${side}_depth_${minutes}m`, depth(side) / mean(hour(`${side}_qty_l20`))] as const]
        : []),
      ...['added', 'pulled', 'wall_pulled'].map((flow): Named => [
        `${side}_${flow}_${minutes}m`,
        total(cells(`${side}_${flow}`)) / depth(side),
      ]),
    ]),
  ];
}

function lastFeatures(cells: Cells): Named[] {
  const [bid, ask] = [last(cells('bid_close')), last(cells('ask_close'))];
  return [
    ['spread_last', ((ask - bid) / ((ask + bid) / 2)) * 10_000],
    ...['l1', 'l5', 'l20'].map((level): Named => [
      `imbalance_${level}_last`,
      2 * last(cells(`imbalance_${level}`)) - 1,
    ]),
  ];
}

function patternFeatures(
  minutes: number,
  before: OracleDay | undefined,
  day: OracleDay,
  minute: number,
): Named[] {
  const span = Array.from({ length: minutes }, (_, at) => minute - at);
  const places = span.map((at) => (at < 0 ? { of: before, at: at + 1_440 } : { of: day, at }));
  return [...rowPatterns, ...minutePatterns].flatMap((pattern) => {
    const isJudged = places.every(({ of, at }) => of !== undefined && canHold(of, pattern, at));
    return ['down', 'up'].map((direction): Named => {
      let count = 0;
      for (const { of, at } of places) {
        for (const event of of?.events ?? []) {
          const isIn = event.second > at * 60 && event.second <= at * 60 + 60;
          if (isIn && event.pattern === pattern && event.direction === direction) count += 1;
        }
      }
      return [`events_${pattern}_${direction}_${minutes}m`, isJudged ? count : Number.NaN];
    });
  });
}

/** Enough known rows, or minutes, lie before the minute for a quantile. */
function canHold({ streams, knownSeconds }: OracleDay, pattern: string, minute: number): boolean {
  const span = (minutes: number): number[] =>
    knownSeconds.slice(Math.max(0, minute - minutes), minute);
  if (minutePatterns.includes(pattern))
    return span(240).filter((count) => count === 60).length >= 60;
  return streams === 'both' && span(60).reduce((sum, count) => sum + count, 0) >= 1_800;
}

function present(cells: readonly number[]): number[] {
  return cells.filter((cell) => !Number.isNaN(cell));
}

/** NaN where nothing is there. */
function total(cells: readonly number[]): number {
  const there = present(cells);
  return there.length === 0 ? Number.NaN : there.reduce((sum, cell) => sum + cell, 0);
}

function mean(cells: readonly number[]): number {
  return total(cells) / present(cells).length;
}

function last(cells: readonly number[]): number {
  return present(cells).at(-1) ?? Number.NaN;
}
