/** What a run says of symbol-days of which nothing was found. */
import { expect, test } from 'vitest';
import { finding } from '../../../src/core/finding/finding-list.js';
import { defaultLayout } from '../../../src/core/rule/rules.js';
import type { RunRecord } from '../../../src/core/stored/manifest.js';
import { rootHint, withWhatLiesThere } from '../../../src/jobs/recorded/say-what-lies.js';
import { PUBLISHED_DAY, runRecord } from '../../support/day/published-day.js';
import { openMemoryStore } from '../../support/memory-store.js';

const NOTHING: Partial<RunRecord> = {
  status: 'empty',
  input_objects: 0,
  findings: [finding('no_data', 'BTCUSDT 2025-12-11', 'no chunk in the raw root')],
};
const DAY = 'BTCUSDT/trades/2025-12-11';

function rootWith(names: readonly string[]) {
  const files = Object.fromEntries(names.map((name) => [name, 'x']));
  return openMemoryStore({ root: 'raw', files });
}

async function hintsFor(
  names: readonly string[],
  changes: readonly Partial<RunRecord>[] = [NOTHING],
): Promise<(readonly string[] | undefined)[]> {
  const records = changes.map((record) => runRecord({ ...PUBLISHED_DAY, record }));
  const said = await withWhatLiesThere(records, defaultLayout, rootWith(names));
  return said.map(({ hints }) => hints);
}

test.for<[string, readonly string[], string]>([
  [
    'another stream',
    ['AUSDT/x', 'BTCUSDT/aggTrade/2025-12-11/00-00.csv', 'BTCUSDT/depth20/2025-12-11/00-00.csv'],
    "--stream-names trades=aggTrade,depth=depth20: raw holds 2 folders, 'BTCUSDT', 'AUSDT'; in 'BTCUSDT': 'aggTrade', 'depth20', such as 'BTCUSDT/aggTrade/2025-12-11/00-00.csv'",
  ],
  [
    'another layout below the right streams',
    ['BTCUSDT/trades/2025/12/11/13.csv.gz'],
    "--raw-layout '{symbol}/{stream}/{year}/{month}/{day}/{hour}.csv': raw holds the folder 'BTCUSDT'; in 'BTCUSDT': 'trades', such as 'BTCUSDT/trades/2025/12/11/13.csv.gz'",
  ],
  [
    'other days',
    ['BTCUSDT/depth/2025-12-10/a', 'BTCUSDT/depth/2025-12-12/a'],
    'another --from or --to: raw holds 1 symbol (BTCUSDT), 2 symbol-days from 2025-12-10 to 2025-12-12',
  ],
  [
    'other names',
    [`${DAY}/10.csv`],
    "--raw-layout '{symbol}/{stream}/{date}/{hour}.csv': raw holds 1 file that is no chunk: 10.csv",
  ],
  [
    'packed files',
    [`${DAY}/X.zip`],
    'CSV, plain or packed with gzip (unpack it): raw holds 1 file that is no chunk: X.zip',
  ],
])('%s is named', async ([, names, hint]) => {
  expect(await hintsFor(names)).toEqual([[hint]]);
});

test('one hint is said once', async () => {
  const days = [
    NOTHING,
    {},
    { ...NOTHING, date: '2025-12-12' },
    { ...NOTHING, date: '2025-12-13' },
  ];
  const [first, ...others] = await hintsFor(['BTCUSDT/trades/2025/12/11/13.csv'], days);
  expect(first?.[0]).toMatch(/13\.csv' \(and 2 more like this\)$/u);
  expect(others).toEqual([undefined, undefined, undefined]);
});

test('nothing is said of a day that was read, and nothing of a root that cannot be listed', async () => {
  expect(await hintsFor(['btcusdt/x'], [{}])).toEqual([undefined]);
  const missing = openMemoryStore({ root: 'raw', missing: true });
  const record = runRecord({ ...PUBLISHED_DAY, record: NOTHING });
  expect(await withWhatLiesThere([record], defaultLayout, missing)).toEqual([record]);
});

test('a listing of nothing says what lies there', async () => {
  expect(await rootHint(defaultLayout, rootWith([`${DAY}/13.csv`]))).toBe(
    `try: --raw-layout '{symbol}/{stream}/{date}/{hour}.csv': raw holds the folder 'BTCUSDT'; in 'BTCUSDT': 'trades', such as '${DAY}/13.csv'`,
  );
  expect(await rootHint(defaultLayout, rootWith([`${DAY}/13-00.csv`]))).toBeUndefined();
  const streamNames = { trades: 'aggTrade', depth: 'depth' };
  const root = rootWith(['AUSDT/aggTrade/2025/12/11/13.csv', 'AUSDT/book/2025/12/11/13.csv']);
  expect(await rootHint({ ...defaultLayout, streamNames }, root)).toContain(
    "{hour}.csv' --stream-names trades=aggTrade,depth=book: ",
  );
});
