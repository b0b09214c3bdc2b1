/** How files meet in chunks, and what a root says of them. */
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { chunksOf, imported, refusal } from '../../support/import/importing.js';
import { OWN_DAY, OWN_HEADER, OWN_HINTS, ownFile } from '../../support/import/own-files.js';
import {
  depthFrame,
  futuresAggregates,
  futuresTrades,
  lines,
  START_MS,
  tardisBook,
  tradeFrames,
} from '../../support/import/source-samples.js';
import { openMemoryStore } from '../../support/memory-store.js';

const NAME = 'BTCUSDT-trades-2024-07-18.csv';

describe('files in a row', () => {
  test('that meet in a minute are one chunk, also where the second begins a little earlier', async () => {
    const { raw } = await imported(
      { 'a.csv': ownFile([0, 59_000, 60_010]), 'b.csv': ownFile([59_990, 60_020, 120_000], 4) },
      { hints: OWN_HINTS },
    );
    expect(raw.text(`${OWN_DAY}/10-01.csv`)).toBe(
      lines([
        OWN_HEADER,
        ...[
          [60_010, 3],
          [59_990, 4],
          [60_020, 5],
        ].map(([atMs = 0, id]) => `${START_MS + atMs},1.0,2.0,true,${id}`),
      ]),
    );
    expect(Object.keys(chunksOf(raw))).toHaveLength(3);
  });

  test('that repeat a day find its chunks there', async () => {
    const day = ownFile([0, 60_000, 180_000]);
    const { summary, raw } = await imported({ 'a.csv': day, 'b.csv': day }, { hints: OWN_HINTS });
    expect(summary.streams).toMatchObject([{ rows: 6, chunks: 6, chunksUnchanged: 3 }]);
    expect(Object.keys(chunksOf(raw))).toHaveLength(3);
    const short = ownFile([0, 10]);
    const twice = await imported({ 'a.csv': short, 'b.csv': short }, { hints: OWN_HINTS });
    expect(twice.summary.streams).toMatchObject([{ chunks: 2, chunksUnchanged: 1 }]);
  });

  test('that hold other rows of a minute are refused before it is replaced, and kept apart as a part', async () => {
    const raw = openMemoryStore();
    await imported({ 'a.csv': ownFile([0, 60_000]) }, { hints: OWN_HINTS, raw });
    const before = chunksOf(raw);
    const other = { 'b.csv': ownFile([5, 60_000]) };
    expect(await refusal(other, { hints: OWN_HINTS, raw })).toBe(
      `memory/${OWN_DAY}/10-00.csv chunk: found other rows than those of the files, expected the same rows, or no chunk (--part NAME stores these beside it; another --raw keeps them apart)`,
    );
    expect(chunksOf(raw)).toEqual(before);
    await imported(other, { hints: OWN_HINTS, raw, part: 'b-2' });
    expect(Object.keys(chunksOf(raw))).toEqual(
      ['10-00.csv', '10-00_b-2.csv', '10-01.csv', '10-01_b-2.csv'].map(
        (name) => `${OWN_DAY}/${name}`,
      ),
    );
  });

  test('that overlap within an open hour are refused, not counted twice', async () => {
    const files = { 'a.csv': ownFile([0, 600_000]), 'b.csv': ownFile([300_000, 900_000], 2) };
    const options = { hints: OWN_HINTS, chunkMinutes: 60 } as const;
    expect(await refusal(files, options)).toContain('10.csv chunk: found other rows');
  });

  test('of two forms do not share a chunk', async () => {
    const files = {
      'a.jsonl': lines(tradeFrames()),
      [NAME]: futuresTrades(),
    };
    expect(await refusal(files)).toContain(`${NAME} line 2 columns: found`);
  });
});

describe('aggregates beside single trades of a symbol', () => {
  const aggregates = { 'BTCUSDT-aggTrades-2024-07-18.csv': futuresAggregates() };
  test('are refused in one import', async () => {
    const files = { ...aggregates, [NAME]: futuresTrades() };
    expect(await refusal(files)).toBe(`${NAME} line 2 ${bothKinds('single trades', 'aggregates')}`);
    const frames = { 'a.jsonl': lines(tradeFrames()), 'b.jsonl': lines(tradeFrames('aggTrade')) };
    expect(await refusal(frames)).toContain(bothKinds('aggregates', 'single trades'));
  });

  test('are refused beside those of their day in the root, with a part or without', async () => {
    const raw = openMemoryStore();
    await imported({ [NAME]: futuresTrades() }, { raw, gzip: true });
    const before = raw.names();
    for (const part of ['', 'agg']) {
      expect(await refusal(aggregates, { raw, part })).toBe(
        `memory/${OWN_DAY}/10-00${part === '' ? '' : `_${part}`}.csv ${bothKinds('aggregates', 'single trades')}`,
      );
    }
    expect(raw.names()).toEqual(before);
  });
});

describe('chunks', () => {
  test('are there whether they are compressed or not', async () => {
    const raw = openMemoryStore();
    const file = { 'a.csv': ownFile([0, 60_000]) };
    await imported(file, { hints: OWN_HINTS, raw, gzip: true });
    const { summary } = await imported(file, { hints: OWN_HINTS, raw });
    expect(summary.streams).toMatchObject([{ chunks: 2, chunksUnchanged: 2 }]);
    expect(raw.names().slice(0, 2)).toEqual([`${OWN_DAY}/10-00.csv.gz`, `${OWN_DAY}/10-01.csv.gz`]);
    const stored = await raw.read(`${OWN_DAY}/10-00.csv.gz`);
    expect(gunzipSync(stored?.bytes ?? '').toString()).toBe(ownFile([0]));
  });

  test('of an hour say their layout', async () => {
    const { summary, raw } = await imported(
      { 'a.csv': ownFile([0, 3_599_999, 3_600_000]) },
      { hints: OWN_HINTS, chunkMinutes: 60 },
    );
    expect(Object.keys(chunksOf(raw))).toEqual([`${OWN_DAY}/10.csv`, `${OWN_DAY}/11.csv`]);
    expect(summary.dataset.raw_layout).toBe('{symbol}/{stream}/{date}/{hour}.csv');
    expect(JSON.parse(raw.text('_dataset.json'))).toEqual(summary.dataset);
  });

  test('take late rows as far as the aggregation looks', async () => {
    const noon = ownFile([0, 180_000, 60_000]);
    const { raw: early } = await imported({ 'a.csv': noon }, { hints: OWN_HINTS });
    expect(early.text(`${OWN_DAY}/10-03.csv`).trimEnd().split('\n')).toHaveLength(3);
    const midnightMs = 14 * 3_600_000;
    const late = ownFile([midnightMs - 1, midnightMs + 119_000, midnightMs - 5]);
    const { raw } = await imported({ 'a.csv': late }, { hints: OWN_HINTS });
    expect(raw.text('BTCUSDT/trades/2024-07-19/00-01.csv').trimEnd().split('\n')).toHaveLength(3);
    const later = ownFile([midnightMs - 1, midnightMs + 120_000, midnightMs - 5]);
    expect(await refusal({ 'a.csv': later }, { hints: OWN_HINTS })).toBe(
      'a.csv line 4 order: found a row of 2024-07-18T23:59:59.995Z in the chunk of 2024-07-19T00:02:00Z, expected rows in the order of their times, 2 minutes late at most (an hour in chunks of an hour): sort the file by time',
    );
  });
});

describe('a file newest first', () => {
  const newestFirst = ownFile(Array.from({ length: 400 }, (_, index) => (400 - index) * 60_000));
  test.for([1, 60] as const)('is refused in chunks of %i minutes', async (chunkMinutes) => {
    const says = await refusal({ 'a.csv': newestFirst }, { hints: OWN_HINTS, chunkMinutes });
    expect(says).toContain('order: found a row of 2024-07-18T');
    expect(says).toContain('sort the file by time');
  });
});

describe('a root', () => {
  test('of trades that gets a book holds both, in either order', async () => {
    const trades = { 'a.csv': ownFile([0]) };
    const book = { 'book.csv': tardisBook(25) };
    const first = openMemoryStore();
    await imported(trades, { hints: OWN_HINTS, raw: first });
    expect(JSON.parse(first.text('_dataset.json'))).toMatchObject({
      streams: 'trades',
      sparse_trades: true,
    });
    const widened = await imported(book, { raw: first });
    expect(widened.summary.notes.join()).toContain('need a new output root');
    const again = await imported(book, { raw: first });
    expect(again.summary.notes.join()).not.toContain('need a new output root');
    expect(JSON.parse(first.text('_dataset.json'))).not.toHaveProperty('streams');
    const second = openMemoryStore();
    await imported(book, { raw: second });
    await imported(trades, { hints: OWN_HINTS, raw: second });
    expect(second.text('_dataset.json')).toBe(first.text('_dataset.json'));
  });

  test('of trades alone gets no book of some of its symbols', async () => {
    const raw = openMemoryStore();
    const eth = { symbol: symbolName('ETHUSDT', 'test') };
    await imported({ 'a.csv': ownFile([0]) }, { hints: OWN_HINTS, raw });
    await imported({ 'b.csv': ownFile([0]) }, { hints: eth, raw });
    const { length } = raw.written;
    const book = JSON.stringify({ stream: 'btcusdt@depth20', data: depthFrame(20) });
    for (const file of [{ 'book.csv': tardisBook(25) }, { 'book.jsonl': lines([book]) }]) {
      expect(await refusal(file, { raw })).toBe(
        "memory streams: found a book beside 'ETHUSDT', of which there are trades alone, expected another --raw, or the books of all its symbols imported together",
      );
    }
    expect(raw.written).toHaveLength(length);
    const both = lines([book, book.replaceAll('BTCUSDT', 'ETHUSDT')]);
    await imported({ 'book.jsonl': both }, { raw });
    expect(JSON.parse(raw.text('_dataset.json'))).not.toHaveProperty('streams');
  });

  test('is declared by no import that stores no chunk', async () => {
    const raw = openMemoryStore();
    const bad = ownFile([0]).replace(`${START_MS}`, 'soon');
    await refusal({ 'a.csv': bad }, { hints: { ...OWN_HINTS, market: 'spot' }, raw });
    await refusal({ 'a.jsonl': '{"e":"kline","k":{}}\n' }, { raw });
    expect(raw.names()).toEqual([]);
    await imported({ 'a.csv': ownFile([0]) }, { hints: OWN_HINTS, raw });
    expect(JSON.parse(raw.text('_dataset.json'))).toMatchObject({ market: 'usdm' });
  });

  test('of another market or of a recorder is refused, with nothing written', async () => {
    const usdm = openMemoryStore({
      files: { '_dataset.json': '{"venue":"binance","market":"usdm","quantity_unit":"base"}' },
    });
    expect(await refusal({ 'a.csv': ownFile([0]) }, { hints: OWN_HINTS, raw: usdm })).toContain(
      "field 'sparse_trades'",
    );
    const coinm = { 'BTCUSD_PERP-trades-2024-07-18.csv': futuresTrades('') };
    const imports = openMemoryStore();
    await imported({ 'a.csv': ownFile([0]) }, { hints: OWN_HINTS, raw: imports });
    const { length } = imports.written;
    expect(await refusal(coinm, { raw: imports })).toContain("field 'market'");
    expect(imports.written).toHaveLength(length);
    expect(usdm.written).toEqual([]);
  });

  test('that another import declares at the same time is read again', async () => {
    const raw = openMemoryStore();
    const other = { 'a.csv': ownFile([0]) };
    let isFirst = true;
    const racing = {
      ...raw,
      write: async (...args: Parameters<typeof raw.write>) => {
        const meets = isFirst && args[0] === '_dataset.json';
        isFirst = false;
        if (meets) await imported({ 'b.csv': tardisBook(5) }, { raw });
        return await raw.write(...args);
      },
    };
    await imported(other, { hints: OWN_HINTS, raw: racing });
    expect(JSON.parse(raw.text('_dataset.json'))).not.toHaveProperty('streams');
    expect(raw.names()).toContain(`${OWN_DAY}/10-00.csv`);
  });
});

function bothKinds(kind: string, there: string): string {
  return `trades: found ${kind} of BTCUSDT beside ${there}, expected one of them, because they are the same trades (another --raw for the ${kind})`;
}
