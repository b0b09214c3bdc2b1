/** What is refused, and what is there afterwards. */
import { describe, expect, test } from 'vitest';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { chunksOf, imported, refusal } from '../../support/import/importing.js';
import { OWN_DAY, OWN_HINTS, ownFile } from '../../support/import/own-files.js';
import {
  ccxtObjects,
  futuresTrades,
  lines,
  SAMPLE_TRADES,
  spotAggregates,
  START_MS,
  tardisBook,
  tardisTrades,
  tradeFrames,
} from '../../support/import/source-samples.js';
import { openMemoryStore } from '../../support/memory-store.js';

describe('bad files', () => {
  const name = 'BTCUSDT-trades-2024-07-18.csv';
  test.for([
    [name, '', 'content: found 0 bytes'],
    [name, '\r\n\n', 'content: found nothing but blank lines'],
    [
      name,
      Buffer.from('\uFEFFid,price', 'utf16le'),
      'content: found utf-16 text (ff fe), expected csv text, plain or gzip: convert it to utf-8',
    ],
    [name, '<html><body></body></html>', 'content: found an html page'],
    ['BTCUSDT-1m-2024-07-18.csv', '1,2', 'file: found klines (1m)'],
    ['BTCUSDT-bookTicker-2024-07-18.csv', '1,2', 'file: found best prices (bookTicker)'],
    ['BTCUSDT_T_DEPTH_2024-07-18.csv', '1,2', 'file: found changes of the book (T_DEPTH)'],
    [
      'x.csv',
      'symbol,timestamp,first_update_id,last_update_id,side,update_type,price,qty,pu\n',
      'file: found changes of the book (T_DEPTH)',
    ],
    [
      'x.csv',
      'exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount\n',
      'file: found changes of the book (incremental_book_L2)',
    ],
    [
      'binance-futures_liquidations_2024-07-18_BTCUSDT.csv',
      tardisTrades(),
      'file: found liquidations',
    ],
    [
      'x.csv',
      tardisTrades().replaceAll('binance-futures', 'bybit'),
      "column exchange: found 'bybit'",
    ],
    ['x.csv', 'hello\n', "header: found 'hello', expected the columns timestamp"],
    [
      'x.csv',
      '1,2,3\n',
      "content: found '1,2,3', expected binance: trades or aggTrades of data.binance.vision; tardis: ",
    ],
    ['x.csv', ownFile([0]), 'symbol: found neither a column symbol nor a name'],
    ['x.json', '{"bids":[],"asks":[]}', 'content: found a json object, expected binance: '],
  ] as const)('%s with %o', async ([path, content, says]) => {
    expect(await refusal({ [path]: content })).toContain(`${path} ${says}`);
  });

  test('that end in the middle leave whole chunks, and a mended file goes on', async () => {
    const raw = openMemoryStore();
    const good = ownFile([0, 60_000, 120_000, 180_000]);
    const pieceBytes = Array.from({ length: 40 }, () => 30);
    for (const [bad, says] of [
      [
        good.replace(`${START_MS + 120_000},1.0`, `${START_MS + 120_000}`),
        'a.csv line 4 line: found 4 fields, expected 5 fields, as in the first line',
      ],
      [
        good.replace(`${START_MS + 120_000}`, 'soon'),
        "a.csv line 4 column timestamp: found 'soon', expected a time as 13, 16 or 19 digits",
      ],
      [
        good.replace(`${START_MS + 120_000}`, `${START_MS + 120_000}000`),
        'a.csv line 4 column of the exchange time: found a time of 16 digits behind times of 13',
      ],
      [
        good.replace(`${START_MS + 120_000},`, `"${START_MS + 120_000},`),
        'a.csv line 4 line: found quotes that are no csv',
      ],
    ] as const) {
      expect(await refusal({ 'a.csv': bad }, { hints: OWN_HINTS, raw, pieceBytes })).toContain(
        says,
      );
    }
    expect(Object.keys(chunksOf(raw))).toEqual([`${OWN_DAY}/10-00.csv`]);
    const { summary } = await imported({ 'a.csv': good }, { hints: OWN_HINTS, raw });
    expect(summary.streams).toMatchObject([{ chunks: 4, chunksUnchanged: 1 }]);
  });

  test('with a receive time that is none are refused, and rows that lack it go by exchange time', async () => {
    const received = `${START_MS + 40}000`;
    for (const [path, content] of [
      ['t.csv', tardisTrades()],
      ['b.csv', tardisBook(5).replace(`${START_MS}500`, received)],
    ] as const) {
      const odd = content.replace(received, `${(START_MS + 40) / 1000}`);
      expect(odd).not.toBe(content);
      expect(await refusal({ [path]: odd })).toContain(
        `${path} line 2 column local_timestamp: found '1721296800.04', expected a time as 13, 16 or 19 digits`,
      );
      const { summary } = await imported({ [path]: content.replace(received, 'NaN') });
      expect(summary.streams[0]?.rows).toBeGreaterThan(0);
    }
  });

  test('with cells that are no numbers are rows, which the aggregation names', async () => {
    const { raw } = await imported(
      { 'a.csv': ownFile([0]).replace('1.0,2.0,true', 'x,,perhaps') },
      { hints: OWN_HINTS },
    );
    expect(raw.text(`${OWN_DAY}/10-00.csv`)).toContain(`${START_MS},x,,perhaps,1`);
  });

  test('with headers of two years in one file, or a header again, tell rows from headers', async () => {
    const twice = futuresTrades() + futuresTrades();
    const again = await imported({ [name]: twice });
    expect(again.summary.streams).toMatchObject([{ rows: 2 * SAMPLE_TRADES.length }]);
    const drifted =
      futuresTrades() + futuresTrades('trade_id,price,qty,quote_qty,time,is_buyer_maker');
    expect(await refusal({ [name]: drifted })).toContain(
      `${name} line 6 column time: found 'time'`,
    );
  });

  test('of two markets, or of another symbol than is said, are usage errors', async () => {
    const files = {
      [name]: futuresTrades(),
      'spot_BTCUSDT-aggTrades-2024-07-18.csv': spotAggregates(),
    };
    expect(await refusal(files)).toContain("market: found 'spot' beside 'usdm'");
    const said = { symbol: symbolName('ETHUSDT', 'test') };
    expect(await refusal({ [name]: futuresTrades() }, { hints: said })).toContain(
      "--symbol symbol: found 'ETHUSDT'",
    );
  });

  test('stop at the first failure of the store', async () => {
    const raw = openMemoryStore({
      before: (operation, at) => {
        if (operation !== 'write' || !at.endsWith('10-01.csv')) return;
        throw new FlowbarsError('blocked', {
          what: 'write',
          found: 'no space',
          expected: 'room',
          where: at,
        });
      },
    });
    const times = Array.from({ length: 40 }, (_, index) => index * 60_000);
    expect(await refusal({ 'a.csv': ownFile(times) }, { hints: OWN_HINTS, raw })).toContain(
      'no space',
    );
    expect(raw.names().length).toBeLessThan(10);
  });
});

describe('an option that files say otherwise', () => {
  const eth = symbolName('ETHUSDT', 'test');
  const when = { stream: 'trades', name: 'when', column: 'timestamp' } as const;
  test.for([
    [
      { 'x.jsonl': lines(tradeFrames()) },
      { symbol: eth },
      "--symbol symbol: found 'ETHUSDT' for 'x.jsonl', expected 'BTCUSDT', as its frames say (frames need no --symbol)",
    ],
    [
      { 'x.jsonl': lines(tradeFrames()) },
      { stream: 'depth' },
      "--stream stream: found 'depth' for 'x.jsonl', expected 'trades', as the file says (--stream is for a csv of one's own)",
    ],
    [{ 'x.json': lines(ccxtObjects()) }, { stream: 'depth' }, "found 'depth' for 'x.json'"],
    [{ 'x.csv': tardisBook(5) }, { stream: 'trades' }, "found 'trades' for 'x.csv'"],
    [
      { 'x.jsonl': lines(tradeFrames()) },
      { columns: [when] },
      "--columns name: found 'when', which no file has, expected names of columns in a csv of one's own",
    ],
    [{ 'x.csv': tardisBook(5) }, { columns: [{ ...when, name: 'symbol' }] }, "found 'symbol'"],
    [{ 'x.csv': tardisTrades() }, { columns: [when] }, "found 'when', which no file has"],
  ] as const)('is refused (%#)', async ([files, hints, says]) => {
    const raw = openMemoryStore();
    expect(await refusal(files, { hints, raw })).toContain(says);
    expect(raw.names()).toEqual([]);
  });

  test('is none if they say the same, and renames the one symbol of a table', async () => {
    const hints = { symbol: OWN_HINTS.symbol, stream: 'trades' } as const;
    await imported({ 'x.jsonl': lines(tradeFrames()) }, { hints });
    const { summary } = await imported({ 'x.csv': tardisTrades() }, { hints: { symbol: eth } });
    expect(summary.streams).toMatchObject([{ symbol: 'ETHUSDT', rows: 4 }]);
    const two = `${lines(ccxtObjects())}${ccxtObjects()[3]?.replace('BTC/', 'XRP/') ?? ''}\n`;
    expect(await refusal({ 'x.jsonl': two }, { hints: { symbol: eth } })).toContain(
      'column symbol',
    );
  });
});
