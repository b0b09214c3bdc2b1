/** What the script of an episode can say: how the book stands and who rushes, around one moment. */
import type { PatternName } from '../column/pattern-table.js';
import { SECOND_MS, type TimeRange } from '../unit/utc-date.js';

/** Points (second, value), seconds from the moment of the episode: a line from point to point, level outside. Two points of one second are a jump. */
export type Track = readonly (readonly [second: number, value: number])[];

export interface Wall {
  readonly side: 'bid' | 'ask';
  /** Counted from 0, the touch. */
  readonly level: number;
  readonly lots: Track;
}

/** A rush of taker orders of one side, spread evenly over [fromS, toS), before and beside which nothing much is traded. */
export interface Rush {
  readonly fromS: number;
  readonly toS: number;
  readonly takerSide: 'buy' | 'sell';
  /** By the rate of the sample. */
  readonly lots: (rate: number) => number;
  readonly orders: (rate: number) => number;
  /** How far its orders drive the price together, each its share; a swing is more than the market usually moves in 15 s. */
  readonly swings: number;
}

export interface EpisodeScript {
  readonly kind: PatternName;
  readonly direction: 'up' | 'down';
  /** Seconds from the start of the recording to the moment at which the pattern is confirmed. */
  readonly confirmedS: number;
  /** The episode takes the market's place from so many seconds before that moment to so many after it. */
  readonly leadS: number;
  readonly tailS: number;
  /** Whether the pattern is defined on 20 levels a side. */
  readonly isOfFullBook: boolean;
  /** Lots of the twenty levels of a side together, without walls. */
  readonly bids: Track;
  readonly asks: Track;
  readonly walls: readonly Wall[];
  readonly rushes: readonly Rush[];
}

/** The time in which an episode takes the market's place, from the start of the recording. */
export function episodeRange({ confirmedS, leadS, tailS }: EpisodeScript): TimeRange {
  return { fromMs: (confirmedS - leadS) * SECOND_MS, toMs: (confirmedS + tailS) * SECOND_MS };
}
