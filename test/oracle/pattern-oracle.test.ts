/** The oracle's patterns and scoreboard of hand-made seconds, with results computed by hand. */
import { describe, expect, it } from 'vitest';
import { madeFiles } from '../support/signal-oracle/cell-text.js';
import type { CellRow } from '../support/signal-oracle/cell-text.js';
import { halfUp, oraclePatterns, patternHeader } from '../support/signal-oracle/oracle-patterns.js';
import { oracleScoreboard } from '../support/signal-oracle/oracle-scoreboard.js';
import { ascending, quantileOf, trailingHour } from '../support/signal-oracle/quantiles.js';

/** The lines of a day that begins with these seconds. */
function eventsOf(rows: number, made: (row: number) => CellRow): string[] {
  const [header, ...events] = oraclePatterns(madeFiles(rows, made)).trimEnd().split('\n');
  expect(header).toBe(patternHeader);
  return events;
}

/** Seconds that differ from quiet ones. */
function only(cells: Record<number, CellRow>): (row: number) => CellRow {
  return (row) => cells[row] ?? {};
}

/** Seconds of minutes with a high; `cvd` falls after minute 50. */
function peaks(cells: Record<number, CellRow>): (row: number) => CellRow {
  return (row) => {
    const minute = Math.floor(row / 60);
    return { cvd: minute === 50 ? '10' : '8', ...(row % 60 === 30 ? cells[minute] : undefined) };
  };
}

function highOf(high: string): CellRow {
  return { high, trade_count: '1' };
}

function timeOf(event: string): string {
  return event.slice(11, 19);
}

/** Walls that go, and a bid that falls a little at 00:50:10. */
function walls(row: number): CellRow {
  return {
    ...(row >= 3010 ? { bid_close: '99.499997' } : {}),
    ...only({
      2999: { bid_wall_pulled: '4.5' },
      3000: { ask_wall_pulled: '5', ask_pulled: '9' },
      3030: { ask_wall_pulled: '6' },
      3059: { ask_wall_pulled: '7', ask_pulled: '9' },
      3060: { ask_wall_pulled: '8.10' },
    })(row),
  };
}

describe('a quantile', () => {
  it('has a rank rounded up, of the hour before the minute', () => {
    const values = Array.from({ length: 4000 }, (_, row) => (row === 7 ? undefined : BigInt(row)));
    const quantile = quantileOf(values, ascending, trailingHour);
    // Of the rows before 1,800 one counts for nothing.
    expect(quantile(50, 1859)).toBeUndefined();
    // 1,859 values: ranks 465 and 1,841 (1840.41).
    expect([quantile(25, 1860), quantile(99, 1919)]).toEqual([465n, 1841n]);
    // Rows 300 to 3,899: ranks 36 and 3,564.
    expect([quantile(1, 3900), quantile(99, 3959)]).toEqual([335n, 3863n]);
  });

  it('takes a value as often as it occurs', () => {
    const quantile = quantileOf([5n, 1n, 5n, 1n, 5n, 0n], ascending, {
      block: 5,
      back: 5,
      valuesMin: 5,
    });
    expect([40, 41].map((percent) => quantile(percent, 5))).toEqual([1n, 5n]);
  });
});

describe('an outcome', () => {
  it('is rounded half up, below zero as well', () => {
    expect([-15n, -5n, -6n, 5n, 15n].map((each) => halfUp(each, 10n, 0))).toEqual([
      -1n,
      0n,
      -1n,
      1n,
      2n,
    ]);
  });
});

describe('wall_pulled', () => {
  it('waits a minute after an event, not after a suppressed one', () => {
    expect(eventsOf(3600, walls)).toEqual([
      // Of 200 the sum of the quotes fell by 0.000003: 0.00015 bps, and half up of either sign.
      '2024-03-02T00:50:00Z,wall_pulled,down,2024-03-02T00:49:59Z,100,4.5,0,0,0.0002,0.0002',
      '2024-03-02T00:50:01Z,wall_pulled,up,2024-03-02T00:50:00Z,100,5,0,-0.0001,-0.0001,-0.0001',
      '2024-03-02T00:51:01Z,wall_pulled,up,2024-03-02T00:51:00Z,99.9999985,8.1,0,0,0,0',
    ]);
  });

  it('has no outcome over seconds that are not known or beyond the day', () => {
    const [, first, second] = eventsOf(3290, (row) => ({
      ...walls(row),
      ...(row === 3062 ? { depth_missing_ms: '1' } : {}),
      ...(row === 3056 ? { bid_close: '', ask_close: '' } : {}),
    }));
    expect(first?.split(',').slice(7)).toEqual(['-0.0001', '-0.0001', '']);
    expect(second?.split(',').slice(7)).toEqual(['', '', '']);
  });

  it('is scored beside its control and the base rate', () => {
    const files = madeFiles(3600, walls);
    const lines = oracleScoreboard(files).filter(({ pattern }) => pattern === 'wall_pulled');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toEqual({
      pattern: 'wall_pulled',
      horizonSeconds: 10,
      n: 1,
      ties: 2,
      hits: 0,
      up: 1,
      down: 0,
      // 3,059 is too soon after 3,000.
      control: { n: 1, ties: 0, hits: 0, up: 1, down: 0 },
      base: { up: 0, down: 10 },
      hitRate: '0',
      controlHitRate: '0',
      expectedHitRate: '0',
    });
    expect(lines[1]).toMatchObject({ n: 2, ties: 1, hits: 1, up: 1, down: 1, hitRate: '0.5' });
    // Half of the events went down, as every second did.
    expect(lines[1]).toMatchObject({ base: { up: 0, down: 60 }, expectedHitRate: '0.5' });
    expect(oracleScoreboard(files)[0]).toMatchObject({
      pattern: 'absorption',
      n: 0,
      hitRate: undefined,
    });
  });
});

describe('absorption', () => {
  const sale = { vol_sell: '1', vol_delta: '-1', bid_added: '1' };

  it('needs what was sold to be refilled, in every second of the window', () => {
    const refilled = only({
      3000: { ...sale, bid_pulled: '0.5' },
      3001: { ...sale, bid_added: '1.5' },
    });
    expect(eventsOf(3600, refilled)).toEqual([
      '2024-03-02T00:50:02Z,absorption,up,2024-03-02T00:49:47Z,100,2,0,0,0,0',
    ]);
    const unsaid = (row: number): CellRow => ({
      ...refilled(row),
      ...only({ 2990: { bid_added: '' } })(row),
    });
    expect(eventsOf(3600, unsaid)).toEqual([
      '2024-03-02T00:50:06Z,absorption,up,2024-03-02T00:49:51Z,100,2,0,0,0,0',
    ]);
  });

  it('needs a known window, the second before it included', () => {
    const holed = only({ 3000: sale, 2990: { trades_missing_ms: '1' } });
    expect(eventsOf(3600, holed).map(timeOf)).toEqual(['00:50:07']);
  });
});

describe('exhaustion', () => {
  it('comes where a rise stopped before thin asks', () => {
    // r rises at 2,998; from 3,003 to 3,012 that is between the first and the second look back.
    const events = eventsOf(3600, (row) => ({
      ask_qty_l20: row >= 3000 && row < 3010 ? '3.5' : '3',
      ...(row >= 2998 ? { bid_close: '99.6' } : {}),
      ...(row === 3000 ? { vol_buy: '2', vol_delta: '2' } : {}),
    }));
    expect(events).toEqual([
      '2024-03-02T00:50:11Z,exhaustion,down,2024-03-02T00:49:56Z,100.05,2,0,0,0,0',
    ]);
  });
});

describe('liquidity_vacuum and imbalance', () => {
  it('take the largest and the smallest, ties included', () => {
    const events = eventsOf(3600, (row) => ({
      bid_qty_l20_min: row === 3001 ? '0.5' : '1',
      imbalance_l20: row < 3200 ? `0.${String(5000 + (row % 2))}` : '0.5',
      imbalance_l1: '',
      ...only({ 3000: { bid_pulled: '2' }, 3001: { bid_pulled: '3', bid_added: '0.75' } })(row),
    }));
    expect(events.filter((event) => event.includes('vacuum'))).toEqual([
      '2024-03-02T00:50:01Z,liquidity_vacuum,down,2024-03-02T00:50:00Z,100,2,0,0,0,0',
    ]);
    // From 30 minutes on: three of five odd rows are the most that there is, two the least.
    const imbalances = events.filter((event) => event.includes('imbalance'));
    expect(imbalances.slice(0, 2)).toEqual([
      '2024-03-02T00:31:01Z,imbalance,down,2024-03-02T00:30:56Z,100,2.5002,2.5002,0,0,0',
      '2024-03-02T00:31:02Z,imbalance,up,2024-03-02T00:30:57Z,100,2.5003,2.5003,0,0,0',
    ]);
    expect(imbalances.at(-1)).toContain(',down,');
  });
});

describe('divergence', () => {
  it('needs a higher high that the volume did not follow, and is known five minutes later', () => {
    const made = peaks({ 50: highOf('105'), 70: highOf('106') });
    expect(eventsOf(5400, made)).toEqual([
      '2024-03-02T01:16:00Z,divergence,down,2024-03-02T00:50:00Z,100,2,0,0,0,0',
    ]);
  });

  it('takes the latest earlier pivot alone, and pivots are strict', () => {
    const lower = { 50: highOf('105'), 70: highOf('106') };
    // Minute 60 itself diverges, minute 70 is below it.
    expect(eventsOf(5400, peaks({ ...lower, 60: highOf('107') })).map(timeOf)).toEqual([
      '01:06:00',
    ]);
    expect(eventsOf(5400, peaks({ ...lower, 71: highOf('106') }))).toEqual([]);
    expect(eventsOf(5400, peaks({ ...lower, 60: { high: '107' } }))).toHaveLength(1);
    expect(eventsOf(5400, peaks({ ...lower, 48: { trades_missing_ms: '1' } }))).toEqual([]);
  });
});

describe('whale and retail_fomo', () => {
  it('take a minute of much volume, in few orders or in many', () => {
    const events = eventsOf(5400, (row) => {
      if (row % 60 !== 0) return {};
      const usual = { vol_total: '1', taker_orders: row === 60 * 20 ? '0' : '2' };
      return {
        ...usual,
        ...only({
          [60 * 62]: { vol_total: '5', vol_delta: '5', taker_orders: '2' },
          [60 * 64]: { vol_total: '6', vol_delta: '6' },
          [60 * 67]: { vol_total: '7', vol_delta: '-7', taker_orders: '1' },
          [60 * 68]: { vol_total: '7', vol_delta: '7', taker_orders: '20' },
          [60 * 69]: { vol_total: '9' },
        })(row),
      };
    });
    // Nothing to refill is refilled.
    expect(events.filter((event) => !event.includes('absorption'))).toEqual([
      '2024-03-02T01:03:00Z,retail_fomo,up,2024-03-02T01:02:00Z,100,5,1,0,0,0',
      '2024-03-02T01:03:00Z,whale,up,2024-03-02T01:02:00Z,100,5,1,0,0,0',
      '2024-03-02T01:08:00Z,whale,down,2024-03-02T01:07:00Z,100,7,1,0,0,0',
      '2024-03-02T01:09:00Z,retail_fomo,up,2024-03-02T01:08:00Z,100,7,1,0,0,0',
    ]);
  });
});
