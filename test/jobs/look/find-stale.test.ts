/** What a repair finds: the reasons to compute a published symbol-day again, and what it leaves alone. */
import { describe, expect, test } from 'vitest';
import {
  CHUNK,
  CHUNK_BEFORE,
  LATER_CHUNK,
  tradeLine,
  tradesChunk,
} from '../../support/day/aggregating.js';
import {
  DATES,
  find,
  publishDays,
  repairWorld,
  type RepairWorld,
  staleNames,
  symbolsOf,
} from '../../support/operate/repairing.js';

const LATE = 'BTCUSDT/trades/2025-12-11/10-05.csv';
const LATE_TEXT = tradesChunk(tradeLine(605, '103', 20));
const [BEFORE, DAY, AFTER] = ['2025-12-10', '2025-12-11', '2025-12-12'];

async function published(): Promise<RepairWorld> {
  const world = repairWorld();
  await publishDays(world);
  return world;
}

describe('a published symbol-day is stale', () => {
  test.for<[name: string, change: (world: RepairWorld) => void, found: string[]]>([
    ['nowhere when nothing has changed', () => undefined, []],
    ['after a late chunk, alone', ({ raw }) => raw.put(LATE, LATE_TEXT), [`${DAY} inputs`]],
    [
      'after a late chunk of 23:59, with the day after it',
      ({ raw }) => raw.put(LATE.replace('10-05', '23-59'), LATE_TEXT),
      [`${DAY} inputs`, `${AFTER} inputs`],
    ],
    [
      'after a late chunk of 00:01, with the day before it',
      ({ raw }) => raw.put(LATE.replace('10-05', '00-01'), LATE_TEXT),
      [`${BEFORE} inputs`, `${DAY} inputs`],
    ],
    [
      'after a late chunk in its seed window, with the day of that',
      ({ raw }) => raw.put(LATE.replace('12-11/10-05', '12-10/23-10'), LATE_TEXT),
      [`${BEFORE} inputs`, `${DAY} inputs`],
    ],
    ['after a chunk was replaced', ({ raw }) => raw.put(LATER_CHUNK, LATE_TEXT), [`${DAY} inputs`]],
    [
      'after a chunk was renamed',
      ({ raw }) => {
        raw.put(LATER_CHUNK.replace('.csv', '_b.csv'), raw.text(LATER_CHUNK));
        raw.remove(LATER_CHUNK);
      },
      [`${DAY} inputs`],
    ],
    [
      'when the recordings are of something else',
      ({ raw }) => raw.put('_dataset.json', '{"market":"usdm"}'),
      [`${BEFORE} rules`, `${DAY} rules`, `${AFTER} rules`],
    ],
    [
      'when a bar file is damaged',
      ({ out }) => out.put(`BTCUSDT/${DAY}_6h.csv`, 'x'),
      [`${DAY} files`],
    ],
    [
      'when its report cannot be read',
      ({ out }) => out.put(`BTCUSDT/${DAY}_quality.json`, '{'),
      [`${DAY} files`],
    ],
    [
      'when the manifest lags behind',
      ({ out }) => {
        const name = `_manifest/${DAY}.json`;
        const other = out
          .text(name)
          .replace(/("fingerprint": ")[0-9a-f]{8}(?![\s\S]*"fingerprint")/u, '$100000000');
        out.put(name, other);
      },
      [`${DAY} manifest`],
    ],
  ])('%s', async ([, change, found]) => {
    const world = await published();
    change(world);
    const result = await find(world);
    expect(staleNames(result)).toEqual(found.map((text) => `BTCUSDT ${text}`));
    expect(result).toMatchObject({ looked: 3, left: [], unreadable: [] });
  });

  test('and nothing is written for it', async () => {
    const world = await published();
    world.raw.put(LATE, LATE_TEXT);
    const written = [...world.out.written];
    await find(world, { missing: true });
    expect(world.out.written).toEqual(written);
  });
});

describe('what is looked at', () => {
  test('is of the symbols and days that were named', async () => {
    const world = await published();
    await publishDays(world, { symbols: ['ETHUSDT'], rules: { sparseTrades: false } });
    for (const symbol of ['BTCUSDT', 'ETHUSDT']) {
      world.raw.put(LATE.replace('BTCUSDT', symbol), LATE_TEXT);
    }
    expect(staleNames(await find(world))).toEqual([
      `BTCUSDT ${DAY} inputs`,
      `ETHUSDT ${DAY} inputs`,
    ]);
    const [eth] = (await find(world, { symbols: symbolsOf('ETHUSDT') })).stale;
    expect(eth?.rules).toMatchObject({ sparseTrades: false, streams: 'trades' });
    const other = await find(world, { dates: DATES.slice(0, 1) });
    expect(other).toMatchObject({ looked: 2, stale: [] });
  });

  test('is what was never published only where that is asked for and there are chunks', async () => {
    const world = repairWorld();
    world.raw.put('ETHUSDT/trades/2025-12-11/10-00.csv', LATE_TEXT);
    world.raw.put('no symbol/x', '');
    expect(await find(world)).toMatchObject({ looked: 0, stale: [] });
    const found = await find(world, { missing: true });
    // 2025-12-12 has no chunks, and edges of a neighbour are not chunks of 2025-12-10.
    expect(staleNames(found)).toEqual([
      `BTCUSDT ${BEFORE} unpublished`,
      `BTCUSDT ${DAY} unpublished`,
      `ETHUSDT ${DAY} unpublished`,
    ]);
    expect(found.looked).toBe(6);
    const named = await find(world, { missing: true, symbols: symbolsOf('ETHUSDT') });
    expect(staleNames(named)).toEqual([`ETHUSDT ${DAY} unpublished`]);
  });

  test('is with it what was stored and never listed', async () => {
    const world = await published();
    world.out.remove(`_manifest/${DAY}.json`);
    expect(staleNames(await find(world))).toEqual([]);
    expect(staleNames(await find(world, { missing: true }))).toEqual([`BTCUSDT ${DAY} manifest`]);
  });

  test('is nothing of a day whose manifest cannot be read', async () => {
    const world = await published();
    world.raw.put(LATE, LATE_TEXT);
    world.out.put(`_manifest/${DAY}.json`, '{"schema_version":');
    const { looked, stale, unreadable } = await find(world, { missing: true });
    expect({ looked, stale }).toEqual({ looked: 2, stale: [] });
    expect(unreadable).toMatchObject([{ date: DAY, symbol: undefined }]);
    expect(unreadable[0]?.detail).toContain(
      `out/_manifest/${DAY}.json day manifest: found no JSON`,
    );
  });

  test('is told apart where a symbol-day has more objects than may be', async () => {
    const world = await published();
    for (let part = 0; part < 65; part += 1) {
      world.raw.put(LATE.replace('.csv', `_${part}.csv`), LATE_TEXT);
    }
    world.raw.put(LATE.replace('12-11', '12-12'), LATE_TEXT);
    const { stale, unreadable } = await find(world);
    expect(stale.map(({ day }) => day.date)).toEqual([AFTER]);
    expect(unreadable).toMatchObject([{ symbol: 'BTCUSDT', date: DAY }]);
    expect(unreadable[0]?.detail).toContain('objects of one chunk minute');
  });
});

describe('a symbol-day that objects were only taken from', () => {
  test('is left as published unless it is requested', async () => {
    const world = await published();
    world.raw.remove(CHUNK_BEFORE);
    const { stale, left } = await find(world);
    expect(stale).toEqual([]);
    expect(left.map(({ date, detail }) => `${date} ${detail}`)).toEqual([
      `${BEFORE} 1 raw object gone since publication, none added`,
      `${DAY} 1 raw object gone since publication, none added`,
    ]);
    const asked = await find(world, { removed: true });
    expect(staleNames(asked)).toEqual([`BTCUSDT ${BEFORE} inputs`, `BTCUSDT ${DAY} inputs`]);
    expect(asked.left).toEqual([]);
  });

  test('is left with its damaged file, which is named', async () => {
    const world = await published();
    world.raw.remove(LATER_CHUNK);
    world.out.put(`BTCUSDT/${DAY}_6h.csv`, 'x');
    const { stale, left } = await find(world);
    expect(stale).toEqual([]);
    const gone = '1 raw object gone since publication, none added';
    const detail = `BTCUSDT/${DAY}_6h.csv differs from the quality report; ${gone}`;
    expect(left).toEqual([{ symbol: 'BTCUSDT', date: DAY, detail, isDamaged: true }]);
    world.out.remove(`BTCUSDT/${DAY}_6h.csv`);
    expect((await find(world)).left).toEqual(left);
    expect(staleNames(await find(world, { removed: true }))).toEqual([`BTCUSDT ${DAY} inputs`]);
  });

  test('is stale once something has come as well', async () => {
    const world = await published();
    world.raw.remove(CHUNK);
    world.raw.put(LATE, LATE_TEXT);
    expect(staleNames(await find(world))).toEqual([`BTCUSDT ${DAY} inputs`]);
  });
});

describe('the rules of a stale symbol-day', () => {
  test('are those that it was published by, its resolutions among them', async () => {
    const world = repairWorld();
    const rules = { edgeMinutes: 5, seedMinutes: 7, holeMinMs: 9_001, malformedMax: 0.5 };
    await publishDays(world, { resolutions: '6h,1d', rules });
    world.raw.put(LATE, LATE_TEXT);
    const [found] = (await find(world)).stale;
    expect(found?.rules).toMatchObject(rules);
    expect(found?.rules.resolutions.map(({ name }) => name)).toEqual(['6h', '1d']);
    expect(found?.before).toMatchObject({ trades: 3, status: 'complete' });
    expect(found?.keptBytes).toBeGreaterThan(100);
  });

  test("are the command's own where no report says them, with the resolutions that are listed", async () => {
    const world = repairWorld();
    await publishDays(world, { resolutions: '1h', rules: { edgeMinutes: 5 } });
    world.out.remove(`BTCUSDT/${DAY}_quality.json`);
    const [found] = (await find(world)).stale;
    expect(found?.before).toBeUndefined();
    expect(found?.rules.edgeMinutes).toBe(2);
    expect(found?.rules.resolutions.map(({ name }) => name)).toEqual(['1h']);
  });

  test('have the resolutions of the command where the day was empty', async () => {
    const world = repairWorld();
    await publishDays(world, { rules: { edgeMinutes: 5 } });
    world.raw.put(LATE.replace('12-11', '12-12'), LATE_TEXT);
    const [found] = (await find(world)).stale;
    expect(found).toMatchObject({ day: { date: AFTER }, before: { status: 'empty' } });
    expect(found?.rules.edgeMinutes).toBe(5);
    expect(found?.rules.resolutions.map(({ name }) => name)).toEqual(['6h']);
  });
});
