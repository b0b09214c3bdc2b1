/** The oracle's cells of a bar that come from snapshots and from the steps between them. */
import type { DepthRow } from '../oracle/chunk.js';
import { oneE18, plainText, roundHalfUp } from '../oracle/decimal.js';
import type { Level } from '../oracle/json-levels.js';
import { flowImbalanceE18, hasLevels, isFull, sideFlowOf } from './steps.js';
import type { Step } from './steps.js';
import { sumOf } from './trade-signals.js';

/** Of one bar. */
export interface BarBook {
  /** Every usable snapshot. */
  all: DepthRow[];
  /** Those that are not late, in Order. */
  inTime: DepthRow[];
  /** Those that end in the bar. */
  steps: Step[];
}

const scale = 18;
const oneE8 = 10n ** 8n;
const oneE9 = 10n ** 9n;

/** From book_count to ask_wall_pulled. */
export function bookCells({ all, inTime, steps }: BarBook): string[] {
  const full = all.filter(isFull);
  return [
    all.length.toString(),
    full.length.toString(),
    ...closeCells(inTime.at(-1)),
    all.length === 0 ? '' : plainText(largest(all.map(spreadE18)), scale),
    imbalanceCell(all, 1),
    imbalanceCell(all, 5),
    ...fullCells(full),
    ...stepCells(steps),
  ];
}

/** bid_close, ask_close, bid_qty_close, ask_qty_close. */
function closeCells(last: DepthRow | undefined): string[] {
  const [bid, ask] = [last?.bids[0], last?.asks[0]];
  if (bid === undefined || ask === undefined) return ['', '', '', ''];
  return [bid.priceE18, ask.priceE18, bid.quantityE18, ask.quantityE18].map((each) =>
    plainText(each, scale),
  );
}

/** Each snapshot's share of the bids to nine decimals, then the mean of these to eight. */
function imbalanceCell(snapshots: DepthRow[], levels: number): string {
  const deep = snapshots.filter((snapshot) => hasLevels(snapshot, levels));
  const ratiosE9 = deep.map(({ bids, asks }) => {
    const bidE18 = sideE18(bids.slice(0, levels));
    const askE18 = sideE18(asks.slice(0, levels));
    return roundHalfUp(bidE18 * oneE9, bidE18 + askE18);
  });
  return ratiosE9.length === 0 ? '' : meanCell(ratiosE9, oneE9);
}

/** From bid_qty_l20 to ask_span_l20. */
function fullCells(full: DepthRow[]): string[] {
  if (full.length === 0) return ['', '', '', '', '', ''];
  const bids = full.map((snapshot) => sideE18(snapshot.bids));
  const asks = full.map((snapshot) => sideE18(snapshot.asks));
  return [
    meanCell(bids, oneE18),
    meanCell(asks, oneE18),
    plainText(smallest(bids), scale),
    plainText(smallest(asks), scale),
    meanCell(
      full.map((snapshot) => -distanceE18(snapshot.bids)),
      oneE18,
    ),
    meanCell(
      full.map((snapshot) => distanceE18(snapshot.asks)),
      oneE18,
    ),
  ];
}

/** From ofi_l1 to ask_wall_pulled. */
function stepCells(steps: Step[]): string[] {
  const deep = steps.filter(({ from, to }) => hasLevels(from, 5) && hasLevels(to, 5));
  const full = steps.filter(({ from, to }) => isFull(from) && isFull(to));
  return [
    sumCell(steps, (step) => flowImbalanceE18(step, 0)),
    sumCell(deep, (step) => sumOf([0, 1, 2, 3, 4].map((level) => flowImbalanceE18(step, level)))),
    sumCell(steps, (step) => sideFlowOf(step, 'bids').added),
    sumCell(steps, (step) => sideFlowOf(step, 'bids').pulled),
    sumCell(steps, (step) => sideFlowOf(step, 'asks').added),
    sumCell(steps, (step) => sideFlowOf(step, 'asks').pulled),
    sumCell(full, (step) => sideFlowOf(step, 'bids').wallPulled),
    sumCell(full, (step) => sideFlowOf(step, 'asks').wallPulled),
  ];
}

function sumCell(steps: Step[], value: (step: Step) => bigint): string {
  return steps.length === 0 ? '' : plainText(sumOf(steps.map(value)), scale);
}

/** The mean of integers of a scale, half up to eight decimals. */
function meanCell(values: bigint[], one: bigint): string {
  return plainText(roundHalfUp(sumOf(values) * oneE8, one * BigInt(values.length)), 8);
}

function sideE18(levels: Level[]): bigint {
  return sumOf(levels.map(({ quantityE18 }) => quantityE18));
}

/** From the best to the last price, negative for bids. */
function distanceE18(levels: Level[]): bigint {
  return (levels.at(-1)?.priceE18 ?? 0n) - (levels[0]?.priceE18 ?? 0n);
}

function spreadE18({ bids, asks }: DepthRow): bigint {
  return (asks[0]?.priceE18 ?? 0n) - (bids[0]?.priceE18 ?? 0n);
}

function largest(values: bigint[]): bigint {
  return values.reduce((a, b) => (b > a ? b : a));
}

function smallest(values: bigint[]): bigint {
  return values.reduce((a, b) => (b < a ? b : a));
}
