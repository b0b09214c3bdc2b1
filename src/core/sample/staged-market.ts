/**
 * Plays the script of one episode in the market's place: a calm book and a few trades, except for what the
 * script says. It starts at the market's price and, in its last 20 s, goes back to it.
 */
import type { Instrument } from '../market/instrument.js';
import type { Random } from '../unit/random.js';
import { LEVELS_MAX, type Direction, type LevelColumns } from '../market/sample-book.js';
import { type FillColumns, STEP_MS, addFill, fillColumns } from '../market/trade-flow.js';
import { SECOND_MS } from '../unit/utc-date.js';
import { type EpisodeScript, type Rush, type Track, episodeRange } from './episode-script.js';

/** The touch holds as much as this many other levels: two fifths of the side, and no other level is a wall. */
const TOUCH_WEIGHT = 12;
const WEIGHTS = TOUCH_WEIGHT + LEVELS_MAX - 1;
/** Each step redraws one level of a side behind the touch, by at most this share of it. */
const RIPPLE = 0.05;
/** One small order every two seconds, buyers and sellers in turn and as large. */
const CALM_PERIOD_MS = 2_000;
const CALM_LOTS_MIN = 10;
const CALM_LOTS_MAX = 40;
/** The last step of a second is left without a rush: its second's snapshots show all of it. */
const RUSH_STEPS = 9;
const FILL_LOTS = 1_000;
const FILLS_MAX = 40;
const HOMING_MS = 20 * SECOND_MS;

interface Side {
  readonly name: 'bid' | 'ask';
  readonly direction: Direction;
  /** Ticks from the touch to each level; they go along with the price. */
  readonly distances: Int32Array;
  readonly ripples: Float64Array;
}

export interface StageStep {
  /** Since the start of the recording. */
  readonly elapsedMs: number;
  /** Best bid of the market that goes on unseen. */
  readonly marketBidTick: number;
  /** In a quiet spell nothing is traded. */
  readonly isQuiet: boolean;
}

export class StagedMarket {
  /** Of the step; valid until the next one. */
  readonly fills: FillColumns = fillColumns();
  private readonly script: EpisodeScript;
  private readonly instrument: Instrument;
  private readonly random: Random;
  private readonly rate: number;
  private readonly endMs: number;
  private readonly swingTicks: number;
  private readonly bids: Side;
  private readonly asks: Side;
  /** Where the price is without the way home. */
  private ownBidTick: number | undefined;
  private bidTick = 0;
  private second = 0;
  private calmLots = 0;

  constructor(script: EpisodeScript, instrument: Instrument, random: Random, rate: number) {
    this.script = script;
    this.instrument = instrument;
    this.random = random;
    this.rate = rate;
    this.endMs = episodeRange(script).toMs;
    this.swingTicks = Math.ceil(instrument.requoteTicksMax * (0.5 + Math.sqrt(rate)));
    this.bids = this.side('bid', -1);
    this.asks = this.side('ask', 1);
  }

  /** Moves on by 100 ms, as far as a snapshot at the step's begin sees it. */
  evolve({ elapsedMs, marketBidTick }: StageStep): void {
    this.second = elapsedMs / SECOND_MS - this.script.confirmedS;
    this.ownBidTick ??= marketBidTick;
    const way = Math.max(0, 1 - (this.endMs - elapsedMs - STEP_MS) / HOMING_MS);
    this.bidTick = Math.round(this.ownBidTick + way * (marketBidTick - this.ownBidTick));
    for (const { ripples } of [this.bids, this.asks]) {
      ripples[this.random.between(1, LEVELS_MAX)] = 1 + RIPPLE * (2 * this.random.unit() - 1);
    }
  }

  /** Writes the step's trades to `fills`. */
  trade({ elapsedMs, isQuiet }: StageStep): void {
    this.fills.count = 0;
    if (isQuiet) return;
    const rush = this.script.rushes.find(
      ({ fromS, toS }) => this.second >= fromS && this.second < toS,
    );
    if (rush !== undefined) this.playRush(rush);
    else if (elapsedMs % CALM_PERIOD_MS === 0) this.tradeCalmly(elapsedMs);
  }

  readBids(count: number, into: LevelColumns): void {
    this.readLevels(this.bids, this.bidTick, this.script.bids, count, into);
  }

  readAsks(count: number, into: LevelColumns): void {
    this.readLevels(this.asks, this.bidTick + 1, this.script.asks, count, into);
  }

  private side(name: 'bid' | 'ask', direction: Direction): Side {
    const distances = new Int32Array(LEVELS_MAX);
    for (let level = 1; level < LEVELS_MAX; level++) {
      const gap = this.random.chance(this.instrument.occupancy) ? 1 : 2;
      distances[level] = (distances[level - 1] ?? 0) + gap;
    }
    return { name, direction, distances, ripples: new Float64Array(LEVELS_MAX).fill(1) };
  }

  private readLevels(
    side: Side,
    touchTick: number,
    total: Track,
    count: number,
    into: LevelColumns,
  ): void {
    const share = valueAt(total, this.second) / WEIGHTS;
    for (let level = 0; level < count; level++) {
      let lots = share * (level === 0 ? TOUCH_WEIGHT : 1) * (side.ripples[level] ?? 1);
      for (const wall of this.script.walls) {
        if (wall.side === side.name && wall.level === level) {
          lots += valueAt(wall.lots, this.second);
        }
      }
      into.ticks[level] = touchTick + side.direction * (side.distances[level] ?? 0);
      into.lots[level] = Math.max(1, Math.floor(lots * this.instrument.lotFactor));
    }
  }

  private playRush(rush: Rush): void {
    const sinceMs = Math.round((this.second - rush.fromS) * SECOND_MS);
    const stepOfSecond = (sinceMs % SECOND_MS) / STEP_MS;
    if (stepOfSecond >= RUSH_STEPS) return;
    const steps = (rush.toS - rush.fromS) * RUSH_STEPS;
    const step = Math.floor(sinceMs / SECOND_MS) * RUSH_STEPS + stepOfSecond;
    const orders = rush.orders(this.rate);
    const from = Math.floor((orders * step) / steps);
    const to = Math.floor((orders * (step + 1)) / steps);
    const ticks = rush.swings * this.swingTicks;
    for (let order = from; order < to; order++) {
      this.takeOrder({
        offsetMs: Math.floor(((order - from + this.random.unit()) * STEP_MS) / (to - from)),
        direction: rush.takerSide === 'buy' ? 1 : -1,
        lots: rush.lots(this.rate) / orders,
        ticks: Math.ceil((ticks * (order + 1)) / orders) - Math.ceil((ticks * order) / orders),
      });
    }
  }

  private tradeCalmly(elapsedMs: number): void {
    const isBuy = elapsedMs % (2 * CALM_PERIOD_MS) === 0;
    if (isBuy || this.calmLots === 0) {
      this.calmLots = this.random.between(CALM_LOTS_MIN, CALM_LOTS_MAX);
    }
    const offsetMs = this.random.below(STEP_MS);
    this.takeOrder({ offsetMs, direction: isBuy ? 1 : -1, lots: this.calmLots, ticks: 0 });
  }

  /** An order that walks through the book by `ticks`; what it takes is there again at the next snapshot. */
  private takeOrder({ offsetMs, direction, lots, ticks }: StagedOrder): void {
    const touch = direction > 0 ? this.bidTick + 1 : this.bidTick;
    const fillCount = Math.min(FILLS_MAX, Math.ceil(lots / FILL_LOTS));
    const fillLots = Math.ceil((lots * this.instrument.lotFactor) / fillCount);
    for (let index = 0; index < fillCount; index++) {
      const walked = Math.floor((ticks * index) / fillCount);
      const tick = touch + direction * walked;
      addFill(this.fills, { offsetMs, tick, lots: fillLots, direction, isRpi: 0 });
    }
    this.bidTick += direction * ticks;
    this.ownBidTick = (this.ownBidTick ?? this.bidTick) + direction * ticks;
  }
}

interface StagedOrder {
  readonly offsetMs: number;
  readonly direction: Direction;
  readonly lots: number;
  readonly ticks: number;
}

function valueAt(track: Track, second: number): number {
  const next = track.findIndex(([at]) => at > second);
  const [toS, to] = track[next < 0 ? track.length - 1 : next] ?? [0, 0];
  const [fromS, from] = track[next < 0 ? track.length - 1 : Math.max(0, next - 1)] ?? [0, 0];
  return toS === fromS ? to : from + ((to - from) * (second - fromS)) / (toS - fromS);
}
