import { describe, expect, test } from 'vitest';
import { storedJson } from '../../../src/core/stored/json-shape.js';
import type { RunRecord } from '../../../src/core/stored/manifest.js';
import { SUMMARY_BYTES_MAX } from '../../../src/core/stored/run-summary.js';
import type { SymbolDay } from '../../../src/core/rule/symbol-day.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { type SummarizeOptions, summarizeRun } from '../../../src/jobs/finalize/summarize-run.js';
import { effectsOf } from '../../support/day/finalizing.js';
import { type MemoryStore, openMemoryStore } from '../../support/memory-store.js';
import { PUBLISHED_DAY, runRecord } from '../../support/day/published-day.js';
import { expectSchema } from '../../support/schema/schemas.js';

const NAME = '_manifest/runs/run-1/summary.json';
const DATES = ['2025-12-10', '2025-12-11'];

function storeWith(symbol: string, changes: Partial<RunRecord> = {}, dates = DATES): MemoryStore {
  const out = openMemoryStore();
  for (const date of dates) {
    const day = { ...PUBLISHED_DAY, symbol, date, record: { finalized: true, ...changes } };
    out.put(`_manifest/runs/run-1/${symbol}/${date}.json`, storedJson(runRecord(day)));
  }
  return out;
}

function daysOf(symbols: readonly string[], dates: readonly string[]): SymbolDay[] {
  return symbols.flatMap((symbol) =>
    dates.map((date) => ({ symbol: symbolName(symbol, 'test'), date: utcDate(date, 'test') })),
  );
}

async function summarize(out: MemoryStore, options: Partial<SummarizeOptions> = {}) {
  const summary = await summarizeRun(
    {
      runId: 'run-1',
      codeVersion: '0.1.0',
      coverageMin: 0.99,
      allowEmpty: [],
      symbolDays: daysOf(['BTCUSDT'], DATES),
      arguments: { from: DATES[0] },
      ...options,
    },
    effectsOf(out),
  );
  expect(out.text(NAME)).toBe(storedJson(summary));
  expectSchema('summary', out.text(NAME));
  return summary;
}

describe('the summary of a run', () => {
  test('is stored, and good when every symbol-day is', async () => {
    const out = storeWith('BTCUSDT');
    await expect(summarize(out)).resolves.toMatchObject({
      good: true,
      symbol_days: 2,
      worst: [],
      totals: { trades: 8, task_seconds: 10.5 },
    });
    expect(out.written).toEqual([NAME]);
    await summarize(out);
    expect(out.written).toEqual([NAME]);
  });

  test('takes a symbol-day without a readable record for an error, and writes none', async () => {
    const out = storeWith('BTCUSDT', {}, ['2025-12-10', '2025-12-11']);
    out.put('_manifest/runs/run-1/BTCUSDT/2025-12-11.json', 'x');
    const dates = ['2025-12-10', '2025-12-11', '2025-12-12'];
    const summary = await summarize(out, { symbolDays: daysOf(['BTCUSDT'], dates) });
    expect(summary).toMatchObject({ good: false, outcomes: { published: 1, error: 2 } });
    expect(summary.worst.map(({ date }) => date)).toEqual(['2025-12-11', '2025-12-12']);
    expect(summary.worst[0]?.finding).toMatch(/^record_missing: neither the task nor/);
    expect(out.written).toEqual([NAME]);
  });

  test('is good with empty days only where they are allowed', async () => {
    const out = storeWith('BTCUSDT', { status: 'empty', coverage: 0 });
    const full = storeWith('ETHUSDT');
    for (const name of full.names()) out.put(name, full.text(name));
    const symbolDays = daysOf(['BTCUSDT', 'ETHUSDT'], DATES);
    const of = (options: Partial<SummarizeOptions>) => summarize(out, { symbolDays, ...options });
    expect(await of({})).toMatchObject({ good: false, statuses: { empty: 2 } });
    expect(await of({ allowEmpty: 'found' })).toMatchObject({ good: true });
    expect(await of({ allowEmpty: ['BTCUSDT'] })).toMatchObject({ good: true });
    expect(await of({ allowEmpty: ['ETHUSDT'] })).toMatchObject({ good: false });
  });

  test('is not good when nothing at all is recorded, whatever may be empty', async () => {
    const out = storeWith('BTCUSDT', { status: 'empty', coverage: 0 });
    expect(await summarize(out, { allowEmpty: 'found' })).toMatchObject({
      good: false,
      not_good: 0,
      message: 'Nothing is recorded: 2 symbol-days, all empty, the first BTCUSDT 2025-12-10',
    });
  });

  test('of many symbols that left nothing behind fits its limit', async () => {
    const symbols = Array.from({ length: 500 }, (_, index) => `S${index}USDT`);
    const symbolDays = daysOf(symbols, DATES);
    const summary = await summarize(openMemoryStore(), { symbolDays, arguments: { symbols } });
    expect(summary).toMatchObject({ good: false, symbol_days: 1_000, outcomes: { error: 1_000 } });
    const bytes = new TextEncoder().encode(storedJson(summary)).length;
    expect(bytes).toBeLessThanOrEqual(SUMMARY_BYTES_MAX);
    expect(summary.arguments).toMatchObject({ symbols: { count: 500 } });
  });
});
