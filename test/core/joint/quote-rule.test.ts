/** The quote rule as a fold, against every trade compared with every snapshot, for any cut of the rows. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { clocksDoubt, sideDoubt } from '../../../src/core/evidence/quote-rule-doubt.js';
import { FoldFeed } from '../../../src/core/fold/fold-feed.js';
import { QuoteRuleFold } from '../../../src/core/joint/quote-rule.js';
import type { QuoteRule } from '../../../src/core/stored/quality-report.js';
import {
  quotedTrades,
  quotes,
  type Quote,
  type QuotedTrade,
} from '../../support/recording/quoted-recording.js';
import { parseDecimalE18 } from '../../support/oracle/decimal.js';
import { quoteFigures } from '../../support/oracle/quote-rule.js';
import { madeSnapshots, madeTrades } from '../event/made-rows.js';

type Row = QuotedTrade | Quote;

/** Time; trades before snapshots of the same millisecond; then as given. */
function inFeedOrder(trades: readonly QuotedTrade[], books: readonly Quote[]): Row[] {
  return [...trades, ...books].toSorted((a, b) => a.offsetMs - b.offsetMs);
}

/** One worker: its stretch of the rows, each stream in chunks of a few rows. */
function folded(rows: readonly Row[]): QuoteRuleFold {
  const fold = new QuoteRuleFold();
  const feed = new FoldFeed([fold]);
  let sequence = 0;
  for (let at = 0; at < rows.length; at += 7) {
    const part = rows.slice(at, at + 7);
    const trades = part.flatMap((row) =>
      'price' in row
        ? [
            {
              timeMs: row.offsetMs,
              price: row.price,
              side: row.isSell ? ('sell' as const) : ('buy' as const),
            },
          ]
        : [],
    );
    const books = part.flatMap((row) =>
      'price' in row
        ? []
        : [{ timeMs: row.offsetMs, bids: [`${row.bid} 1`], asks: [`${row.ask} 1`] }],
    );
    feed.push(madeTrades(trades, sequence), -1);
    feed.push(madeSnapshots(books, sequence), -1);
    sequence += part.length;
  }
  feed.finish();
  return fold;
}

function level(price: string): { priceE18: bigint; quantityE18: bigint } {
  const priceE18 = parseDecimalE18(price);
  if (priceE18 === undefined) throw new RangeError(`no price: '${price}'`);
  return { priceE18, quantityE18: 1n };
}

function expected(rows: readonly Row[]): QuoteRule {
  const shared = { line: 1, timestampDigits: 13, id: undefined };
  const { trades, above, below, ...rest } = quoteFigures(
    rows.flatMap((row) =>
      'price' in row
        ? [
            {
              ...shared,
              kind: 'trade' as const,
              timeMs: row.offsetMs,
              ...level(row.price),
              takerSide: row.isSell ? ('sell' as const) : ('buy' as const),
              execType: undefined,
            },
          ]
        : [],
    ),
    rows.flatMap((row) =>
      'price' in row
        ? []
        : [
            {
              ...shared,
              kind: 'depth' as const,
              timeMs: row.offsetMs,
              bids: [level(row.bid)],
              asks: [level(row.ask)],
            },
          ],
    ),
  );
  return {
    trades,
    above,
    above_buyers: rest.aboveBuyers,
    below,
    below_sellers: rest.belowSellers,
    clock_trades: rest.clockTrades,
    clock_agree: rest.clockAgree,
  };
}

test('equals its definition for any cut of the rows into stretches, merged in any grouping', () => {
  const seen = { trades: 0, above: 0, below: 0, clock: 0, cuts: 0 };
  fc.assert(
    fc.property(
      fc.array(quotedTrades(), { maxLength: 40, size: 'max' }),
      fc.array(quotes(), { maxLength: 20, size: 'max' }),
      fc.array(fc.nat({ max: 60 }), { maxLength: 4 }),
      fc.boolean(),
      (trades, books, cuts, fromLeft) => {
        const rows = inFeedOrder(trades, books);
        const bounds = [0, ...cuts.toSorted((a, b) => a - b), rows.length];
        const folds = bounds.slice(1).map((to, index) => folded(rows.slice(bounds[index], to)));
        const merged = fromLeft
          ? folds.reduce((whole, next) => joined(whole, next))
          : folds.reduceRight((whole, before) => joined(before, whole));
        const figures = merged.finish();
        expect(figures).toEqual(expected(rows));
        seen.trades += figures.trades;
        seen.above += figures.above;
        seen.below += figures.below;
        seen.clock += figures.clock_trades;
        seen.cuts += cuts.length;
      },
    ),
    { numRuns: 300 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(200);
});

function joined(fold: QuoteRuleFold, next: QuoteRuleFold): QuoteRuleFold {
  fold.merge(next);
  return fold;
}

test('skips late runs', () => {
  const fold = new QuoteRuleFold();
  const rows = madeTrades([{ timeMs: 1, price: '9' }]);
  const books = madeSnapshots([{ timeMs: 0 }]);
  fold.takeDepth({ rows: books, from: 0, to: 1, late: true });
  fold.takeTrades({ rows, from: 0, to: 1, late: false });
  fold.takeDepth({ rows: books, from: 0, to: 1, late: false });
  fold.takeTrades({ rows, from: 0, to: 1, late: true });
  expect(fold.finish().trades).toBe(0);
  fold.takeTrades({ rows, from: 0, to: 1, late: false });
  expect(fold.finish()).toMatchObject({ trades: 1, above: 1, above_buyers: 1 });
});

const FIGURES: QuoteRule = {
  trades: 2_000,
  above: 500,
  above_buyers: 500,
  below: 500,
  below_sellers: 500,
  clock_trades: 200,
  clock_agree: 100,
};

test.for<[string, Partial<QuoteRule>, number, boolean]>([
  ['all agree', {}, 1, false],
  ['just enough of one side', { above_buyers: 350 }, 0.7, false],
  ['too few of those above', { above_buyers: 349 }, 0.7, true],
  ['too few of those below', { below_sellers: 349 }, 0.7, true],
  ['too few trades to tell', { above: 499, above_buyers: 0 }, 0.7, false],
  ['no trade above', { above: 0, above_buyers: 0, below: 1_000, below_sellers: 1_000 }, 0.7, true],
  ['no trade above, whatever the share', { above: 0, above_buyers: 0, below: 1_000 }, 0, false],
])('sides are doubtful: %s', ([, figures, sideMin, isDoubtful]) => {
  expect(sideDoubt({ ...FIGURES, ...figures }, sideMin) !== undefined).toBe(isDoubtful);
});

test('clocks are doubtful where fewer than half of at least 200 trades agree with the snapshot before', () => {
  expect(clocksDoubt(FIGURES)).toBeUndefined();
  expect(clocksDoubt({ ...FIGURES, clock_agree: 99 })).toMatch(/^of 200 trades .* 99 agree/);
  expect(clocksDoubt({ ...FIGURES, clock_trades: 199, clock_agree: 0 })).toBeUndefined();
});
