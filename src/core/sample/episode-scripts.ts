/**
 * The episodes that a sample can plant, as data: what happens around the moment at which a pattern is
 * there to be found. One clean episode of each pattern; staged-market plays it.
 */
import type { PatternName } from '../column/pattern-table.js';
import { MINUTE_MS } from '../unit/utc-date.js';
import { type EpisodeScript, type Rush, type Track, episodeRange } from './episode-script.js';

/** Lots on each side of a calm book: more than half of the market's own books hold. */
const CALM_LOTS = 12_000;
const STEADY: Track = [[0, CALM_LOTS]];

/** Episodes of seconds: 85 s of calm before keep what happened earlier out of their windows and refractory. */
const OF_SECONDS = { leadS: 85, tailS: 40, walls: [], rushes: [] };
/** Episodes of a minute: no minute of the market can be a pivot that is confirmed within them. */
const OF_MINUTES = { ...OF_SECONDS, leadS: 450, tailS: 30, isOfFullBook: false };

/** At least twice the 95th percentile of |delta| over 15 s; what decides is measured at rates 0.01 to 10. */
function pressLots(rate: number): number {
  return 8_000 + 55_000 * Math.sqrt(rate);
}

function pressOrders(rate: number): number {
  return Math.ceil(pressLots(rate) / 300);
}

/** Twice the 95th percentile of a minute's volume. */
function crowdLots(rate: number): number {
  return 40_000 + 350_000 * rate;
}

/** A book too deep for an exhaustion, which gives way a little while the crowd buys: no absorption either. */
const GIVING: Track = [
  [-95, CALM_LOTS],
  [-85, 20_000],
  [-60, 20_000],
  [-5, 18_000],
  [10, CALM_LOTS],
];

const WALL_LOTS = 60_000;
const WALL_LEFT: Track = [
  [-40, 0],
  [-40, WALL_LOTS],
  [0, WALL_LOTS],
  [18, 0],
];

function bothSides(lots: Track): Pick<EpisodeScript, 'bids' | 'asks'> {
  return { bids: lots, asks: lots };
}

/** A price that reaches out and comes back after 20 s, with hardly any volume. */
function reach(fromS: number, swings: number): readonly Rush[] {
  const single = { lots: () => 60, orders: () => 1, swings };
  return [
    { ...single, fromS, toS: fromS + 1, takerSide: 'buy' },
    { ...single, fromS: fromS + 20, toS: fromS + 21, takerSide: 'sell' },
  ];
}

/** In order of time. Invariants: [confirmedS - leadS, confirmedS + tailS) overlap neither each other nor the faults, and begin and end off the edges of minutes. */
export const EPISODE_SCRIPTS: readonly EpisodeScript[] = [
  {
    // The book thins out; then for five seconds bids outweigh asks fifty times.
    ...OF_SECONDS,
    kind: 'imbalance',
    direction: 'up',
    confirmedS: 38 * 60 + 30,
    isOfFullBook: true,
    bids: [
      [-60, CALM_LOTS],
      [-10, 300],
      [-5, 300],
      [-5, 15_000],
      [0, 15_000],
      [0, CALM_LOTS],
    ],
    asks: [
      [-60, CALM_LOTS],
      [-10, 300],
      [0, 300],
      [0, CALM_LOTS],
    ],
  },
  {
    // Within a second sellers hit the bid with much, the price stands, and more bids come than they took.
    ...OF_SECONDS,
    kind: 'absorption',
    direction: 'up',
    confirmedS: 41 * 60 + 30,
    isOfFullBook: false,
    ...bothSides([
      [-1, CALM_LOTS],
      [-1, CALM_LOTS + 1_500],
    ]),
    rushes: [
      {
        fromS: -1,
        toS: 0,
        takerSide: 'sell',
        lots: pressLots,
        orders: pressOrders,
        swings: 0,
      },
    ],
  },
  {
    // In a thin book buyers drive the price up within a second; then it stands for five.
    ...OF_SECONDS,
    kind: 'exhaustion',
    direction: 'down',
    confirmedS: 44 * 60 + 30,
    isOfFullBook: true,
    ...bothSides([
      [-50, CALM_LOTS],
      [-15, 1_200],
      [5, 1_200],
      [18, CALM_LOTS],
    ]),
    rushes: [
      { fromS: -6, toS: -5, takerSide: 'buy', lots: pressLots, orders: pressOrders, swings: 2 },
    ],
  },
  {
    // Both sides are deep; for one second nearly all asks are gone.
    ...OF_SECONDS,
    kind: 'liquidity_vacuum',
    direction: 'up',
    confirmedS: 47 * 60 + 30,
    isOfFullBook: true,
    bids: [
      [-60, CALM_LOTS],
      [-20, 60_000],
      [0, 60_000],
      [18, CALM_LOTS],
    ],
    asks: [
      [-60, CALM_LOTS],
      [-20, 60_000],
      [-1, 60_000],
      [-1, 400],
      [0, 400],
      [0, 60_000],
      [18, CALM_LOTS],
    ],
  },
  {
    // The price reaches out at 00:54 and, after five minutes of sellers, further at 01:04. At the first
    // reach fewer than 60 minutes are known, so it confirms nothing itself.
    ...OF_MINUTES,
    kind: 'divergence',
    direction: 'down',
    confirmedS: 70 * 60,
    leadS: 21 * 60 + 30,
    ...bothSides(STEADY),
    rushes: [
      ...reach(-940, 1),
      {
        fromS: -900,
        toS: -600,
        takerSide: 'sell',
        lots: pressLots,
        orders: () => 150,
        swings: 0,
      },
      ...reach(-340, 2),
    ],
  },
  {
    // Six orders buy twice as much as a busy minute trades, and the price goes along.
    ...OF_MINUTES,
    kind: 'whale',
    direction: 'up',
    confirmedS: 80 * 60,
    ...bothSides(GIVING),
    rushes: [
      { fromS: -60, toS: -20, takerSide: 'buy', lots: crowdLots, orders: () => 6, swings: 6 },
    ],
  },
  {
    // As much is bought in ordinary orders, twice as many as in a busy minute.
    ...OF_MINUTES,
    kind: 'retail_fomo',
    direction: 'up',
    confirmedS: 90 * 60,
    ...bothSides(GIVING),
    rushes: [
      {
        fromS: -60,
        toS: -20,
        takerSide: 'buy',
        lots: crowdLots,
        orders: (rate) => Math.ceil(150 + 1_300 * rate),
        swings: 6,
      },
    ],
  },
  {
    // A wall stands on either side; that of the asks moves six levels back at once, then both fade.
    ...OF_SECONDS,
    kind: 'wall_pulled',
    direction: 'up',
    confirmedS: 95 * 60 + 30,
    isOfFullBook: true,
    ...bothSides(STEADY),
    walls: [
      { side: 'bid', level: 7, lots: WALL_LEFT },
      {
        side: 'ask',
        level: 7,
        lots: [
          [-40, 0],
          [-40, WALL_LOTS],
          [-1, WALL_LOTS],
          [-1, 0],
        ],
      },
      {
        side: 'ask',
        level: 13,
        lots: [
          [-1, 0],
          [-1, WALL_LOTS],
          [0, WALL_LOTS],
          [18, 0],
        ],
      },
    ],
  },
];

export const EPISODE_KINDS: readonly PatternName[] = EPISODE_SCRIPTS.map(({ kind }) => kind);

/** The scripts of some kinds, in order of time. */
export function scriptsOf(kinds: readonly PatternName[]): readonly EpisodeScript[] {
  return EPISODE_SCRIPTS.filter(({ kind }) => kinds.includes(kind));
}

/** Minutes that a recording needs to hold episodes of these kinds; 0 for none. */
export function minutesForEpisodes(kinds: readonly PatternName[]): number {
  const endsMs = scriptsOf(kinds).map((script) => episodeRange(script).toMs);
  return Math.ceil(Math.max(0, ...endsMs) / MINUTE_MS);
}
