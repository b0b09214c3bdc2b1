/** The fold of levels equals its definition in big integers, for any runs, late rows and cuts into stretches. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LevelFold } from '../../../src/core/book/level-fold.js';
import { levelWriters } from '../../../src/core/encode/book-signal-writers.js';
import { rolledUp } from '../../../src/core/grid/grid.js';
import { type Cells, levelCells, valueOf } from '../../support/book/book-cells.js';
import { feed } from '../../support/book/fed-market.js';
import { MARKET_MS, type MarketRow, marketRows } from '../../support/book/made-market.js';
import { cuts, merged, runLengths, stretches } from '../../support/book/market-cuts.js';
import { writtenCells } from '../../support/book/written-cells.js';
import { madeSnapshots } from '../event/made-rows.js';

/** A longer bar, of 30 seconds. */
const LONG_MS = 30_000;
const RANGE = { fromMs: 0, toMs: MARKET_MS };

function folded(rows: readonly MarketRow[], barMs: number, lengths: readonly number[]): LevelFold {
  const fold = new LevelFold(RANGE, barMs);
  feed(fold, rows, lengths);
  return fold;
}

function expected(rows: readonly MarketRow[], barMs: number): Cells[] {
  return Array.from({ length: MARKET_MS / barMs }, (_, bar) =>
    levelCells(rows, bar * barMs, (bar + 1) * barMs),
  );
}

test('every cell is exact, whatever the runs, the late rows, the scales and the stretches', () => {
  const seen = { full: 0, late: 0, lateAlone: 0 };
  fc.assert(
    fc.property(marketRows(), cuts, runLengths, fc.boolean(), (rows, at, lengths, fromLeft) => {
      const folds = stretches(rows, at).map((part) => folded(part, 1_000, lengths));
      const grid = merged(folds, fromLeft).finish();
      const seconds = expected(rows, 1_000);
      expect(writtenCells(levelWriters(grid), grid.length)).toEqual(seconds);
      const [longer, atOnce] = [rolledUp(grid, LONG_MS), folded(rows, LONG_MS, lengths).finish()];
      for (const long of [longer, atOnce]) {
        expect(writtenCells(levelWriters(long), long.length)).toEqual(expected(rows, LONG_MS));
      }
      seen.full += seconds.filter(({ book_full_count: count }) => count !== '0').length;
      seen.late += rows.filter(({ late }) => late).length;
      seen.lateAlone += seconds.filter(
        (cells) => cells['spread_max'] !== '' && cells['bid_close'] === '',
      ).length;
    }),
    { numRuns: 150 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(100);
});

test('refuses snapshots outside of its stretch of time', () => {
  const rows = madeSnapshots([{ timeMs: MARKET_MS }]);
  expect(() => {
    new LevelFold(RANGE, 1_000).takeDepth({ rows, from: 0, to: 1, late: false });
  }).toThrow('invariant broken');
});

test.for([
  ['9007199254741', '9007199254743', '1'],
  ['1', '2', '9007199254741'],
])('is exact where a value is safe in its chunk and not at the scale of the day', (row) => {
  const fold = new LevelFold(RANGE, MARKET_MS);
  for (const [bid, ask, quantity] of [['1.00001', '2', '0.00001'], row]) {
    const [bids, asks] = [[`${bid} ${quantity}`], [`${ask} ${quantity}`]];
    const rows = madeSnapshots([{ timeMs: 0, bids, asks }]);
    fold.takeDepth({ rows, from: 0, to: 1, late: false });
    const grid = fold.finish();
    expect(grid.bids.priceClose.at(0)).toBe(scaled5(bid));
    expect(grid.asks.quantityClose.at(0)).toBe(scaled5(quantity));
  }
});

/** At five decimals. */
function scaled5(text = ''): bigint {
  return valueOf(text) / 10n ** 13n;
}
