/** A published day that another run makes worse: it is published, and the run says so. */
import { expect, test } from 'vitest';
import type { Finding } from '../../../src/core/finding/finding.js';
import type { DayRules } from '../../../src/core/rule/rule-table.js';
import { qualityName } from '../../../src/core/stored/output-names.js';
import { aggregateSymbolDay } from '../../../src/jobs/aggregate/aggregate-symbol-day.js';
import {
  aggregateOptions,
  LATER_CHUNK,
  SMALL_DAY,
  type SmallWorld,
  smallWorld,
} from '../../support/day/aggregating.js';

const DAY_START_MS = Date.parse('2025-12-11T00:00:00Z');
const NARROW = { fromMs: DAY_START_MS, toMs: DAY_START_MS + 1_000 };

/** The finding `day_worse` of one more run. */
async function worseIn(
  { effects }: SmallWorld,
  runId: string,
  rules: Partial<DayRules> = {},
): Promise<Finding | undefined> {
  const options = aggregateOptions({ runId, rules });
  const { outcome, findings } = await aggregateSymbolDay(SMALL_DAY, options, effects);
  expect(outcome).toBe('published');
  return findings.find(({ code }) => code === 'day_worse');
}

test('by other options names them, in the record alone, and not when it gets better', async () => {
  const world = smallWorld();
  const narrow = { sparseTrades: false, expect: NARROW };
  expect(await worseIn(world, 'r1', narrow)).toBeUndefined();
  expect(await worseIn(world, 'r2', { sparseTrades: false })).toEqual({
    code: 'day_worse',
    severity: 'warning',
    where: 'BTCUSDT 2025-12-11',
    detail:
      'was complete 100 %, is partial 41.6666 %: --expect was' +
      ' 2025-12-11T00:00:00Z/2025-12-11T00:00:01Z, is not given',
  });
  expect(world.out.text(qualityName(SMALL_DAY))).not.toContain('day_worse');
  expect(await worseIn(world, 'r3', narrow)).toBeUndefined();
});

test('by its chunks says which changed', async () => {
  const world = smallWorld();
  await worseIn(world, 'r1');
  world.raw.put(LATER_CHUNK, 'no header\n');
  expect((await worseIn(world, 'r2'))?.detail).toBe(
    `was complete 100 %, is partial 0 %: 1 object changed (${LATER_CHUNK})`,
  );
});

test('by losing its depth says so, though it is as complete as before', async () => {
  const world = smallWorld();
  const rules = { streams: 'both', expect: NARROW, accept: ['stream_silent'] } as const;
  await worseIn(world, 'r1', rules);
  const worse = await worseIn(world, 'r2', { ...rules, streams: 'trades' });
  expect(worse?.detail).toContain('--streams was both, is trades');
});
