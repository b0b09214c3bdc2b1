/** What a root without symbols is said to hold, and what may be meant. */
import { expect, test } from 'vitest';
import { describeRoot, type LookedFolder } from '../../../src/core/recorded/root-look.js';
import { defaultLayout } from '../../../src/core/rule/rules.js';

test.for<[string, Readonly<Record<string, readonly string[]>>, string, string]>([
  ['nothing', {}, 'no folder', 'is it the right root'],
  [
    'a symbol, one folder too deep',
    { depth: ['2025-12-11'], trades: ['2025-12-11'] },
    "2 folders, 'depth', 'trades', which look like streams",
    'the folder above as raw root',
  ],
  [
    'streams above symbols',
    { aggTrades: ['BTCUSDT', 'ETHUSDT'], depth20: ['BTCUSDT'] },
    "2 folders, 'aggTrades', 'depth20', with symbols in them",
    "--raw-layout '{stream}/{symbol}/{date}/{hour}-{minute}.csv'",
  ],
  [
    'a stream, two folders too deep',
    { '2025-12-11': [], '2025-12-12': [] },
    'which look like days',
    'or the folder of symbols above',
  ],
  [
    'days above streams',
    { '20251211': ['trades'] },
    'look like days',
    '{year}{month}{day}/{stream}',
  ],
  [
    'years',
    { '2024': ['01', '02'], '2025': ['12'] },
    "2 folders, '2024', '2025', which look like years",
    "--raw-layout '{year}/{month}/{day}/{symbol}/{stream}/{hour}-{minute}.csv'",
  ],
  [
    'streams under other names',
    { btcusdt: ['aggTrade', 'depth20'], ethusdt: ['aggTrade'] },
    "2 folders, 'btcusdt', 'ethusdt'; in 'btcusdt': 'aggTrade', 'depth20'",
    '--stream-names trades=aggTrade,depth=depth20',
  ],
  [
    'days below symbols',
    { BTCUSDT: ['2025-12-11'] },
    "the folder 'BTCUSDT'; in 'BTCUSDT': '2025-12-11'",
    "--raw-layout '{symbol}/{date}/{stream}/{hour}-{minute}.csv'",
  ],
  [
    'years below symbols',
    { BTCUSDT: ['2025'] },
    "in 'BTCUSDT': '2025'",
    "--raw-layout '{symbol}/{year}/{month}/{day}/{stream}/{hour}-{minute}.csv'",
  ],
  ['a root above', { data: ['BTCUSDT'], logs: [] }, "in 'data': 'BTCUSDT'", "raw root 'data'"],
  [
    'other folders',
    { a: [], b: [], c: [], d: [], e: [], f: [] },
    "6 folders, 'a', 'b', 'c', 'd', 'e', …, without a folder",
    "folders 'trades' or 'depth'",
  ],
])('%s', ([, tree, found, expected]) => {
  const looked = Object.entries(tree).map(([name, folders]): LookedFolder => ({ name, folders }));
  const words = describeRoot({ count: looked.length, looked }, defaultLayout);
  expect(words.found).toContain(found);
  expect(words.expected).toContain(expected);
});
