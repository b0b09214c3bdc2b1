/** The raw layout: prefixes to list and names read back, for the default and for unusual templates. */
import { describe, expect, test } from 'vitest';
import {
  checkLayout,
  hasSymbolFirst,
  listPrefix,
  minuteOf,
  type ChunkFolder,
  chunkName,
  chunkSpanMinutes,
} from '../../../src/core/rule/layout.js';
import {
  barsName,
  manifestName,
  qualityName,
  recordName,
  summaryName,
} from '../../../src/core/stored/output-names.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';

const DEFAULT = '{symbol}/{stream}/{date}/{hour}-{minute}.csv';
const DAY = { symbol: symbolName('BTCUSDT', 'test'), date: utcDate('2025-12-11', 'test') };
const FOLDER: ChunkFolder = { ...DAY, stream: 'trades' };
const NAMES = { trades: 'trades', depth: 'depth' };

test('a layout shows symbols if its first folders are symbols', () => {
  expect(hasSymbolFirst(DEFAULT)).toBe(true);
  expect(hasSymbolFirst('{symbol}_{stream}/{date}/{hour}-{minute}')).toBe(false);
  expect(hasSymbolFirst('{date}/{symbol}/{stream}/{hour}-{minute}')).toBe(false);
});

describe('a template', () => {
  test.for([
    DEFAULT,
    '{date}/{symbol}_{stream}_{hour}{minute}',
    'a/{hour}/{minute}/{stream}.{date}.{symbol}.csv.zst',
    'v1.2/{symbol}{stream}{date}{hour}{minute}',
    '{symbol}/{stream}/{date}/{hour}.csv',
    '{stream}/{year}/{month}/{day}/{symbol}_{hour}{minute}.csv',
    '{symbol}/{day}{month}{year}/{stream}-{hour}',
  ])("'%s' is taken", (template) => {
    checkLayout(template, '--raw-layout');
  });

  test.for([
    '',
    '{symbol}/{stream}/{date}/{minute}.csv',
    '{symbol}/{stream}/{year}/{month}/{hour}.csv',
    '{symbol}/{stream}/{date}/{day}/{hour}.csv',
    `${DEFAULT}{hour}`,
    `${DEFAULT}{part}`,
    `{}${DEFAULT}`,
    `/${DEFAULT}`,
    `a//${DEFAULT}`,
    `../${DEFAULT}`,
    `./${DEFAULT}`,
    '{symbol}/{stream}/{date}/{hour}-{minute}/',
    '{symbol}/../{stream}/{date}/{hour}-{minute}',
  ])("'%s' is refused", (template) => {
    expect(() => {
      checkLayout(template, '--raw-layout');
    }).toThrow(
      `--raw-layout raw layout: found '${template}', expected a relative name with {symbol}`,
    );
  });
});

test.for<[string, string, string]>([
  [DEFAULT, 'BTCUSDT/trades/2025-12-11/', 'BTCUSDT/trades/2025-12-11/07-'],
  ['{date}/{hour}/{symbol}-{stream}-{minute}', '2025-12-11/', '2025-12-11/07/BTCUSDT-trades-'],
  ['{hour}/{date}/{symbol}/{stream}/{minute}', '', '07/2025-12-11/BTCUSDT/trades/'],
  ['{symbol}/{stream}/{minute}/{hour}/{date}', 'BTCUSDT/trades/', 'BTCUSDT/trades/'],
  [
    '{symbol}/{stream}/{date}/{hour}.csv',
    'BTCUSDT/trades/2025-12-11/',
    'BTCUSDT/trades/2025-12-11/07',
  ],
  [
    '{year}/{month}/{day}/{hour}/{symbol}.{stream}.gz',
    '2025/12/11/',
    '2025/12/11/07/BTCUSDT.trades',
  ],
])("chunks of '%s' are listed by '%s', those of an hour by '%s'", ([template, day, hour]) => {
  const layout = { rawLayout: template, streamNames: NAMES };
  expect(listPrefix(layout, FOLDER)).toBe(day);
  expect(listPrefix(layout, FOLDER, 7)).toBe(hour);
});

test("a stream's folder is called as the recording calls it", () => {
  const layout = { rawLayout: DEFAULT, streamNames: { trades: 'agg.Trade', depth: 'trades' } };
  const name = chunkName(layout, FOLDER, 425);
  expect(name).toBe('BTCUSDT/agg.Trade/2025-12-11/07-05.csv');
  expect(listPrefix(layout, FOLDER, 7)).toBe('BTCUSDT/agg.Trade/2025-12-11/07-');
  expect(minuteOf(layout, FOLDER)(name)).toBe(425);
  expect(minuteOf(layout, FOLDER)(name.replace('.', 'x'))).toBe(undefined);
  expect(minuteOf(layout, { ...FOLDER, stream: 'depth' })(name)).toBe(undefined);
});

test('without minutes a chunk covers an hour, and its parts are listed', () => {
  const template = '{symbol}/{stream}/{year}-{month}/{day}/{hour}.csv';
  expect([chunkSpanMinutes(template), chunkSpanMinutes(DEFAULT)]).toEqual([60, 1]);
  const base = 'BTCUSDT/trades/2025-12/11/';
  for (const end of ['07.csv', '07.csv.gz', '07_b.csv']) {
    check(template, base + end, 420);
    const layout = { rawLayout: template, streamNames: NAMES };
    expect((base + end).startsWith(listPrefix(layout, FOLDER, 7))).toBe(true);
  }
  check(template, `${base}24.csv`, undefined);
  check(template, 'BTCUSDT/trades/2025-12/12/07.csv', undefined);
});

function check(template: string, name: string, expected: number | undefined): void {
  expect(minuteOf({ rawLayout: template, streamNames: NAMES }, FOLDER)(name)).toBe(expected);
}

describe('a name', () => {
  const base = 'BTCUSDT/trades/2025-12-11/';

  test.for<[string, number | undefined]>([
    ['00-00.csv', 0],
    ['23-59.csv', 1_439],
    ['07-05.csv.gz', 425],
    ['07-05_b.csv', 425],
    ['07-05_restart-2.csv.gz', 425],
    ['24-00.csv', undefined],
    ['07-60.csv', undefined],
    ['7-05.csv', undefined],
    ['07-05_.csv', undefined],
    ['07-05_a_b.csv', undefined],
    ['07-05_a.b.csv', undefined],
    ['07-05.csv.gz.tmp', undefined],
    ['07-05Xcsv', undefined],
    ['x/07-05.csv', undefined],
    ['07-05.csv\n', undefined],
  ])("'%s' is minute %s", ([name, expected]) => {
    check(DEFAULT, base + name, expected);
  });

  test('of another symbol, stream or day is not a chunk of the folder', () => {
    check(DEFAULT, 'XBTCUSDT/trades/2025-12-11/07-05.csv', undefined);
    check(DEFAULT, 'BTCUSDT/depth/2025-12-11/07-05.csv', undefined);
    check(DEFAULT, 'BTCUSDT/trades/2025-12-12/07-05.csv', undefined);
  });

  test('takes part and gz if the template has no extension, and special characters literally', () => {
    check('{date}/{symbol}+({stream})[{hour}{minute}]', '2025-12-11/BTCUSDT+(trades)[0705]', 425);
    check(
      '{date}/{symbol}+({stream})[{hour}{minute}]',
      '2025-12-11/BTCUSDT+(trades)[0705]_a.gz',
      425,
    );
    check(
      'v1.2/{symbol}/{stream}/{date}/{hour}{minute}',
      'v1.2/BTCUSDT/trades/2025-12-11/0705_a',
      425,
    );
    check(
      'v1.2/{symbol}/{stream}/{date}/{hour}{minute}',
      'v1x2/BTCUSDT/trades/2025-12-11/0705',
      undefined,
    );
  });
});

test('names below the output root say what they hold', () => {
  expect([
    barsName(DAY, '1s'),
    qualityName(DAY),
    manifestName(DAY.date),
    recordName('r1', DAY),
    summaryName('r1'),
  ]).toEqual([
    'BTCUSDT/2025-12-11_1s.csv',
    'BTCUSDT/2025-12-11_quality.json',
    '_manifest/2025-12-11.json',
    '_manifest/runs/r1/BTCUSDT/2025-12-11.json',
    '_manifest/runs/r1/summary.json',
  ]);
});
