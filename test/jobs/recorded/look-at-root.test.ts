/** What a root without the layout's chunks is said to hold, and what may be meant. */
import { expect, test } from 'vitest';
import { describeRoot, isRightAsItIs } from '../../../src/core/recorded/root-look.js';
import { defaultLayout } from '../../../src/core/rule/rules.js';
import { lookAtRoot } from '../../../src/jobs/recorded/look-at-root.js';
import { openMemoryStore } from '../../support/memory-store.js';

async function words(paths: readonly string[]) {
  const files = Object.fromEntries(paths.map((path) => [path, 'x']));
  const look = await lookAtRoot(openMemoryStore({ root: 'raw', files }));
  return { ...describeRoot(look, defaultLayout), isRight: isRightAsItIs(look, defaultLayout) };
}

/** Paths, and the options that fit them in full. */
test.for<[string, readonly string[], string]>([
  [
    'years below streams of other names',
    ['btcusdt/aggTrade/2025/12/20/13.csv.gz', 'btcusdt/book/2025/12/20/13.csv.gz'],
    "--raw-layout '{symbol}/{stream}/{year}/{month}/{day}/{hour}.csv' --stream-names trades=aggTrade,depth=book",
  ],
  [
    'streams above symbols',
    ['aggTrades/BTCUSDT/2025-12-11/13-00_b.csv', 'depth20/BTCUSDT/2025-12-11/13-00.csv'],
    "--raw-layout '{stream}/{symbol}/{date}/{hour}-{minute}.csv' --stream-names trades=aggTrades,depth=depth20",
  ],
  [
    'days above streams',
    ['20251211/trades/BTCUSDT/1300.csv'],
    "--raw-layout '{year}{month}{day}/{stream}/{symbol}/{hour}{minute}.csv'",
  ],
  [
    'years above symbols',
    ['2024/01/31/BTCUSDT/depth/00-00.csv', '2025/01/31/BTCUSDT/depth/00-00.csv'],
    "--raw-layout '{year}/{month}/{day}/{symbol}/{stream}/{hour}-{minute}.csv'",
  ],
  [
    'days below symbols of any name',
    ['币/2025-12-11/trades/00.csv'],
    "--raw-layout '{symbol}/{date}/{stream}/{hour}.csv'",
  ],
  [
    'streams under other names, beside a folder of logs',
    ['a_logs/x.txt', 'btcusdt/trade/2025-12-11/00-00.csv', 'btcusdt/depth20/2025-12-11/00-00.csv'],
    '--stream-names trades=trade,depth=depth20',
  ],
  [
    'keys before the values',
    ['symbol=BTCUSDT/stream=trades/date=2025-12-11/hour=13/00.csv'],
    "--raw-layout 'symbol={symbol}/stream={stream}/date={date}/hour={hour}/{minute}.csv'",
  ],
  [
    'files of an hour without a folder',
    ['BTCUSDT-aggTrade-2025-12-20-13.csv', 'BTCUSDT-aggTrade-2025-12-20-14.csv'],
    "--raw-layout '{symbol}-{stream}-{date}-{hour}.csv' --stream-names trades=aggTrade",
  ],
  ['files of a minute with a T', ['2025/btcusdt_trades_20251220T1305.txt.gz', 'x.csv'], ''],
  [
    'a minute in the names of flat files',
    ['btcusdt_trades_20251220T1305.csv.gz'],
    "--raw-layout '{symbol}_{stream}_{year}{month}{day}T{hour}{minute}.csv'",
  ],
  [
    'a root above',
    ['data/BTCUSDT/trades/2025-12-20/00-00.csv', 'logs/x'],
    "the raw root 'data' below it",
  ],
])('%s', async ([, paths, options]) => {
  const { expected } = await words(paths);
  if (options === '') expect(expected).not.toContain("--raw-layout '{");
  else expect(expected).toBe(options);
});

/** Paths that no layout reads: what is found, and what is to do. */
test.for<[string, readonly string[], string, string]>([
  ['nothing', [], 'no folder', 'is it the right root'],
  ['a file of a program', ['_dataset.json'], 'no folder', 'is it the right root'],
  [
    'a symbol, one folder too deep',
    ['depth/2025-12-11/00-00.csv', 'trades/2025-12-11/00-00.csv'],
    "2 folders, 'depth', 'trades', which look like streams; in 'depth': '2025-12-11', such as 'depth/2025-12-11/00-00.csv'",
    'the folder above as raw root',
  ],
  [
    'a stream, two folders too deep',
    ['2025-12-11/00-00.csv'],
    "the folder '2025-12-11', which looks like a day, such as '2025-12-11/00-00.csv'",
    'the folder of symbols above as raw root',
  ],
  [
    'files of a day without a folder',
    ['BTCUSDT-aggTrades-2025-12-20.csv', 'BTCUSDT-aggTrades-2025-12-21.csv'],
    "no folder but 2 files, such as 'BTCUSDT-aggTrades-2025-12-20.csv'",
    'an hour in the name (is it a whole day? name it as the hour 23, or cut it into hours)',
  ],
  [
    'files of a day whose folder has the date as well',
    ['BTCUSDT/trades/2025-12-20/BTCUSDT-trades-2025-12-20.csv'],
    "such as 'BTCUSDT/trades/2025-12-20/BTCUSDT-trades-2025-12-20.csv'",
    'is it a whole day?',
  ],
  [
    'packed files',
    ['BTCUSDT-trades-2025-12-20-13.csv.zip'],
    'no folder but 1 file, such as',
    'CSV, plain or packed with gzip (unpack it)',
  ],
  ['files of no form', ['a.csv', 'b.csv'], "2 files, such as 'a.csv'", '--raw-layout for names'],
  [
    'a symbol repeated in the name of the file, which no layout has',
    ['BTCUSDT/trade/2025-12-20/BTCUSDT-13.csv'],
    "such as 'BTCUSDT/trade/2025-12-20/BTCUSDT-13.csv'",
    "with the streams 'trades' or 'depth'",
  ],
  [
    'other folders',
    ['a/x', 'b/x', 'c/x', 'd/x', 'e/x', 'f/x'],
    "6 folders, 'a', 'b', 'c', 'd', 'e', …, such as 'a/x'",
    "the streams 'trades' or 'depth'",
  ],
])('no layout is proposed for %s', async ([, paths, found, expected]) => {
  const said = await words(paths);
  expect(said.found).toContain(found);
  expect(said.expected).toContain(expected);
  expect(said.expected).not.toMatch(/^--raw-layout '/u);
});

test('what the layout reads is right as it is', async () => {
  expect(await words(['BTCUSDT/trades/2025-12-20/13-00_2.csv.gz'])).toMatchObject({
    isRight: true,
  });
  expect(await words(['BTCUSDT/trades/2025-12-20/13.csv'])).toMatchObject({ isRight: false });
});
