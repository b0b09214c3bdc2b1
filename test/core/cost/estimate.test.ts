/** Tasks, minutes and dollars of a run, worked out by hand from the named assumptions. */
import { describe, expect, test } from 'vitest';
import { dayOperationsUsd } from '../../../src/core/cost/cost.js';
import {
  BUCKET_READS_PER_SECOND,
  BYTES_PER_SECOND,
  estimateRun,
  OBJECTS_PER_SECOND,
  PARALLELISM_DEFAULT,
  type TaskFacts,
} from '../../../src/core/cost/estimate.js';
import type { Estimate } from '../../../src/core/cost/estimate-shape.js';
import { PRICES, TASK_SECOND_USD } from '../../../src/core/cost/prices.js';
import { FINALIZE_SYMBOLS_MAX } from '../../../src/core/plan/finalize-slices.js';

const NOTHING: TaskFacts = { symbolDays: 1, toCompute: 0, inputObjects: 0, inputBytes: 0 };

/** A task that reads for this long, plus a second for its symbol-day. */
function reading(seconds: number): TaskFacts {
  const inputObjects = 0;
  return { symbolDays: 1, toCompute: 1, inputObjects, inputBytes: seconds * BYTES_PER_SECOND };
}

/** The estimate for this many identical symbols, with room for all tasks at once. */
function twoDaysOf(symbols: number, facts: TaskFacts): Estimate {
  const tasks = Array.from({ length: symbols }, () => facts);
  return estimateRun([{ days: 2, tasks }], 10_000);
}

describe('an estimate', () => {
  test('of one unchanged symbol-day is four tasks with the shortest billed time', () => {
    const { tasks, windows, minutes, usd } = estimateRun(
      [{ days: 1, tasks: [NOTHING] }],
      PARALLELISM_DEFAULT,
    );
    // Four phases of a minute each, 1 s to check the symbol-day and 0.1 s to keep it.
    expect({ tasks, windows, minutes }).toEqual({ tasks: 4, windows: 1, minutes: 5 });
    expect(usd.run).toBeCloseTo(4 * 60 * TASK_SECOND_USD, 4);
    const reads = 3 * PRICES.classBOperation.usd + 8 * PRICES.classAOperation.usd;
    expect(usd.operations).toBeCloseTo(200 * PRICES.internalStep.usd + reads, 4);
    expect(usd.total).toBe(Number((usd.run + usd.operations).toFixed(4)));
  });

  test('of a recorded day counts each of its objects as a read', () => {
    const day = { symbolDays: 1, toCompute: 1, inputObjects: 2_944, inputBytes: 3e8 };
    const one = estimateRun([{ days: 1, tasks: [day] }], 1);
    const steps = 200 * PRICES.internalStep.usd;
    expect(one.usd.operations).toBeCloseTo(steps + dayOperationsUsd(3, 2_944), 4);
    expect(dayOperationsUsd(3, 2_944)).toBeGreaterThan(2_944 * PRICES.classBOperation.usd);
  });

  test.for([
    ['side by side', 2, 4 * 60 + 600 + 1 + 3],
    ['one after the other', 1, 4 * 60 + 2 * (600 + 1) + 3],
  ] as const)('lets tasks run %s', ([, parallelism, seconds]) => {
    const window = { days: 1, tasks: [reading(600), reading(600)] };
    expect(estimateRun([window], parallelism).minutes).toBe(Math.ceil(seconds / 60));
  });

  test('limits all tasks together to the rate of one bucket, and bills their waiting', () => {
    const reads = { symbolDays: 30, toCompute: 30, inputObjects: 90_000, inputBytes: 0 };
    const alone = estimateRun([{ days: 30, tasks: [reads] }], 50);
    // 112.5 s of reading, and a second for each symbol-day.
    expect(alone.minutes).toBe(Math.ceil((4 * 60 + 142.5 + 1.5) / 60));
    const tasks = Array.from({ length: 50 }, () => reads);
    const together = estimateRun([{ days: 30, tasks }], 50);
    const seconds = (50 * 90_000) / BUCKET_READS_PER_SECOND;
    expect(together.minutes).toBe(Math.ceil((4 * 60 + seconds + 75) / 60));
    expect(together.usd.run).toBeCloseTo((50 * seconds + 30 * 75 + 120) * TASK_SECOND_USD, 4);
  });

  test('starts a task as soon as another ends', () => {
    // Two places: 600 s in one, 120 s three times in the other.
    const tasks = [reading(599), reading(119), reading(119), reading(119)];
    const { minutes } = estimateRun([{ days: 1, tasks }], 2);
    expect(minutes).toBe(Math.ceil((4 * 60 + 600 + 4 * 1.5) / 60));
  });

  test('of two windows is one after the other', () => {
    const window = { days: 2, tasks: [reading(600), NOTHING, NOTHING] };
    const once = estimateRun([window], 10);
    const twice = estimateRun([window, window], 10);
    expect(once.tasks).toBe(1 + 3 + 2 + 1);
    expect(twice).toMatchObject({ tasks: 1 + 2 * (3 + 2) + 1, windows: 2 });
    expect(twice.usd.total).toBeCloseTo(2 * once.usd.total - 2 * 60 * TASK_SECOND_USD, 3);
  });

  test('has a task of the final step for each slice of a day', () => {
    const phases = 4 * 60;
    const computed: TaskFacts = { symbolDays: 2, toCompute: 2, inputObjects: 0, inputBytes: 0 };
    const most = twoDaysOf(FINALIZE_SYMBOLS_MAX, computed);
    expect(most.tasks).toBe(1 + FINALIZE_SYMBOLS_MAX + 2 + 1);
    expect(most.minutes).toBe(Math.ceil((phases + 2 + FINALIZE_SYMBOLS_MAX * 1.5) / 60));
    const more = twoDaysOf(FINALIZE_SYMBOLS_MAX + 2, computed);
    expect(more.tasks).toBe(1 + FINALIZE_SYMBOLS_MAX + 2 + 2 * 2 + 1);
    expect(more.minutes).toBe(Math.ceil((phases + 2 + (FINALIZE_SYMBOLS_MAX / 2 + 1) * 1.5) / 60));
  });

  test('of unchanged symbol-days takes little of the final step', () => {
    const unchanged: TaskFacts = { ...NOTHING, symbolDays: 1 };
    const tasks = Array.from({ length: FINALIZE_SYMBOLS_MAX }, () => unchanged);
    const { minutes } = estimateRun([{ days: 1, tasks }], 10_000);
    expect(minutes).toBe(Math.ceil((4 * 60 + 1 + FINALIZE_SYMBOLS_MAX * 0.1) / 60));
  });

  test('grows with objects and bytes', () => {
    const many = { ...NOTHING, toCompute: 1, inputObjects: 3_600 * OBJECTS_PER_SECOND };
    expect(estimateRun([{ days: 1, tasks: [many] }], 1).minutes).toBe(65);
    expect(estimateRun([{ days: 1, tasks: [reading(3_600)] }], 1).minutes).toBe(65);
  });

  test('of a month of 500 symbols says every figure', () => {
    const task = { symbolDays: 30, toCompute: 30, inputObjects: 30 * 2_944, inputBytes: 9e9 };
    const tasks = Array.from({ length: 500 }, () => task);
    const estimate = estimateRun([{ days: 30, tasks }], 50);
    expect(estimate).toMatchObject({ windows: 1, tasks: 562, prices_date: '2025-12' });
    expect(Number.isInteger(estimate.minutes)).toBe(true);
    expect(estimate.minutes).toBeGreaterThan(20);
    expect(estimate.usd.operations).toBeGreaterThan(15_000 * 2_944 * PRICES.classBOperation.usd);
  });
});
