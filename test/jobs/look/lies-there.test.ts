/** What a run says of a symbol-day of which nothing was found. */
import { expect, test } from 'vitest';
import { finding } from '../../../src/core/finding/finding-list.js';
import type { RunRecord } from '../../../src/core/stored/manifest.js';
import { withWhatLiesThere } from '../../../src/jobs/look/lies-there.js';
import { openMemoryStore } from '../../support/memory-store.js';
import { PUBLISHED_DAY, runRecord } from '../../support/day/published-day.js';

const NOTHING: Partial<RunRecord> = {
  status: 'empty',
  input_objects: 0,
  findings: [finding('no_data', 'BTCUSDT 2025-12-11', 'no chunk in the raw root')],
};

async function hintsFor(names: readonly string[], record: Partial<RunRecord> = NOTHING) {
  const open = (below: string) => {
    const store = openMemoryStore();
    const head = below === '' ? '' : `${below}/`;
    for (const name of names) {
      if (name.startsWith(head)) store.put(name.slice(head.length), 'x');
    }
    return { ...store, root: `raw/${below}`.replace(/\/$/u, '') };
  };
  const [found] = await withWhatLiesThere([runRecord({ ...PUBLISHED_DAY, record })], open);
  return found?.hints?.map((hint) => hint.replace('another --raw, --raw-layout or day: ', ''));
}

test.for<[string, readonly string[], string]>([
  [
    'another spelling of the symbol',
    ['btcusdt/trades/2025-12-11/00-00.csv', 'x/y'],
    'raw holds btcusdt/, x/',
  ],
  ['days in place of symbols', ['2025/12/11/BTCUSDT.csv'], 'raw holds 2025/12/11/'],
  [
    'another stream',
    ['BTCUSDT/aggTrade/a', 'BTCUSDT/depth20/a'],
    'raw/BTCUSDT holds aggTrade/, depth20/',
  ],
  [
    'other days',
    ['BTCUSDT/depth/2025-12-10/a', 'BTCUSDT/depth/2025-12-12/a'],
    'raw/BTCUSDT/depth holds 2025-12-10/, 2025-12-12/',
  ],
  [
    'other names',
    ['BTCUSDT/trades/2025-12-11/10.csv'],
    'raw/BTCUSDT/trades/2025-12-11 holds 10.csv',
  ],
])('%s is named', async ([, names, hint]) => {
  expect(await hintsFor(names)).toEqual([hint]);
});

test('nothing is said of an empty root or of a day that was read', async () => {
  expect(await hintsFor([])).toBeUndefined();
  expect(await hintsFor(['btcusdt/x'], {})).toBeUndefined();
});
