/** What is recorded, from the names of folders, in as few listings as the layout allows. */
import { expect, test } from 'vitest';
import { chunkName } from '../../../src/core/rule/layout.js';
import { defaultLayout } from '../../../src/core/rule/rules.js';
import type { StreamName } from '../../../src/core/rule/symbol-day.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { findRecordedDays, type RecordedSearch } from '../../../src/jobs/recorded/recorded-days.js';
import { recordedSymbols } from '../../../src/jobs/recorded/recorded-symbols.js';
import { openMemoryStore, type MemoryStore } from '../../support/memory-store.js';

const DAYS: readonly (readonly [string, StreamName, string])[] = [
  ['AUSDT', 'trades', '2021-01-01'],
  ['AUSDT', 'depth', '2021-01-01'],
  ['AUSDT', 'trades', '2025-12-20'],
  ['币_USDT', 'depth', '2024-02-29'],
];
const FOUND = [
  'AUSDT 2021-01-01 trades+depth',
  'AUSDT 2025-12-20 trades',
  '币_USDT 2024-02-29 depth',
];

function recorded(rawLayout: string, streamNames = defaultLayout.streamNames) {
  const layout = { rawLayout, streamNames };
  const names = DAYS.map(([symbol, stream, date]) =>
    chunkName(
      layout,
      { symbol: symbolName(symbol, 'test'), stream, date: utcDate(date, 'test') },
      425,
    ),
  );
  const others = ['logs/a/b.txt', '_x/trades/2025-12-20/x', 'AUSDT/notes/2025-12-20/x'];
  const files = Object.fromEntries([...names, ...others].map((name) => [name, 'x']));
  return { layout, raw: openMemoryStore({ root: 'raw', files }) };
}

async function found(
  { layout, raw }: { layout: RecordedSearch['layout']; raw: MemoryStore },
  search: Partial<RecordedSearch> = {},
): Promise<[days: string[], listings: number]> {
  const all = { layout, symbols: undefined, from: undefined, to: undefined };
  const { days, listings } = await findRecordedDays({ ...all, ...search }, raw);
  return [
    days.map(({ symbol, date, streams }) => `${symbol} ${date} ${streams.join('+')}`),
    listings,
  ];
}

test.for<[string, number]>([
  // The root, its four folders, and the folders of their streams.
  ['{symbol}/{stream}/{date}/{hour}-{minute}.csv', 7],
  ['{symbol}/{stream}/{date}/{hour}.csv', 7],
  ['{stream}/{symbol}/{date}/{hour}-{minute}.csv', 6],
  ['v1/{date}/{symbol}_{stream}/{hour}{minute}', 4],
  ['{year}/{month}/{day}/{symbol}.{stream}.{hour}', 10],
  ['{symbol}/{stream}-{date}T{hour}.{minute}.csv', 4],
  ['{symbol}-{stream}-{date}-{hour}.csv', 1],
])('is found in the layout %s by %s listings', async ([rawLayout, listings]) => {
  const root = recorded(rawLayout);
  expect(await found(root)).toEqual([FOUND, listings]);
  const [days] = await found(root, { symbols: [symbolName('AUSDT', 'test')] });
  expect(days).toEqual(FOUND.slice(0, 2));
  const range = { from: utcDate('2024-02-29', 'test'), to: utcDate('2025-12-19', 'test') };
  expect((await found(root, range))[0]).toEqual(FOUND.slice(2));
});

test('is found where the streams have names of their own', async () => {
  const root = recorded(defaultLayout.rawLayout, { trades: 'agg+Trade', depth: 'notes' });
  const [days] = await found(root);
  // A folder that is called like the stream counts, whatever it was made for.
  expect(days).toEqual([
    'AUSDT 2021-01-01 trades+depth',
    'AUSDT 2025-12-20 trades+depth',
    FOUND[2],
  ]);
});

test('symbols are the folders with a folder of a stream, by one listing each', async () => {
  const { layout, raw } = recorded(defaultLayout.rawLayout);
  const listed: string[] = [];
  const counted: MemoryStore = {
    ...raw,
    folders: async (prefix) => {
      listed.push(prefix ?? '');
      return await raw.folders(prefix);
    },
  };
  expect(await recordedSymbols(layout, counted)).toEqual({
    symbols: ['AUSDT', '币_USDT'],
    skipped: ['_x', 'logs'],
    count: 4,
  });
  // `_x` cannot be a symbol.
  expect(listed).toEqual(['', 'AUSDT/', 'logs/', '币_USDT/']);
});

test('a symbol stored in the other Unicode form is found, and two forms of one are refused', async () => {
  const stored = 'ÉUSDT'.normalize('NFD');
  const raw = openMemoryStore({ root: 'raw', files: { [`${stored}/trades/2025-12-20/x`]: '' } });
  const { symbols } = await recordedSymbols(defaultLayout, raw);
  expect(symbols).toEqual(['ÉUSDT'.normalize('NFC')]);
  expect((await found({ layout: defaultLayout, raw }, { symbols }))[0]).toEqual([
    `${symbols[0] ?? ''} 2025-12-20 trades`,
  ]);
  raw.put(`${stored.normalize('NFC')}/trades/2025-12-21/x`, '');
  await expect(recordedSymbols(defaultLayout, raw)).rejects.toThrow(
    "raw folders: found 'ÉUSDT' twice, in two Unicode forms",
  );
});

test("the recorders' sidecars make no symbol, and no folder to be named", async () => {
  const { layout, raw } = recorded(defaultLayout.rawLayout);
  await raw.write('_recorder/2025-12-20/00_a.json', new Uint8Array(1), 'nothing');
  expect(await recordedSymbols(layout, raw)).toMatchObject({
    symbols: ['AUSDT', '币_USDT'],
    skipped: ['_x', 'logs'],
  });
});
