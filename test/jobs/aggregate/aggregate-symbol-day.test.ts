/** The life of a symbol-day: published, unchanged, changed, widened, failed, empty and at its limits. */
import { describe, expect, test } from 'vitest';
import { barsName, qualityName, recordName } from '../../../src/core/stored/output-names.js';
import type { RunRecord } from '../../../src/core/stored/manifest.js';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import { aggregateSymbolDay } from '../../../src/jobs/aggregate/aggregate-symbol-day.js';
import type { Store } from '../../../src/jobs/ports.js';
import {
  aggregateOptions,
  CHUNK,
  FILES,
  LATER_CHUNK,
  SMALL_DAY,
  smallWorld,
  tradeLine,
  tradesChunk,
  type SmallOptions,
  type SmallWorld,
} from '../../support/day/aggregating.js';

const [SIX, TWELVE] = [barsName(SMALL_DAY, '6h'), barsName(SMALL_DAY, '12h')];
const QUALITY = qualityName(SMALL_DAY);

async function aggregate({ effects }: SmallWorld, options: SmallOptions = {}): Promise<RunRecord> {
  return await aggregateSymbolDay(SMALL_DAY, aggregateOptions(options), effects);
}

/** Names that a run wrote, without its record. */
async function writes(world: SmallWorld, act: () => Promise<unknown>): Promise<string[]> {
  const before = world.out.written.length;
  await act();
  return world.out.written.slice(before).filter((name) => !name.startsWith('_manifest/'));
}

/** Runs again as another run; compares the outcome and the files written. */
async function check(
  world: SmallWorld,
  options: SmallOptions,
  outcome: string,
  written: string[],
): Promise<RunRecord> {
  let record: RunRecord | undefined;
  const names = await writes(world, async () => {
    record = await aggregate(world, { runId: 'r2', ...options });
  });
  expect([record?.outcome, names]).toEqual([outcome, written]);
  if (record === undefined) throw new Error('no record');
  return record;
}

async function published(options: SmallOptions = {}): Promise<SmallWorld> {
  const world = smallWorld();
  expect((await aggregate(world, options)).outcome).toBe('published');
  return world;
}

describe('a symbol-day', () => {
  test('is published with a record of what was read and written', async () => {
    const world = smallWorld();
    const record = await aggregate(world);
    expect(record).toMatchObject({
      run_id: 'r1',
      outcome: 'published',
      status: 'complete',
      finalized: false,
      trades: 3,
      snapshots: 0,
      files: [SIX, QUALITY],
      input_objects: 3,
      output_bytes: world.out.text(SIX).length,
    });
    expect(JSON.parse(world.out.text(recordName('r1', SMALL_DAY)))).toEqual(record);
    expect(world.events.at(0)).toBe('DEBUG symbol_day_started');
    expect(world.events.at(-1)).toBe('INFO symbol_day');
  });

  test('is unchanged in the next run and still published in a retry of the same', async () => {
    const world = await published();
    await check(world, {}, 'unchanged', []);
    const retry = await check(world, { runId: 'r1' }, 'published', []);
    expect(retry).toMatchObject({ finalized: false, trades: 3 });
    await check(world, { force: true, runId: 'r3' }, 'published', []);
  });

  test('is published again where an input has changed, in all its resolutions', async () => {
    const world = await published({ resolutions: '6h,12h' });
    world.raw.put(LATER_CHUNK, tradesChunk(tradeLine(600, '102', 9)));
    await check(world, { resolutions: '12h' }, 'published', [SIX, TWELVE, QUALITY]);
    expect(world.out.text(SIX)).toContain('T06:00:00Z,102,');
    await check(world, { resolutions: '12h', runId: 'r3' }, 'unchanged', []);
  });

  test('keeps its resolutions when another is added', async () => {
    const world = await published();
    const bytes = world.out.text(SIX);
    const record = await check(world, { resolutions: '12h' }, 'published', [TWELVE, QUALITY]);
    expect(record.files).toEqual([SIX, TWELVE, QUALITY]);
    expect(world.out.text(SIX)).toBe(bytes);
    await check(world, { resolutions: '6h,12h', runId: 'r3' }, 'unchanged', []);
  });

  test('is made whole again where a published file was damaged', async () => {
    const world = await published();
    const bytes = world.out.text(SIX);
    world.out.put(SIX, 'x');
    await check(world, {}, 'published', [SIX]);
    expect(world.out.text(SIX)).toBe(bytes);
  });

  test('is published anew where its report cannot be read', async () => {
    const world = await published();
    const report = world.out.text(QUALITY);
    world.out.put(QUALITY, '{');
    await check(world, {}, 'published', [QUALITY]);
    expect(world.out.text(QUALITY)).toBe(report);
  });

  test('without any input is empty, and published once something came', async () => {
    const world = smallWorld({});
    expect(await aggregate(world)).toMatchObject({
      outcome: 'published',
      status: 'empty',
      files: [QUALITY],
      trades: 0,
    });
    await check(world, {}, 'unchanged', []);
    world.raw.put(CHUNK, FILES[CHUNK] ?? '');
    await check(world, { runId: 'r3' }, 'published', [SIX, QUALITY]);
  });
});

test('a file in the folder of the day that is not named like a chunk is named', async () => {
  const stray = CHUNK.replace('00-00.csv', '00-00.1.csv');
  const hidden = CHUNK.replace('00-00.csv', '_SUCCESS');
  const world = smallWorld({ ...FILES, [stray]: 'x', [hidden]: '' });
  const { findings, status } = await aggregate(world);
  expect(findings.find(({ code }) => code === 'names_skipped')).toEqual({
    code: 'names_skipped',
    severity: 'warning',
    where: stray,
    detail: "1 file of the day's folders is not named like a chunk: not read",
  });
  expect(status).toBe('complete');
});

/** Twenty thousand objects below every prefix. */
const listMany: Store['list'] = (prefix) =>
  Promise.resolve(
    Array.from({ length: 20_000 }, (_, n) => ({
      name: `${prefix}${prefix.endsWith('/') ? '00-' : ''}00_${n}.csv`,
      sizeBytes: 1,
      crc32c: undefined,
      generation: undefined,
    })),
  );

describe('a symbol-day that fails', () => {
  const damaged = tradesChunk(...Array.from({ length: 11 }, () => 'x\n'), tradeLine(600, '102', 9));

  test('replaces nothing, and its record says why', async () => {
    const world = await published();
    const files = [SIX, QUALITY].map((name) => world.out.text(name));
    world.raw.put(LATER_CHUNK, damaged);
    const record = await check(world, {}, 'failed', []);
    expect(record).toMatchObject({
      status: 'failed',
      coverage: null,
      files: [],
      input_objects: 3,
    });
    expect(record.findings.map(({ code }) => code)).toContain('too_many_malformed');
    expect([SIX, QUALITY].map((name) => world.out.text(name))).toEqual(files);
    expect(world.events.at(-1)).toBe('WARNING symbol_day');
  });

  test('for the first time leaves a record alone', async () => {
    const world = smallWorld({ ...FILES, [LATER_CHUNK]: damaged });
    expect((await aggregate(world)).outcome).toBe('failed');
    expect(world.out.names()).toEqual([recordName('r1', SMALL_DAY)]);
  });

  test('is one whose inputs vanished under its bars', async () => {
    const world = await published();
    for (const name of world.raw.names()) world.raw.remove(name);
    const record = await check(world, {}, 'failed', []);
    expect(record.findings[0]).toMatchObject({
      code: 'inputs_vanished',
      severity: 'error',
      where: 'BTCUSDT 2025-12-11',
    });
    expect(world.out.names()).toContain(SIX);
  });

  test('is one of whose chunks some are gone, unless that is accepted', async () => {
    const world = await published();
    const report = world.out.text(QUALITY);
    world.raw.remove(LATER_CHUNK);
    const record = await check(world, { force: true }, 'failed', []);
    expect(record.findings).toHaveLength(1);
    expect(record.findings[0]?.detail).toBe(
      `1 chunk that the published day was made from is gone (${LATER_CHUNK}); it stays as it is;` +
        ' --accept-removed (repair: --removed) computes it from what is left',
    );
    expect(world.out.text(QUALITY)).toBe(report);
    const accepted = { acceptRemoved: true, runId: 'r3' };
    expect(await check(world, accepted, 'published', [SIX, QUALITY])).toMatchObject({ trades: 2 });
    await check(world, { runId: 'r4' }, 'unchanged', []);
  });

  test('is one that lost a chunk beside which its twin is packed', async () => {
    const twin = tradesChunk(tradeLine(0, '100.75', 17));
    const world = smallWorld({ ...FILES, [`${CHUNK}.gz`]: twin });
    await aggregate(world);
    world.raw.remove(`${CHUNK}.gz`);
    const record = await check(world, {}, 'failed', []);
    expect(record.findings[0]?.detail).toContain(`is gone (${CHUNK}.gz)`);
  });

  test('is not one whose chunk was compressed since, or is not read by other options', async () => {
    const world = await published();
    world.raw.put(`${CHUNK}.gz`, FILES[CHUNK] ?? '');
    world.raw.remove(CHUNK);
    await check(world, {}, 'published', [QUALITY]);
    await check(world, { rules: { seedMinutes: 0 }, runId: 'r3' }, 'published', [QUALITY]);
  });

  test('is one that reaches a limit while it is read', async () => {
    const limit = new FlowbarsError('limit', {
      where: 'w',
      what: 'ids',
      found: 'more',
      expected: 'fewer',
    });
    const raw: Store = { ...smallWorld().raw, read: () => Promise.reject(limit) };
    const record = await aggregate(smallWorld({}, { raw }));
    expect(record).toMatchObject({
      outcome: 'failed',
      findings: [
        {
          code: 'limit_reached',
          severity: 'error',
          where: 'w',
          detail: 'ids: found more, expected fewer',
        },
      ],
    });
  });

  test('is one of which too many objects are listed', async () => {
    const raw: Store = { ...smallWorld().raw, list: listMany };
    const record = await aggregate(smallWorld({}, { raw }));
    expect(record).toMatchObject({ outcome: 'failed', findings: [{ code: 'limit_reached' }] });
  });
});

test('an error of storage is thrown and leaves no record', async () => {
  const failure = new FlowbarsError('world', {
    what: 'read',
    found: '503',
    expected: 'ok',
    where: CHUNK,
  });
  const world = smallWorld(FILES);
  const raw: Store = { ...world.raw, read: () => Promise.reject(failure) };
  await expect(aggregate({ ...world, effects: { ...world.effects, raw } })).rejects.toBe(failure);
  expect(world.out.names()).toEqual([]);
});
