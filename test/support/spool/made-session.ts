/** A small session of a recorder: its lines, and rows of each form as the frames give them. */
import { gunzipSync } from 'node:zlib';
import type { LineNote } from '../../../src/core/feed/feed-note.js';
import { CHUNK_HEADERS, rowText } from '../../../src/core/frame/chunk-text.js';
import type { TradesForm, Slot } from '../../../src/core/spool/slots.js';

export const LINES: readonly LineNote[] = [
  { stream: 'trades', symbols: ['BTCUSDT', 'ETHUSDT'] },
  { stream: 'depth', symbols: ['币安人生USDT'] },
];
/** An hour and its last minute are over 70 seconds later. */
export const START_US: number = Date.UTC(2025, 11, 12, 0, 58, 50) * 1_000;
export const SECOND_US = 1_000_000;

/** Sent `lagUs` before it arrived. */
export function madeRow(slot: Slot, id: number, receiveUs: number, lagUs = 7_000): string {
  const eventTime = String(Math.floor((receiveUs - lagUs) / 1_000));
  const head = { symbol: slot.symbol, timestamp: eventTime, id: String(id), eventTime };
  const receiveTime = String(receiveUs);
  if (slot.form === 'depth') {
    const levels = { bids: [['90000.1', '1.5']] as const, asks: [['90000.2', '0.5']] as const };
    return rowText({ is: 'depth', streamName: '', ...head, ...levels }, receiveTime);
  }
  const isAggregate = slot.form === 'aggregates';
  const execType = isAggregate || id % 3 === 0 ? '' : 'MARKET';
  const trade = { price: '90000.1', quantity: '0.002', isBuyerMaker: id % 2 === 0, execType };
  return rowText({ is: 'trade', isAggregate, ...head, ...trade }, receiveTime);
}

/** What stored chunks hold, by slot in the order of names; throws for a chunk without its header. */
export function rowsInChunks(
  contents: ReadonlyMap<string, Uint8Array>,
  slots: readonly Slot[],
): string[][] {
  const names = [...contents.keys()].filter((name) => !name.startsWith('_')).sort();
  return slots.map(({ symbol, stream, form }) =>
    names
      .filter((name) => name.startsWith(`${symbol}/${stream}/`))
      .flatMap((name) => {
        const bytes = contents.get(name) ?? new Uint8Array();
        const text = Buffer.from(name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
        const [header, ...rows] = text.split('\n');
        if (header !== CHUNK_HEADERS[form] || rows.pop() !== '')
          throw new Error(`${name}: ${text}`);
        return rows;
      }),
  );
}

/** What a log of rows and notes holds, by slot, without a torn last line. */
export function rowsInSegment(text: string, slots: readonly Slot[]): string[][] {
  const lines = text.split('\n').slice(1, -1);
  return slots.map(({ index }) =>
    lines.flatMap((line) => (line.startsWith(`${index}\t`) ? line.slice(`${index}\t`.length) : [])),
  );
}

export function headOf(trades: TradesForm = 'trades', fromUs: number = START_US) {
  return {
    version: 1,
    part: 'a1',
    minuteMs: Math.floor(fromUs / 60_000_000) * 60_000,
    fromUs,
    root: 'memory',
    market: 'usdm',
    endpoint: 'wss://localhost',
    span: '1m' as const,
    isGzip: true,
    trades,
    lines: LINES,
    open: [],
    spoolBytes: 0,
  };
}
