/**
 * The order book of the sample's market: the lots at each tick around the touch. It imitates the
 * statistics of order-flow.md F19-F21 and is not a matching engine: fills come from trade-flow. Past prices
 * say nothing about the next one, as on a real day; whether the book does is the market's kind.
 */
import { assert } from '../unit/errors.js';
import type { Instrument } from './instrument.js';
import { OrderSizes } from './order-sizes.js';
import type { Random } from '../unit/random.js';

/** Ticks are kept in a ring: prices that share a slot are this far apart, more than any window. */
const RING_TICKS = 4_096;
const RING_MASK = RING_TICKS - 1;
/** Ticks behind the touch that are searched for levels; at an occupancy of 0.7, twenty levels need about 29. */
const WINDOW_TICKS_MAX = 1_000;
export const LEVELS_MAX: number = 20;
/** Below this the price only rises. A walk that begins at 10,000 ticks or more hardly ever gets here. */
const FLOOR_TICKS = 2 * WINDOW_TICKS_MAX;

const DEEP_REDRAWS_PER_STEP = 4;
/** Share of steps in which orders at a touch are replaced, and the most of it that a move replaces. */
const TOUCH_RENEWED_SHARE = 0.01;
const MOVED_RENEWED_SHARE_MAX = 0.1;
/** Spreads wider than a tick: 0.07 % of steps begin one that lasts 1 to 4 steps, so 0.2 % of snapshots have one. */
const SHOCK_SHARE = 0.000_7;
const SHOCK_STEPS_MAX = 4;

export type Direction = 1 | -1;

/**
 * `leaning`: the thin side of the book gives way, as on a real day. `martingale`: a fair coin says where
 * the price goes, so at the end of a second nothing recorded foretells it.
 */
export type MarketKind = 'leaning' | 'martingale';

export const MARKET_KINDS: readonly MarketKind[] = ['leaning', 'martingale'];

/** Levels of one side, best first; owned by the caller, valid up to the requested count. */
export interface LevelColumns {
  readonly ticks: Int32Array;
  readonly lots: Int32Array;
}

export function levelColumns(): LevelColumns {
  return { ticks: new Int32Array(LEVELS_MAX), lots: new Int32Array(LEVELS_MAX) };
}

export class SampleBook {
  bidTick: number;
  askTick: number;
  readonly kind: MarketKind;
  private readonly instrument: Instrument;
  private readonly random: Random;
  private readonly sizes: OrderSizes;
  private readonly windowTicks: number;
  private readonly bidLots = new Int32Array(RING_TICKS);
  private readonly askLots = new Int32Array(RING_TICKS);
  private shockSteps = 0;

  constructor(instrument: Instrument, random: Random, kind: MarketKind) {
    this.kind = kind;
    this.instrument = instrument;
    this.random = random;
    this.sizes = new OrderSizes(instrument, random);
    this.windowTicks = Math.ceil(LEVELS_MAX / instrument.occupancy) + 2;
    this.bidTick = instrument.startTicks;
    this.askTick = instrument.startTicks + 1;
    for (let slot = 0; slot < RING_TICKS; slot++) {
      this.bidLots[slot] = this.sizes.deep();
      this.askLots[slot] = this.sizes.deep();
    }
    this.drawTouch();
  }

  /** Moves on by 100 ms: orders come and go, the quotes may move, the spread may open or close. */
  evolve(): void {
    const random = this.random;
    for (let count = 0; count < DEEP_REDRAWS_PER_STEP; count++) {
      const bidTick = this.bidTick - random.between(1, this.windowTicks);
      const askTick = this.askTick + random.between(1, this.windowTicks);
      this.bidLots[bidTick & RING_MASK] = this.sizes.deep();
      this.askLots[askTick & RING_MASK] = this.sizes.deep();
    }
    if (random.chance(TOUCH_RENEWED_SHARE)) this.bidTouch = this.renewed(this.bidTouch, 1);
    if (random.chance(TOUCH_RENEWED_SHARE)) this.askTouch = this.renewed(this.askTouch, 1);
    if (this.shockSteps > 0) this.endShockInTime();
    else if (random.chance(SHOCK_SHARE)) this.beginShock();
    else if (random.chance(this.instrument.requoteShare)) {
      this.move(this.moveDirection(), 1 + random.below(this.instrument.requoteTicksMax));
    }
  }

  /** Where the next move of the price goes. */
  moveDirection(): Direction {
    if (this.bidTick < FLOOR_TICKS) return 1;
    if (this.kind === 'leaning') return this.likelyDirection();
    return this.random.chance(0.5) ? 1 : -1;
  }

  /** Where the book leans as it stands. */
  likelyDirection(): Direction {
    if (this.bidTick < FLOOR_TICKS) return 1;
    return this.random.chance((1 + this.lean()) / 2) ? 1 : -1;
  }

  /**
   * Moves both quotes; the spread is one tick afterwards. The sizes at the touch go along, so the book
   * leans to one side for seconds. Where the thin side gave way, they may swap.
   */
  move(direction: Direction, ticks: number): void {
    // A share (1 + |lean|) / 2 of all moves agrees with the lean. Turning |lean| / (1 + |lean|) of these
    // leaves as many books that lean with the move as against it, so a move does not foretell the next.
    const agreed = this.lean() * direction;
    const turns = agreed > 0 && this.random.chance(agreed / (1 + agreed));
    const bid = turns ? this.askTouch : this.bidTouch;
    const ask = turns ? this.bidTouch : this.askTouch;
    this.bidTouch = this.sizes.deep();
    this.askTouch = this.sizes.deep();
    this.shockSteps = 0;
    const left = direction > 0 ? this.askTick : this.bidTick;
    this.bidTick = direction > 0 ? left + ticks - 1 : left - ticks;
    this.askTick = this.bidTick + 1;
    assert(this.bidTick > WINDOW_TICKS_MAX, 'the walk stays far above a price of 0');
    this.bidTouch = this.renewed(bid, MOVED_RENEWED_SHARE_MAX);
    this.askTouch = this.renewed(ask, MOVED_RENEWED_SHARE_MAX);
  }

  /** Takes lots from the touch that a taker hits; one lot always stays until the quotes move. */
  take(takerBuys: boolean, lots: number): void {
    if (takerBuys) this.askTouch = Math.max(1, this.askTouch - lots);
    else this.bidTouch = Math.max(1, this.bidTouch - lots);
  }

  readBids(count: number, into: LevelColumns): void {
    readLevels(this.bidLots, this.bidTick, -1, count, into);
  }

  readAsks(count: number, into: LevelColumns): void {
    readLevels(this.askLots, this.askTick, 1, count, into);
  }

  /** From -1, the next move goes down for sure, to 1: the side with less at the touch gives way first. */
  private lean(): number {
    const bid = this.bidTouch * this.bidTouch * this.bidTouch;
    const ask = this.askTouch * this.askTouch * this.askTouch;
    return (bid - ask) / (bid + ask);
  }

  /** Either side may open the spread, and either may close it: it foretells nothing. */
  private beginShock(): void {
    this.shockSteps = 1 + this.random.below(SHOCK_STEPS_MAX);
    const ticks = 1 + this.random.below(2 * this.instrument.sweepTicksMax);
    if (this.random.chance(0.5)) this.askTick += ticks;
    else this.bidTick -= ticks;
    this.drawTouch();
  }

  private endShockInTime(): void {
    this.shockSteps -= 1;
    if (this.shockSteps > 0) return;
    if (this.random.chance(0.5)) this.askTick = this.bidTick + 1;
    else this.bidTick = this.askTick - 1;
    this.drawTouch();
  }

  private drawTouch(): void {
    this.bidTouch = this.sizes.touch();
    this.askTouch = this.sizes.touch();
  }

  /** The lots of a touch of which a random part, at most the given share, was replaced. */
  private renewed(lots: number, shareMax: number): number {
    return lots + Math.floor((this.sizes.touch() - lots) * this.random.unit() * shareMax);
  }

  private get bidTouch(): number {
    return this.bidLots[this.bidTick & RING_MASK] ?? 0;
  }

  private set bidTouch(lots: number) {
    this.bidLots[this.bidTick & RING_MASK] = lots;
  }

  private get askTouch(): number {
    return this.askLots[this.askTick & RING_MASK] ?? 0;
  }

  private set askTouch(lots: number) {
    this.askLots[this.askTick & RING_MASK] = lots;
  }
}

function readLevels(
  lots: Int32Array,
  touchTick: number,
  step: Direction,
  count: number,
  into: LevelColumns,
): void {
  let found = 0;
  for (let distance = 0; distance < WINDOW_TICKS_MAX && found < count; distance++) {
    const tick = touchTick + step * distance;
    const resting = lots[tick & RING_MASK] ?? 0;
    if (resting === 0) continue;
    into.ticks[found] = tick;
    into.lots[found] = resting;
    found += 1;
  }
  assert(found === count, 'the book is deep enough for every level of a snapshot');
}
