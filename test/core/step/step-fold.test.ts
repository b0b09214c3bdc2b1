/** The fold of steps equals its definition in big integers, for any runs, late rows and cuts into stretches. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stepWriters } from '../../../src/core/encode/book-signal-writers.js';
import { rolledUp } from '../../../src/core/grid/grid.js';
import { StepFold } from '../../../src/core/step/step-fold.js';
import {
  type Cells,
  changesOf,
  stepCells,
  stepsOf,
  valueOf,
} from '../../support/book/book-cells.js';
import { feed } from '../../support/book/fed-market.js';
import { MARKET_MS, type MarketRow, marketRows } from '../../support/book/made-market.js';
import { cuts, merged, runLengths, stretches } from '../../support/book/market-cuts.js';
import { writtenCells } from '../../support/book/written-cells.js';
import { plainText } from '../../support/oracle/decimal.js';
import { fullSide, madeSnapshots } from '../event/made-rows.js';

/** A longer bar, of 30 seconds. */
const LONG_MS = 30_000;
const RANGE = { fromMs: 0, toMs: MARKET_MS };

function folded(rows: readonly MarketRow[], barMs: number, lengths: readonly number[]): StepFold {
  const fold = new StepFold(RANGE, barMs);
  feed(fold, rows, lengths);
  return fold;
}

function expected(rows: readonly MarketRow[], barMs: number): Cells[] {
  const steps = stepsOf(rows);
  return Array.from({ length: MARKET_MS / barMs }, (_, bar) =>
    stepCells(steps, bar * barMs, (bar + 1) * barMs),
  );
}

function barsWith(cells: readonly Cells[], column: string): number {
  return cells.filter(({ [column]: text = '' }) => text !== '' && text !== '0').length;
}

test('every cell is exact, whatever the runs, the late rows, the scales and the stretches', () => {
  const seen = { bars: 0, wide: 0, walls: 0, traded: 0, fives: 0 };
  fc.assert(
    fc.property(marketRows(), cuts, runLengths, fc.boolean(), (rows, at, lengths, fromLeft) => {
      const folds = stretches(rows, at).map((part) => folded(part, 1_000, lengths));
      const grid = merged(folds, fromLeft).finish();
      const seconds = expected(rows, 1_000);
      expect(writtenCells(stepWriters(grid), grid.length)).toEqual(seconds);
      const [longer, atOnce] = [rolledUp(grid, LONG_MS), folded(rows, LONG_MS, lengths).finish()];
      for (const long of [longer, atOnce]) {
        expect(writtenCells(stepWriters(long), long.length)).toEqual(expected(rows, LONG_MS));
      }
      seen.bars += barsWith(seconds, 'bid_added') + barsWith(seconds, 'ask_pulled');
      seen.wide += seconds.filter(({ bid_added: added = '' }) => added.length > 18).length;
      seen.fives += barsWith(seconds, 'ofi_l5');
      seen.walls += barsWith(seconds, 'bid_wall_pulled') + barsWith(seconds, 'ask_wall_pulled');
      for (const step of stepsOf(rows)) {
        const changes = [...changesOf(step, 'bids').values(), ...changesOf(step, 'asks').values()];
        seen.traded += changes.filter(({ traded }) => traded > 0n).length;
      }
    }),
    { numRuns: 200 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(50);
});

test('refuses snapshots outside of its stretch of time', () => {
  const rows = madeSnapshots([{ timeMs: MARKET_MS }]);
  expect(() => {
    new StepFold(RANGE, 1_000).takeDepth({ rows, from: 0, to: 1, late: false });
  }).toThrow('invariant broken');
});

describe('one step', () => {
  const asks = fullSide(200, 1);

  /** The cells of the step from the bids of the one snapshot to those of the other, with sales in between. */
  function stepOf(
    before: readonly string[],
    after: readonly string[],
    sales: readonly string[] = [],
    gapMs = 100,
  ): Cells {
    const late = false;
    const rows: MarketRow[] = [
      { kind: 'book', timeMs: 0, bids: before, asks, late },
      ...sales.map((text): MarketRow => {
        const [price = '', quantity = ''] = text.split(' ');
        return { kind: 'trade', timeMs: 50, price, quantity, side: 'sell', late };
      }),
      { kind: 'book', timeMs: gapMs, bids: after, asks, late },
    ];
    const [cells = {}] = writtenCells(stepWriters(folded(rows, 60_000, [9]).finish()), 1);
    expect([cells]).toEqual(expected(rows, 60_000).slice(0, 1));
    return cells;
  }

  test('pulls what was not traded, and adds what came beside the trades', () => {
    expect(stepOf(['100 5', '99 4'], ['100 1', '99 4'], ['100 3'])).toMatchObject({
      bid_added: '0',
      bid_pulled: '1',
      ask_added: '0',
      ask_pulled: '0',
      ofi_l1: '-4',
      ofi_l5: '',
      bid_wall_pulled: '',
    });
    expect(stepOf(['100 5', '99 4'], ['100 5', '99 4'], ['100 3', '98.5 9'])).toMatchObject({
      bid_added: '3',
      bid_pulled: '0',
    });
  });

  test('does not call a level pulled that slid out of the window', () => {
    expect(stepOf(['100 5', '99 4'], ['101 2', '100 5'])).toMatchObject({
      bid_added: '2',
      bid_pulled: '0',
      ofi_l1: '2',
    });
  });

  test.for([0, 15])('has walls at their exact limits, with %i zeros behind', (zeros) => {
    const times = (quantity: string): string =>
      plainText(valueOf(quantity) * 10n ** BigInt(zeros), 18);
    const one = fullSide(100, -1, times('1'));
    const wallOf = (quantity: string): string[] => one.with(3, `97 ${times(quantity)}`);
    const pulled = (before: string, after: string, ...sales: string[]): string | undefined =>
      stepOf(wallOf(before), wallOf(after), sales)['bid_wall_pulled'];
    expect(pulled('4.75', '1.9')).toBe(times('2.85'));
    expect(pulled('4.75', '1.91')).toBe('0');
    expect(pulled('4.74', '1')).toBe('0');
    expect(pulled('4.75', '1', `97 ${times('1')}`)).toBe('0');
    expect(stepOf(one.with(0, `100 ${times('9')}`), one)).toMatchObject({
      bid_wall_pulled: '0',
      bid_pulled: times('8'),
    });
  });

  test('is none after more than a second', () => {
    expect(stepOf(['100 5'], ['100 4'], [], 1_000)).toMatchObject({ bid_pulled: '1' });
    expect(stepOf(['100 5'], ['100 4'], [], 1_001)).toMatchObject({ bid_pulled: '', ofi_l1: '' });
  });

  test('keeps all trades that it can reach, also across a cut', () => {
    const late = false;
    const book = { kind: 'book', bids: ['100 5'], asks, late } as const;
    const trade = { kind: 'trade', price: '100', quantity: '1', side: 'sell', late } as const;
    const rows: MarketRow[] = [
      { ...book, timeMs: 0 },
      ...Array.from({ length: 100 }, (_, at) => ({ ...trade, timeMs: at + 1 })),
      { ...trade, timeMs: 1_000 },
      { ...book, timeMs: 1_000 },
    ];
    for (const cut of [0, 1, 50, 102]) {
      const folds = stretches(rows, [cut]).map((part) => folded(part, 60_000, [40]));
      const [cells] = writtenCells(stepWriters(merged(folds, true).finish()), 1);
      expect(cells).toMatchObject({ bid_added: '101', bid_pulled: '0' });
    }
  });
});
