/** What must hold for the oracle's patterns of any seconds, tried on hours of made-up ones. */
import { expect, it } from 'vitest';
import { cellRows, madeFiles } from '../support/signal-oracle/cell-text.js';
import type { CellRow } from '../support/signal-oracle/cell-text.js';
import type { CellFiles } from '../support/signal-oracle/day-cells.js';
import { oraclePatterns } from '../support/signal-oracle/oracle-patterns.js';
import { oracleScoreboard, patterns } from '../support/signal-oracle/oracle-scoreboard.js';

/** Whole numbers from 0 below a limit, the same ones for the same seed. */
function drawn(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

/** A price that walks, volumes in bursts, a book of changing depth, a missing stretch now and then. */
function madeSeconds(rows: number, seed: number): CellRow[] {
  const draw = drawn(seed);
  let doubledMid = 20_000;
  let cvd = 0;
  return Array.from({ length: rows }, (_, row) => {
    const kind = Math.floor(row / 60) % 13;
    const burst = kind === 3 || kind === 9 ? 9 : 1;
    const isTraded = draw(4) > 0;
    const [buy, sell] = isTraded ? [draw(10 * burst), draw(10 * burst)] : [0, 0];
    cvd += buy - sell;
    const before = doubledMid;
    if (draw(3) === 0) doubledMid += 2 * draw(5) - 4;
    const added = (): string => `${draw(40) * burst}.5`;
    const thin = `${draw(200)}.25`;
    return {
      close: String(doubledMid / 2),
      high: String(Math.max(before, doubledMid) / 2),
      low: String(Math.min(before, doubledMid) / 2),
      trade_count: isTraded ? '3' : '0',
      vol_buy: String(buy),
      vol_sell: String(sell),
      vol_total: String(buy + sell),
      vol_delta: String(buy - sell),
      cvd: String(cvd),
      taker_orders: isTraded ? String(1 + draw(kind === 3 ? 300 : 30)) : '0',
      bid_close: draw(50) === 0 ? '' : String(doubledMid / 2 - 1),
      ask_close: String(doubledMid / 2 + 1),
      imbalance_l20: `0.${1000 + draw(8000)}`,
      imbalance_l1: `0.${1000 + draw(8000)}`,
      bid_qty_l20: thin,
      ask_qty_l20: `${draw(200)}`,
      bid_qty_l20_min: thin,
      ask_qty_l20_min: `${draw(200)}`,
      bid_added: added(),
      bid_pulled: added(),
      ask_added: added(),
      ask_pulled: draw(500) === 0 ? '' : added(),
      bid_wall_pulled: draw(60) === 0 ? added() : '0',
      ask_wall_pulled: draw(60) === 0 ? added() : '0',
      trades_missing_ms: row % 5000 === 4100 ? '400' : '0',
    };
  });
}

function filesOf(seconds: CellRow[]): CellFiles {
  return madeFiles(seconds.length, (row) => seconds[row] ?? {});
}

function turned(text: string): string {
  return text === '' ? '' : String(20_000 - Number(text));
}

function negative(text: string): string {
  return String(0 - Number(text));
}

/** The market in a mirror: what was bought is sold, and prices fall where they rose. */
function mirrored(second: CellRow): CellRow {
  const cell = (name: string): string => second[name] ?? '0';
  const other = Object.entries(second).map(([name, text]): [string, string] => [
    name.replace(/^(?:bid|ask)_/, (side) => (side === 'bid_' ? 'ask_' : 'bid_')),
    text,
  ]);
  return {
    ...Object.fromEntries(other),
    close: turned(cell('close')),
    high: turned(cell('low')),
    low: turned(cell('high')),
    vol_buy: cell('vol_sell'),
    vol_sell: cell('vol_buy'),
    vol_delta: negative(cell('vol_delta')),
    cvd: negative(cell('cvd')),
    bid_close: turned(cell('ask_close')),
    ask_close: turned(cell('bid_close')),
  };
}

/** What does not depend on the price, without imbalance. */
function found(all: CellRow[]): string[] {
  const lines = all
    .filter(({ pattern }) => pattern !== 'imbalance')
    .map(({ confirmed, pattern, direction, from, strength, threshold }) =>
      [confirmed, pattern, direction, from, strength, threshold].join(' '),
    );
  return lines.toSorted();
}

function withoutOutcomes(all: CellRow[]): string[] {
  return all.map((event) => Object.values(event).slice(0, 7).join(','));
}

const hours = madeSeconds(4 * 3600, 7);
const file = oraclePatterns(filesOf(hours));
const events = cellRows(file);

it('reaches every pattern in both directions, in order', () => {
  const kinds = new Set(events.map(({ pattern, direction }) => `${pattern} ${direction}`));
  expect([...kinds].toSorted()).toEqual(
    patterns.flatMap((pattern) => [`${pattern} down`, `${pattern} up`]),
  );
  const keys = events.map((each) => `${each['confirmed']} ${each['pattern']} ${each['direction']}`);
  expect(keys).toEqual(keys.toSorted());
});

it('uses nothing that comes later', () => {
  const whole = withoutOutcomes(events);
  for (const rows of [7777, 12_000]) {
    const early = withoutOutcomes(cellRows(oraclePatterns(filesOf(hours.slice(0, rows)))));
    expect(early.length).toBeGreaterThan(0);
    expect(early).toEqual(whole.slice(0, early.length));
    const next = events[early.length]?.['confirmed'] ?? '';
    expect(Date.parse(next) % 86_400_000).toBeGreaterThan(rows * 1000);
  }
});

it('finds the mirror image in the mirror, but for the ranks of imbalance', () => {
  const image = cellRows(oraclePatterns(filesOf(hours.map(mirrored))));
  const flipped = image.map((event) => ({
    ...event,
    direction: event['direction'] === 'up' ? 'down' : 'up',
  }));
  expect(found(flipped)).toEqual(found(events));
});

it('scores the events of the file', () => {
  const lines = oracleScoreboard(filesOf(hours));
  const columns = new Map([
    [10, 'outcome_10s_bps'],
    [60, 'outcome_60s_bps'],
    [300, 'outcome_300s_bps'],
  ]);
  for (const { pattern, horizonSeconds, n, ties, hits, up, down, hitRate } of lines) {
    const outcomes = events
      .filter((event) => event['pattern'] === pattern)
      .map((event) => event[columns.get(horizonSeconds) ?? ''] ?? '')
      .filter((outcome) => outcome !== '');
    // No move of these prices is so small that it is rounded to nothing.
    expect(ties).toBe(outcomes.filter((outcome) => outcome === '0').length);
    expect([n, n]).toEqual([outcomes.length - ties, up + down]);
    expect(hits).toBe(outcomes.filter((outcome) => Number(outcome) > 0).length);
    expect(hitRate === undefined).toBe(n === 0);
    expect(Math.abs(Number(hitRate ?? 0) * n - hits)).toBeLessThanOrEqual(5.1e-5 * n);
  }
  expect(lines.some(({ ties }) => ties > 0)).toBe(true);
});
