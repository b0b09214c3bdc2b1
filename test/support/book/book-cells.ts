/**
 * The book's columns of a signals file by their definitions (docs/SIGNALS.md), in big integers and maps: the
 * oracle of the folds of levels and of steps. It shares no code with them.
 */
import { parseDecimalE18, plainText, roundHalfUp } from '../oracle/decimal.js';
import type { MarketBook, MarketRow, MarketTrade } from './made-market.js';

/** The text of each column of a bar. */
export type Cells = Readonly<Record<string, string>>;

interface Level {
  readonly priceE18: bigint;
  readonly quantityE18: bigint;
}

interface Book {
  readonly timeMs: number;
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}

/** A step and its trades. */
interface Step {
  readonly before: Book;
  readonly after: Book;
  readonly trades: readonly (Level & { readonly side: 'buy' | 'sell' })[];
}

const LEVELS = 20;
const UNITS = 1_000_000_000n;

/** At 18 decimals. */
export function valueOf(text: string): bigint {
  const value = parseDecimalE18(text);
  if (value === undefined) throw new RangeError(`no number: '${text}'`);
  return value;
}

function levelsOf(texts: readonly string[]): Level[] {
  return texts.map((text) => {
    const [price = '', quantity = ''] = text.split(' ');
    return { priceE18: valueOf(price), quantityE18: valueOf(quantity) };
  });
}

function bookOf({ timeMs, bids, asks }: MarketBook): Book {
  return { timeMs, bids: levelsOf(bids), asks: levelsOf(asks) };
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((before, value) => before + value, 0n);
}

function quantityOf(levels: readonly Level[], count: number): bigint {
  return sum(levels.slice(0, count).map(({ quantityE18 }) => quantityE18));
}

function hasLevels({ bids, asks }: Book, count: number): boolean {
  return bids.length >= count && asks.length >= count;
}

/** The sum as text; empty without values. */
function total(values: readonly bigint[]): string {
  return values.length === 0 ? '' : plainText(sum(values), 18);
}

function closeOf(value: bigint | undefined): string {
  return value === undefined ? '' : plainText(value, 18);
}

/** The mean of values of a scale, half up to 8 decimals. */
function mean(values: readonly bigint[], scale: number): string {
  if (values.length === 0) return '';
  const denominator = BigInt(values.length) * 10n ** BigInt(scale);
  return plainText(roundHalfUp(sum(values) * 10n ** 8n, denominator), 8);
}

function extreme(values: readonly bigint[], isBeyond: (a: bigint, b: bigint) => boolean): string {
  const [first, ...others] = values;
  if (first === undefined) return '';
  return plainText(
    others.reduce((most, value) => (isBeyond(value, most) ? value : most), first),
    18,
  );
}

/** Of the bar from one time to the other (end exclusive). Rows that are not late are in Order. */
export function levelCells(rows: readonly MarketRow[], fromMs: number, toMs: number): Cells {
  const inBar = rows.filter(
    (row) => row.kind === 'book' && row.timeMs >= fromMs && row.timeMs < toMs,
  );
  const books = inBar.flatMap((row) => (row.kind === 'book' ? [bookOf(row)] : []));
  const last = inBar.findLast(({ late }) => !late);
  const close = last?.kind === 'book' ? bookOf(last) : undefined;
  const full = books.filter((book) => hasLevels(book, LEVELS));
  const imbalance = (count: number): string =>
    mean(
      books
        .filter((book) => hasLevels(book, count))
        .map(({ bids, asks }) => {
          const [bid, ask] = [quantityOf(bids, count), quantityOf(asks, count)];
          return roundHalfUp(bid * UNITS, bid + ask);
        }),
      9,
    );
  const quantities = (side: 'bids' | 'asks'): bigint[] =>
    full.map((book) => quantityOf(book[side], LEVELS));
  const spans = (side: 'bids' | 'asks'): bigint[] =>
    full.map(({ [side]: levels }) => {
      const distance = (levels.at(-1)?.priceE18 ?? 0n) - (levels[0]?.priceE18 ?? 0n);
      return side === 'bids' ? -distance : distance;
    });
  return {
    book_count: String(books.length),
    book_full_count: String(full.length),
    bid_close: closeOf(close?.bids[0]?.priceE18),
    ask_close: closeOf(close?.asks[0]?.priceE18),
    bid_qty_close: closeOf(close?.bids[0]?.quantityE18),
    ask_qty_close: closeOf(close?.asks[0]?.quantityE18),
    spread_max: extreme(
      books.map(({ bids, asks }) => (asks[0]?.priceE18 ?? 0n) - (bids[0]?.priceE18 ?? 0n)),
      (a, b) => a > b,
    ),
    imbalance_l1: imbalance(1),
    imbalance_l5: imbalance(5),
    bid_qty_l20: mean(quantities('bids'), 18),
    ask_qty_l20: mean(quantities('asks'), 18),
    bid_qty_l20_min: extreme(quantities('bids'), (a, b) => a < b),
    ask_qty_l20_min: extreme(quantities('asks'), (a, b) => a < b),
    bid_span_l20: mean(spans('bids'), 18),
    ask_span_l20: mean(spans('asks'), 18),
  };
}

/** All steps, in order. */
export function stepsOf(rows: readonly MarketRow[]): Step[] {
  const inTime = rows.filter(({ late }) => !late);
  const books = inTime.flatMap((row) => (row.kind === 'book' ? [bookOf(row)] : []));
  const trades = inTime.filter((row): row is MarketTrade => row.kind === 'trade');
  return books.flatMap((after, at) => {
    const before = books[at - 1];
    if (before === undefined || after.timeMs - before.timeMs > 1_000) return [];
    const between = trades.filter(({ timeMs }) => timeMs > before.timeMs && timeMs <= after.timeMs);
    return [
      {
        before,
        after,
        trades: between.map(({ price, quantity, side }) => ({
          priceE18: valueOf(price),
          quantityE18: valueOf(quantity),
          side,
        })),
      },
    ];
  });
}

/** By price: what stood there and what the step did to it. */
interface PriceChange {
  readonly before: bigint;
  readonly traded: bigint;
  readonly added: bigint;
  readonly pulled: bigint;
}

function quantityAt(levels: readonly Level[], price: bigint): bigint {
  const there = levels.filter(({ priceE18 }) => priceE18 === price);
  return quantityOf(there, there.length);
}

/** Of the prices in the common range that occur in either snapshot. */
export function changesOf(step: Step, side: 'bids' | 'asks'): Map<bigint, PriceChange> {
  const [old, young] = [step.before[side], step.after[side]];
  const worst = [old.at(-1)?.priceE18 ?? 0n, young.at(-1)?.priceE18 ?? 0n];
  const isShown = (price: bigint): boolean =>
    worst.every((limit) => (side === 'bids' ? price >= limit : price <= limit));
  const prices = new Set([...old, ...young].map(({ priceE18 }) => priceE18).filter(isShown));
  const hitting = step.trades.filter((one) => one.side === (side === 'bids' ? 'sell' : 'buy'));
  return new Map(
    [...prices].map((price) => {
      const [before, traded] = [quantityAt(old, price), quantityAt(hitting, price)];
      const change = quantityAt(young, price) - before;
      const net = change + traded;
      const [added, pulled] = [net > 0n ? net : 0n, net < 0n ? -net : 0n];
      if (change !== added - pulled - traded) throw new Error('quantity from nowhere');
      return [price, { before, traded, added, pulled }];
    }),
  );
}

/** Of a step whose both snapshots are full. */
function wallPulled(step: Step, side: 'bids' | 'asks'): bigint {
  const changes = changesOf(step, side);
  const all = quantityOf(step.before[side], LEVELS);
  return sum(
    step.before[side].slice(1).map(({ priceE18, quantityE18 }) => {
      const pulled = changes.get(priceE18)?.pulled ?? 0n;
      const isWall = quantityE18 * 10n >= all * 2n;
      return isWall && pulled * 10n >= quantityE18 * 6n ? pulled : 0n;
    }),
  );
}

function flow({ before, after }: Step, level: number): bigint {
  const [b, a] = [before.bids[level], before.asks[level]];
  const [bNew, aNew] = [after.bids[level], after.asks[level]];
  if (!b || !a || !bNew || !aNew) throw new Error('a step has the levels that it is asked for');
  let e = 0n;
  if (bNew.priceE18 >= b.priceE18) e += bNew.quantityE18;
  if (bNew.priceE18 <= b.priceE18) e -= b.quantityE18;
  if (aNew.priceE18 <= a.priceE18) e -= aNew.quantityE18;
  if (aNew.priceE18 >= a.priceE18) e += a.quantityE18;
  return e;
}

export function stepCells(all: readonly Step[], fromMs: number, toMs: number): Cells {
  const steps = all.filter(({ after }) => after.timeMs >= fromMs && after.timeMs < toMs);
  const having = (levels: number): Step[] =>
    steps.filter(({ before, after }) => hasLevels(before, levels) && hasLevels(after, levels));
  const sums = (side: 'bids' | 'asks', what: 'added' | 'pulled'): string =>
    total(steps.map((step) => sum([...changesOf(step, side).values()].map((one) => one[what]))));
  return {
    ofi_l1: total(steps.map((step) => flow(step, 0))),
    ofi_l5: total(having(5).map((step) => sum([0, 1, 2, 3, 4].map((level) => flow(step, level))))),
    bid_added: sums('bids', 'added'),
    bid_pulled: sums('bids', 'pulled'),
    ask_added: sums('asks', 'added'),
    ask_pulled: sums('asks', 'pulled'),
    bid_wall_pulled: total(having(LEVELS).map((step) => wallPulled(step, 'bids'))),
    ask_wall_pulled: total(having(LEVELS).map((step) => wallPulled(step, 'asks'))),
  };
}
