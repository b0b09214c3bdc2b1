/** Calendars from the manifests, compared with the raw root. */
import { describe, expect, test } from 'vitest';
import { defaultLayout } from '../../../src/core/rule/rules.js';
import {
  CHUNK,
  FILES,
  LATER_CHUNK,
  smallWorld,
  type SmallWorld,
  tradeLine,
  tradesChunk,
} from '../../support/day/aggregating.js';
import { details, fail, published, read, states } from '../../support/operate/reading-calendars.js';
import { DATES, find, publishDays, symbolsOf } from '../../support/operate/repairing.js';

const [DAY, AFTER] = ['2025-12-11', '2025-12-12'];
const LATE = 'BTCUSDT/trades/2025-12-11/10-05.csv';
const SYMBOL_STREAM_DATE = /^(\w+)\/(\w+)\/([\d-]+)/u;
const LATE_TEXT = tradesChunk(tradeLine(605, '103', 20));

describe('compared with the raw root', () => {
  test.for<[string, (world: SmallWorld) => void, string, string]>([
    ['all is as it was published', () => undefined, 'complete complete empty', ''],
    [
      'a late chunk makes its day stale',
      ({ raw }) => raw.put(LATE, LATE_TEXT),
      'complete stale empty',
      `1 object added (${LATE})`,
    ],
    [
      'a damaged file makes its day stale',
      ({ out }) => out.put(`BTCUSDT/${DAY}_6h.csv`, 'x'),
      'complete stale empty',
      `BTCUSDT/${DAY}_6h.csv differs from the quality report`,
    ],
    [
      'another dataset makes all of it stale',
      ({ raw }) => raw.put('_dataset.json', '{"market":"usdm"}'),
      'stale stale stale',
      'published with another dataset or other rules',
    ],
    [
      'objects that are gone make nothing stale',
      ({ raw }) => raw.remove(LATER_CHUNK),
      'complete complete empty',
      '1 raw object gone since publication, none added',
    ],
    [
      'a damaged file is a fault, whatever is gone',
      ({ raw, out }) => {
        raw.remove(LATER_CHUNK);
        out.put(`BTCUSDT/${DAY}_6h.csv`, 'x');
      },
      'complete stale empty',
      `BTCUSDT/${DAY}_6h.csv differs from the quality report; 1 raw object gone`,
    ],
    [
      'a manifest that lags is a fault, whatever is gone',
      ({ raw, out }) => {
        raw.remove(LATER_CHUNK);
        const name = `_manifest/${DAY}.json`;
        out.put(name, out.text(name).replace(/"symbols": \[[^]*\]/u, '"symbols": []'));
      },
      'complete stale empty',
      'the manifest does not match the stored files; 1 raw object gone',
    ],
    [
      'a day that was not finalized is missing, which a backfill mends and a repair does not',
      ({ out }) => {
        const name = `_manifest/${DAY}.json`;
        out.put(name, out.text(name).replace(/"symbols": \[[^]*\]/u, '"symbols": []'));
      },
      'complete missing empty',
      'the manifest has no entry, though files of it are stored',
    ],
    [
      'what failed has failed, whatever has come since',
      (world) => {
        world.raw.put(LATE, LATE_TEXT);
        fail(world, DAY);
      },
      'complete failed empty',
      'run r9 ended as failed',
    ],
    [
      'more objects than a minute may have are a failure',
      ({ raw }) => {
        for (let part = 0; part < 70; part += 1) raw.put(LATE.replace('.csv', `_${part}.csv`), 'x');
      },
      'complete failed empty',
      'objects of one chunk minute: found more than 64, expected at most 64',
    ],
  ])('%s', async ([, change, expected, detail]) => {
    const world = await published();
    change(world);
    const calendar = await read(world, { isLive: true });
    expect(calendar.live).toBe(true);
    expect(states(calendar)).toEqual([`BTCUSDT ${expected}`]);
    expect(details(calendar)[1]).toContain(detail);
  });

  test('missing is what has a chunk of the day itself; the rest was never recorded', async () => {
    const world = await published();
    world.raw.put('NEWUSDT/trades/2025-12-12/00-01.csv', 'x');
    world.raw.put('_readme/notes.txt', 'no symbol');
    const calendar = await read(world, { isLive: true });
    expect(states(calendar)).toEqual([
      'BTCUSDT complete complete empty',
      'NEWUSDT none none missing',
    ]);
    expect(calendar.good).toBe(false);
    expect(details(calendar).slice(3)).toEqual([
      'nothing is recorded',
      'nothing is recorded',
      'chunks are recorded, but nothing is published',
    ]);
  });

  test('a day without a manifest is missing, though nothing is recorded', async () => {
    const world = smallWorld();
    await publishDays(world, { dates: DATES.slice(0, 2) });
    for (const name of world.raw.names()) world.raw.remove(name);
    const calendar = await read(world, { isLive: true });
    expect(states(calendar)).toEqual(['BTCUSDT complete complete missing']);
    expect(details(calendar)[2]).toBe('no manifest, and nothing recorded');
    expect(calendar.good).toBe(false);
  });

  test('a symbol that was named and that nothing knows is missing', async () => {
    const world = await published();
    world.raw.put('OLDUSDT/trades/2025-01-01/00-00.csv', 'x');
    const symbols = symbolsOf('BTCUSD,OLDUSDT');
    const calendar = await read(world, { isLive: true, symbols });
    expect(states(calendar)).toEqual(['BTCUSD missing missing missing', 'OLDUSDT none none none']);
    expect(details(calendar)[0]).toBe(
      "no manifest of these days has such a symbol, and nothing is recorded for it (is it 'BTCUSDT'?)",
    );
    world.out.put('_symbols.json', '["BTCUSDT", "BTCUSD"]');
    expect(states(await read(world, { isLive: true }))).toContain('BTCUSD missing missing missing');
  });

  test('a layout that does not begin with the symbol shows no symbols', async () => {
    const world = await published();
    const rawLayout = '{stream}/{symbol}/{date}/{hour}-{minute}.csv';
    const layout = { ...defaultLayout, rawLayout };
    world.raw.put('trades/NEWUSDT/2025-12-12/00-01.csv', 'x');
    const live = { raw: world.raw, layout };
    expect(states(await read(world, { live }))).toEqual(['BTCUSDT complete complete empty']);
    const symbols = symbolsOf('NEWUSDT');
    expect(states(await read(world, { live, symbols }))).toEqual(['NEWUSDT none none missing']);
  });

  test.for([undefined, '{symbol}/{stream}/{date}/{hour}-{minute}.csv'])(
    'what is not published is looked for where the published days were, with the layout %s',
    async (rawLayout) => {
      const layout = '{date}/{symbol}/{stream}/{hour}-{minute}.csv';
      const files = Object.entries(FILES).map(
        ([name, text]) => [name.replace(SYMBOL_STREAM_DATE, '$3/$1/$2'), text] as const,
      );
      const world = smallWorld(Object.fromEntries(files));
      await publishDays(world, { dates: DATES.slice(1), rules: { rawLayout: layout } });
      await publishDays(world, {
        symbols: ['ETHUSDT'],
        dates: DATES.slice(0, 1),
        rules: { rawLayout: layout },
      });
      const given = rawLayout === undefined ? undefined : { ...defaultLayout, rawLayout };
      const live = { raw: world.raw, layout: given };
      const symbols = symbolsOf('BTCUSDT,ETHUSDT');
      const calendar = await read(world, { live, symbols });
      expect(states(calendar)).toEqual([
        'BTCUSDT missing complete empty',
        'ETHUSDT empty none none',
      ]);
      expect(details(calendar)[0]).toBe('chunks are recorded, but nothing is published');
      world.raw.put('2025-12-11/NEWUSDT/trades/10-00.csv', 'x');
      const newUsdt = symbolsOf('NEWUSDT');
      const alone = await read(world, { live, symbols: newUsdt, dates: DATES.slice(1) });
      expect(states(alone)).toEqual(['NEWUSDT missing none']);
      if (rawLayout === undefined) {
        // Date folders are not symbols, either.
        expect((await read(world, { live })).symbols.map(({ symbol }) => symbol)).toEqual(symbols);
      }
    },
  );

  test('stale is what a repair finds, and nothing else', async () => {
    const changes: readonly ((world: SmallWorld) => void)[] = [
      ({ raw }) => raw.put(LATE, LATE_TEXT),
      ({ raw }) => raw.put(LATE.replace('10-05', '23-59'), LATE_TEXT),
      ({ raw }) => raw.put(LATE.replace('10-05', '00-01'), LATE_TEXT),
      ({ raw }) => raw.remove(CHUNK),
      ({ raw }) => raw.put(CHUNK, LATE_TEXT),
      ({ out }) => out.put(`BTCUSDT/${AFTER}_quality.json`, '{'),
    ];
    const stale = [];
    for (const change of changes) {
      const world = await published();
      change(world);
      const found = (await find(world)).stale.map(({ day }) => day.date);
      const { symbols } = await read(world, { isLive: true });
      const told = symbols.flatMap(({ days }) => days.filter(({ state }) => state === 'stale'));
      expect(told.map(({ date }) => date)).toEqual(found);
      stale.push(...found);
    }
    expect(stale.length).toBeGreaterThan(5);
  });

  test('it tells how far it is', async () => {
    const world = await published();
    fail(world, DAY);
    const told: string[] = [];
    const onCompared = (done: number, total: number): number => told.push(`${done} of ${total}`);
    await read(world, { isLive: true, onCompared });
    expect(told).toEqual(['1 of 2', '2 of 2']);
  });
});
