/** The progress lines of a terminal, from events and a clock. */
import { describe, expect, test } from 'vitest';
import { Progress } from '../../../src/cli/screen/progress.js';
import { textWidth } from '../../../src/cli/screen/text-width.js';

const START_MS = Date.UTC(2025, 11, 12);
const MEGABYTE = 1_000_000;

function plain(_style: string, text: string): string {
  return text;
}

function begin(symbolDays: number) {
  const progress = new Progress(symbolDays, START_MS);
  const take = (afterMs: number, name: string, fields: Readonly<Record<string, unknown>>): void =>
    progress.take({ name, fields }, START_MS + afterMs);
  const lines = (afterMs: number, columns = 120, rows = 24): string[] =>
    progress.lines(START_MS + afterMs, columns, rows, plain);
  return { take, lines };
}

function reading(symbol: string, megabytes: number) {
  return {
    symbol,
    date: '2025-12-11',
    chunks_done: megabytes,
    chunks_total: 400,
    bytes_done: megabytes * MEGABYTE,
    bytes_total: 400 * MEGABYTE,
  };
}

describe('the progress display', () => {
  test('shows chunks, bytes, rate and time left of a symbol-day and of all', () => {
    const { take, lines } = begin(2);
    take(0, 'symbol_day_started', { symbol: 'BTCUSDT', date: '2025-12-11' });
    take(2_000, 'progress', reading('BTCUSDT', 200));
    expect(lines(2_000)).toEqual([
      'BTCUSDT 2025-12-11   ██████████░░░░░░░░░░     200/400 chunks    200 MB    100 MB/s ETA 0:02',
      '0 of 2 symbol-days · 200 MB · 100 MB/s · 0:02 · ETA 0:06',
    ]);
  });

  test('drops a symbol-day that is done and keeps its bytes', () => {
    const { take, lines } = begin(2);
    take(0, 'progress', reading('BTCUSDT', 100));
    take(4_000, 'symbol_day', {
      symbol: 'BTCUSDT',
      date: '2025-12-11',
      outcome: 'published',
      input_bytes: 400 * MEGABYTE,
    });
    expect(lines(4_000)).toEqual(['1 of 2 symbol-days · 400 MB · 100 MB/s · 0:04 · ETA 0:04']);
  });

  test('counts what was looked at, once it is known how much that is', () => {
    const { take, lines } = begin(0);
    take(0, 'looking', { count: 1_500 });
    take(1_000, 'symbol_day_looked', { symbol: 'BTCUSDT', date: '2025-12-11' });
    expect(lines(3_000)).toEqual(['look · 1 of 1,500 symbol-days · 0:03']);
  });

  test('does not count a symbol-day as done if storage failed for it', () => {
    const { take, lines } = begin(1);
    take(0, 'progress', reading('BTCUSDT', 100));
    take(1_000, 'symbol_day', { symbol: 'BTCUSDT', date: '2025-12-11', outcome: 'error' });
    expect(lines(1_000)[0]).toMatch(/^0 of 1 symbol-days/);
  });

  test('names the step once the tasks are over', () => {
    const { take, lines } = begin(1);
    take(0, 'progress', reading('BTCUSDT', 100));
    take(3_000, 'step_started', { step: 'finalize', count: 1 });
    expect(lines(3_000)).toEqual(['finalize · 0 of 1 symbol-days · 0:03']);
  });

  test.each([120, 60, 20, 5])('fits %i columns, in cells of wide letters, too', (columns) => {
    const { take, lines } = begin(2);
    take(0, 'progress', reading('币安人生USDT', 100));
    take(0, 'progress', reading('BTCUSDT', 100));
    const shown = lines(1_000, columns);
    expect(shown).toHaveLength(3);
    for (const line of shown) expect(textWidth(line)).toBeLessThanOrEqual(columns);
  });

  test('fits few rows and says what it leaves out', () => {
    const { take, lines } = begin(30);
    for (let index = 0; index < 30; index += 1) take(0, 'progress', reading(`S${index}`, 1));
    const shown = lines(1_000, 120, 10);
    expect(shown).toHaveLength(10);
    expect(shown.at(-2)).toBe('… and 22 more');
  });
});
