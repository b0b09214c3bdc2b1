/** The page of `flowbars ls`. */
import { expect, test } from 'vitest';
import { LISTED_ROWS_MAX, printRecording } from '../../../src/cli/ls/ls-page.js';
import { defaultLayout } from '../../../src/core/rule/rules.js';
import { listRecording } from '../../../src/jobs/recorded/list-recording.js';
import { openMemoryStore } from '../../support/memory-store.js';
import { expectSchema } from '../../support/schema/schemas.js';

async function page(
  names: readonly string[],
  layout = defaultLayout,
  root = 'raw',
  columns = 120,
): Promise<string[]> {
  const raw = openMemoryStore({
    root,
    files: Object.fromEntries(names.map((name) => [name, 'x'.repeat(100_000)])),
  });
  const search = { layout, symbols: undefined, from: undefined, to: undefined };
  const recording = await listRecording(search, raw);
  expectSchema('recording', JSON.stringify(recording));
  let text = '';
  printRecording(recording, {
    isTty: true,
    columns: () => columns,
    rows: () => 24,
    write: (more) => {
      text += more;
    },
    paint: (_style, plain) => plain,
    redraw: () => undefined,
  });
  return text.split('\n');
}

test('has a row per symbol-day, with its gaps', async () => {
  const folder = 'AUSDT/trades/2025-12-20';
  const lines = await page([
    ...['00-01.csv', '00-02.csv.gz', '00-02_b.csv', '23-59.csv', 'x.txt'].map(
      (name) => `${folder}/${name}`,
    ),
    'AUSDT/depth/2025-12-20/12-00.csv',
    'BUSDT/depth/2025-12-21/00-00.csv',
  ]);
  expect(lines).toEqual([
    'raw: 2 symbols, 2 symbol-days, 2025-12-20 to 2025-12-21, 6 chunks, 0.6 MB',
    '',
    'symbol  day         trades  depth    size  first  last   gaps',
    expect.stringMatching(/^─+/u),
    'AUSDT   2025-12-20       4      1  0.5 MB  00:01  23:59  trades 00:00-00:01, 00:03-23:59; depth 00:00-12:00, 12:01-24:00',
    'BUSDT   2025-12-21    none      1  0.1 MB  00:00  00:00  depth 00:01-24:00',
    '',
  ]);
});

test('has a row per symbol of many symbol-days, and counts the listings of a bucket', async () => {
  const rawLayout = '{date}/{symbol}_{stream}_{hour}.csv';
  const days = Array.from({ length: LISTED_ROWS_MAX / 2 + 1 }, (_, index) =>
    new Date(Date.UTC(2024, 0, 1 + index)).toISOString().slice(0, 10),
  );
  const names = days.flatMap((day) => [`${day}/AUSDT_trades_00.csv`, `${day}/BUSDT_depth_23.csv`]);
  const lines = await page(names, { ...defaultLayout, rawLayout }, 'gs://b/raw');
  // The root, each day for what it holds, and each symbol-day for its chunks.
  expect(lines[0]).toBe(
    'gs://b/raw: 2 symbols, 202 symbol-days, 2024-01-01 to 2024-04-10, 202 chunks, 20.2 MB, 304 listings',
  );
  expect(lines.slice(4, 6)).toEqual([
    'AUSDT    101  2024-01-01  2024-04-10          0       101     101  10.1 MB    2,323',
    'BUSDT    101  2024-01-01  2024-04-10        101         0     101  10.1 MB    2,323',
  ]);
});

test('puts gaps below a row where they do not fit, and names files that are no chunks', async () => {
  const folder = 'AUSDT/trades/2025-12-20';
  const names = ['00-01.csv', '01-00.csv', '02-00.csv', '23-59.csv', 'x.csv.zip', 'y.parquet'];
  const lines = await page(
    names.map((name) => `${folder}/${name}`),
    defaultLayout,
    'raw',
    80,
  );
  expect(lines[0]).toContain('raw: 1 symbol, 1 symbol-day, 2025-12-20, 4 chunks');
  expect(lines.slice(4)).toEqual([
    'AUSDT   2025-12-20       4   none  0.4 MB  00:01  23:59',
    '    gaps: trades 00:00-00:01, 00:02-01:00, 01:01-02:00, … (4 in all)',
    '    2 files that are no chunks: x.csv.zip, …: unpack it',
    '',
  ]);
});

test('says that nothing is recorded', async () => {
  expect(await page(['AUSDT/x.txt'])).toEqual(['raw: nothing recorded', '']);
});
