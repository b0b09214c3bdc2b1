import { assert, json, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHUNK_HEADERS, formOf, rowText } from '../../../src/core/frame/chunk-text.js';
import { decodeFrame } from '../../../src/core/frame/frame.js';

const TRADE =
  '{"e":"trade","E":1787949645395,"T":1787949645241,"s":"BTCUSDT","t":8031029688,"p":"77384.80","q":"0.301","X":"MARKET","m":true,"st":1}';
const AGGREGATE =
  '{"e":"aggTrade","E":1787949645395,"a":3432315578,"s":"BTCUSDT","p":"77384.80","q":"0.301","nq":"0.301","f":8031029688,"l":8031029700,"T":1787949645241,"m":false,"st":1}';
const DEPTH =
  '{"e":"depthUpdate","E":1787949667876,"T":1787949667875,"s":"BTCUSDT","ps":"BTCUSDT","U":1,"u":11417388875728,"pu":0,"b":[["77397.90","4.748"],["77397.80","0.004"]],"a":[["77398.00","3.482"]],"st":1}';

function rowOf(text: string): string {
  const frame = decodeFrame(text);
  if (frame.is !== 'trade' && frame.is !== 'depth') throw new Error(JSON.stringify(frame));
  return rowText(frame, '1787949645400123');
}

describe('frames of the exchange', () => {
  it('turns a trade into a row with every column of a chunk', () => {
    expect(rowOf(TRADE)).toBe(
      '1787949645241,77384.80,0.301,true,8031029688,MARKET,1787949645400123,1787949645395',
    );
    expect(CHUNK_HEADERS.trades.split(',')).toHaveLength(8);
  });

  it('gives an aggregate its own id column, so that nobody counts it as a trade', () => {
    expect(rowOf(AGGREGATE)).toBe(
      '1787949645241,77384.80,0.301,false,3432315578,1787949645400123,1787949645395',
    );
    expect(CHUNK_HEADERS.aggregates).toContain('agg_trade_id');
  });

  it('turns a snapshot into JSON arrays in quoted cells', () => {
    expect(rowOf(DEPTH)).toBe(
      '1787949667875,"[[""77397.90"",""4.748""],[""77397.80"",""0.004""]]","[[""77398.00"",""3.482""]]",11417388875728,1787949645400123,1787949667876',
    );
  });

  it('reads the same from a combined stream, and keeps the name of the stream', () => {
    expect(rowOf(`{"stream":"btcusdt@trade","data":${TRADE}}`)).toBe(rowOf(TRADE));
    expect(decodeFrame(`{"stream":"btcusdt@depth20@100ms","data":${DEPTH}}`)).toMatchObject({
      is: 'depth',
      streamName: 'btcusdt@depth20@100ms',
    });
  });

  it('tells acknowledgements and refusals from events', () => {
    expect(decodeFrame('{"result":null,"id":3}')).toEqual({ is: 'reply', id: 3, error: undefined });
    expect(decodeFrame('{"error":{"code":2,"msg":"Invalid request"},"id":4}')).toEqual({
      is: 'reply',
      id: 4,
      error: '{"code":2,"msg":"Invalid request"}',
    });
    expect(decodeFrame('{"code":2,"msg":"Invalid request"}')).toMatchObject({ is: 'reply' });
    expect(decodeFrame('{"e":"kline","k":{}}')).toEqual({ is: 'other', event: 'kline' });
  });

  it.each([
    ['{"e":"trade"', 'cut JSON'],
    ['7', 'no object'],
    ['{"x":1}', 'no event'],
    [TRADE.replace('"77384.80"', '"1,5"'), 'a price that would break the line'],
    [TRADE.replace('"MARKET"', '"A,B"'), 'an execution type that would break the line'],
    [TRADE.replace('8031029688', '9007199254740993'), 'an id that JSON cannot carry'],
    [TRADE.replace('true', '1'), 'no boolean'],
    [DEPTH.replace('"4.748"', 'null'), 'a level without a quantity'],
  ])('calls %j broken: %s', (text) => {
    expect(decodeFrame(text).is).toBe('broken');
  });

  it('gives each text a meaning and never throws', () => {
    const meanings = ['trade', 'depth', 'reply', 'other', 'broken'];
    assert(
      property(oneof(string(), json()), (text) => {
        expect(meanings).toContain(decodeFrame(text).is);
      }),
    );
  });

  it('writes rows with as many cells as their header', () => {
    for (const text of [TRADE, AGGREGATE, DEPTH]) {
      const frame = decodeFrame(text);
      if (frame.is !== 'trade' && frame.is !== 'depth') throw new Error(text);
      const cells = rowText(frame, '1')
        .replaceAll(/"(?:[^"]|"")*"/gu, 'cell')
        .split(',');
      expect(cells).toHaveLength(CHUNK_HEADERS[formOf(frame)].split(',').length);
    }
  });
});
