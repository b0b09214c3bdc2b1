/**
 * HOT. Folds trades and snapshots into a StepGrid: every snapshot is compared with the one before it, and
 * with the trades between them. Late runs play no part. Bench: fold; oracle: test/core/step.
 */
import { FIVE, LEVELS_MAX } from '../event/depth-rows.js';
import { TAKER_SELL } from '../event/trade-rows.js';
import type { DepthRun, TradeRun, TwoStreamFold } from '../fold/fold.js';
import { RowCollector } from '../fold/row-collector.js';
import type { TimeRange } from '../unit/utc-date.js';
import { plainChange } from './plain-step.js';
import { SideChange } from './side-change.js';
import { ASK_SIGN, BID_SIGN, SideQuantities, SAFE_TOTAL } from './side-quantities.js';
import { Snapshot } from './snapshot.js';
import { StepGrid } from './step-grid.js';

/** The longest step. */
export const STEP_MS_MAX = 1_000;

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
  private readonly bidChange = new SideChange();
  private readonly askChange = new SideChange();

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
      trades.append(price, quantity, row, row + 1, this.scales);
    }
  }

  private addStep(before: Snapshot, after: Snapshot): void {
    const { grid, bidTrades, askTrades, bidChange, askChange } = this;
    const bar = grid.barOf(after.timeMs);
    const levels = Math.min(before.levels, after.levels);
    const bidTotal = before.bids.total + after.bids.total + bidTrades.total;
    const askTotal = before.asks.total + after.asks.total + askTrades.total;
    if (bidTotal + askTotal <= SAFE_TOTAL) {
      bidChange.take(before.bids, after.bids, bidTrades, levels);
      askChange.take(before.asks, after.asks, askTrades, levels);
      grid.flowL1.add(bar, bidChange.flowL1 - askChange.flowL1);
      grid.flowL5.add(bar, bidChange.flowL5 - askChange.flowL5);
      grid.bids.add(bar, bidChange);
      grid.asks.add(bar, askChange);
    } else {
      const bids = plainChange(before.bids, after.bids, bidTrades, levels);
      const asks = plainChange(before.asks, after.asks, askTrades, levels);
      grid.flowL1.addWide(bar, bids.flowL1 - asks.flowL1);
      grid.flowL5.addWide(bar, bids.flowL5 - asks.flowL5);
      grid.bids.addWide(bar, bids);
      grid.asks.addWide(bar, asks);
    }
    grid.stepCount[bar] = (grid.stepCount[bar] ?? 0) + 1;
    if (levels >= FIVE) grid.fiveCount[bar] = (grid.fiveCount[bar] ?? 0) + 1;
    if (levels === LEVELS_MAX) grid.fullCount[bar] = (grid.fullCount[bar] ?? 0) + 1;
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
