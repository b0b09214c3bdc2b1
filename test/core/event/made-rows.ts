/**
 * Makes columns of trades and snapshots from a few plain values, for tests of the steps after decoding.
 * It uses the strict path's `append` and decodes nothing.
 */
import { DepthRows, LEVELS_MAX, type StrictLevel } from '../../../src/core/event/depth-rows.js';
import { TAKER_BUY, TAKER_SELL, TradeRows } from '../../../src/core/event/trade-rows.js';
import { type Decimal, parseDecimal } from '../../../src/core/unit/decimal.js';

const NO_SCALES = { priceDecimals: 0, quantityDecimals: 0 };

export interface MadeTrade {
  readonly timeMs: number;
  readonly price?: string;
  readonly quantity?: string;
  readonly side?: 'buy' | 'sell';
  readonly id?: string;
  readonly excluded?: boolean;
  readonly excludedType?: string;
}

export interface MadeSnapshot {
  readonly timeMs: number;
  /** `price quantity` of each level, best first. */
  readonly bids?: readonly string[];
  readonly asks?: readonly string[];
  readonly id?: string;
  readonly excluded?: boolean;
}

/** Every row is usable, and stands in reading order from `firstSequence` on. */
export function madeTrades(trades: readonly MadeTrade[], firstSequence = 0): TradeRows {
  const rows = new TradeRows(trades.length, NO_SCALES);
  for (const trade of trades) {
    rows.append({
      kind: 'trade',
      timeMs: trade.timeMs,
      epochDigits: 13,
      price: decimalOf(trade.price ?? '1'),
      quantity: decimalOf(trade.quantity ?? '1'),
      takerSide: trade.side === 'sell' ? TAKER_SELL : TAKER_BUY,
      id: trade.id ?? '',
      excluded: trade.excluded ?? trade.excludedType !== undefined,
      excludedType: trade.excludedType,
    });
    rows.sequence[rows.count - 1] = firstSequence + rows.count - 1;
  }
  return rows;
}

/** The same for snapshots, with scales aligned as after decoding. */
export function madeSnapshots(snapshots: readonly MadeSnapshot[], firstSequence = 0): DepthRows {
  const rows = new DepthRows(snapshots.length, NO_SCALES);
  for (const snapshot of snapshots) {
    rows.append({
      kind: 'snapshot',
      timeMs: snapshot.timeMs,
      epochDigits: 13,
      bids: (snapshot.bids ?? ['1 1']).map(levelOf),
      asks: (snapshot.asks ?? ['2 1']).map(levelOf),
      id: snapshot.id ?? '',
      excluded: snapshot.excluded ?? false,
    });
    rows.sequence[rows.count - 1] = firstSequence + rows.count - 1;
  }
  rows.alignScales();
  return rows;
}

/** Twenty levels of one quantity each, at whole prices away from `best`. */
export function fullSide(best: number, step: 1 | -1, quantity = '1'): string[] {
  return Array.from({ length: LEVELS_MAX }, (_, level) => `${best + step * level} ${quantity}`);
}

function levelOf(text: string): StrictLevel {
  const [price = '', quantity = ''] = text.split(' ');
  return { price: decimalOf(price), quantity: decimalOf(quantity) };
}

function decimalOf(text: string): Decimal {
  const decimal = parseDecimal(text);
  if (decimal === undefined) throw new RangeError(`no decimal: '${text}'`);
  return decimal;
}
