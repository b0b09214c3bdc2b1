/**
 * Writes trades and snapshots as lines of the sample's chunks, in the canonical shape of the project's
 * recordings.
 */
import { type AsciiBuffer, putFixed, putText } from './ascii-buffer.js';
import type { Instrument } from '../market/instrument.js';
import type { LevelColumns } from '../market/sample-book.js';

export const DEPTH_HEADER = 'timestamp,bids,asks\n';
const PLAIN_TRADES_HEADER = 'timestamp,price,quantity,is_buyer_maker\n';
const TRADES_HEADER = 'timestamp,price,quantity,is_buyer_maker,trade_id,exec_type\n';
/** Two numbers of at most 12 characters, and 14 characters of punctuation. */
const LEVEL_BYTES_MAX = 40;

export type ExecType = 'MARKET' | 'RPI' | 'INSURANCE_FUND' | 'NA';

export interface SampleTrade {
  readonly eventTimeMs: number;
  /** In units of 10^-priceDecimals. */
  readonly priceUnits: number;
  readonly lots: number;
  readonly takerBuys: boolean;
  readonly tradeId: number;
  readonly execType: ExecType;
}

export function tradesHeader(tradeIds: boolean): string {
  return tradeIds ? TRADES_HEADER : PLAIN_TRADES_HEADER;
}

export function writeTrade(
  to: AsciiBuffer,
  trade: SampleTrade,
  { priceDecimals, quantityDecimals }: Instrument,
  tradeIds: boolean,
): void {
  to.integer(trade.eventTimeMs);
  to.text(',');
  to.fixed(trade.priceUnits, priceDecimals);
  to.text(',');
  to.fixed(trade.lots, quantityDecimals);
  to.text(trade.takerBuys ? ',false' : ',true');
  if (tradeIds) {
    to.text(',');
    to.integer(trade.tradeId);
    to.text(`,${trade.execType}`);
  }
  to.text('\n');
}

export interface SampleSnapshot {
  readonly eventTimeMs: number;
  readonly bids: LevelColumns;
  readonly asks: LevelColumns;
  readonly levels: number;
}

export function writeSnapshot(
  to: AsciiBuffer,
  snapshot: SampleSnapshot,
  instrument: Instrument,
): void {
  to.integer(snapshot.eventTimeMs);
  writeSide(to, snapshot.bids, snapshot.levels, instrument);
  writeSide(to, snapshot.asks, snapshot.levels, instrument);
  to.text('\n');
}

/** A CSV cell that holds JSON, its quotes doubled: `,"[[""63943.90"",""46.372""]]"`. */
function writeSide(
  to: AsciiBuffer,
  side: LevelColumns,
  levels: number,
  instrument: Instrument,
): void {
  const { priceDecimals, tickUnits, quantityDecimals } = instrument;
  to.reserve(levels * LEVEL_BYTES_MAX + 8);
  const { bytes } = to;
  let at = putText(bytes, to.length, ',"[');
  for (let level = 0; level < levels; level++) {
    at = putText(bytes, at, level === 0 ? '[""' : ',[""');
    at = putFixed(bytes, at, (side.ticks[level] ?? 0) * tickUnits, priceDecimals);
    at = putText(bytes, at, '"",""');
    at = putFixed(bytes, at, side.lots[level] ?? 0, quantityDecimals);
    at = putText(bytes, at, '""]');
  }
  to.length = putText(bytes, at, ']"');
}
