import { describe, expect, test } from 'vitest';
import { estimatedCostUsd } from '../../../src/core/cost/cost.js';
import { runSummary } from '../../../src/core/run/summary.js';
import { storedJson } from '../../../src/core/stored/json-shape.js';
import type { RunRecord } from '../../../src/core/stored/manifest.js';
import { SUMMARY_BYTES_MAX } from '../../../src/core/stored/run-summary.js';
import { codec } from '../../../src/edge/format/codec.js';
import { PUBLISHED_DAY, runRecord } from '../../support/day/published-day.js';

const sizeBytes = (text: string) => codec.encode(text).length;

function summaryOf(records: readonly RunRecord[], runArguments: Record<string, unknown> = {}) {
  return runSummary(
    {
      runId: 'run-1',
      codeVersion: '0.1.0',
      records,
      arguments: runArguments,
      rule: { coverageMin: 0.99, allowEmpty: [] },
    },
    sizeBytes,
  );
}

function record(symbol: string, changes: Partial<RunRecord> = {}): RunRecord {
  return runRecord({ ...PUBLISHED_DAY, symbol, record: { finalized: true, ...changes } });
}

const outage = (detail: string) =>
  ({ code: 'outage', severity: 'warning', where: 'x', detail }) as const;

describe('a summary', () => {
  test('counts and adds up symbol-days, and lists the worst first', () => {
    const summary = summaryOf(
      [
        record('A'),
        record('B', { status: 'partial', coverage: 0.995, findings: [outage('short')] }),
        record('C', { status: 'partial', coverage: 0.5 }),
        record('D', { outcome: 'failed', status: 'complete' }),
        record('E', { outcome: 'error', status: null, coverage: null, seconds: 0.1 }),
        record('F', { outcome: 'unchanged', findings: [outage('stale')] }),
      ],
      { from: '2025-12-11' },
    );
    expect(summary).toMatchObject({
      good: false,
      arguments: { from: '2025-12-11' },
      symbol_days: 6,
      not_good: 3,
      outcomes: { published: 3, unchanged: 1, failed: 1, error: 1 },
      statuses: { complete: 2, partial: 2, empty: 0, failed: 1 },
      totals: { trades: 24, input_objects: 17_280, task_seconds: 26.35 },
      worst_omitted: 0,
    });
    expect(summary.worst.map(({ symbol, finding }) => [symbol, finding])).toEqual([
      ['E', 'the outcome is error'],
      ['C', 'coverage 0.5 is below 0.99'],
      ['D', 'the outcome is failed'],
      ['B', 'outage: short'],
      ['F', 'outage: stale'],
    ]);
    expect(summary.message).toBe(
      'Worst symbol-days: E 2025-12-11 error: the outcome is error; ' +
        'C 2025-12-11 partial: coverage 0.5 is below 0.99; D 2025-12-11 failed: the outcome is failed',
    );
  });

  test('is good, with nothing to list, when all is complete', () => {
    const summary = summaryOf([record('A'), record('B')]);
    expect(summary).toMatchObject({ good: true, worst: [], worst_omitted: 0, message: '' });
  });

  test('names only symbol-days that are not good in its message', () => {
    const good = record('A', { status: 'partial', findings: [outage('short')] });
    const bad = record('B', { outcome: 'published', status: null });
    expect(summaryOf([good]).message).toBe('');
    const summary = summaryOf([good, bad]);
    expect(summary.worst.map(({ symbol }) => symbol)).toEqual(['B', 'A']);
    expect(summary.message).toMatch(/^Worst symbol-days: B 2025-12-11 without status: [^;]+$/u);
  });

  test('of 500 symbols and 31 days stays within its limit and counts what it left out', () => {
    const symbols = Array.from({ length: 500 }, (_, index) => `币安人生${index}USDT`);
    const records = symbols.flatMap((symbol) =>
      Array.from({ length: 31 }, (_, day) =>
        record(symbol, {
          date: `2025-12-${String(day + 1).padStart(2, '0')}`,
          status: 'partial',
          coverage: 0.25,
          findings: [outage('币'.repeat(500))],
        }),
      ),
    );
    const summary = summaryOf(records, { symbols, text: symbols.join(), from: '2025-12-01' });
    const bytes = sizeBytes(storedJson(summary));
    expect(bytes).toBeLessThanOrEqual(SUMMARY_BYTES_MAX);
    expect(bytes).toBeGreaterThan(SUMMARY_BYTES_MAX / 2);
    expect(summary.symbol_days).toBe(15_500);
    expect(summary.worst.length).toBeGreaterThan(3);
    expect(summary.message.split('; ')).toHaveLength(3);
    expect(summary.worst.length + summary.worst_omitted).toBe(15_500);
    expect(summary.arguments).toMatchObject({
      symbols: { count: 500 },
      text: { length: symbols.join().length },
      from: '2025-12-01',
    });
    expect(storedJson(summary)).toContain(`"first": [\n        "${symbols[0]}"`);
  });

  test('counts the arguments that it could not show', () => {
    const runArguments = Object.fromEntries(
      Array.from({ length: 900 }, (_, index) => [`name${index}`, index]),
    );
    expect(summaryOf([record('A')], runArguments).arguments).toEqual({ omitted: { count: 900 } });
  });

  test('of no symbol-days is not good: nothing is recorded', () => {
    expect(summaryOf([])).toMatchObject({ good: false, symbol_days: 0, estimated_cost_usd: 0 });
  });
});

describe('the estimated cost', () => {
  test('is billed for a minute per task at least, and for its operations', () => {
    // 60 s of 1 vCPU and 1 GiB, 11 class A and 2,885 class B operations.
    const expected = 60 * (0.000018 + 0.000002) + 11 * 0.000005 + 2_885 * 0.0000004;
    expect(estimatedCostUsd([record('A', { seconds: 1 })])).toBeCloseTo(expected, 6);
  });

  test('adds up the days of a symbol, which one task computes', () => {
    const day = record('A', { seconds: 300 });
    expect(estimatedCostUsd([day, day])).toBeCloseTo(2 * estimatedCostUsd([day]), 5);
  });
});
