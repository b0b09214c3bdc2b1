/**
 * HOT. Folds trades and snapshots into a StepGrid: every snapshot is compared with the one before it, and
 * with the trades between them. Late runs play no part. Bench: fold; oracle: test/core/step.
 */
import { LEVELS_MAX } from '../event/depth-rows.js';
import { TAKER_SELL } from '../event/trade-rows.js';
import type { DepthRun, TradeRun, TwoStreamFold } from '../fold/fold.js';
import { RowCollector } from '../fold/row-collector.js';
import type { TimeRange } from '../unit/utc-date.js';
import { plainChange, plainFlow } from './plain-step.js';
import { SideChange, sideFlow } from './side-change.js';
import { ASK_SIGN, BID_SIGN, SideQuantities, TOTAL_MAX } from './side-quantities.js';
import { Snapshot } from './snapshot.js';
import { type SideSums, StepGrid } from './step-grid.js';

/** The longest step. */
export const STEP_MS_MAX = 1_000;

const FIVE = 5;

export class StepFold implements TwoStreamFold<StepGrid> {
  readonly streams = 'both' as const;
  private readonly grid: StepGrid;
  /** Scales of all that is kept; raised when a value has more decimals. */
  private scales = { priceDecimals: 0, quantityDecimals: 0 };
  /** The first snapshot and the trades before it, for the merge with the stretch before. */
  private readonly head = new RowCollector();
  /** No snapshot before the head's first trade makes a step with one after this time. */
  private headEndMs = Number.NaN;
  private hasSnapshot = false;
  /** The last snapshot, and the trades since then that hit each side. */
  private before = new Snapshot();
  private bidTrades = new SideQuantities(BID_SIGN);
  private askTrades = new SideQuantities(ASK_SIGN);
  /** Kept, so that a snapshot allocates nothing. */
  private spare = new Snapshot();
  private readonly change = new SideChange();

  constructor(range: TimeRange, barMs: number) {
    this.grid = new StepGrid(range.fromMs, barMs, (range.toMs - range.fromMs) / barMs);
  }

  takeTrades(run: TradeRun): void {
    if (run.late) return;
    if (!this.hasSnapshot) this.takeHead(run);
    else this.takeSince(run);
  }

  takeDepth({ rows, from, to, late }: DepthRun): void {
    if (late) return;
    const { grid } = this;
    grid.assertHolds(rows.timeMs[from] ?? Number.NaN);
    grid.assertHolds(rows.timeMs[to - 1] ?? Number.NaN);
    this.raise(rows.bidPrice.decimals, rows.bidQuantity.decimals);
    for (let row = from; row < to; row++) {
      const after = this.spare;
      const { before } = this;
      after.take(rows, row, this.scales);
      if (!this.hasSnapshot) {
        this.hasSnapshot = true;
        this.head.takeDepth({ rows, from: row, to: row + 1, late });
      } else if (after.timeMs - before.timeMs <= STEP_MS_MAX) {
        this.addStep(before, after);
      }
      this.bidTrades.clear();
      this.askTrades.clear();
      this.spare = before;
      this.before = after;
    }
  }

  merge(next: this): void {
    const { head } = next;
    for (const rows of head.trades) this.takeTrades({ rows, from: 0, to: rows.count, late: false });
    for (const rows of head.depth) this.takeDepth({ rows, from: 0, to: rows.count, late: false });
    if (next.hasSnapshot) {
      next.raise(this.scales.priceDecimals, this.scales.quantityDecimals);
      this.raise(next.scales.priceDecimals, next.scales.quantityDecimals);
      this.before = next.before;
      this.bidTrades = next.bidTrades;
      this.askTrades = next.askTrades;
    }
    this.grid.absorb(next.grid);
  }

  finish(): StepGrid {
    return this.grid;
  }

  private takeHead({ rows, from, to, late }: TradeRun): void {
    const { timeMs } = rows;
    if (Number.isNaN(this.headEndMs)) this.headEndMs = (timeMs[from] ?? 0) + STEP_MS_MAX;
    let end = from;
    while (end < to && (timeMs[end] ?? 0) <= this.headEndMs) end += 1;
    if (end > from) this.head.takeTrades({ rows, from, to: end, late });
  }

  /** Keeps the trades that a step from the last snapshot can reach. */
  private takeSince({ rows, from, to }: TradeRun): void {
    const { timeMs, price, quantity, takerSide } = rows;
    const { bidTrades, askTrades } = this;
    this.raise(price.decimals, quantity.decimals);
    const lastMs = this.before.timeMs + STEP_MS_MAX;
    for (let row = from; row < to && (timeMs[row] ?? 0) <= lastMs; row++) {
      const trades = takerSide[row] === TAKER_SELL ? bidTrades : askTrades;
      trades.append(price, quantity, { from: row, to: row + 1 }, this.scales);
    }
  }

  private addStep(before: Snapshot, after: Snapshot): void {
    const { grid, bidTrades, askTrades } = this;
    const bar = grid.barOf(after.timeMs);
    const levels = Math.min(before.levels, after.levels);
    const isFive = levels >= FIVE;
    const isFull = levels === LEVELS_MAX;
    const bidTotal = before.bids.total + after.bids.total + bidTrades.total;
    const askTotal = before.asks.total + after.asks.total + askTrades.total;
    if (bidTotal + askTotal <= TOTAL_MAX) {
      const { bids, asks } = before;
      grid.flowL1.add(bar, sideFlow(bids, after.bids, 1) - sideFlow(asks, after.asks, 1));
      if (isFive) {
        grid.flowL5.add(bar, sideFlow(bids, after.bids, FIVE) - sideFlow(asks, after.asks, FIVE));
      }
      this.change.take(bids, after.bids, bidTrades, isFull);
      this.addChange(grid.bids, bar);
      this.change.take(asks, after.asks, askTrades, isFull);
      this.addChange(grid.asks, bar);
    } else {
      this.addPlainStep(before, after, bar, levels);
    }
    grid.stepCount[bar] = (grid.stepCount[bar] ?? 0) + 1;
    if (isFive) grid.fiveCount[bar] = (grid.fiveCount[bar] ?? 0) + 1;
    if (isFull) grid.fullCount[bar] = (grid.fullCount[bar] ?? 0) + 1;
  }

  private addChange(sums: SideSums, bar: number): void {
    const { added, pulled, wallPulled } = this.change;
    if (added !== 0) sums.added.add(bar, added);
    if (pulled !== 0) sums.pulled.add(bar, pulled);
    if (wallPulled !== 0) sums.wallPulled.add(bar, wallPulled);
  }

  private addPlainStep(before: Snapshot, after: Snapshot, bar: number, levels: number): void {
    const { grid, bidTrades, askTrades } = this;
    const { bids, asks } = before;
    const flow = (count: number): bigint =>
      plainFlow(bids, after.bids, count) - plainFlow(asks, after.asks, count);
    grid.flowL1.addWide(bar, flow(1));
    if (levels >= FIVE) grid.flowL5.addWide(bar, flow(FIVE));
    const isFull = levels === LEVELS_MAX;
    for (const [sums, change] of [
      [grid.bids, plainChange(bids, after.bids, bidTrades, isFull)],
      [grid.asks, plainChange(asks, after.asks, askTrades, isFull)],
    ] satisfies [SideSums, unknown][]) {
      sums.added.addWide(bar, change.added);
      sums.pulled.addWide(bar, change.pulled);
      sums.wallPulled.addWide(bar, change.wallPulled);
    }
  }

  /** Brings all that is kept to scales of at least these decimals. */
  private raise(priceDecimals: number, quantityDecimals: number): void {
    const byPrice = Math.max(0, priceDecimals - this.scales.priceDecimals);
    const byQuantity = Math.max(0, quantityDecimals - this.scales.quantityDecimals);
    if (byPrice === 0 && byQuantity === 0) return;
    this.scales.priceDecimals += byPrice;
    this.scales.quantityDecimals += byQuantity;
    for (const kept of [this.before, this.bidTrades, this.askTrades]) {
      kept.raise(byPrice, byQuantity);
    }
    this.grid.raiseQuantity(quantityDecimals);
  }
}
