/**
 * The order book of the sample's market: the lots at each tick around the touch. It imitates the
 * statistics of order-flow.md F19-F21 and is not a matching engine: fills come from trade-flow.
 */
import { assert } from '../unit/errors.js';
import type { Instrument } from './instrument.js';
import type { Random } from './random.js';

/** Ticks are kept in a ring: prices that share a slot are this far apart, more than any window. */
const RING_TICKS = 4_096;
const RING_MASK = RING_TICKS - 1;
/** Ticks behind the touch that are searched for levels; at an occupancy of 0.7, twenty levels need about 29. */
const WINDOW_TICKS_MAX = 1_000;
const LEVELS_MAX = 20;

const DEEP_REDRAWS_PER_STEP = 4;
const TOUCH_REDRAW_SHARE = 0.08;
/** Spreads wider than a tick: 0.07 % of steps begin one that lasts 1 to 4 steps, so 0.2 % of snapshots have one. */
const SHOCK_SHARE = 0.000_7;
const SHOCK_STEPS_MAX = 4;
/** Weak pull to the start price: 2 % above it, an upward move has a probability of 0.44. */
const PULL = 3;

export type Direction = 1 | -1;

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
  private readonly instrument: Instrument;
  private readonly random: Random;
  private readonly windowTicks: number;
  private readonly bidLots = new Int32Array(RING_TICKS);
  private readonly askLots = new Int32Array(RING_TICKS);
  private shockSteps = 0;
  private shockSide: Direction = 1;

  constructor(instrument: Instrument, random: Random) {
    this.instrument = instrument;
    this.random = random;
    this.windowTicks = Math.ceil(LEVELS_MAX / instrument.occupancy) + 2;
    this.bidTick = instrument.startTicks;
    this.askTick = instrument.startTicks + 1;
    for (let slot = 0; slot < RING_TICKS; slot++) {
      this.bidLots[slot] = this.deepLots();
      this.askLots[slot] = this.deepLots();
    }
    this.setTouch();
  }

  /** Moves on by 100 ms: orders come and go, the quotes may move, the spread may open or close. */
  evolve(): void {
    const random = this.random;
    for (let count = 0; count < DEEP_REDRAWS_PER_STEP; count++) {
      const bidTick = this.bidTick - random.between(1, this.windowTicks);
      const askTick = this.askTick + random.between(1, this.windowTicks);
      this.bidLots[bidTick & RING_MASK] = this.deepLots();
      this.askLots[askTick & RING_MASK] = this.deepLots();
    }
    if (random.chance(TOUCH_REDRAW_SHARE))
      this.bidLots[this.bidTick & RING_MASK] = this.touchLots();
    if (random.chance(TOUCH_REDRAW_SHARE))
      this.askLots[this.askTick & RING_MASK] = this.touchLots();
    if (this.shockSteps > 0) this.endShockInTime();
    else if (random.chance(SHOCK_SHARE)) this.beginShock();
    else if (random.chance(this.instrument.requoteShare)) {
      this.move(this.likelyDirection(), 1 + random.below(this.instrument.requoteTicksMax));
    }
  }

  /** Moves both quotes; the spread is one tick afterwards. */
  move(direction: Direction, ticks: number): void {
    this.shockSteps = 0;
    const left = direction > 0 ? this.askTick : this.bidTick;
    this.bidTick = direction > 0 ? left + ticks - 1 : left - ticks;
    this.askTick = this.bidTick + 1;
    assert(this.bidTick > WINDOW_TICKS_MAX, 'the walk stays far above a price of 0');
    this.setTouch();
  }

  /** Up or down, more often towards the start price. */
  likelyDirection(): Direction {
    const start = this.instrument.startTicks;
    const up = 0.5 + (PULL * (start - this.bidTick)) / start;
    return this.random.chance(Math.min(0.8, Math.max(0.2, up))) ? 1 : -1;
  }

  /** Takes lots from the touch that a taker hits; one lot always stays until the quotes move. */
  take(takerBuys: boolean, lots: number): void {
    const side = takerBuys ? this.askLots : this.bidLots;
    const slot = (takerBuys ? this.askTick : this.bidTick) & RING_MASK;
    side[slot] = Math.max(1, (side[slot] ?? 0) - lots);
  }

  readBids(count: number, into: LevelColumns): void {
    readLevels(this.bidLots, this.bidTick, -1, count, into);
  }

  readAsks(count: number, into: LevelColumns): void {
    readLevels(this.askLots, this.askTick, 1, count, into);
  }

  private beginShock(): void {
    this.shockSteps = 1 + this.random.below(SHOCK_STEPS_MAX);
    this.shockSide = this.likelyDirection();
    const ticks = 1 + this.random.below(2 * this.instrument.sweepTicksMax);
    if (this.shockSide > 0) this.askTick += ticks;
    else this.bidTick -= ticks;
    this.ensureTouch();
  }

  private endShockInTime(): void {
    this.shockSteps -= 1;
    if (this.shockSteps > 0) return;
    if (this.shockSide > 0) this.askTick = this.bidTick + 1;
    else this.bidTick = this.askTick - 1;
    this.ensureTouch();
  }

  private ensureTouch(): void {
    this.bidLots[this.bidTick & RING_MASK] ||= this.touchLots();
    this.askLots[this.askTick & RING_MASK] ||= this.touchLots();
  }

  private setTouch(): void {
    this.bidLots[this.bidTick & RING_MASK] = this.touchLots();
    this.askLots[this.askTick & RING_MASK] = this.touchLots();
  }

  /** Median 10,000 lots before the factor: three quarters of the lots of twenty levels. */
  private touchLots(): number {
    const share = this.random.unit();
    return this.scaled(20 + Math.floor(share * share * share * 80_000));
  }

  /** Mostly small orders, sometimes a wall that is pulled within about a second; 0: the tick is empty. */
  private deepLots(): number {
    const random = this.random;
    if (!random.chance(this.instrument.occupancy)) return 0;
    const kind = random.unit();
    if (kind < 0.45) return this.scaled(random.between(1, 10));
    if (kind < 0.8) return this.scaled(random.between(10, 100));
    if (kind < 0.95) return this.scaled(random.between(100, 400));
    if (kind < 0.997) return this.scaled(random.between(400, 1_500));
    return this.scaled(random.between(5_000, 20_000));
  }

  private scaled(lots: number): number {
    const factor = this.instrument.lotFactor;
    return lots * factor + this.random.below(factor);
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
