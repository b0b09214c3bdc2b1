/** Reads recorded frames as rows of chunks. */
import {
  CHUNK_HEADERS,
  type ChunkForm,
  formOf,
  rowText,
  streamOf,
} from '../../frame/chunk-text.js';
import { decodeMessage, type RowFrame } from '../../frame/frame.js';
import { FlowbarsError } from '../../unit/errors.js';
import { isDictionary, readJson } from '../../unit/json.js';
import type { SymbolName } from '../../unit/symbol.js';
import { utf8Of } from '../byte-text.js';
import { epochMs, exchangeTimeMs } from '../epoch.js';
import { frameLine } from './frame-line.js';
import { isSnapshotStream, type ScannedFrames } from './frame-scan.js';
import { countIn, type ImportRow, type RecordReader, type Where } from '../import-row.js';
import { symbolReader } from './table-rows.js';

const SHOWN_CHARACTERS = 40;

export function frameReader(scanned: ScannedFrames): RecordReader {
  const leftOut = new Map<string, number>();
  const symbolOf = symbolReader(undefined);
  return {
    leftOut,
    read: (line, where) => {
      const found = frameLine(line);
      if (found === undefined)
        throw noFrame(line, 'a frame, with or without its receive time', where);
      const frame = 'json' in found ? rowFrame(found.json, scanned, where) : found.skipped;
      if (typeof frame === 'string') {
        countIn(leftOut, frame);
        return undefined;
      }
      const receiveTime = 'json' in found ? found.receiveTime : '';
      return rowOf(frame, receiveTime, symbolOf(frame.symbol, where), where);
    },
  };
}

/** The frame of a row, or what it is else. */
function rowFrame(json: string, scanned: ScannedFrames, where: Where): RowFrame | string {
  const message = readJson(utf8Of(json));
  if (!isDictionary(message)) throw noFrame(json, 'a whole JSON object', where);
  const frame = decodeMessage(message);
  switch (frame.is) {
    case 'reply':
      return 'answer to a subscription';
    case 'other':
      return frame.event;
    case 'broken': {
      // Best prices and partial depth of spot have no event's name.
      if (!hasEvent(message)) return 'frame without the name of an event';
      const { found, expected } = frame;
      throw new FlowbarsError('data', { where: where(), what: 'frame', found, expected });
    }
    default:
      return whyLeftOut(frame, scanned) ?? frame;
  }
}

function hasEvent(message: Readonly<Record<string, unknown>>): boolean {
  const { data } = message;
  const payload = isDictionary(data) ? data : message;
  return payload['e'] !== undefined;
}

function whyLeftOut(frame: RowFrame, scanned: ScannedFrames): string | undefined {
  if (frame.is === 'trade') {
    const isBeside = frame.isAggregate && scanned.ofTrades.has(frame.symbol);
    return isBeside ? 'aggTrade beside trade' : undefined;
  }
  const { streamName, symbol } = frame;
  const isSnapshot =
    streamName === '' ? scanned.ofSnapshots.has(symbol) : isSnapshotStream(streamName);
  return isSnapshot ? undefined : 'change of the book';
}

/** Without the column of a clock that the lines do not have. */
function headerOf(form: ChunkForm, isReceived: boolean): string {
  return isReceived ? CHUNK_HEADERS[form] : CHUNK_HEADERS[form].replace(',receive_time', '');
}

function rowOf(frame: RowFrame, receiveTime: string, symbol: SymbolName, where: Where): ImportRow {
  const form = formOf(frame);
  const { timestamp, eventTime } = frame;
  const timeMs = exchangeTimeMs(timestamp, 'T', where);
  const isReceived = receiveTime !== '';
  const text = rowText(frame, receiveTime);
  return {
    symbol,
    stream: streamOf(form),
    header: headerOf(form, isReceived),
    timeDigits: timestamp.length,
    timeMs,
    arrivalMs: isReceived ? epochMs(receiveTime) : timeMs,
    id: frame.is === 'trade' ? frame.id : '',
    // Its last two cells are those of the clocks.
    text: isReceived ? text : text.slice(0, -`,${eventTime}`.length - 1) + `,${eventTime}`,
  };
}

function noFrame(found: string, expected: string, where: Where): FlowbarsError {
  const parts = { what: 'frame', found: `'${found.slice(0, SHOWN_CHARACTERS)}'`, expected };
  return new FlowbarsError('data', { where: where(), ...parts });
}
