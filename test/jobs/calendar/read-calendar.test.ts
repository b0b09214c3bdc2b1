/** Calendars from the manifests alone. */
import { describe, expect, test } from 'vitest';
import { SCHEMA_VERSION } from '../../../src/core/shape/shape.js';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import { addDays, type UtcDate, utcDate } from '../../../src/core/unit/utc-date.js';
import {
  FILES,
  smallWorld,
  type SmallWorld,
  tradeLine,
  tradesChunk,
} from '../../support/day/aggregating.js';
import { openMemoryStore } from '../../support/memory-store.js';
import {
  details,
  fail,
  published,
  read,
  type ReadRequest,
  states,
} from '../../support/operate/reading-calendars.js';
import { DATES, publishDays, symbolsOf } from '../../support/operate/repairing.js';

const [BEFORE, DAY, AFTER] = ['2025-12-10', '2025-12-11', '2025-12-12'];

describe('by the manifests alone', () => {
  test('each symbol-day is what its entry says', async () => {
    const world = await published();
    expect(states(await read(world))).toEqual(['BTCUSDT complete complete empty']);
    fail(world, DAY);
    const failed = await read(world);
    expect(states(failed)).toEqual(['BTCUSDT complete failed empty']);
    expect(failed.symbols[0]?.days[1]).toMatchObject({
      published_status: 'complete',
      coverage: 1,
      last_attempt: { run_id: 'r9', outcome: 'failed' },
    });
  });

  test('a day is missing without its manifest, and a symbol without its entry', async () => {
    const world = await published();
    await publishDays(world, { symbols: ['AUSDT'], dates: DATES.slice(1, 2) });
    world.out.remove(`_manifest/${AFTER}.json`);
    const calendar = await read(world);
    expect(states(calendar)).toEqual([
      'AUSDT missing empty missing',
      'BTCUSDT complete complete missing',
    ]);
    expect(details(calendar)).toContain('the manifest has no entry');
    expect(details(calendar)).toContain('the day has no manifest');
  });

  test('symbols that are named are those, in their order', async () => {
    const symbols = symbolsOf('XUSDT,BTCUSDT');
    expect(states(await read(await published(), { symbols }))).toEqual([
      'XUSDT missing missing missing',
      'BTCUSDT complete complete empty',
    ]);
  });

  test('a symbol that is named and that no manifest has may be a typing error', async () => {
    const world = await published();
    world.out.remove(`_manifest/${AFTER}.json`);
    const calendar = await read(world, { symbols: symbolsOf('BTCUSD,XRP') });
    expect(states(calendar)).toEqual([
      'BTCUSD missing missing missing',
      'XRP missing missing missing',
    ]);
    expect(details(calendar)).toEqual([
      "no manifest of these days has such a symbol (is it 'BTCUSDT'?)",
      "no manifest of these days has such a symbol (is it 'BTCUSDT'?)",
      'the day has no manifest',
      'no manifest of these days has such a symbol',
      'no manifest of these days has such a symbol',
      'the day has no manifest',
    ]);
  });

  test('a malformed manifest makes only its own day unreadable', async () => {
    const world = await published();
    world.out.put(`_manifest/${DAY}.json`, '{"schema_version":99}');
    const calendar = await read(world);
    expect(states(calendar)).toEqual(['BTCUSDT complete unreadable empty']);
    expect(calendar.unreadable_manifests).toEqual([
      {
        date: DAY,
        name: `_manifest/${DAY}.json`,
        detail:
          `manifest: found schema version 99, expected schema version ${SCHEMA_VERSION}: ` +
          'a newer flowbars wrote it, start that one',
      },
    ]);
  });

  test('one object a day is read with the list and the day before, and nothing is listed', async () => {
    const world = await published();
    const touched: string[] = [];
    const out = openMemoryStore({
      files: Object.fromEntries(world.out.names().map((name) => [name, world.out.text(name)])),
      before: (operation, name) => touched.push(`${operation} ${name}`),
    });
    await read({ ...world, effects: { ...world.effects, out } });
    expect(touched).toEqual([
      'read _symbols.json',
      ...DATES.map((date) => `read _manifest/${date}.json`),
      'read _manifest/2025-12-09.json',
    ]);
  });
});

describe('the list of the deployment', () => {
  const goodRule = { coverageMin: 0.99, allowEmpty: [] } as const;

  test('makes an empty day a fault, as it is one of the run', async () => {
    const world = await published();
    expect((await read(world, { goodRule })).good).toBe(true);
    world.out.put('_symbols.json', '["BTCUSDT"]');
    const calendar = await read(world, { goodRule });
    expect(states(calendar)).toEqual(['BTCUSDT complete complete empty']);
    expect(calendar).toMatchObject({ good: false, not_good: 1 });
    const allowed = { ...goodRule, allowEmpty: ['BTCUSDT'] };
    expect((await read(world, { goodRule: allowed })).good).toBe(true);
    expect((await read(world, { goodRule, symbols: 'all' })).good).toBe(true);
  });

  test('has a row for each of its symbols, beside those of the manifests', async () => {
    const world = await published();
    world.out.put('_symbols.json', '["NEWUSDT", "ADAUSDT"]');
    const calendar = await read(world);
    expect(states(calendar)).toEqual([
      'ADAUSDT missing missing missing',
      'BTCUSDT complete complete empty',
      'NEWUSDT missing missing missing',
    ]);
    expect(states(await read(world, { symbols: 'all' }))).toHaveLength(1);
    expect(states(await read(world, { symbols: symbolsOf('BTCUSDT') }))).toHaveLength(1);
  });

  test('is refused if it is malformed', async () => {
    const world = await published();
    world.out.put('_symbols.json', '{}');
    expect(await refusal(world, {})).toMatch(/^usage: out\/_symbols.json content: found '\{\}'/u);
  });
});

describe('a day whose seed is not the last price before', () => {
  test('is stale, by a finding that stands in the entry of the day before', async () => {
    const world = await mismatched();
    expect(world.out.text(`_manifest/${DAY}.json`)).not.toContain('seed_mismatch');
    const calendar = await read(world);
    expect(states(calendar)).toEqual(['BTCUSDT complete stale empty']);
    expect(details(calendar)[1]).toMatch(
      /^seed_mismatch: the seed '99' is not the last price '77'/u,
    );
  });

  test('is stale where it is the first of the calendar, too', async () => {
    const calendar = await read(await mismatched(), { dates: DATES.slice(1) });
    expect(states(calendar)).toEqual(['BTCUSDT stale empty']);
    const world = await mismatched();
    world.out.put(`_manifest/${BEFORE}.json`, '{');
    const unread = await read(world, { dates: DATES.slice(1) });
    expect(states(unread)).toEqual(['BTCUSDT complete empty']);
    expect(unread.unreadable_manifests).toEqual([]);
  });

  test('is stale no more once it is computed again, though the finding stays', async () => {
    const world = await mismatched();
    await publishDays(world, { dates: DATES.slice(1, 2) });
    expect(world.out.text(`_manifest/${BEFORE}.json`)).toContain('seed_mismatch');
    expect(states(await read(world))).toEqual(['BTCUSDT complete complete empty']);
  });

  test('that failed since has failed', async () => {
    const world = await mismatched();
    fail(world, DAY);
    expect(states(await read(world))).toEqual(['BTCUSDT complete failed empty']);
  });
});

describe('a calendar is refused', () => {
  test('of an output root that does not exist', async () => {
    const out = openMemoryStore({ root: 'nowhere', missing: true });
    const message = await refusal(smallWorld(FILES, { out }), {});
    expect(message).toBe('absent: nowhere list: found nothing there, expected an existing folder');
  });

  test('with a raw root that does not exist', async () => {
    const world = await published();
    const live = {
      raw: openMemoryStore({ root: 'nowhere', missing: true }),
      layout: undefined,
    };
    expect(await refusal(world, { live })).toMatch(/^absent: nowhere list/u);
  });

  test('of more symbols than so many days may have, before all manifests are read', async () => {
    const world = await published();
    const name = `_manifest/${DAY}.json`;
    const entries = Array.from(
      { length: 547 },
      (_, index) => `{"symbol":"S${index}","published":null}`,
    );
    const text = world.out
      .text(name)
      .replace(/"symbols": \[[^]*\]/u, `"symbols": [${entries.join()}]`);
    const dates = dateList(366);
    let reads = 0;
    const out = openMemoryStore({
      files: Object.fromEntries(dates.map((date) => [`_manifest/${date}.json`, text])),
      before: () => (reads += 1),
    });
    const message = await refusal({ ...world, effects: { ...world.effects, out } }, { dates });
    expect(message).toMatch(/^usage: --symbols symbol-days: found 547 symbols for 366 days/u);
    expect(reads).toBeGreaterThan(1);
    expect(reads).toBeLessThan(20);
  });

  test('of more symbol-days than a run may have', async () => {
    const dates = dateList(366);
    const names = Array.from({ length: 547 }, (_, index) => `S${index}`).join();
    expect(await refusal(await published(), { dates, symbols: symbolsOf(names) })).toBe(
      'usage: --symbols symbol-days: found 547 symbols for 366 days, expected at most 200000 symbol-days',
    );
  });
});

/** Publishes the day before again, with a price at 23:40 that the day's seed does not match. */
async function mismatched(): Promise<SmallWorld> {
  const world = await published();
  world.raw.put('BTCUSDT/trades/2025-12-10/23-40.csv', tradesChunk(tradeLine(-20, '77', 7)));
  await publishDays(world, { dates: DATES.slice(0, 1) });
  return world;
}

async function refusal(world: SmallWorld, request: ReadRequest): Promise<string> {
  try {
    await read(world, request);
  } catch (error) {
    if (error instanceof FlowbarsError) return `${error.kind}: ${error.message}`;
    throw error;
  }
  return 'nothing';
}

function dateList(days: number): UtcDate[] {
  return Array.from({ length: days }, (_, index) => addDays(utcDate('2024-01-01', ''), index));
}
