/**
 * The trades of the sample's market, in steps of 100 ms: taker orders whose rate excites itself
 * (Hawkes 1971, discretised without exponentials), each filled in many rows of one millisecond (F2).
 */
import { MINUTE_MS, SECOND_MS } from '../unit/utc-date.js';
import type { Instrument } from './instrument.js';
import { OrderSizes } from './order-sizes.js';
import type { Random } from '../unit/random.js';
import type { Direction, SampleBook } from './sample-book.js';

export const STEP_MS = 100;
const SLOT_MS = 5;
const SLOTS = STEP_MS / SLOT_MS;
/** Taker orders per step that no other order excites; it gives 900 trades per minute over a day. */
const BASE_RATE = 0.115;
/** An order excites EXCITATION / (1 - DECAY) = 0.7 others, half of them within 1.4 s. */
const EXCITATION = 0.035;
const DECAY = 0.95;
const EXCITED_MAX = 3;
/** Calm and busy stretches last 20 to 180 s; the mean of these factors is 1. */
const CALM_FACTORS: readonly number[] = [0.2, 0.35, 0.5, 0.7, 0.9, 1.1, 1.5, 2.75];
const CALM_STEPS_MIN = 200;
const CALM_STEPS_MAX = 1_800;
/** At these times of every minute an order always comes: every stretch of a recording has trades. */
const SCHEDULED_MS: readonly number[] = [30_000, 45_000, 59_000];
const SCHEDULED_FILLS_MIN = 4;
/** Of the orders that do not move the price, this share goes where the book leans; the others ignore it. */
const LEANING_SHARE = 0.2;
/** Equal neighbours are real (F1): a fill often has the quantity of the fill before it. */
const SAME_QUANTITY_SHARE = 0.2;
const FILLS_MAX = 40;
/** Fills of one step at most: every slot with the largest order. */
const STEP_FILLS_MAX = SLOTS * FILLS_MAX;

/** The fills of one step in order; columns are overwritten by the next step, valid up to `count`. */
export interface FillColumns {
  count: number;
  readonly offsetsMs: Int32Array;
  readonly ticks: Int32Array;
  readonly lots: Int32Array;
  /** 1: the buyer took, 0: the seller took. */
  readonly takerBuys: Uint8Array;
  /** 1: filled by a retail price improvement order. */
  readonly isRpi: Uint8Array;
}

export interface FlowStep {
  /** Time since the start of the recording; negative before it. */
  readonly elapsedMs: number;
  /** In a quiet spell there are no trades. */
  readonly isQuiet: boolean;
}

export interface Fill {
  /** Since the step's begin. */
  readonly offsetMs: number;
  readonly tick: number;
  readonly lots: number;
  readonly direction: Direction;
  readonly isRpi: number;
}

export function fillColumns(): FillColumns {
  return {
    count: 0,
    offsetsMs: new Int32Array(STEP_FILLS_MAX),
    ticks: new Int32Array(STEP_FILLS_MAX),
    lots: new Int32Array(STEP_FILLS_MAX),
    takerBuys: new Uint8Array(STEP_FILLS_MAX),
    isRpi: new Uint8Array(STEP_FILLS_MAX),
  };
}

export function addFill(
  fills: FillColumns,
  { offsetMs, tick, lots, direction, isRpi }: Fill,
): void {
  fills.offsetsMs[fills.count] = offsetMs;
  fills.ticks[fills.count] = tick;
  fills.lots[fills.count] = lots;
  fills.takerBuys[fills.count] = direction > 0 ? 1 : 0;
  fills.isRpi[fills.count] = isRpi;
  fills.count += 1;
}

interface OrderTerms {
  readonly offsetMs: number;
  readonly fillsMin: number;
  /** Whether the order may move the price. */
  readonly mayMove: boolean;
}

export class TradeFlow {
  readonly fills: FillColumns = fillColumns();
  private readonly instrument: Instrument;
  private readonly random: Random;
  private readonly rate: number;
  private excited = 0;
  private calmFactor = 1;
  private calmSteps = 0;
  private readonly sizes: OrderSizes;

  constructor(instrument: Instrument, random: Random, rate: number) {
    this.instrument = instrument;
    this.random = random;
    this.rate = rate;
    this.sizes = new OrderSizes(instrument, random);
  }

  /** Writes the trades of one step to `fills` and moves the book accordingly. */
  step(book: SampleBook, { elapsedMs, isQuiet }: FlowStep): void {
    this.fills.count = 0;
    this.passTime();
    if (isQuiet) return;
    const random = this.random;
    const slotChance = (this.rate * BASE_RATE * this.calmFactor + this.excited) / SLOTS;
    const isScheduled = SCHEDULED_MS.includes(elapsedMs % MINUTE_MS);
    const mayMove = book.kind === 'leaning' || !isLastOfSecond(elapsedMs);
    for (let slot = 0; slot < SLOTS; slot++) {
      const isDue = isScheduled && slot === 0;
      if (!random.chance(slotChance) && !isDue) continue;
      const fillsMin = isDue ? SCHEDULED_FILLS_MIN : 1;
      const offsetMs = slot * SLOT_MS + random.below(SLOT_MS);
      this.takeOrder(book, { offsetMs, fillsMin, mayMove });
      this.excited = Math.min(EXCITED_MAX * Math.max(1, this.rate), this.excited + EXCITATION);
    }
  }

  private passTime(): void {
    this.excited *= DECAY;
    this.calmSteps -= 1;
    if (this.calmSteps > 0) return;
    this.calmSteps = this.random.between(CALM_STEPS_MIN, CALM_STEPS_MAX);
    this.calmFactor = CALM_FACTORS[this.random.below(CALM_FACTORS.length)] ?? 1;
  }

  private takeOrder(book: SampleBook, { offsetMs, fillsMin, mayMove }: OrderTerms): void {
    const random = this.random;
    const fillCount = Math.max(fillsMin, this.fillCount());
    const isRpi = random.chance(0.015) ? 1 : 0;
    const sweepTicks = mayMove ? this.sweepTicks(fillCount) : 0;
    const isSweep = sweepTicks > 0;
    const direction = this.takerDirection(book, isSweep);
    const touch = direction > 0 ? book.askTick : book.bidTick;
    let lots = 0;
    for (let index = 0; index < fillCount; index++) {
      if (index === 0 || !random.chance(SAME_QUANTITY_SHARE)) lots = this.sizes.fill(isSweep);
      const walked = Math.floor((sweepTicks * index) / fillCount);
      addFill(this.fills, { offsetMs, tick: touch + direction * walked, lots, direction, isRpi });
      if (!isSweep) book.take(direction > 0, lots);
    }
    if (isSweep) book.move(direction, sweepTicks);
  }

  /**
   * A sweep goes where the book moves, whoever took before: a side that outlived a move would foretell
   * the next one from the last.
   */
  private takerDirection(book: SampleBook, isSweep: boolean): Direction {
    if (isSweep) return book.moveDirection();
    if (this.random.chance(LEANING_SHARE)) return book.likelyDirection();
    return this.random.chance(0.5) ? 1 : -1;
  }

  /** Rows of one order. The mean is 4, so three quarters of all rows follow a row of their millisecond. */
  private fillCount(): number {
    const kind = this.random.unit();
    if (kind < 0.48) return 1;
    if (kind < 0.64) return 2;
    if (kind < 0.9) return this.random.between(3, 9);
    return this.random.between(9, FILLS_MAX - 9);
  }

  /** Ticks by which an order moves the price: 0 for most orders, more in a busy market. */
  private sweepTicks(fillCount: number): number {
    const { sweepShare, sweepTicksMax } = this.instrument;
    const share = fillCount > 8 ? 3 * sweepShare : sweepShare;
    if (!this.random.chance(share)) return 0;
    const busy = Math.min(2, this.excited);
    const half = Math.ceil((sweepTicksMax * (1 + busy)) / 2);
    return 1 + this.random.below(half) + this.random.below(half);
  }
}

/**
 * No snapshot of its second shows what the last step did to the book. A sweep then would foretell the
 * next second's quotes, which the leaning market allows.
 */
function isLastOfSecond(elapsedMs: number): boolean {
  return (elapsedMs + STEP_MS) % SECOND_MS === 0;
}
