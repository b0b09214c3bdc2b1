/**
 * A recording of several days that takes a second to make: every four seconds a trade and two snapshots of a price that
 * walks by ticks. What the book leans to may foretell the next steps, or nothing does.
 */
import type { Workdir } from '../workdir.js';

export const WALK_SYMBOL = 'WALKUSDT';
export const WALK_DATE = '2024-05-06';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const STEP_MS = 4_000;
const LEVELS = 20;

export interface Walk {
  readonly days: number;
  readonly symbol?: string;
  /** Share of steps in which the price follows the book; 0: a martingale. */
  readonly lean?: number;
  readonly seed?: number;
}

/** Hour chunks below `root`, which declares them. */
export function writeWalk(
  workdir: Workdir,
  root: string,
  { days, symbol = WALK_SYMBOL, lean = 0, seed = 1 }: Walk,
): void {
  const layout = '{symbol}/{stream}/{date}/{hour}.csv';
  workdir.write(`${root}/_dataset.json`, JSON.stringify({ raw_layout: layout }));
  const state = { tick: 500_000, mood: 0, id: 1_000, draw: uniform(seed) };
  const startMs = Date.parse(`${WALK_DATE}T00:00:00Z`);
  for (let hourMs = startMs; hourMs < startMs + days * DAY_MS; hourMs += HOUR_MS) {
    const trades = ['timestamp,price,quantity,is_buyer_maker,trade_id'];
    const depth = ['timestamp,bids,asks'];
    for (let ms = hourMs; ms < hourMs + HOUR_MS; ms += STEP_MS) {
      const { draw } = state;
      // The mood of the book fades within minutes.
      state.mood = 0.99 * state.mood + 0.14 * (draw() + draw() - 1);
      depth.push(`${ms + 100},${side(state.tick, -1, state)},${side(state.tick + 1, 1, state)}`);
      const isUp = draw() < 0.5 + (draw() < lean ? 0.5 * Math.sign(state.mood) : 0);
      state.tick += (isUp ? 1 : -1) * Math.floor(4 * draw());
      depth.push(`${ms + 600},${side(state.tick, -1, state)},${side(state.tick + 1, 1, state)}`);
      const price = decimal(isUp ? state.tick + 1 : state.tick);
      trades.push(`${ms + 900},${price},${(1 + draw()).toFixed(3)},${!isUp},${state.id++}`);
    }
    const hour = new Date(hourMs).toISOString();
    const name = `${hour.slice(0, 10)}/${hour.slice(11, 13)}.csv`;
    workdir.write(`${root}/${symbol}/trades/${name}`, `${trades.join('\n')}\n`);
    workdir.write(`${root}/${symbol}/depth/${name}`, `${depth.join('\n')}\n`);
  }
}

function side(
  best: number,
  direction: 1 | -1,
  { mood, draw }: { readonly mood: number; readonly draw: () => number },
): string {
  const weight = 10 * (1 - direction * Math.max(-0.8, Math.min(0.8, mood)));
  const levels = Array.from({ length: LEVELS }, (_, level) => {
    const quantity = (weight * (0.5 + draw())).toFixed(3);
    return `[""${decimal(best + direction * level)}"",""${quantity}""]`;
  });
  return `"[${levels.join(',')}]"`;
}

function decimal(tick: number): string {
  return (tick / 100).toFixed(2);
}

/** A linear congruential generator (Numerical Recipes): the same numbers on every machine. */
function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
