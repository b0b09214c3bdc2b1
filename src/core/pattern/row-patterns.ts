/** The patterns of single rows and of windows of some rows (docs/SIGNALS.md). */
import type { PatternName } from '../column/pattern-table.js';
import type { DayCells, SignalCells } from './day-cells.js';
import type { KnownRows } from './known-rows.js';
import type { Pattern, Rule } from './pattern.js';
import { type ExactQuantile, quantileOf, quantilesOf } from './quantile.js';
import { type Series, sumOf } from '../series/series.js';
import { HOUR_BEFORE } from './trailing-quantiles.js';

/** Rows of the window of D and M, and those in which a rise has stopped. */
const WINDOW_ROWS = 15;
const STOPPED_ROWS = 5;
/** Rows of the window of S. */
const IMBALANCE_ROWS = 5;
const QUIET_ROWS = 60;

/** The names of the columns of each side of the book, and the volume of those who trade against it. */
const SIDES = {
  bid: {
    added: 'bid_added',
    pulled: 'bid_pulled',
    quantity: 'bid_qty_l20',
    least: 'bid_qty_l20_min',
    wallPulled: 'bid_wall_pulled',
    hitBy: 'vol_sell',
  },
  ask: {
    added: 'ask_added',
    pulled: 'ask_pulled',
    quantity: 'ask_qty_l20',
    least: 'ask_qty_l20_min',
    wallPulled: 'ask_wall_pulled',
    hitBy: 'vol_buy',
  },
} as const;
type Side = (typeof SIDES)[keyof typeof SIDES];

/** What rules share. `delta` and `move` have values where the window is known. */
interface Windows {
  readonly cells: DayCells;
  readonly known: KnownRows;
  readonly windowMarks: Uint8Array;
  readonly delta: Series;
  readonly pressure: ExactQuantile;
}

export function rowPatterns(cells: DayCells, known: KnownRows): Pattern[] {
  const windowMarks = known.windowMarks(WINDOW_ROWS);
  const deltas = sumOf([{ of: cells.bar('vol_delta'), sign: 1, count: WINDOW_ROWS }]);
  const delta = deltas.where(windowMarks);
  const pressure = quantileOf(delta.size(), 95, HOUR_BEFORE);
  const windows = { cells, known, windowMarks, delta, pressure };
  const { signal } = cells;
  return [
    absorption(windows),
    pattern('exhaustion', exhaustion(windows, SIDES.bid, -1), exhaustion(windows, SIDES.ask, 1)),
    imbalance(cells, known),
    pattern('liquidity_vacuum', vacuum(signal, known, SIDES.ask), vacuum(signal, known, SIDES.bid)),
    pattern(
      'wall_pulled',
      wallPulled(signal, known, SIDES.ask),
      wallPulled(signal, known, SIDES.bid),
    ),
  ];
}

function pattern(name: PatternName, up: Rule, down: Rule): Pattern {
  return { name, stepRows: 1, quietSteps: QUIET_ROWS, up, down };
}

/** Aggressors press on a side, the price holds, and the side fills up again. */
function absorption({ cells, known, windowMarks, delta, pressure }: Windows): Pattern {
  const moves = sumOf([
    { of: known.price, sign: 1 },
    { of: known.price, sign: -1, back: WINDOW_ROWS },
  ]);
  const hold = quantileOf(moves.where(windowMarks).size(), 25, HOUR_BEFORE);
  const rule = ({ added, pulled, hitBy }: Side, pressedSign: number): Rule => {
    const refill = sumOf([
      { of: cells.signal(added), sign: 1, count: WINDOW_ROWS },
      { of: cells.signal(pulled), sign: -1, count: WINDOW_ROWS },
      { of: cells.bar(hitBy), sign: -1, count: WINDOW_ROWS },
    ]);
    const isControl = (row: number): boolean =>
      delta.sign(row) === pressedSign &&
      hold.isKept(row) &&
      pressure.isThere(row) &&
      refill.has(row);
    return {
      isControl,
      isEvent: (row) => pressure.isReached(row) && refill.sign(row) >= 0 && isControl(row),
      fromRow: (row) => row - WINDOW_ROWS + 1,
      measured: (row) => pressure.measured(row),
    };
  };
  return pattern('absorption', rule(SIDES.bid, -1), rule(SIDES.ask, 1));
}

/** Aggressors press towards a thin side, and the price goes no further. `pressedSign`: 1 for buyers. */
function exhaustion(
  { cells, known, delta, pressure }: Windows,
  { quantity }: Side,
  pressedSign: number,
): Rule {
  const { price } = known;
  const thin = quantileOf(cells.signal(quantity).where(known.marks), 25, HOUR_BEFORE);
  const isControl = (row: number): boolean =>
    pressure.isThere(row) &&
    thin.isThere(row) &&
    price.compare(row - STOPPED_ROWS, row - WINDOW_ROWS) === pressedSign &&
    price.compare(row, row - STOPPED_ROWS) * pressedSign <= 0;
  return {
    isControl,
    isEvent: (row) =>
      delta.sign(row) === pressedSign &&
      pressure.isReached(row) &&
      thin.isKept(row) &&
      isControl(row),
    fromRow: (row) => row - WINDOW_ROWS + 1,
    measured: (row) => pressure.measured(row),
  };
}

/** One side outweighs the other for some seconds. */
function imbalance({ bar, signal }: DayCells, known: KnownRows): Pattern {
  const marks = known.windowMarks(IMBALANCE_ROWS);
  const quantiles = (of: Series): ((percent: number) => ExactQuantile) => {
    const sums = sumOf([{ of, sign: 1, count: IMBALANCE_ROWS }]);
    return quantilesOf(sums.where(marks), [1, 99], HOUR_BEFORE);
  };
  const [deep, best] = [quantiles(bar('imbalance_l20')), quantiles(signal('imbalance_l1'))];
  const rule = (
    percent: number,
    holds: (quantile: ExactQuantile, row: number) => boolean,
  ): Rule => {
    const [ofDeep, ofBest] = [deep(percent), best(percent)];
    return {
      isControl: (row) => holds(ofBest, row) && ofDeep.isThere(row),
      isEvent: (row) => holds(ofDeep, row),
      fromRow: (row) => row - IMBALANCE_ROWS + 1,
      measured: (row) => ofDeep.measured(row),
    };
  };
  return pattern(
    'imbalance',
    rule(99, (quantile, row) => quantile.isReached(row)),
    rule(1, (quantile, row) => quantile.isKept(row)),
  );
}

/** A side loses far more than it gains, and little of it is left. */
function vacuum(signal: SignalCells, { marks }: KnownRows, { added, pulled, least }: Side): Rule {
  const net = sumOf([
    { of: signal(pulled), sign: 1 },
    { of: signal(added), sign: -1 },
  ]).where(marks);
  const gone = quantileOf(net, 99, HOUR_BEFORE);
  const left = quantileOf(signal(least).where(marks), 10, HOUR_BEFORE);
  return {
    isControl: (row) => left.isKept(row) && gone.isThere(row),
    isEvent: (row) => gone.isReached(row) && net.sign(row) > 0 && left.isKept(row),
    fromRow: (row) => row,
    measured: (row) => gone.measured(row),
  };
}

/** A wall is pulled. */
function wallPulled(signal: SignalCells, { marks }: KnownRows, side: Side): Rule {
  const [wall, all] = [signal(side.wallPulled).where(marks), signal(side.pulled).where(marks)];
  const [ofWall, ofAll] = [quantileOf(wall, 99, HOUR_BEFORE), quantileOf(all, 99, HOUR_BEFORE)];
  return {
    isControl: (row) => ofAll.isReached(row) && all.sign(row) > 0 && ofWall.isThere(row),
    isEvent: (row) => ofWall.isReached(row) && wall.sign(row) > 0,
    fromRow: (row) => row,
    measured: (row) => ofWall.measured(row),
  };
}
