/** Every source becomes the same chunks of the same trades, whatever its columns are called. */
import { describe, expect, test } from 'vitest';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { chunksOf, imported, refusal } from '../../support/import/importing.js';
import {
  ccxtObjects,
  ccxtTable,
  depthFrame,
  futuresAggregates,
  futuresTrades,
  lines,
  rowsOf,
  SAMPLE_TRADES,
  spotAggregates,
  spotTrades,
  START_MS,
  tardisBook,
  tardisTrades,
  tradeFrames,
} from '../../support/import/source-samples.js';

const DATE = '2024-07-18';
const FIRST = `BTCUSDT/trades/${DATE}/10-00.csv`;
const SECOND = `BTCUSDT/trades/${DATE}/10-01.csv`;
const HEADER = 'timestamp,price,quantity,is_buyer_maker';

/** Chunks of the sample trades, three in the first minute. */
function expectedChunks(header: string, rows: readonly string[]): Record<string, string> {
  return {
    [FIRST]: lines([header, ...rows.slice(0, 3)]),
    [SECOND]: lines([header, ...rows.slice(3)]),
  };
}

const WITH_ID = expectedChunks(`${HEADER},trade_id`, rowsOf(SAMPLE_TRADES));
const AGGREGATES = expectedChunks(`${HEADER},agg_trade_id`, rowsOf(SAMPLE_TRADES));

describe('trades of', () => {
  test.for([
    [`BTCUSDT-trades-${DATE}.csv`, futuresTrades(), 'usdm'],
    [`BTCUSDT-trades-${DATE}.csv`, futuresTrades(''), 'usdm'],
    [
      `BTCUSDT-trades-${DATE}.csv`,
      futuresTrades('id,price,qty,base_qty,time,is_buyer_maker'),
      'coinm',
    ],
    [
      `data/futures/um/daily/BTCUSDT-trades-2024-07.csv`,
      futuresTrades('').replaceAll('\n', '\r\n'),
      'usdm',
    ],
    ['trades.jsonl', lines(ccxtObjects()), 'usdm'],
    ['trades.json', `[\n${ccxtObjects().join(',\n')}\n]`, 'usdm'],
    ['trades.csv', ccxtTable(), 'usdm'],
  ] as const)('%s keep their texts', async ([path, content, market]) => {
    const { summary, raw } = await imported({ [path]: content });
    expect(chunksOf(raw)).toEqual(WITH_ID);
    expect(summary.dataset.market).toBe(market);
    expect(summary.streams).toMatchObject([{ symbol: 'BTCUSDT', rows: 4, chunks: 2, days: 1 }]);
  });

  test.for([
    futuresAggregates(),
    futuresAggregates(
      'agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker',
    ),
    futuresAggregates('a,p,q,f,l,T,m'),
  ])('aggregates of futures keep them under each header (%#)', async (content) => {
    const { summary, raw } = await imported({ [`BTCUSDT-aggTrades-${DATE}.csv`]: content });
    expect(chunksOf(raw)).toEqual(AGGREGATES);
    expect(summary.notes.join()).toContain('trade_count counts them');
  });

  test('spot are told by their columns, in microseconds and milliseconds', async () => {
    const micro = await imported({ [`spot_BTCUSDT-aggTrades-${DATE}.csv`]: spotAggregates() });
    const rows = rowsOf(SAMPLE_TRADES, '000').map((row) =>
      row.replace('true', 'True').replace('false', 'False'),
    );
    expect(chunksOf(micro.raw)).toEqual(expectedChunks(`${HEADER},agg_trade_id`, rows));
    expect(micro.summary.dataset.market).toBe('spot');
    const milli = await imported({ [`BTCUSDT-trades-${DATE}.csv`]: spotTrades() });
    expect(milli.summary.dataset).toMatchObject({ market: 'spot', quantity_unit: 'base' });
  });

  test('COIN-M are contracts of their symbol', async () => {
    const { summary, raw } = await imported({
      [`BTCUSD_PERP-trades-${DATE}.csv`]: futuresTrades(''),
    });
    expect(raw.names()).toContain(`BTCUSD_PERP/trades/${DATE}/10-00.csv`);
    expect(summary.dataset).toMatchObject({ market: 'coinm', quantity_unit: 'contracts' });
  });

  test('tardis.dev are cut by the time of their arrival', async () => {
    const { summary, raw } = await imported({ 'binance-futures_trades.csv': tardisTrades() });
    const rows = SAMPLE_TRADES.map(({ id, atMs, price, quantity, isSell }) =>
      [`${START_MS + atMs}000`, price, quantity, isSell, id, `${START_MS + atMs + 40}000`].join(
        ',',
      ),
    );
    const header = `${HEADER},trade_id,receive_time`;
    expect(chunksOf(raw)).toEqual({
      [FIRST]: lines([header, ...rows.slice(0, 2)]),
      [SECOND]: lines([header, ...rows.slice(2)]),
    });
    expect(summary.files).toMatchObject([{ source: 'tardis', rows: 4 }]);
  });

  test("one's own file under its own names", async () => {
    const columns = [
      { stream: 'trades', name: 'when', column: 'timestamp' },
      { stream: 'trades', name: 'vol', column: 'quantity' },
    ] as const;
    const rows = SAMPLE_TRADES.map((one) =>
      [
        one.isSell ? 'SELL' : 'Buy',
        one.price,
        'a "note", quoted',
        START_MS + one.atMs,
        one.quantity,
      ]
        .map((cell) => (String(cell).includes('"') ? '"a ""note"", quoted"' : cell))
        .join(','),
    );
    const { raw } = await imported(
      { 'mine.csv': `\uFEFF${lines(['side,price,note,when,vol', ...rows], '\r\r\n')}\n\n` },
      { hints: { columns, symbol: symbolOf('BTCUSDT') } },
    );
    const plain = rowsOf(SAMPLE_TRADES).map((row) => row.slice(0, row.lastIndexOf(',')));
    expect(chunksOf(raw)).toEqual(expectedChunks(HEADER, plain));
  });

  test("one's own file without a header in the order of the table", async () => {
    const hints = { symbol: symbolOf('BTCUSDT') };
    const rows = rowsOf(SAMPLE_TRADES);
    const { raw, summary } = await imported({ 'mine.csv': lines(rows) }, { hints });
    expect(chunksOf(raw)).toEqual(WITH_ID);
    const order = 'columns were read as timestamp, price, quantity, is_buyer_maker, trade_id';
    expect(summary.notes).toContain(`no header in mine.csv: ${order}`);
    const parts = { 'a.csv': lines(rows.slice(0, 2)), 'b.csv': lines(rows.slice(2)) };
    const both = await imported(parts, { hints });
    expect(both.summary.notes).toContain(`no header in a.csv and 1 more: ${order}`);
    const archive = await imported({ [`BTCUSDT-trades-${DATE}.csv`]: futuresTrades('') });
    expect(archive.summary.notes.join()).not.toContain('no header');
  });
});

describe('a last row without a line feed', () => {
  test('is noted with its file', async () => {
    const path = `BTCUSDT-trades-${DATE}.csv`;
    const whole = await imported({ [path]: futuresTrades() });
    expect(whole.summary.notes.join()).not.toContain('no line feed');
    const { summary } = await imported({ [path]: futuresTrades().trimEnd() });
    expect(summary.streams).toMatchObject([{ rows: 4 }]);
    expect(summary.notes).toContain(`no line feed at the end of ${path}: the last row may be cut`);
    const frames = await imported({ 'x.jsonl': lines(tradeFrames()).trimEnd() });
    expect(frames.summary.notes.join()).not.toContain('no line feed');
  });
});

describe('a book of', () => {
  test.for([5, 25])('tardis.dev with %i levels has 20 at most', async (levels) => {
    const { summary, raw } = await imported({ 'book.csv': tardisBook(levels) });
    const text = raw.text(`BTCUSDT/depth/${DATE}/10-00.csv`);
    expect(text.split('\n')[0]).toBe('timestamp,bids,asks,receive_time');
    expect(text).toContain(`${START_MS}000,"[[""100"",""0.1""],[""99"",""0.2""]`);
    expect(text.match(/\[""/gu)).toHaveLength(2 * Math.min(levels, 20));
    const says = summary.notes.includes('5 levels a side: imbalance_l20 stays empty');
    expect(says).toBe(levels === 5);
    expect(summary.dataset).not.toHaveProperty('streams');
  });

  test("one's own JSON cells", async () => {
    const row = `${START_MS},"[[""1"",""2""]]","[[""3"",""4""]]",9`;
    const { raw } = await imported(
      { 'mine.csv': lines(['time,bids,asks,u', row]) },
      { hints: { symbol: symbolOf('BTCUSDT') } },
    );
    expect(chunksOf(raw)).toEqual({
      [`BTCUSDT/depth/${DATE}/10-00.csv`]: lines(['timestamp,bids,asks,update_id', row]),
    });
  });
});

describe('frames', () => {
  const header = `${HEADER},trade_id,exec_type`;
  const cells = SAMPLE_TRADES.map(({ id, atMs, price, quantity, isSell }) =>
    [START_MS + atMs, price, quantity, isSell, id, 'MARKET'].join(','),
  );
  const sentMs = SAMPLE_TRADES.map(({ atMs }) => START_MS + atMs + 5);

  test('without a receive time lack its column', async () => {
    const { raw } = await imported({ 'frames.jsonl': lines(tradeFrames()) });
    const rows = cells.map((row, index) => `${row},${sentMs[index]}`);
    expect(chunksOf(raw)).toEqual(expectedChunks(`${header},event_time`, rows));
  });

  test.for([
    ['hftbacktest', (ms: number) => `${ms}000001 `, (ms: number) => `${ms}000001`],
    ['cryptofeed', (ms: number) => `${ms / 1000}: `, (ms: number) => `${ms}000000`],
  ] as const)('of %s are cut by it', async ([, written, kept]) => {
    const frames = tradeFrames().map((frame, index) => {
      const combined = `{"stream":"btcusdt@trade","data":${frame}}`;
      return `${written((sentMs[index] ?? 0) + 20)}${combined}`;
    });
    const skipped = ['configuration: {}', 'wss://x <-> 1', 'https://x -> 1.5: {"a":1}'];
    const { summary, raw } = await imported({ frames: lines([...skipped, ...frames]) });
    const rows = cells.map((row, index) => {
      const ms = sentMs[index] ?? 0;
      return `${row},${kept(ms + 20)},${ms}`;
    });
    expect(chunksOf(raw)).toEqual({
      [FIRST]: lines([`${header},receive_time,event_time`, ...rows.slice(0, 2)]),
      [SECOND]: lines([`${header},receive_time,event_time`, ...rows.slice(2)]),
    });
    expect(summary.files[0]?.leftOut.size).toBe(3);
  });

  test('of aggregates stand back behind those of trades, wherever they are in the file', async () => {
    const both = lines([...tradeFrames('aggTrade'), '{"e":"kline","k":{}}', ...tradeFrames()]);
    const { summary, raw } = await imported({ frames: both });
    expect(raw.text(FIRST)).toContain('exec_type');
    expect([...(summary.files[0]?.leftOut ?? [])]).toEqual([
      ['aggTrade beside trade', 4],
      ['kline', 1],
    ]);
  });

  test.for([
    ['btcusdt@depth20@100ms', 20, 1],
    ['btcusdt@depth5', 5, 1],
    ['btcusdt@depth@100ms', 20, 0],
    ['', 20, 1],
    ['', 19, 0],
  ] as const)('of depth in stream %o with %i levels: %i rows', async ([stream, levels, rows]) => {
    const frame = depthFrame(levels);
    const line = JSON.stringify(stream === '' ? frame : { stream, data: frame });
    const { summary, raw } = await imported({ frames: lines([line, ...tradeFrames()]) });
    const isThere = raw.names().includes(`BTCUSDT/depth/${DATE}/10-00.csv`);
    expect(isThere).toBe(rows === 1);
    expect(summary.files[0]?.leftOut.get('change of the book') ?? 0).toBe(1 - rows);
  });

  test('of a stream are known by it wherever its name stands', async () => {
    const frame = { data: depthFrame(5), stream: 'btcusdt@depth5' };
    const { summary } = await imported({ frames: lines([JSON.stringify(frame)]) });
    expect(summary.streams).toMatchObject([{ stream: 'depth', rows: 1 }]);
    expect(summary.dataset).not.toHaveProperty('streams');
  });

  test('that are answers, or of spot without a time, are counted', async () => {
    const others = [
      '{"result":null,"id":1}',
      '{"u":1,"s":"BTCUSDT","b":"1","B":"1","a":"2","A":"1"}',
    ];
    const { summary } = await imported({ frames: lines([...others, ...tradeFrames()]) });
    expect([...(summary.files[0]?.leftOut ?? [])]).toEqual([
      ['answer to a subscription', 1],
      ['frame without the name of an event', 1],
    ]);
  });

  test.for([0, 9, 10, 99])(
    'of depth on their own are changes if number %i of them is one',
    async (at) => {
      const zero = [['99', '0'], ...Array.from({ length: 19 }, (_, n) => [`${98 - n}`, '1'])];
      const frames = Array.from({ length: 100 }, (_, index) => ({
        ...depthFrame(20, index),
        ...(index === at ? { b: zero } : {}),
      }));
      expect(await refusal({ frames: lines(frames.map((one) => JSON.stringify(one))) })).toBe(
        'frames rows: found none (100 change of the book), expected trades or snapshots of the book',
      );
    },
  );

  test('that are cut short are an error with file and line', async () => {
    const cut = `${lines(tradeFrames().slice(0, 2))}{"e":"trade","E":17`;
    expect(await refusal({ 'frames.jsonl': cut })).toContain("frames.jsonl line 3 frame: found '{");
  });
});

function symbolOf(text: string): ReturnType<typeof symbolName> {
  return symbolName(text, 'test');
}
