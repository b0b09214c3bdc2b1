/**
 * HOT. What the others than the aggressors did to one side of the book from one snapshot to the next
 * (docs/SIGNALS.md), in doubles: totals of the snapshots and the trades add up to SAFE_TOTAL at most.
 * plain-step has the same in big integers. Bench: fold.
 */
import { FIVE, LEVELS_MAX } from '../event/depth-rows.js';
import type { SideQuantities } from './side-quantities.js';

export class SideChange {
  /** Σ quantity that came, that went untraded, and that went untraded of walls. */
  added = 0;
  pulled = 0;
  wallPulled = 0;
  /** Order-flow imbalance of the side at its best level, and over levels 1 to 5 where both snapshots have them. */
  flowL1 = 0;
  flowL5 = 0;
  /** Traded at the price of each level of the one snapshot, or else of the other; 0 between two steps. */
  private readonly tradedBefore = new Float64Array(LEVELS_MAX);
  private readonly tradedAfter = new Float64Array(LEVELS_MAX);

  /** `levels`: those that both sides of both snapshots have. */
  take(
    before: SideQuantities,
    after: SideQuantities,
    traded: SideQuantities,
    levels: number,
  ): void {
    this.added = 0;
    this.pulled = 0;
    this.wallPulled = 0;
    this.flowL1 = 0;
    this.flowL5 = 0;
    const isTraded = traded.count > 0;
    if (!isTraded && isUnchanged(before, after)) return;
    this.flowL1 = flowOf(before, after, 0, 1);
    if (levels >= FIVE) this.flowL5 = this.flowL1 + flowOf(before, after, 1, FIVE);
    if (isTraded) this.place(traded, before, after);
    this.compare(before, after, levels === LEVELS_MAX ? before.total : Number.POSITIVE_INFINITY);
    if (isTraded) {
      this.tradedBefore.fill(0);
      this.tradedAfter.fill(0);
    }
  }

  /** Adds the trades at prices of either snapshot to their level. */
  private place(traded: SideQuantities, before: SideQuantities, after: SideQuantities): void {
    const { tradedBefore, tradedAfter } = this;
    const { rank, quantity, count } = traded;
    for (let trade = 0; trade < count; trade++) {
      const at = rank[trade] ?? 0;
      const old = levelAt(before.rank, at);
      if (before.rank[old] === at) {
        tradedBefore[old] = (tradedBefore[old] ?? 0) + (quantity[trade] ?? 0);
        continue;
      }
      const young = levelAt(after.rank, at);
      if (after.rank[young] === at) {
        tradedAfter[young] = (tradedAfter[young] ?? 0) + (quantity[trade] ?? 0);
      }
    }
  }

  /** Walks both sides in order of price, through the range that both show. */
  private compare(before: SideQuantities, after: SideQuantities, wallTotal: number): void {
    const { tradedBefore, tradedAfter } = this;
    const oldRank = before.rank;
    const oldQuantity = before.quantity;
    const newRank = after.rank;
    const newQuantity = after.quantity;
    const worst = Math.min(oldRank[before.count - 1] ?? 0, newRank[after.count - 1] ?? 0);
    // Σ net and Σ |net|: no processor foresees the sign of the next one.
    let sum = 0;
    let gross = 0;
    let wallPulled = 0;
    let old = 0;
    let young = 0;
    for (;;) {
      const oldAt = oldRank[old] ?? 0;
      const newAt = newRank[young] ?? 0;
      if (oldAt > worst && newAt > worst) break;
      if (newAt < oldAt) {
        const came = (newQuantity[young] ?? 0) + (tradedAfter[young] ?? 0);
        sum += came;
        gross += came;
        young += 1;
        continue;
      }
      const held = oldQuantity[old] ?? 0;
      let net = (tradedBefore[old] ?? 0) - held;
      if (newAt === oldAt) {
        net += newQuantity[young] ?? 0;
        young += 1;
      }
      sum += net;
      gross += Math.abs(net);
      // A fifth of the side or more, and three fifths of it gone; the best level is no wall.
      if (5 * held >= wallTotal && -5 * net >= 3 * held && old > 0) wallPulled -= net;
      old += 1;
    }
    this.added = (gross + sum) / 2;
    this.pulled = (gross - sum) / 2;
    this.wallPulled = wallPulled;
  }
}

/** Order-flow imbalance over the levels `from` to `to` (end exclusive), which both snapshots have. */
function flowOf(before: SideQuantities, after: SideQuantities, from: number, to: number): number {
  let flow = 0;
  for (let level = from; level < to; level++) {
    const oldAt = before.rank[level] ?? 0;
    const newAt = after.rank[level] ?? 0;
    if (newAt <= oldAt) flow += after.quantity[level] ?? 0;
    if (newAt >= oldAt) flow -= before.quantity[level] ?? 0;
  }
  return flow;
}

function isUnchanged(before: SideQuantities, after: SideQuantities): boolean {
  const { count } = before;
  if (after.total !== before.total || after.count !== count) return false;
  for (let level = 0; level < count; level++) {
    if (before.quantity[level] !== after.quantity[level]) return false;
    if (before.rank[level] !== after.rank[level]) return false;
  }
  return true;
}

/** The first level at this rank or behind it; its number is the count of levels if there is none. */
function levelAt(ranks: Float64Array, at: number): number {
  let level = 0;
  while ((ranks[level] ?? 0) < at) level += 1;
  return level;
}
