/** Frames that no client should meet. */
import type { GarbageKind } from './exchange-options.js';

export const GARBAGE: Readonly<Record<GarbageKind, string | Buffer>> = {
  truncated: '{"stream":"btcusdt@trade","data":{"e":"trade","E":17213470',
  binary: Buffer.from([0xff, 0xfe, 0x00, 0x80]),
  'no-object': '[]',
  'unknown-event':
    '{"stream":"!contractInfo","data":{"e":"contractInfo","E":1721347022956,"s":"IOTAUSDT"}}',
  'foreign-symbol':
    '{"stream":"zzzusdt@trade","data":{"e":"trade","E":1,"T":1,"s":"ZZZUSDT","t":1,"p":"1","q":"1","X":"MARKET","m":true}}',
};
