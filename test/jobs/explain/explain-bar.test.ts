/** What is published of a bar against what its raw rows give, on small recordings in memory. */
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Explained, ExplainedCell } from '../../../src/core/explain/explained-shape.js';
import { barsName, qualityName } from '../../../src/core/stored/output-names.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { codec } from '../../../src/edge/format/codec.js';
import { resealed } from '../../support/day/resealed.js';
import { type ExplainedDay, explainedDay } from '../../support/explain/explaining.js';
import {
  book,
  chunk,
  date,
  depthHeader,
  levels,
  objectOf,
  symbol,
  trade,
  tradesHeader,
  tradesWithIdHeader,
} from '../../support/oracle/raw-text.js';
import type { OracleObject } from '../../support/oracle/reading.js';
import { schemaErrors } from '../../support/schema/schemas.js';

const DAY = { symbol: symbolName(symbol, 'test'), date: utcDate(date, 'test') };
const TEN_MS = 600_000;

async function published(
  objects: readonly OracleObject[],
  options: Partial<Parameters<typeof explainedDay>[1]> = {},
): Promise<ExplainedDay> {
  const day = await explainedDay(objects, { symbol, date, resolutions: ['1m'], ...options });
  if (day === undefined) throw new Error('nothing was published');
  return day;
}

function cellOf(bar: Explained, column: string): ExplainedCell {
  const cell = bar.cells.find((one) => one.column === column);
  if (cell === undefined) throw new Error(`no cell ${column}`);
  expect(schemaErrors('explained', JSON.parse(JSON.stringify(bar)))).toEqual([]);
  return cell;
}

function trades(minute: number, rows: readonly string[]): OracleObject {
  return chunk('trades', minute, [tradesWithIdHeader, ...rows]);
}

function withId(offsetMs: number, price: string, quantity: string, id: string): string {
  return `${trade(offsetMs, price, quantity, 'false')},${id}`;
}

test('a published cell that the rows do not give is named, with all three values', async () => {
  const day = await published(
    [trades(10, [withId(TEN_MS, '100.5', '2', '7'), withId(TEN_MS + 1, '101', '1', '8')])],
    { streams: 'trades' },
  );
  const { out } = day.world;
  const name = barsName(DAY, '1m');
  const text = out.text(name);
  const row = text.split('\n')[11] ?? '';
  expect(row).toContain(',101,');
  const damaged = text.replace(row, row.replace(',3,3,0,3,2,', ',4,3,0,3,2,'));
  expect(damaged).not.toBe(text);
  const [was, is] = [text, damaged].map((one) => codec.sha256(codec.encode(one)));
  out.put(name, damaged);
  out.put(qualityName(DAY), resealed(out.text(qualityName(DAY)).replace(was ?? '', is ?? '')));
  const bar = await day.barAt(TEN_MS, '1m');
  expect(bar.good).toBe(false);
  expect(bar.differs).toEqual(['bars vol_total: published 4, from the rows 3, computed again 3']);
  expect(cellOf(bar, 'vol_total')).toMatchObject({ same: false, published: '4', pass: '3' });
  expect(cellOf(bar, 'vwap').same).toBe(true);
  expect(bar.notes.join(' ')).toContain('the whole day was read');
});

test('of a chunk that was published compressed and then unpacked nothing but the cells can prove the content', async () => {
  const plain = trades(10, [withId(TEN_MS, '100.5', '2', '7')]);
  const packed = { name: `${plain.name}.gz`, content: gzipSync(plain.content) };
  const day = await published([packed], { streams: 'trades' });
  day.world.raw.remove(packed.name);
  day.world.raw.put(plain.name, plain.content);
  const bar = await day.barAt(TEN_MS, '1m');
  expect(bar.good).toBe(true);
  expect(bar.notes).toEqual([
    `${plain.name} was read in place of ${packed.name}: the report has the checksum of the compressed bytes alone, so only the cells can say whether the content is the published one`,
  ]);
  day.world.raw.put(plain.name, codec.decode(plain.content).replace('100.5', '100.6'));
  expect((await day.barAt(TEN_MS, '1m')).good).toBe(false);
});

test('a late row far away is found in the chunks of the whole day', async () => {
  const day = await published(
    [
      trades(10, [withId(TEN_MS, '100', '2', '7')]),
      trades(400, [withId(TEN_MS + 5, '105', '1', '8'), withId(400 * 60_000, '90', '1', '9')]),
    ],
    { streams: 'trades' },
  );
  const bar = await day.barAt(TEN_MS, '1m');
  expect(bar.differs).toEqual([]);
  expect(bar.notes.join(' ')).toContain('the chunks of these minutes alone do not give high');
  expect(
    bar.trades.rows.map(({ object, line, late, place }) => [object.slice(-9), line, late, place]),
  ).toEqual([
    ['00-10.csv', 2, false, 1],
    ['06-40.csv', 2, true, null],
  ]);
  expect(cellOf(bar, 'close')).toMatchObject({ published: '105' });
  expect(cellOf(bar, 'taker_orders').how).toContain('1 late trade left out');
});

test('a duplicate names the row that it repeats', async () => {
  const day = await published(
    [trades(10, [withId(TEN_MS, '100', '2', '7'), '', 'broken', withId(TEN_MS, '100', '2', '7')])],
    { streams: 'trades', malformedMax: 1 },
  );
  const bar = await day.barAt(TEN_MS, '1m');
  expect(bar.differs).toEqual([]);
  expect(bar.trades.counts).toMatchObject({ used: 1, duplicate: 1, malformed: 1 });
  expect(bar.trades.rows.map(({ line, outcome, why }) => [line, outcome, why])).toEqual([
    [2, 'used', ''],
    [5, 'duplicate', 'BTCUSDT/trades/2024-03-02/00-10.csv line 2 has its trade_id'],
  ]);
  expect(bar.malformed.map(({ line }) => line)).toEqual([4]);
});

test('other clocks of a row are shown as recorded', async () => {
  const rows = [withId(TEN_MS, '100', '2', '7'), withId(TEN_MS + 9, '100', '2', '8')];
  const lines = rows.map((row, at) => `${row},${1_709_338_200_500 + at}`);
  const day = await published(
    [chunk('trades', 10, [`${tradesWithIdHeader},receive_time`, ...lines])],
    { streams: 'trades' },
  );
  const bar = await day.barAt(TEN_MS, '1m');
  expect(bar.trades.rows.map((row) => [row.receive_time, row.event_time])).toEqual([
    ['1709338200500', null],
    ['1709338200501', null],
  ]);
});

test('with trades alone, the report does not say which seconds are unproven, so the published reason stands', async () => {
  const day = await published(
    [
      chunk('trades', 10, [tradesHeader, trade(TEN_MS, '100', '2', 'true')]),
      chunk('trades', 20, [tradesHeader, trade(2 * TEN_MS, '100', '2', 'true')]),
    ],
    { streams: 'trades', sparseTrades: true },
  );
  const bar = await day.barAt(1.5 * TEN_MS, '1m');
  expect(bar.differs).toEqual([]);
  expect(cellOf(bar, 'fill_reason')).toMatchObject({
    published: 'unproven',
    arithmetic: null,
    pass: null,
  });
  expect(bar.silence.join(' ')).toContain('trade ids prove nothing');
});

test('chunks of an hour are read whole, with their line numbers', async () => {
  const [bids, asks] = [levels(100, -1, '1'), levels(101, 1, '1')];
  const day = await published(
    [
      objectOf(
        'BTCUSDT/trades/2024-03-02/00.csv',
        `${tradesHeader}\n${trade(TEN_MS, '100', '2', 'true')}\n`,
      ),
      objectOf(
        'BTCUSDT/depth/2024-03-02/00.csv',
        `${depthHeader}\n${book(TEN_MS, bids, asks)}\n${book(TEN_MS + 100, bids, asks)}\n`,
      ),
    ],
    { rawLayout: '{symbol}/{stream}/{date}/{hour}.csv', sparseTrades: true },
  );
  const bar = await day.barAt(TEN_MS, '1m');
  expect(bar.differs).toEqual([]);
  expect(bar.read.map(({ name }) => name.slice(-6))).toEqual(['00.csv', '00.csv']);
  expect(bar.steps.count).toBe(1);
  expect(bar.snapshots.rows.map(({ line }) => line)).toEqual([2, 3]);
});

test('a used trade far from the book is marked, with the snapshots beside it', async () => {
  const [bids, asks] = [levels(100, -1, '1'), levels(101, 1, '1')];
  const wider = levels(103, 1, '1');
  const day = await published([
    trades(10, [
      withId(TEN_MS + 20, '130', '1', '7'),
      withId(TEN_MS + 40, '101', '1', '8'),
      withId(TEN_MS + 60, '99.5', '1', '9'),
    ]),
    chunk('depth', 10, [depthHeader, book(TEN_MS, bids, asks), book(TEN_MS + 100, bids, wider)]),
  ]);
  const bar = await day.barAt(TEN_MS, '1m');
  expect(bar.differs).toEqual([]);
  const outside = bar.trades.rows.map((row) => row.outside);
  expect(outside.map((one) => one && [one.side, one.distance])).toEqual([
    ['above', '27'],
    null,
    ['below', '0.5'],
  ]);
  expect(outside[0]?.before).toMatchObject({ line: 2, bid: '100', ask: '101' });
  expect(outside[0]?.after).toMatchObject({ line: 3, bid: '100', ask: '103' });
});

test('of a step every price says what was added, pulled and traded', async () => {
  const [bids, asks] = [levels(100, -1, '1'), levels(101, 1, '1')];
  const [, ...others] = bids;
  const after = [
    ['100', '0.7'],
    ...others.map(([level = ''], at) => [level, at === 0 ? '3' : '1']),
  ];
  const day = await published([
    trades(10, [`${trade(TEN_MS + 50, '100', '0.1', 'true')},7`]),
    chunk('depth', 10, [depthHeader, book(TEN_MS, bids, asks), book(TEN_MS + 100, after, asks)]),
  ]);
  const bar = await day.barAt(TEN_MS, '1m');
  expect(bar.differs).toEqual([]);
  const [step] = bar.steps.list;
  expect(step).toMatchObject({
    ms: 100,
    trades: 1,
    ofi_l1: '-0.3',
    bid: { added: '2', pulled: '0.2', wall_pulled: '0' },
    ask: { added: '0', pulled: '0', wall_pulled: '0' },
  });
  expect(step?.prices).toEqual([
    {
      side: 'bid',
      price: '100',
      before: '1',
      after: '0.7',
      traded: '0.1',
      net: '-0.2',
      counts: true,
      wall: null,
    },
    {
      side: 'bid',
      price: '99',
      before: '1',
      after: '3',
      traded: '0',
      net: '2',
      counts: true,
      wall: null,
    },
  ]);
});

test('a file of another version, and a day without bars, are refused', async () => {
  const day = await published([trades(10, [withId(TEN_MS, '100', '2', '7')])], {
    streams: 'trades',
  });
  const { out } = day.world;
  const name = barsName(DAY, '1m');
  const text = out.text(name);
  const older = text.replace('timestamp,open', 'time,open');
  const [was, is] = [text, older].map((one) => codec.sha256(codec.encode(one)));
  out.put(name, older);
  out.put(qualityName(DAY), resealed(out.text(qualityName(DAY)).replace(was ?? '', is ?? '')));
  await expect(day.barAt(TEN_MS, '1m')).rejects.toThrow(
    /2024-03-02_1m\.csv line 1 header: found 'time,open,.*compute the day again/u,
  );
  const empty = await published([trades(10, [])], { streams: 'trades' });
  await expect(empty.barAt(TEN_MS, '1m')).rejects.toThrow(
    '--at bars of BTCUSDT 2024-03-02: found an empty day: nothing was recorded, expected a day with bars',
  );
});
