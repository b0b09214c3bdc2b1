/**
 * The text of raw chunks (docs/INPUT.md): header and rows from frames, with every column that a chunk can have.
 * Cells are the exchange's own texts.
 */
import type { StreamName } from '../rule/symbol-day.js';
import type { DepthFrame, Level, RowFrame, TradeFrame } from './frame.js';

/** What a stream of frames becomes. Aggregates have ids of their own and no execution type. */
export type ChunkForm = 'trades' | 'aggregates' | 'depth';

/** Header lines without their line end; the last two columns are those of the two clocks. */
export const CHUNK_HEADERS: Readonly<Record<ChunkForm, string>> = {
  trades: 'timestamp,price,quantity,is_buyer_maker,trade_id,exec_type,receive_time,event_time',
  aggregates: 'timestamp,price,quantity,is_buyer_maker,agg_trade_id,receive_time,event_time',
  depth: 'timestamp,bids,asks,update_id,receive_time,event_time',
};

export function streamOf(form: ChunkForm): StreamName {
  return form === 'depth' ? 'depth' : 'trades';
}

export function formOf(frame: RowFrame): ChunkForm {
  if (frame.is === 'depth') return 'depth';
  return frame.isAggregate ? 'aggregates' : 'trades';
}

/** A row without its line end. `receiveTime`: epoch digits of the recorder's clock; empty if it is not known. */
export function rowText(frame: RowFrame, receiveTime: string): string {
  return frame.is === 'depth' ? depthRow(frame, receiveTime) : tradeRow(frame, receiveTime);
}

function tradeRow(frame: TradeFrame, receiveTime: string): string {
  const { timestamp, price, quantity, isBuyerMaker, id, execType, eventTime } = frame;
  const head = `${timestamp},${price},${quantity},${isBuyerMaker},${id}`;
  const middle = frame.isAggregate ? head : `${head},${execType}`;
  return `${middle},${receiveTime},${eventTime}`;
}

function depthRow(frame: DepthFrame, receiveTime: string): string {
  const { timestamp, bids, asks, id, eventTime } = frame;
  return `${timestamp},${levelsCell(bids)},${levelsCell(asks)},${id},${receiveTime},${eventTime}`;
}

/** A JSON array in a cell: quotes doubled (RFC 4180). */
export function levelsCell(levels: readonly Level[]): string {
  let cell = '"[';
  for (const [price, quantity] of levels) {
    cell += `${cell.length > 2 ? ',' : ''}[""${price}"",""${quantity}""]`;
  }
  return `${cell}]"`;
}
