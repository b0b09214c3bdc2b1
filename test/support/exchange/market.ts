/** Events of a market by time, whether somebody listens or not: generated ones. */
import { hashText } from '../../../src/core/unit/random.js';
import type { GeneratedMarket } from './exchange-options.js';

/** `text` makes the payload; a frozen snapshot has the book of the market's beginning. */
export type Emit = (stream: string, id: number, text: (isFrozen: boolean) => string) => void;

export interface Market {
  /** Makes everything that happened since the last call until so long after the start. */
  advance(elapsedMs: number, emit: Emit): void;
  /** No event will follow. */
  isOver(): boolean;
}

const LEVELS = 20;
/** Updates of the book between two snapshots. */
const UPDATES = 7;
const FIRST_TRADE_ID = 1_000_000;
const FIRST_UPDATE_ID = 5_000_000_000;

export function generatedMarket(options: GeneratedMarket, startMs: number): Market {
  const books = options.symbols.map((symbol) => generatedBook(symbol, options, startMs));
  return {
    advance: (elapsedMs, emit) => {
      for (const book of books) book.advance(elapsedMs, emit);
    },
    isOver: () => false,
  };
}

/** The trades and snapshots of one symbol: trades at the best prices of the snapshot before. */
function generatedBook(
  symbol: string,
  { tradesPerSecond, snapshotsPerSecond }: GeneratedMarket,
  startMs: number,
): Pick<Market, 'advance'> {
  const name = symbol.toLowerCase();
  const seed = hashText(symbol);
  let trades = 0;
  let snapshots = 0;
  const trade = (atMs: number, emit: Emit): void => {
    const id = FIRST_TRADE_ID + trades;
    const isBuyerMaker = mixed(seed, trades) % 2 === 0;
    const tick = bidTick(seed, snapshots - 1) + (isBuyerMaker ? 0 : 1);
    const size = `${(mixed(trades, seed) % 900) + 1}`.padStart(4, '0');
    const quantity = `${size.slice(0, -3)}.${size.slice(-3)}`;
    const times = `"E":${atMs},"T":${atMs},"s":"${symbol}"`;
    const rest = `"p":"${priceText(tick)}","q":"${quantity}"`;
    emit(
      `${name}@trade`,
      id,
      () =>
        `{"e":"trade",${times},"t":${id},${rest},"nq":"${quantity}","X":"MARKET","m":${isBuyerMaker},"st":1}`,
    );
    emit(
      `${name}@aggTrade`,
      id,
      () =>
        `{"e":"aggTrade","E":${atMs},"a":${id},"s":"${symbol}",${rest},"nq":"${quantity}","f":${id},"l":${id},"T":${atMs},"m":${isBuyerMaker},"st":1}`,
    );
    trades += 1;
  };
  const snapshot = (atMs: number, emit: Emit): void => {
    const count = snapshots;
    const id = FIRST_UPDATE_ID + (count + 1) * UPDATES;
    emit(`${name}@depth20@100ms`, id, (isFrozen) => {
      const levels = levelsText(seed, isFrozen ? 0 : count);
      return `{"e":"depthUpdate","E":${atMs + 1},"T":${atMs},"s":"${symbol}","ps":"${symbol}","U":${id - UPDATES + 1},"u":${id},"pu":${id - UPDATES},${levels},"st":1}`;
    });
    snapshots += 1;
  };
  return {
    advance: (elapsedMs, emit) => {
      for (;;) {
        const tradeMs = dueMs(trades, tradesPerSecond);
        const snapshotMs = dueMs(snapshots, snapshotsPerSecond);
        if (Math.min(tradeMs, snapshotMs) > elapsedMs) return;
        if (snapshotMs <= tradeMs) snapshot(Math.floor(startMs + snapshotMs), emit);
        else trade(Math.floor(startMs + tradeMs), emit);
      }
    },
  };
}

function dueMs(count: number, perSecond: number): number {
  return perSecond === 0 ? Infinity : (count * 1_000) / perSecond;
}

function levelsText(seed: number, count: number): string {
  const bid = bidTick(seed, count);
  let bids = '';
  let asks = '';
  for (let level = 0; level < LEVELS; level++) {
    const between = level === 0 ? '' : ',';
    const size = mixed(seed + level, count);
    bids += `${between}["${priceText(bid - level)}","${(size % 90_000) + 1}.000"]`;
    asks += `${between}["${priceText(bid + 1 + level)}","${((size >>> 8) % 90_000) + 1}.000"]`;
  }
  return `"b":[${bids}],"a":[${asks}]`;
}

/** In tenths; wanders with the snapshots. */
function bidTick(seed: number, count: number): number {
  return 100_000 + (seed % 500_000) + Math.round(40 * Math.sin(count / 50)) + (count % 3);
}

function priceText(tick: number): string {
  return `${Math.floor(tick / 10)}.${tick % 10}0`;
}

function mixed(first: number, second: number): number {
  let hash = Math.imul(first ^ 0x9e3779b1, 0x85ebca6b) ^ Math.imul(second + 1, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x27d4eb2f);
  return (hash ^ (hash >>> 13)) >>> 0;
}
