/** The patterns of single rows and of windows of some rows (docs/SIGNALS.md). */
import type { PatternName } from '../column/pattern-table.js';
import type { DayCells, SignalCells } from './day-cells.js';
import type { KnownRows } from './known-rows.js';
import type { Pattern, Rule } from './pattern.js';
import { type Condition, hasSign, isNotNegative, isThere, textAt } from './condition.js';
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
    name: 'bid',
    added: 'bid_added',
    pulled: 'bid_pulled',
    quantity: 'bid_qty_l20',
    least: 'bid_qty_l20_min',
    wallPulled: 'bid_wall_pulled',
    hitBy: 'vol_sell',
  },
  ask: {
    name: 'ask',
    added: 'ask_added',
    pulled: 'ask_pulled',
    quantity: 'ask_qty_l20',
    least: 'ask_qty_l20_min',
    wallPulled: 'ask_wall_pulled',
    hitBy: 'vol_buy',
  },
} as const;
type Side = (typeof SIDES)[keyof typeof SIDES];

/** Who presses, by the sign of the delta. */
const WHO = { 1: 'buyers', [-1]: 'sellers' } as const;
const PRESSURE = 'and hard: abs D';

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
  const rule = ({ name, added, pulled, hitBy }: Side, pressedSign: 1 | -1): Rule => {
    const refill = sumOf([
      { of: cells.signal(added), sign: 1, count: WINDOW_ROWS },
      { of: cells.signal(pulled), sign: -1, count: WINDOW_ROWS },
      { of: cells.bar(hitBy), sign: -1, count: WINDOW_ROWS },
    ]);
    const pressed = hasSign(
      `${WHO[pressedSign]} press: D, Σ vol_delta of 15 rows`,
      delta,
      pressedSign,
    );
    const held = hold.kept('the price holds: abs M, twice the move of the mid over 15 rows');
    const refilled = `${name}s refill: Σ (${added} − ${pulled}) − Σ ${hitBy} of 15 rows`;
    return {
      event: [pressed, pressure.reached(PRESSURE), held, isNotNegative(refilled, refill)],
      control: [pressed, pressure.there(PRESSURE), held, isThere(refilled, refill)],
      fromRow: (row) => row - WINDOW_ROWS + 1,
      measured: (row) => pressure.measured(row),
    };
  };
  return pattern('absorption', rule(SIDES.bid, -1), rule(SIDES.ask, 1));
}

/** Aggressors press towards a thin side, and the price goes no further. `pressedSign`: 1 for buyers. */
function exhaustion(
  { cells, known, delta, pressure }: Windows,
  { name, quantity }: Side,
  pressedSign: 1 | -1,
): Rule {
  const { price } = known;
  const thin = quantileOf(cells.signal(quantity).where(known.marks), 25, HOUR_BEFORE);
  const thinly = `${name}s are thin: ${quantity}`;
  const ran: Condition = {
    says: `the price ${pressedSign > 0 ? 'rose' : 'fell'}: r 5 rows before, and r 15 rows before`,
    holds: (row) => price.compare(row - STOPPED_ROWS, row - WINDOW_ROWS) === pressedSign,
    shown: (row) => ({
      value: textAt(price, row - STOPPED_ROWS),
      relation: pressedSign > 0 ? '>' : '<',
      threshold: textAt(price, row - WINDOW_ROWS),
    }),
  };
  const stopped: Condition = {
    says: 'and stopped: r, and r 5 rows before',
    holds: (row) => price.compare(row, row - STOPPED_ROWS) * pressedSign <= 0,
    shown: (row) => ({
      value: textAt(price, row),
      relation: pressedSign > 0 ? '≤' : '≥',
      threshold: textAt(price, row - STOPPED_ROWS),
    }),
  };
  return {
    event: [
      hasSign(`${WHO[pressedSign]} press: D, Σ vol_delta of 15 rows`, delta, pressedSign),
      pressure.reached(PRESSURE),
      thin.kept(thinly),
      ran,
      stopped,
    ],
    control: [pressure.there(PRESSURE), thin.there(thinly), ran, stopped],
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
    holds: (quantile: ExactQuantile, says: string) => Condition,
  ): Rule => {
    const [ofDeep, ofBest] = [deep(percent), best(percent)];
    const [says, saysBest] = ['S, Σ imbalance_l20 of 5 rows', 'Σ imbalance_l1 of 5 rows'];
    return {
      event: [holds(ofDeep, says)],
      control: [holds(ofBest, saysBest), ofDeep.there(says)],
      fromRow: (row) => row - IMBALANCE_ROWS + 1,
      measured: (row) => ofDeep.measured(row),
    };
  };
  return pattern(
    'imbalance',
    rule(99, (quantile, says) => quantile.reached(`bids outweigh asks: ${says}`)),
    rule(1, (quantile, says) => quantile.kept(`asks outweigh bids: ${says}`)),
  );
}

/** A side loses far more than it gains, and little of it is left. */
function vacuum(
  signal: SignalCells,
  { marks }: KnownRows,
  { name, added, pulled, least }: Side,
): Rule {
  const net = sumOf([
    { of: signal(pulled), sign: 1 },
    { of: signal(added), sign: -1 },
  ]).where(marks);
  const gone = quantileOf(net, 99, HOUR_BEFORE);
  const left = quantileOf(signal(least).where(marks), 10, HOUR_BEFORE);
  const vanish = `${name}s vanish: N, ${pulled} − ${added}`;
  const few = left.kept(`few are left: ${least}`);
  return {
    event: [gone.reached(vanish), hasSign(vanish, net, 1), few],
    control: [few, gone.there(vanish)],
    fromRow: (row) => row,
    measured: (row) => gone.measured(row),
  };
}

/** A wall is pulled. */
function wallPulled(signal: SignalCells, { marks }: KnownRows, side: Side): Rule {
  const [wall, all] = [signal(side.wallPulled).where(marks), signal(side.pulled).where(marks)];
  const [ofWall, ofAll] = [quantileOf(wall, 99, HOUR_BEFORE), quantileOf(all, 99, HOUR_BEFORE)];
  const much = `much is pulled of ${side.name} walls: ${side.wallPulled}`;
  const any = `much is pulled of ${side.name}s: ${side.pulled}`;
  return {
    event: [ofWall.reached(much), hasSign(side.wallPulled, wall, 1)],
    control: [ofAll.reached(any), hasSign(side.pulled, all, 1), ofWall.there(side.wallPulled)],
    fromRow: (row) => row,
    measured: (row) => ofWall.measured(row),
  };
}
