/** The progress lines of a terminal, from events and a clock. */
import { describe, expect, test } from 'vitest';
import { Progress } from '../../../src/cli/screen/progress.js';
import { textWidth } from '../../../src/cli/screen/text-width.js';

const START_MS = Date.UTC(2025, 11, 12);
const MEGABYTE = 1_000_000;
const DATE = '2025-12-11';

function plain(_style: string, text: string): string {
  return text;
}

function begin(symbolDays: number, phase?: 'finalize' | 'summarize') {
  const progress = new Progress(symbolDays, START_MS, phase);
  const take = (afterMs: number, name: string, fields: Readonly<Record<string, unknown>>): void =>
    progress.take({ name, fields }, START_MS + afterMs);
  const lines = (afterMs: number, columns = 120, rows = 24): string[] =>
    progress.lines(START_MS + afterMs, columns, rows, plain);
  return { take, lines };
}

function reading(symbol: string, megabytes: number) {
  return {
    symbol,
    date: DATE,
    chunks_done: megabytes,
    chunks_total: 400,
    bytes_done: megabytes * MEGABYTE,
    bytes_total: 400 * MEGABYTE,
  };
}

/** A run of two symbol-days. */
function aggregating() {
  const run = begin(0);
  run.take(0, 'run_planned', { symbol_days: 2 });
  run.take(0, 'symbol_day_started', { symbol: 'BTCUSDT', date: DATE });
  return run;
}

describe('the progress display', () => {
  test('shows chunks, bytes, rate and time left of a symbol-day and of all', () => {
    const { take, lines } = aggregating();
    expect(lines(100)[0]).toMatch(/^BTCUSDT 2025-12-11 .+0\/0 chunks .+ listing$/u);
    take(2_000, 'progress', reading('BTCUSDT', 200));
    expect(lines(2_000)).toEqual([
      'BTCUSDT 2025-12-11   ██████████░░░░░░░░░░     200/400 chunks   200 MB   100 MB/s ETA 3.7 s',
      '⠋ aggregate · 0 of 2 symbol-days · 200 MB · 100 MB/s · 2.0 s · ETA 9.4 s',
    ]);
  });

  test('goes on while nothing happens', () => {
    const { take, lines } = aggregating();
    take(2_000, 'progress', reading('BTCUSDT', 200));
    const later = [2_000, 2_200, 2_500].map((ms) => lines(ms).join('\n'));
    expect(new Set(later).size).toBe(3);
    expect(later[2]).toContain('⠴ aggregate · 0 of 2 symbol-days · 200 MB · 80.0 MB/s · 2.5 s');
  });

  test('says that a symbol-day is being stored, and learns how long that takes', () => {
    const { take, lines } = aggregating();
    take(2_000, 'progress', reading('BTCUSDT', 400));
    expect(lines(3_000)[0]).toMatch(/400\/400 chunks {3}400 MB {3}200 MB\/s storing$/u);
    take(4_000, 'symbol_day', { symbol: 'BTCUSDT', date: DATE, outcome: 'published' });
    take(4_000, 'symbol_day_started', { symbol: 'ETHUSDT', date: DATE });
    take(5_000, 'progress', reading('ETHUSDT', 200));
    // Half of the time was reading, of which half is done.
    expect(lines(5_000)[0]).toMatch(/ETA 3\.0 s$/u);
    expect(lines(5_000)[1]).toMatch(/ETA 3\.0 s$/u);
  });

  test('drops a symbol-day that is done and keeps its bytes', () => {
    const { take, lines } = aggregating();
    take(0, 'progress', reading('BTCUSDT', 100));
    const record = { symbol: 'BTCUSDT', date: DATE, outcome: 'published' };
    take(4_000, 'symbol_day', { ...record, input_bytes: 400 * MEGABYTE });
    expect(lines(4_000)).toEqual([
      '⠋ aggregate · 1 of 2 symbol-days · 400 MB · 100 MB/s · 4.0 s · ETA 4.0 s',
    ]);
  });

  test('counts what was looked at, once it is known how much that is', () => {
    const { take, lines } = begin(0);
    expect(lines(300)).toEqual(['⠸ plan · 0.3 s']);
    take(0, 'looking', { count: 1_500 });
    take(1_000, 'symbol_day_looked', { symbol: 'BTCUSDT', date: DATE });
    expect(lines(3_000)).toEqual(['⠋ look · 1 of 1,500 symbol-days · 20/min · 3.0 s · ETA –']);
  });

  test('does not count a symbol-day as done if storage failed for it', () => {
    const { take, lines } = aggregating();
    take(0, 'progress', reading('BTCUSDT', 100));
    take(1_000, 'symbol_day', { symbol: 'BTCUSDT', date: DATE, outcome: 'error' });
    expect(lines(1_000)[0]).toMatch(/^⠋ aggregate · 0 of 2 symbol-days/u);
  });

  test('shows the final step with its rows, its pace and the time left of it alone', () => {
    const { take, lines } = aggregating();
    take(3_000, 'step_started', { step: 'finalize', count: 1 });
    expect(lines(3_000)).toEqual(['⠋ finalize · 0 of 2 symbol-days · 3.0 s · ETA –']);
    const rows = { rows_done: 8_000, rows_total: 80_000 };
    take(3_000, 'verifying', { symbol: 'BTCUSDT', date: DATE, ...rows, rows_done: 0 });
    take(4_000, 'verifying', { symbol: 'BTCUSDT', date: DATE, ...rows });
    expect(lines(4_000, 80)).toEqual([
      'BTCUSDT 2025-12-11   ██░░░░░░░░░░░░░░░░░░    8,000/80,000 rows ETA 9.0 s',
      '⠋ finalize · 0 of 2 symbol-days · 4.0 s · ETA 19.0 s',
    ]);
    take(5_000, 'symbol_day_finalized', { symbol: 'BTCUSDT', date: DATE });
    expect(lines(5_000)).toEqual(['⠋ finalize · 1 of 2 symbol-days · 30/min · 5.0 s · ETA 2.0 s']);
    take(6_000, 'step_started', { step: 'summarize', count: 1 });
    take(7_000, 'records_read', { done: 1, total: 2 });
    expect(lines(7_000)).toEqual(['⠋ summarize · 1 of 2 symbol-days · 60/min · 7.0 s · ETA 1.0 s']);
  });

  test('estimates a later window by its own pace', () => {
    const { take, lines } = begin(4);
    take(0, 'step_started', { step: 'finalize', count: 1 });
    take(1_000, 'symbol_day_finalized', { symbol: 'A', date: DATE });
    take(10_000, 'step_started', { step: 'task', count: 1 });
    take(20_000, 'step_started', { step: 'finalize', count: 1 });
    take(24_000, 'symbol_day_finalized', { symbol: 'B', date: DATE });
    expect(lines(24_000)).toEqual([
      '⠋ finalize · 2 of 4 symbol-days · 15/min · 24.0 s · ETA 8.0 s',
    ]);
  });

  test.each([120, 60, 20, 5])('fits %i columns, in cells of wide letters, too', (columns) => {
    const { take, lines } = begin(2);
    take(0, 'progress', reading('币安人生USDT', 100));
    take(0, 'progress', reading('BTCUSDT', 100));
    const shown = lines(1_000, columns);
    expect(shown).toHaveLength(3);
    for (const line of shown) expect(textWidth(line)).toBeLessThanOrEqual(columns);
  });

  test('keeps the time left in eighty columns', () => {
    const { take, lines } = aggregating();
    take(200_000, 'progress', { ...reading('BTCUSDT', 300), chunks_total: 2_884 });
    const [line = ''] = lines(200_000, 80);
    expect(textWidth(line)).toBeLessThanOrEqual(80);
    expect(line).toMatch(/300\/2,884 chunks .+ ETA 3m 1s$/u);
  });

  test('fits few rows and says what it leaves out', () => {
    const { take, lines } = begin(30);
    for (let index = 0; index < 30; index += 1) take(0, 'progress', reading(`S${index}`, 1));
    const shown = lines(1_000, 120, 10);
    expect(shown).toHaveLength(10);
    expect(shown.at(-2)).toBe('… and 22 more');
  });
});
