/** The symbol-days that a repair compares, and the requests it refuses. */
import { describe, expect, test } from 'vitest';
import { addDays, utcDate } from '../../../src/core/unit/utc-date.js';
import { openMemoryStore } from '../../support/memory-store.js';
import {
  find,
  publishDays,
  repairWorld,
  type RepairWorld,
  symbolsOf,
} from '../../support/operate/repairing.js';
import { SCHEMA_VERSION } from '../../../src/core/shape/shape.js';

const [BEFORE, DAY, AFTER] = ['2025-12-10', '2025-12-11', '2025-12-12'];

async function published(): Promise<RepairWorld> {
  const world = repairWorld();
  await publishDays(world);
  return world;
}

describe('a symbol that was named', () => {
  test.for<[string, string, boolean, string]>([
    [
      'nothing lists',
      'BTCUSD',
      false,
      "found 'BTCUSD', which is in no manifest, expected 'BTCUSDT'",
    ],
    [
      'is like no other',
      'XRP',
      false,
      "'XRP', which is in no manifest, expected a published symbol",
    ],
    [
      'has no folder either',
      'ETHUSD',
      true,
      "found 'ETHUSD', which is in no manifest and has no folder in raw, expected 'ETHUSDT'",
    ],
  ])('and that %s is refused', async ([, name, missing, message]) => {
    const world = await published();
    world.raw.put('ETHUSDT/trades/2025-12-11/10-00.csv', 'x');
    const found = find(world, { symbols: symbolsOf(`BTCUSDT,${name}`), missing });
    const range = `manifest from ${BEFORE} to ${AFTER}`;
    await expect(found).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringContaining(message.replace('manifest', range)) as string,
    });
  });

  test('is looked for in vain where a manifest cannot be read, which may have listed it', async () => {
    const world = await published();
    world.out.put(`_manifest/${DAY}.json`, '{');
    const found = await find(world, { symbols: symbolsOf('NEWUSDT') });
    expect(found).toMatchObject({ looked: 0, stale: [], unreadable: [{ date: DAY }] });
  });

  test('is no typing error where the output root does not exist', async () => {
    const out = openMemoryStore({ root: 'nowhere', missing: true });
    const found = find(repairWorld(undefined, { out }), { symbols: symbolsOf('BTCUSDT') });
    await expect(found).rejects.toMatchObject({ kind: 'absent' });
  });
});

describe('more symbol-days than a run may have are refused', () => {
  const SYMBOLS = 2_000;
  const dates = Array.from({ length: 366 }, (_, index) =>
    addDays(utcDate('2024-01-01', ''), index),
  );

  test.for([
    ['as soon as so many are listed', false, 108],
    ['as soon as so many would be looked at', true, 8],
  ] as const)('%s', async ([, missing, readsMax]) => {
    const symbols = Array.from({ length: SYMBOLS }, (_, index) => ({
      symbol: `S${1_000_000 + index}`,
      published: null,
    }));
    const manifest = JSON.stringify({
      schema_version: SCHEMA_VERSION,
      code_version: '1',
      date: '2024-01-01',
      dataset: null,
      symbols,
    });
    let reads = 0;
    const out = openMemoryStore({
      root: 'out',
      files: Object.fromEntries(dates.map((date) => [`_manifest/${date}.json`, manifest])),
      before: () => (reads += 1),
    });
    await expect(find(repairWorld(undefined, { out }), { dates, missing })).rejects.toMatchObject({
      kind: 'usage',
      parts: { found: 'more than 200000', expected: expect.stringContaining('200000') as string },
    });
    expect(reads).toBeGreaterThan(0);
    expect(reads).toBeLessThanOrEqual(readsMax);
  });
});
