/** The cells of a row of signals that snapshots give, by themselves and compared with each other. */
import type { LevelColumn, StepColumn } from '../encode/book-signal-writers.js';
import type { BookSignalColumn } from '../encode/signal-file.js';
import { counted } from '../unit/words.js';
import { NO_SNAPSHOT, noFull, shareCell } from './bar-cells.js';
import type { BarTrace } from '../trace/bar-trace.js';
import { type CellArithmetic, type CellsBy, cell, emptyCell, meanCell } from './cell.js';
import { plain } from '../trace/exact.js';
import type { KeptSnapshot } from '../trace/rows.js';

export function bookSignalCells({ facts }: BarTrace): CellsBy<BookSignalColumn> {
  return { ...levelCells(facts.book), ...stepCells(facts.steps, facts.book) };
}

function levelCells(book: BarTrace['facts']['book']): CellsBy<LevelColumn> {
  const { count, late, five, full, shares, bids, asks, last, spreadMax } = book;
  const lateWords = late === 0 ? '' : `, ${late} of them late`;
  const noSnapshot =
    count === 0
      ? NO_SNAPSHOT
      : `all of ${counted(count, 'snapshot')} are late, so none is the last in Order`;
  const noFive =
    count === 0 ? NO_SNAPSHOT : `none of ${counted(count, 'snapshot')} has 5 levels on both sides`;
  const close = (what: string, of: (row: KeptSnapshot) => bigint | undefined): CellArithmetic =>
    last === undefined
      ? emptyCell(noSnapshot)
      : cell(plain(of(last) ?? 0n), `${what} of the last snapshot in Order`, {}, [
          { what: 'last in Order', row: last },
        ]);
  const least = (side: typeof bids, of: string): CellArithmetic =>
    side.least === undefined
      ? emptyCell(noFull(count))
      : cell(
          plain(side.least.quantity),
          `least Σ quantity of the 20 ${of} of a full snapshot`,
          {},
          [{ what: 'least', row: side.least.row }],
        );
  return {
    book_count: cell(
      String(count),
      `used and short snapshots whose time lies in the bar${lateWords}`,
    ),
    book_full_count: cell(String(full), 'those of them with 20 levels on both sides'),
    bid_close: close('best bid', ({ bids: [best] }) => best?.price),
    ask_close: close('best ask', ({ asks: [best] }) => best?.price),
    bid_qty_close: close('quantity of the best bid', ({ bids: [best] }) => best?.quantity),
    ask_qty_close: close('quantity of the best ask', ({ asks: [best] }) => best?.quantity),
    spread_max:
      spreadMax === undefined
        ? emptyCell(NO_SNAPSHOT)
        : cell(
            plain(spreadMax.value),
            `largest best ask − best bid of ${counted(count, 'snapshot')}`,
            {},
            [{ what: 'widest', row: spreadMax.row }],
          ),
    imbalance_l1: shareCell(shares.l1, count, 1, NO_SNAPSHOT),
    imbalance_l5: shareCell(shares.l5, five, 5, noFive),
    bid_qty_l20: meanCell(bids.quantity, full, 'quantity of 20 bids', noFull(count)),
    ask_qty_l20: meanCell(asks.quantity, full, 'quantity of 20 asks', noFull(count)),
    bid_qty_l20_min: least(bids, 'bids'),
    ask_qty_l20_min: least(asks, 'asks'),
    bid_span_l20: meanCell(bids.span, full, '(best − 20th bid)', noFull(count)),
    ask_span_l20: meanCell(asks.span, full, '(20th − best ask)', noFull(count)),
  };
}

function stepCells(
  { count, five, full, sums }: BarTrace['facts']['steps'],
  { count: snapshots }: BarTrace['facts']['book'],
): CellsBy<StepColumn> {
  const noStep =
    snapshots === 0
      ? 'no usable snapshot in the bar, so no step ends in it'
      : `no step ends in the bar: none of ${counted(snapshots, 'snapshot')} follows another within 1,000 ms`;
  const sum = (value: bigint, of: number, what: string, kind = ''): CellArithmetic => {
    if (count === 0) return emptyCell(noStep);
    if (of === 0)
      return emptyCell(`none of ${counted(count, 'step')} has ${kind} in both snapshots`);
    const ofKind = kind === '' ? '' : ` with ${kind} in both snapshots`;
    return cell(plain(value), `Σ ${what} over ${counted(of, 'step')}${ofKind}`, { steps: of });
  };
  const twenty = '20 levels on both sides';
  return {
    ofi_l1: sum(sums.ofiL1, count, 'order-flow imbalance at the best quotes'),
    ofi_l5: sum(
      sums.ofiL5,
      five,
      'order-flow imbalance of levels 1 to 5',
      '5 levels on both sides',
    ),
    bid_added: sum(sums.bidAdded, count, 'net above 0 of the bids'),
    bid_pulled: sum(sums.bidPulled, count, 'net below 0 of the bids, as a size,'),
    ask_added: sum(sums.askAdded, count, 'net above 0 of the asks'),
    ask_pulled: sum(sums.askPulled, count, 'net below 0 of the asks, as a size,'),
    bid_wall_pulled: sum(sums.bidWallPulled, full, 'what was pulled of bid walls', twenty),
    ask_wall_pulled: sum(sums.askWallPulled, full, 'what was pulled of ask walls', twenty),
  };
}
