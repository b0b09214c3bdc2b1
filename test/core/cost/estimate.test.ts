/** Tasks, minutes and dollars of a run, worked out by hand from the table of what work takes. */
import { describe, expect, test } from 'vitest';
import { dayOperationsUsd } from '../../../src/core/cost/cost.js';
import { estimateRun, PARALLELISM_DEFAULT } from '../../../src/core/cost/estimate.js';
import type { Estimate } from '../../../src/core/cost/estimate-shape.js';
import { outputFacts } from '../../../src/core/cost/output-facts.js';
import { MEASURED } from '../../../src/core/cost/measured.js';
import { PRICES, TASK_SECOND_USD } from '../../../src/core/cost/prices.js';
import {
  DEPLOYED_MACHINE,
  type TaskFacts,
  taskSeconds,
  type WindowFacts,
} from '../../../src/core/cost/run-time.js';
import { FINALIZE_SYMBOLS_MAX } from '../../../src/core/plan/finalize-slices.js';
import { productsFrom } from '../../support/day/products.js';
import { GCS_LIMITS } from '../../../src/edge/gcs/gcs-limits.js';

const NO_OUTPUTS = {
  outputFiles: 0,
  outputBytes: 0,
  withSignals: 0,
  withPatterns: 0,
  withTyped: 0,
};
const NOTHING: TaskFacts = {
  symbolDays: 1,
  toCompute: 0,
  inputObjects: 0,
  inputBytes: 0,
  ...NO_OUTPUTS,
};
const START = MEASURED.taskStart.value;
const DAY = MEASURED.symbolDay.value;
const FINALIZE = MEASURED.finalize.value;
const CARRY = MEASURED.carry.value;
const PHASES = 4 * MEASURED.phase.value;

/** A task that computes for this long, plus its start and its symbol-day. */
function computing(seconds: number): TaskFacts {
  const inputBytes = (seconds / MEASURED.cpuPerMegabyte.value) * 1e6;
  return { ...NOTHING, toCompute: 1, inputBytes };
}

/** Many small objects: 100 of them take a second to compute, were nothing else slower. */
function reading(inputObjects: number, symbolDays = 1): TaskFacts {
  return { ...NOTHING, symbolDays, toCompute: symbolDays, inputObjects };
}

function window(tasks: readonly TaskFacts[], days = 1): WindowFacts {
  return { days, tasks };
}

function times(count: number, facts: TaskFacts): TaskFacts[] {
  return Array.from({ length: count }, () => facts);
}

/** The estimate for this many identical symbols, with room for all tasks at once. */
function twoDaysOf(symbols: number, facts: TaskFacts): Estimate {
  return estimateRun([window(times(symbols, facts), 2)], 10_000);
}

/** Rounded up, as an estimate gives them. */
function minutes(seconds: number): number {
  return Math.ceil(seconds / 60);
}

describe('an estimate', () => {
  test('of one unchanged symbol-day is four tasks with the shortest billed time', () => {
    const {
      tasks,
      windows,
      minutes: found,
      usd,
    } = estimateRun([window([NOTHING])], PARALLELISM_DEFAULT);
    expect({ tasks, windows }).toEqual({ tasks: 4, windows: 1 });
    expect(found).toBe(minutes(PHASES + START + DAY + START + CARRY));
    expect(usd.run).toBeCloseTo(4 * 60 * TASK_SECOND_USD, 4);
    const reads = 3 * PRICES.classBOperation.usd + 8 * PRICES.classAOperation.usd;
    expect(usd.operations).toBeCloseTo(200 * PRICES.internalStep.usd + reads, 4);
    expect(usd.total).toBe(Number((usd.run + usd.operations).toFixed(4)));
  });

  test.for([
    ['bars', 3],
    ['bars,signals', 5],
    ['bars,signals,patterns', 7],
  ] as const)('of a recorded day counts each object and each file of %s', ([outputs, files]) => {
    const made = outputFacts(productsFrom('1s,1m', outputs));
    const inputs = { inputObjects: 2_944, inputBytes: 3e8 };
    const one = estimateRun([window([{ ...NOTHING, toCompute: 1, ...inputs, ...made }])], 1);
    const steps = 200 * PRICES.internalStep.usd;
    expect(one.usd.operations).toBeCloseTo(steps + dayOperationsUsd(files, 2_944), 4);
    expect(dayOperationsUsd(files, 2_944)).toBeGreaterThan(2_944 * PRICES.classBOperation.usd);
  });

  test('takes longer for signals and patterns, and no longer for days without them', () => {
    const all = outputFacts(productsFrom('1s,1m', 'bars,signals,patterns'));
    const day = { ...computing(600), symbolDays: 2, toCompute: 2 };
    const bars = estimateRun([window([day], 2)], 1).minutes;
    expect(bars).toBe(minutes(PHASES + 2 * START + 600 + 2 * DAY + FINALIZE));
    const one = estimateRun([window([{ ...day, ...all }], 2)], 1).minutes;
    const { signalsPerMegabyte, signalsDay, patternsDay } = MEASURED;
    const folded = (600 * signalsPerMegabyte.value) / MEASURED.cpuPerMegabyte.value / 2;
    const made = signalsDay.value + patternsDay.value;
    const again = (MEASURED.finalizeSignals.value + MEASURED.finalizePatterns.value) / 2;
    expect(one).toBe(
      minutes(PHASES + 2 * START + 600 + folded + 2 * DAY + made + FINALIZE + again),
    );
    expect(one).toBeGreaterThan(bars);
  });

  test.for([
    ['side by side', 2, 600 + START + DAY],
    ['one after the other', 1, 2 * (600 + START + DAY)],
  ] as const)('lets tasks run %s', ([, parallelism, aggregate]) => {
    const both = window([computing(600), computing(600)]);
    const finalize = START + 2 * FINALIZE;
    expect(estimateRun([both], parallelism).minutes).toBe(minutes(PHASES + aggregate + finalize));
  });

  test('limits all tasks together to the rate of one bucket, and bills their waiting', () => {
    const reads = reading(900_000, 30);
    const tasks = times(500, reads);
    const together = estimateRun([window(tasks, 30)], 500);
    const seconds = (500 * 900_000) / MEASURED.bucketReads.value;
    expect(seconds).toBeGreaterThan(taskSeconds(reads, DEPLOYED_MACHINE));
    const finalize = START + FINALIZE * 250;
    expect(together.minutes).toBe(minutes(PHASES + seconds + finalize));
    const billed = 500 * seconds + 2 * 30 * finalize + 120;
    expect(together.usd.run).toBeCloseTo(billed * TASK_SECOND_USD, 2);
  });

  test('limits all tasks together to the bytes that a project may read', () => {
    const slow = { ...DEPLOYED_MACHINE, bucketBytesPerSecond: 1e6 };
    const task = computing(100);
    const seconds = task.inputBytes / 1e6;
    expect(estimateRun([window([task])], 1, slow).minutes).toBe(
      minutes(PHASES + seconds + START + FINALIZE),
    );
  });

  test('starts a task as soon as another ends', () => {
    // Two places: one long task in one, three short ones in the other.
    const tasks = [computing(600), computing(120), computing(120), computing(120)];
    const found = estimateRun([window(tasks)], 2);
    const finalize = START + 4 * FINALIZE;
    expect(found.minutes).toBe(minutes(PHASES + 600 + START + DAY + finalize));
  });

  test('of two windows is one after the other', () => {
    const one = window([computing(600), NOTHING, NOTHING], 2);
    const once = estimateRun([one], 10);
    const twice = estimateRun([one, one], 10);
    expect(once.tasks).toBe(1 + 3 + 2 + 1);
    expect(twice).toMatchObject({ tasks: 1 + 2 * (3 + 2) + 1, windows: 2 });
    expect(twice.usd.total).toBeCloseTo(2 * once.usd.total - 2 * 60 * TASK_SECOND_USD, 3);
  });

  test('has a task of the final step for each slice of a day', () => {
    const computed: TaskFacts = { ...NOTHING, symbolDays: 2, toCompute: 2 };
    const most = twoDaysOf(FINALIZE_SYMBOLS_MAX, computed);
    const aggregate = START + 2 * DAY;
    expect(most.tasks).toBe(1 + FINALIZE_SYMBOLS_MAX + 2 + 1);
    expect(most.minutes).toBe(
      minutes(PHASES + aggregate + START + FINALIZE_SYMBOLS_MAX * FINALIZE),
    );
    const more = twoDaysOf(FINALIZE_SYMBOLS_MAX + 2, computed);
    expect(more.tasks).toBe(1 + FINALIZE_SYMBOLS_MAX + 2 + 2 * 2 + 1);
    expect(more.minutes).toBe(
      minutes(PHASES + aggregate + START + (FINALIZE_SYMBOLS_MAX / 2 + 1) * FINALIZE),
    );
  });

  test('of unchanged symbol-days takes little of the final step', () => {
    const tasks = times(FINALIZE_SYMBOLS_MAX, NOTHING);
    const found = estimateRun([window(tasks)], 10_000);
    const finalize = START + FINALIZE_SYMBOLS_MAX * CARRY;
    expect(found.minutes).toBe(minutes(PHASES + START + DAY + finalize));
  });

  test('of a month of 500 symbols says every figure', () => {
    const inputs = { inputObjects: 30 * 2_944, inputBytes: 9e9 };
    const task: TaskFacts = { ...NOTHING, symbolDays: 30, toCompute: 30, ...inputs };
    const tasks = times(500, task);
    const estimate = estimateRun([window(tasks, 30)], 50);
    expect(estimate).toMatchObject({ windows: 1, tasks: 562, prices_date: '2025-12' });
    expect(Number.isInteger(estimate.minutes)).toBe(true);
    expect(estimate.minutes).toBeGreaterThan(20);
    expect(estimate.usd.operations).toBeGreaterThan(15_000 * 2_944 * PRICES.classBOperation.usd);
  });
});

describe('a task', () => {
  const { cpuPerObject, readsAtOnce, request, parallelShare } = MEASURED;

  test('takes as long as the slower of reading ahead and computing', () => {
    const far = { ...DEPLOYED_MACHINE, requestSeconds: 10 };
    const waiting = (9_600 * 10) / readsAtOnce.value;
    expect(taskSeconds(reading(9_600), far)).toBeCloseTo(START + DAY + waiting, 9);
    const near = { ...DEPLOYED_MACHINE, requestSeconds: 0 };
    const computed = 9_600 * cpuPerObject.value;
    expect(taskSeconds(reading(9_600), near)).toBeCloseTo(START + DAY + computed, 9);
    expect(request.value).toBe(DEPLOYED_MACHINE.requestSeconds);
  });

  test('divides among more vCPUs what can be divided', () => {
    const two = { ...DEPLOYED_MACHINE, vcpus: 2 };
    const left = 1 - parallelShare.value / 2;
    expect(taskSeconds(computing(100), two)).toBeCloseTo(START + DAY + 100 * left, 9);
  });

  test('has as many reads in flight as the store keeps', () => {
    expect(readsAtOnce.value).toBe(GCS_LIMITS.readsAtOnce);
  });
});
