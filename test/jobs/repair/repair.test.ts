/** Repairs in memory: the runs, what they change, and what is left when runs fail. */
import { describe, expect, test } from 'vitest';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import type { Repair, RerunEnd } from '../../../src/jobs/repair/repair.js';
import { CHUNK, LATER_CHUNK, tradeLine, tradesChunk } from '../../support/day/aggregating.js';
import {
  find,
  publishDays,
  repair,
  repairWorld,
  type RepairWorld,
  staleNames,
} from '../../support/operate/repairing.js';
import { textComparison, tradesIn } from '../../support/text-comparison.js';

const LATE = 'BTCUSDT/trades/2025-12-11/10-05.csv';
const LATE_TEXT = tradesChunk(tradeLine(605, '103.25', 20), tradeLine(1_439, '98', 21));
const BARS = 'BTCUSDT/2025-12-11_6h.csv';
const QUALITY = 'BTCUSDT/2025-12-11_quality.json';
const MANIFEST = '_manifest/2025-12-11.json';

async function published(options: Parameters<typeof publishDays>[1] = {}): Promise<RepairWorld> {
  const world = repairWorld();
  await publishDays(world, options);
  return world;
}

function outcomes({ days }: Repair): string[] {
  return days.map(({ stale, outcome }) => `${stale.day.symbol} ${stale.day.date} ${outcome}`);
}

describe('a repair', () => {
  test('of nothing runs nothing', async () => {
    const world = await published();
    expect(await repair(world)).toEqual({ runs: [], days: [] });
    expect(world.groups).toEqual([]);
  });

  test('runs the stale symbol-days alone and leaves nothing stale', async () => {
    const world = await published({ symbols: ['BTCUSDT', 'ETHUSDT'] });
    world.raw.put(LATE, LATE_TEXT);
    const written = world.out.written.length;
    const result = await repair(world);
    expect(outcomes(result)).toEqual(['BTCUSDT 2025-12-11 repaired']);
    expect(world.groups.map(({ symbols, dates }) => [...symbols, ...dates])).toEqual([
      ['BTCUSDT', '2025-12-11'],
    ]);
    const names = world.out.written.slice(written).filter((name) => !name.includes('/runs/'));
    expect(new Set(names)).toEqual(new Set([BARS, QUALITY, MANIFEST]));
    expect((await find(world, { missing: true })).stale).toEqual([]);
    expect(world.kept.files.size).toBe(0);
  });

  test('says what has changed as the texts of the files do', async () => {
    const world = await published({ resolutions: '1h,6h' });
    const files = ['BTCUSDT/2025-12-11_1h.csv', BARS];
    const before = files.map((name) => world.out.text(name));
    world.raw.put(LATE, LATE_TEXT);
    const [day] = (await repair(world)).days;
    const expected = files.map((name, index) => {
      return textComparison(before[index] ?? '', world.out.text(name));
    });
    expect(
      day?.bars.map(({ bars, different, close, volume }) => ({
        bars,
        different,
        close: close === null ? null : [close.time, close.difference],
        volume: volume === null ? null : [volume.time, volume.difference],
      })),
    ).toEqual(expected);
    // 10:05 and 23:59: two hours with other trades, and all between them with another close.
    expect(expected.map(({ different }) => different)).toEqual([14, 3]);
    expect(expected[0]?.close).toEqual(['2025-12-11T23:00:00Z', '-3']);
    const trades = [before[0] ?? '', world.out.text(files[0] ?? '')].map(tradesIn);
    expect([day?.stale.before?.trades, day?.after?.trades]).toEqual(trades);
    expect(trades).toEqual([3, 5]);
  });

  test('computes each symbol-day by the rules and resolutions that it was published with', async () => {
    const world = await published({ symbols: ['BTCUSDT'] });
    const rules = { edgeMinutes: 0, seedMinutes: 0, holeMinMs: 9_001 };
    world.raw.put(CHUNK.replace('BTCUSDT', 'ETHUSDT'), world.raw.text(CHUNK));
    await publishDays(world, { symbols: ['ETHUSDT'], resolutions: '12h', rules });
    for (const symbol of ['BTCUSDT', 'ETHUSDT']) {
      world.raw.put(LATE.replace('BTCUSDT', symbol), LATE_TEXT);
    }
    expect(outcomes(await repair(world))).toEqual([
      'BTCUSDT 2025-12-11 repaired',
      'ETHUSDT 2025-12-11 repaired',
    ]);
    expect(world.groups).toHaveLength(2);
    const name = 'ETHUSDT/2025-12-11_quality.json';
    expect(JSON.parse(world.out.text(name))).toMatchObject({
      options: { edge_minutes: 0, seed_minutes: 0, hole_min_ms: 9_001 },
      artifacts: [{ resolution: '12h' }],
    });
    expect((await find(world)).stale).toEqual([]);
  });

  test('publishes what was never published, with nothing to compare it with', async () => {
    const world = repairWorld();
    const result = await repair(world, { missing: true });
    expect(outcomes(result)).toEqual([
      'BTCUSDT 2025-12-10 repaired',
      'BTCUSDT 2025-12-11 repaired',
    ]);
    expect(result.days[1]).toMatchObject({
      stale: { before: undefined },
      after: { status: 'complete', trades: 3 },
      bars: [{ resolution: '6h', bars: 4, different: null, close: null, volume: null }],
    });
    expect(staleNames(await find(world, { missing: true }))).toEqual([]);
  });
});

describe('a repair of files', () => {
  test.for<[name: string, damage: (world: RepairWorld) => void]>([
    ['that were changed', ({ out }) => out.put(BARS, out.text(BARS).replace('100.5', '100.6'))],
    ['that are gone', ({ out }) => out.remove(BARS)],
    ['that a manifest does not list', ({ out }) => out.remove(MANIFEST)],
  ])(
    '%s brings back what was published, and says that no bar differs from it',
    async ([, damage]) => {
      const world = await published();
      const before = world.out.text(BARS);
      damage(world);
      const result = await repair(world, { missing: true });
      expect(outcomes(result)).toEqual(['BTCUSDT 2025-12-11 repaired']);
      expect(result.days[0]?.bars).toMatchObject([{ bars: 4, different: 0, close: null }]);
      expect(world.out.text(BARS)).toBe(before);
      expect((await find(world, { missing: true })).stale).toEqual([]);
    },
  );

  test('that were changed beside other inputs has nothing whole to compare with', async () => {
    const world = await published();
    world.out.put(BARS, world.out.text(BARS).replace('100.5', '100.6'));
    world.raw.put(LATE, LATE_TEXT);
    const [day] = (await repair(world)).days;
    expect(day).toMatchObject({ outcome: 'repaired', bars: [{ bars: 4, different: null }] });
  });

  test('does not know what a report said that cannot be read', async () => {
    const world = await published();
    world.out.put(QUALITY, '{');
    const [day] = (await repair(world)).days;
    expect(day).toMatchObject({ outcome: 'repaired', stale: { before: undefined } });
    expect(day?.bars).toMatchObject([{ different: null }]);
    expect(day?.after?.trades).toBe(3);
  });
});

/** Three stale days apart, hence three runs. */
async function threeRuns(): Promise<RepairWorld> {
  const world = repairWorld();
  await publishDays(world);
  for (const [symbol, rules] of [
    ['AAAUSDT', { holeMinMs: 6_000 }],
    ['CCCUSDT', { holeMinMs: 7_000 }],
  ] as const) {
    world.raw.put(CHUNK.replace('BTCUSDT', symbol), world.raw.text(CHUNK));
    await publishDays(world, { symbols: [symbol], rules });
  }
  for (const symbol of ['AAAUSDT', 'BTCUSDT', 'CCCUSDT']) {
    world.raw.put(LATE.replace('BTCUSDT', symbol), LATE_TEXT);
  }
  return world;
}

async function repairWith(
  world: RepairWorld,
  endOfSecond: () => RerunEnd,
  isStopped: () => boolean = () => false,
): Promise<Repair> {
  let runs = 0;
  const rerunner: RepairWorld['rerunner'] = {
    rerun: async (group) => {
      runs += 1;
      return runs === 2 ? endOfSecond() : await world.rerunner.rerun(group);
    },
  };
  return await repair({ ...world, rerunner }, {}, isStopped);
}

describe('when a run does not end well', () => {
  test('by storage, no further run is started, and a second repair finishes', async () => {
    const world = await threeRuns();
    const end: RerunEnd = { runId: 'r2', end: 'world_failed', message: '1 task given up' };
    const result = await repairWith(world, () => end);
    expect(outcomes(result)).toEqual([
      'AAAUSDT 2025-12-11 repaired',
      'BTCUSDT 2025-12-11 undone',
      'CCCUSDT 2025-12-11 not_started',
    ]);
    expect(result.days[1]).toMatchObject({ problem: '1 task given up', runId: 'r2' });
    expect(result.runs.map((run) => run.end?.end)).toEqual(['done', 'world_failed', undefined]);
    expect(outcomes(await repair(world))).toEqual([
      'BTCUSDT 2025-12-11 repaired',
      'CCCUSDT 2025-12-11 repaired',
    ]);
  });

  test('by an error of storage, the repair says so', async () => {
    const world = await threeRuns();
    const parts = { what: 'start', found: 'no route', expected: 'an answer', where: 'workflow' };
    const result = await repairWith(world, () => {
      throw new FlowbarsError('world', parts);
    });
    expect(outcomes(result)[1]).toBe('BTCUSDT 2025-12-11 undone');
    expect(result.runs[1]?.end).toEqual({
      runId: undefined,
      end: 'world_failed',
      message: 'workflow start: found no route, expected an answer',
    });
  });

  test('by a bug, the others are run all the same', async () => {
    const world = await threeRuns();
    const end: RerunEnd = { runId: 'r2', end: 'broken', message: undefined };
    const result = await repairWith(world, () => end);
    expect(outcomes(result)).toEqual([
      'AAAUSDT 2025-12-11 repaired',
      'BTCUSDT 2025-12-11 undone',
      'CCCUSDT 2025-12-11 repaired',
    ]);
    expect(result.days[1]?.problem).toBe('the run stored no record of it');
  });

  test('by a stop, nothing more is started or read', async () => {
    const world = await threeRuns();
    let stopped = false;
    const result = await repairWith(
      world,
      () => {
        stopped = true;
        return { runId: 'r2', end: 'stopped', message: 'SIGINT' };
      },
      () => stopped,
    );
    expect(outcomes(result)).toEqual([
      'AAAUSDT 2025-12-11 repaired',
      'BTCUSDT 2025-12-11 not_started',
      'CCCUSDT 2025-12-11 not_started',
    ]);
    expect(world.groups).toHaveLength(1);
  });

  test('by the data, what was published stands and the finding says why', async () => {
    const world = await published();
    const before = world.out.text(BARS);
    world.raw.put(LATE, tradesChunk(...Array.from({ length: 20 }, () => 'no,trade,at,all,x\n')));
    const [day] = (await repair(world)).days;
    expect(day).toMatchObject({ outcome: 'failed', after: { trades: 3 }, bars: [] });
    expect(day?.problem).toMatch(/^too_many_malformed: /u);
    expect(world.out.text(BARS)).toBe(before);
  });

  test('with the manifest left as it was, the symbol-day is undone', async () => {
    const world = repairWorld();
    await publishDays(world);
    world.raw.put(LATER_CHUNK, LATE_TEXT);
    const manifest = world.out.text(MANIFEST);
    const rerunner: RepairWorld['rerunner'] = {
      rerun: async (group) => {
        const end = await world.rerunner.rerun(group);
        world.out.put(MANIFEST, manifest);
        return end;
      },
    };
    const [day] = (await repair({ ...world, rerunner })).days;
    expect(day).toMatchObject({
      outcome: 'undone',
      problem: 'the manifest does not list what the run stored',
    });
  });

  test('an error that is a bug of ours is not caught', async () => {
    const world = await threeRuns();
    const broken = repairWith(world, () => {
      throw new TypeError('a bug');
    });
    await expect(broken).rejects.toThrow(TypeError);
  });
});
