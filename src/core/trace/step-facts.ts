/** What the steps of one bar did to the book, price by price (docs/SIGNALS.md), in big integers. */
import { FIVE, LEVELS_MAX } from '../event/depth-rows.js';
import { EXPLAINED_STEPS_MAX, Ends } from './ends.js';
import { sumOf } from './exact.js';
import { type KeptSnapshot, type KeptTrade, type Level, quantityOf } from './rows.js';

/** A price at which something changed or was traded. */
export interface StepPrice {
  readonly side: 'bid' | 'ask';
  readonly price: bigint;
  readonly before: bigint;
  readonly after: bigint;
  /** Σ quantity of the aggressors who hit the side here. */
  readonly traded: bigint;
  /** after − before + traded: added where it is above 0, pulled where it is below. */
  readonly net: bigint;
  /** What both windows could see; outside of it a price plays no part. */
  readonly common: boolean;
  readonly wall: 'held' | 'pulled' | undefined;
}

/** Of one side: Σ over its prices in the common range. */
interface SideChange {
  readonly prices: readonly StepPrice[];
  readonly added: bigint;
  readonly pulled: bigint;
  readonly wallPulled: bigint;
}

export interface Step {
  readonly before: KeptSnapshot;
  readonly after: KeptSnapshot;
  readonly trades: number;
  readonly bids: SideChange;
  readonly asks: SideChange;
  readonly ofiL1: bigint;
  /** Undefined unless both snapshots have 5 levels on both sides. */
  readonly ofiL5: bigint | undefined;
  /** Both snapshots are full, so walls count. */
  readonly full: boolean;
}

export class StepFacts {
  count = 0;
  five = 0;
  full = 0;
  readonly sums = {
    ofiL1: 0n,
    ofiL5: 0n,
    bidAdded: 0n,
    bidPulled: 0n,
    askAdded: 0n,
    askPulled: 0n,
    bidWallPulled: 0n,
    askWallPulled: 0n,
  };
  readonly steps: Ends<Step> = new Ends(EXPLAINED_STEPS_MAX);

  take(step: Step): void {
    const { sums } = this;
    this.count += 1;
    this.steps.push(step);
    sums.ofiL1 += step.ofiL1;
    sums.bidAdded += step.bids.added;
    sums.bidPulled += step.bids.pulled;
    sums.askAdded += step.asks.added;
    sums.askPulled += step.asks.pulled;
    if (step.ofiL5 !== undefined) {
      this.five += 1;
      sums.ofiL5 += step.ofiL5;
    }
    if (step.full) {
      this.full += 1;
      sums.bidWallPulled += step.bids.wallPulled;
      sums.askWallPulled += step.asks.wallPulled;
    }
  }
}

/** `trades`: those after the first snapshot's millisecond, up to that of the second. */
export function stepOf(
  before: KeptSnapshot,
  after: KeptSnapshot,
  trades: readonly KeptTrade[],
): Step {
  const levels = Math.min(
    ...[before, after].flatMap(({ bids, asks }) => [bids.length, asks.length]),
  );
  const full = levels === LEVELS_MAX;
  const ofi = (count: number): bigint => flowOf(before, after, count);
  return {
    before,
    after,
    trades: trades.length,
    bids: sideChange(
      'bid',
      [before.bids, after.bids],
      trades.filter(({ buys }) => !buys),
      full,
    ),
    asks: sideChange(
      'ask',
      [before.asks, after.asks],
      trades.filter(({ buys }) => buys),
      full,
    ),
    ofiL1: ofi(1),
    ofiL5: levels >= FIVE ? ofi(FIVE) : undefined,
    full,
  };
}

function sideChange(
  side: 'bid' | 'ask',
  [old, young]: readonly [old: readonly Level[], young: readonly Level[]],
  trades: readonly KeptTrade[],
  full: boolean,
): SideChange {
  // The better price of a side comes first: the higher bid, the lower ask.
  const isWorse = (one: bigint, two: bigint): boolean => (side === 'bid' ? one < two : one > two);
  const worst = [old, young].map((levels) => levels.at(-1)?.price ?? 0n);
  const total = quantityOf(old);
  const known = new Set([...old, ...young].map(({ price }) => price));
  const ordered = [...known].toSorted((one, two) => (isWorse(one, two) ? 1 : -1));
  const prices = ordered.map((price): StepPrice => {
    const held = quantityAt(old, price);
    const now = quantityAt(young, price);
    const traded = sumOf(trades.filter((one) => one.price === price).map((one) => one.quantity));
    const net = now - held + traded;
    const common = !worst.some((bound) => isWorse(price, bound));
    const isWall = full && price !== old[0]?.price && held > 0n && held * 5n >= total;
    const isPulled = common && -net * 5n >= held * 3n;
    const wall = isWall ? (isPulled ? 'pulled' : 'held') : undefined;
    return { side, price, before: held, after: now, traded, net, common, wall };
  });
  const counted = prices.filter(({ common }) => common).map(({ net }) => net);
  return {
    prices: prices.filter(
      ({ before, after, traded, wall }) => before !== after || traded > 0n || wall !== undefined,
    ),
    added: sumOf(counted.filter((net) => net > 0n)),
    pulled: -sumOf(counted.filter((net) => net < 0n)),
    wallPulled: -sumOf(prices.filter(({ wall }) => wall === 'pulled').map(({ net }) => net)),
  };
}

function quantityAt(levels: readonly Level[], at: bigint): bigint {
  return levels.find(({ price }) => price === at)?.quantity ?? 0n;
}

/** e of the levels 1 to `count`, level by level: [b' ≥ b]·q_b' − [b' ≤ b]·q_b − [a' ≤ a]·q_a' + [a' ≥ a]·q_a. */
function flowOf(before: KeptSnapshot, after: KeptSnapshot, count: number): bigint {
  let flow = 0n;
  for (let level = 0; level < count; level++) {
    const [bid, newBid] = [before.bids[level], after.bids[level]];
    const [ask, newAsk] = [before.asks[level], after.asks[level]];
    if (bid === undefined || newBid === undefined || ask === undefined || newAsk === undefined)
      break;
    if (newBid.price >= bid.price) flow += newBid.quantity;
    if (newBid.price <= bid.price) flow -= bid.quantity;
    if (newAsk.price <= ask.price) flow -= newAsk.quantity;
    if (newAsk.price >= ask.price) flow += ask.quantity;
  }
  return flow;
}
