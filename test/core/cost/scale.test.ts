/** The model of many symbols and days: it is the estimate of the dry run, and names what bounds it. */
import { describe, expect, test } from 'vitest';
import { estimateRun } from '../../../src/core/cost/estimate.js';
import { summedOutputs } from '../../../src/core/cost/output-facts.js';
import { DEPLOYED_MACHINE, type Machine } from '../../../src/core/cost/run-time.js';
import {
  INPUTS_PER_SYMBOL_DAY,
  OUTPUTS_PER_SYMBOL_DAY,
  type ScaleSetup,
  scaleOf,
  windowFacts,
} from '../../../src/core/cost/scale.js';
import { WINDOW_DAYS_DEFAULT, windowsOf } from '../../../src/core/plan/windows.js';
import { addDays, utcDate } from '../../../src/core/unit/utc-date.js';

const YEAR: ScaleSetup = {
  symbols: 500,
  days: 365,
  parallelism: 10,
  chunks: 'minute',
  machine: DEPLOYED_MACHINE,
};

function on(machine: Partial<Machine>, setup: Partial<ScaleSetup> = {}): ScaleSetup {
  return { ...YEAR, ...setup, machine: { ...DEPLOYED_MACHINE, ...machine } };
}

describe('the model', () => {
  test.for([
    [1, 1, 1, 'minute'],
    [3, 32, 10, 'hour'],
    [500, 365, 50, 'minute'],
  ] as const)(
    'of %i symbols and %i days agrees with a dry run',
    ([symbols, days, parallelism, chunks]) => {
      const setup: ScaleSetup = { ...YEAR, symbols, days, parallelism, chunks };
      // As a survey finds it: day by day, each with its own objects and bytes.
      const first = utcDate('2025-01-01', 'a test');
      const dates = Array.from({ length: days }, (_, day) => addDays(first, day));
      const surveyed = windowsOf(dates, WINDOW_DAYS_DEFAULT).map((window) => {
        const own = dates.filter((date) => date >= window.from && date <= window.to);
        const outputs = summedOutputs(own.map(() => OUTPUTS_PER_SYMBOL_DAY));
        const task = { symbolDays: 0, toCompute: 0, inputObjects: 0, inputBytes: 0, ...outputs };
        for (const _ of own) {
          task.symbolDays += 1;
          task.toCompute += 1;
          task.inputObjects += INPUTS_PER_SYMBOL_DAY[chunks].inputObjects;
          task.inputBytes += INPUTS_PER_SYMBOL_DAY[chunks].inputBytes;
        }
        return { days: own.length, tasks: Array.from({ length: symbols }, () => task) };
      });
      const estimate = estimateRun(surveyed, parallelism);
      const { hours, usd } = scaleOf(setup);
      expect(Math.ceil(hours * 60 - 1e-6)).toBe(estimate.minutes);
      expect(usd.run * symbols * days).toBeCloseTo(estimate.usd.run, 4);
      expect(usd.operations * symbols * days).toBeCloseTo(estimate.usd.operations, 4);
      expect(windowFacts(setup)).toHaveLength(estimate.windows);
    },
  );

  test('names parallelism where tasks wait for a place', () => {
    const hours = scaleOf({ ...YEAR, chunks: 'hour' });
    expect(hours.bottleneck).toBe('parallelism');
    expect(hours.gain).toBeGreaterThan(1.8);
  });

  test('names the bucket where all tasks together read too much of it', () => {
    const many = { parallelism: 500 };
    expect(scaleOf(on({ bucketReadsPerSecond: 100 }, many)).bottleneck).toBe('bucket rate');
    expect(scaleOf(on({ bucketBytesPerSecond: 1e6 }, many)).bottleneck).toBe('bucket rate');
  });

  test('names requests where their answers take longest', () => {
    const roomy = { bucketReadsPerSecond: 1e9, requestSeconds: 2 };
    expect(scaleOf(on(roomy, { parallelism: 500 })).bottleneck).toBe('requests');
  });

  test('names the CPU where nothing else is left', () => {
    const near = { bucketReadsPerSecond: 1e9, requestSeconds: 0 };
    const few = { symbols: 2, parallelism: 500 };
    expect(scaleOf(on(near, few)).bottleneck).toBe('CPU');
  });

  test('of an empty recording has nothing left but fixed time', () => {
    const idle = on({ requestSeconds: 0 }, { symbols: 1, days: 1, parallelism: 10 });
    expect(scaleOf(idle)).toMatchObject({ bottleneck: 'fixed time', gain: 1 });
  });

  test('reads fewer objects but no less of them in chunks of an hour', () => {
    const minute = scaleOf(YEAR);
    const hour = scaleOf({ ...YEAR, chunks: 'hour' });
    expect(hour.usd.operations).toBeLessThan(minute.usd.operations / 5);
    expect(hour.usd.storedMonth).toBe(minute.usd.storedMonth);
  });
});
