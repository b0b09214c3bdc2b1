/** Hands rows of a made-up market to folds as the pass does: as alternating runs of chunks of their own. */
import type { DepthFold, TwoStreamFold } from '../../../src/core/fold/fold.js';
import { madeSnapshots, madeTrades } from '../../core/event/made-rows.js';
import type { MarketRow } from './made-market.js';

type BookFold = DepthFold<unknown> | TwoStreamFold<unknown>;

/** No run has more rows than the next of `lengths`, which are taken in turn. */
export function feed(fold: BookFold, rows: readonly MarketRow[], lengths: readonly number[]): void {
  let run: MarketRow[] = [];
  let runs = 0;
  const end = (): void => {
    if (run.length > 0) takeRun(fold, run);
    run = [];
    runs += 1;
  };
  for (const row of rows) {
    const [first] = run;
    const isOther = first !== undefined && (first.kind !== row.kind || first.late !== row.late);
    const isBefore = (run.at(-1)?.timeMs ?? 0) > row.timeMs;
    if (isOther || isBefore || run.length >= (lengths[runs % lengths.length] ?? 1)) end();
    run.push(row);
  }
  end();
}

/** The run's rows lie between two others of its columns. */
function takeRun(fold: BookFold, run: readonly MarketRow[]): void {
  const range = { from: 1, to: run.length + 1, late: run[0]?.late === true };
  const trades = run.filter((row) => row.kind === 'trade');
  if (trades.length === 0) {
    const books = run.filter((row) => row.kind === 'book');
    const other = { timeMs: 0, bids: ['3 7'], asks: ['5 7'] };
    fold.takeDepth({ ...range, rows: madeSnapshots([other, ...books, other]) });
  } else if (fold.streams === 'both') {
    const other = { timeMs: 0, price: '3', quantity: '7', side: 'sell' as const };
    fold.takeTrades({ ...range, rows: madeTrades([other, ...trades, other]) });
  }
}
