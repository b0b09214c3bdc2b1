/** The listings and steps of a symbol-day. */
import { describe, expect, test } from 'vitest';
import {
  CHUNK_MINUTE_OBJECTS_MAX,
  CHUNKS_MAX,
  planDay,
  planListings,
  type ListedChunk,
} from '../../../src/core/plan/day-plan.js';
import { DAY_RULES, type DayRules } from '../../../src/core/rule/rule-table.js';
import { defaultRules } from '../../../src/core/rule/rules.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { productsFrom } from '../../support/day/products.js';

const DAY = { symbol: symbolName('X', 'test'), date: utcDate('2025-03-01', 'test') };
const OPTIONS: DayRules = {
  ...defaultRules(DAY_RULES),
  ...productsFrom('1m'),
};

/** The listings, as `prefix firstMinute`. */
function checkListed(options: Partial<DayRules>, expected: readonly string[]): void {
  const listings = planListings(DAY, { ...OPTIONS, ...options });
  expect(listings.map(({ prefix, firstMinute }) => `${prefix} ${firstMinute}`)).toEqual(expected);
}

describe('listed', () => {
  const day = ['X/trades/2025-03-01/ 0', 'X/depth/2025-03-01/ 0'] as const;

  test('are the day and the hours of its neighbours that are read', () => {
    checkListed({}, [
      'X/trades/2025-02-28/23- -1440',
      day[0],
      'X/trades/2025-03-02/00- 1440',
      'X/depth/2025-02-28/23- -1440',
      day[1],
      'X/depth/2025-03-02/00- 1440',
    ]);
    checkListed({ streams: 'trades', seedMinutes: 61, edgeMinutes: 0 }, [
      'X/trades/2025-02-28/22- -1440',
      'X/trades/2025-02-28/23- -1440',
      day[0],
    ]);
    checkListed({ edgeMinutes: 0, seedMinutes: 0 }, day);
  });

  test('are whole hours where a chunk covers one, and days in folders of a year', () => {
    checkListed({ rawLayout: '{symbol}/{stream}/{year}/{month}/{day}/{hour}', seedMinutes: 61 }, [
      'X/trades/2025/02/28/22 -1440',
      'X/trades/2025/02/28/23 -1440',
      'X/trades/2025/03/01/ 0',
      'X/trades/2025/03/02/00 1440',
      'X/depth/2025/02/28/23 -1440',
      'X/depth/2025/03/01/ 0',
      'X/depth/2025/03/02/00 1440',
    ]);
  });

  test('are at most a whole day before', () => {
    const listings = planListings(DAY, { ...OPTIONS, streams: 'trades', seedMinutes: 1_440 });
    expect(listings).toHaveLength(26);
    expect(listings[0]?.prefix).toBe('X/trades/2025-02-28/00-');
  });

  test('is a prefix listed once if the template has no hour to list by', () => {
    checkListed(
      { rawLayout: '{date}/{minute}{hour}-{symbol}-{stream}', streams: 'trades', seedMinutes: 120 },
      ['2025-02-28/ -1440', '2025-03-01/ 0', '2025-03-02/ 1440'],
    );
  });
});

function stored(name: string): ListedChunk {
  return { name, sizeBytes: 1, crc32c: undefined, generation: undefined };
}

/** The plan for a store with these names, as `stream minute role names`; `*`: serves the seed. */
function checkPlanned(
  names: readonly string[],
  options: Partial<DayRules>,
  expected: readonly string[],
): void {
  const given = { ...OPTIONS, ...options };
  const listed = planListings(DAY, given).map((listing) => ({
    listing,
    objects: names.filter((name) => name.startsWith(listing.prefix)).map(stored),
  }));
  const { steps } = planDay(given, listed);
  expect(
    steps.map(({ stream, minute, role, servesSeed, objects }) => {
      const files = objects.map(({ name }) => name.slice(name.lastIndexOf('/') + 1)).join('+');
      return `${stream} ${minute} ${role}${servesSeed ? '*' : ''} ${files}`;
    }),
  ).toEqual(expected);
}

const minuteLabel = (n: number): string => {
  const minute = n % 1_440;
  const [hour, rest] = [Math.floor(minute / 60), minute % 60].map((part) =>
    String(part).padStart(2, '0'),
  );
  return `${hour}-${rest}`;
};

describe('planned', () => {
  test('are chunk minutes in reading order with their roles', () => {
    checkPlanned(
      [
        'X/trades/2025-02-28/22-59.csv',
        'X/trades/2025-02-28/23-00.csv',
        'X/trades/2025-02-28/23-57.csv',
        'X/trades/2025-02-28/23-58.csv',
        'X/depth/2025-02-28/23-57.csv',
        'X/depth/2025-02-28/23-58.csv',
        'X/depth/2025-03-01/00-00.csv',
        'X/trades/2025-03-01/00-00.csv',
        'X/trades/2025-03-01/00-01.csv',
        'X/trades/2025-03-01/00-02.csv',
        'X/trades/2025-03-01/23-59.csv',
        'X/trades/2025-03-02/00-01.csv',
        'X/trades/2025-03-02/00-02.csv',
        'X/depth/2025-03-02/00-00.csv',
      ],
      {},
      [
        'trades -60 seed* 23-00.csv',
        'trades -3 seed* 23-57.csv',
        'trades -2 edge* 23-58.csv',
        'depth -2 edge 23-58.csv',
        'trades 0 chunk* 00-00.csv',
        'depth 0 chunk 00-00.csv',
        'trades 1 chunk* 00-01.csv',
        'trades 2 chunk 00-02.csv',
        'trades 1439 chunk 23-59.csv',
        'depth 1440 edge 00-00.csv',
        'trades 1441 edge 00-01.csv',
      ],
    );
  });

  test('are edges that serve no seed if fewer seed minutes are requested', () => {
    checkPlanned(
      ['X/trades/2025-02-28/23-58.csv', 'X/trades/2025-02-28/23-59.csv'],
      { seedMinutes: 1 },
      ['trades -2 edge 23-58.csv', 'trades -1 edge* 23-59.csv'],
    );
    checkPlanned(
      ['X/trades/2025-02-28/23-59.csv', 'X/trades/2025-03-01/00-00.csv'],
      { seedMinutes: 0, edgeMinutes: 0 },
      ['trades 0 chunk 00-00.csv'],
    );
  });

  test('are all chunks of a minute in name order, and nothing else', () => {
    const folder = 'X/trades/2025-03-01/';
    checkPlanned(
      [
        '00-05_b.csv',
        '00-05.csv.gz',
        '00-05_B.csv',
        '00-05.csv',
        '00-05.txt',
        '00-05/x.csv',
        '_dataset.json',
      ].map((name) => folder + name),
      { streams: 'trades' },
      ['trades 5 chunk 00-05.csv+00-05.csv.gz+00-05_B.csv+00-05_b.csv'],
    );
  });

  test('are read from a template whose prefix lists both streams', () => {
    checkPlanned(
      ['2025-03-01/0000-X-depth', '2025-03-01/0000-X-trades', '2025-03-01/0000-Y-trades'],
      {
        rawLayout: '{date}/{hour}{minute}-{symbol}-{stream}',
        seedMinutes: 0,
        edgeMinutes: 0,
      },
      ['trades 0 chunk 0000-X-trades', 'depth 0 chunk 0000-X-depth'],
    );
  });

  test('are limited in number, and other names do not count', () => {
    const [listing] = planListings(DAY, {
      ...OPTIONS,
      streams: 'trades',
      edgeMinutes: 0,
      seedMinutes: 0,
    });
    if (listing === undefined) throw new Error('nothing to list');
    const objects = (nameOf: (n: number) => string, count: number): ListedChunk[] =>
      Array.from({ length: count }, (_, n) => stored(nameOf(n)));
    const chunks = objects((n) => `X/trades/2025-03-01/${minuteLabel(n)}_${n}.csv`, CHUNKS_MAX);
    const { steps } = planDay(OPTIONS, [{ listing, objects: chunks }]);
    expect(steps.reduce((sum, step) => sum + step.objects.length, 0)).toBe(CHUNKS_MAX);
    const parts = objects(
      (n) => `X/trades/2025-03-01/00-00_${n}.csv`,
      CHUNK_MINUTE_OBJECTS_MAX + 1,
    );
    expect(() => planDay(OPTIONS, [{ listing, objects: parts }])).toThrow(
      'objects of one chunk minute: found more than 64, expected at most 64',
    );
    const tooMany = [...chunks, stored('X/trades/2025-03-01/00-01.csv')];
    expect(() => planDay(OPTIONS, [{ listing, objects: tooMany }])).toThrow(
      'X/trades/2025-03-01/ objects of a symbol-day: found more than 50000, expected at most 50000',
    );
    const others = objects((n) => `X/trades/2025-03-01/note${n}`, CHUNKS_MAX);
    expect(
      planDay(OPTIONS, [{ listing, objects: [...others, stored('X/trades/2025-03-01/00-00.csv')] }])
        .steps,
    ).toHaveLength(1);
  });
});
