/** The slow, independent oracle of the scoreboard of one symbol-day, without its resampled interval. */
import { plainText } from '../oracle/decimal.js';
import { dayCells } from './day-cells.js';
import type { CellFiles, DayCells } from './day-cells.js';
import { allOccurrences, halfUp, horizons, moveAfter, outcomeOf } from './oracle-patterns.js';
import { trailingHour } from './quantiles.js';
import type { Occurrence } from './rules.js';

/** How occurrences of one kind ended. */
export interface Tally {
  /** With an outcome that is not 0. */
  n: number;
  ties: number;
  hits: number;
  /** Of n, by direction. */
  up: number;
  down: number;
}

export interface ScoreLine extends Tally {
  pattern: string;
  horizonSeconds: number;
  control: Tally;
  /** Of all seconds from the first with a full past on. */
  base: { up: number; down: number };
  /** Four decimals; undefined without anything to divide by. */
  hitRate: string | undefined;
  controlHitRate: string | undefined;
  expectedHitRate: string | undefined;
}

export const patterns: readonly string[] = [
  'absorption',
  'divergence',
  'exhaustion',
  'imbalance',
  'liquidity_vacuum',
  'retail_fomo',
  'wall_pulled',
  'whale',
];

/** By pattern, then by horizon. */
export function oracleScoreboard(cells: CellFiles): ScoreLine[] {
  const day = dayCells(cells);
  const { events, controls } = allOccurrences(day);
  const bases = new Map(horizons.map((horizon) => [horizon, baseOf(day, horizon)]));
  return patterns.flatMap((pattern) =>
    horizons.map((horizon): ScoreLine => {
      const isOfIt = (each: Occurrence): boolean => each.pattern === pattern;
      const event = tallyOf(day, events.filter(isOfIt), horizon);
      const control = tallyOf(day, controls.filter(isOfIt), horizon);
      const base = bases.get(horizon) ?? { up: 0, down: 0 };
      return {
        pattern,
        horizonSeconds: horizon,
        ...event,
        control,
        base,
        hitRate: rateText(event.hits, event.n),
        controlHitRate: rateText(control.hits, control.n),
        expectedHitRate: rateText(
          event.up * base.up + event.down * base.down,
          event.n * (base.up + base.down),
        ),
      };
    }),
  );
}

function tallyOf(day: DayCells, occurrences: Occurrence[], horizon: number): Tally {
  const tally: Tally = { n: 0, ties: 0, hits: 0, up: 0, down: 0 };
  for (const { row, direction } of occurrences) {
    const move = moveAfter(day, row, horizon);
    if (move === undefined) continue;
    if (move === 0n) {
      tally.ties += 1;
      continue;
    }
    tally.n += 1;
    tally[direction] += 1;
    if (outcomeOf(move, direction) > 0n) tally.hits += 1;
  }
  return tally;
}

/** Known rows from the first on whose trailing hour holds enough known rows. */
function baseOf(day: DayCells, horizon: number): { up: number; down: number } {
  const { block, back, valuesMin } = trailingHour;
  const base = { up: 0, down: 0 };
  let hasPast = false;
  for (let row = 0; row < day.rows; row += 1) {
    if (!hasPast && row % block === 0) {
      const past = day.isKnown.slice(Math.max(0, row - back), row);
      hasPast = past.filter(Boolean).length >= valuesMin;
    }
    const move = hasPast && day.isKnown[row] === true ? moveAfter(day, row, horizon) : undefined;
    if (move !== undefined && move > 0n) base.up += 1;
    if (move !== undefined && move < 0n) base.down += 1;
  }
  return base;
}

function rateText(over: number, under: number): string | undefined {
  return under === 0 ? undefined : plainText(halfUp(BigInt(over), BigInt(under), 4), 4);
}
