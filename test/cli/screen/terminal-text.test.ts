/** Figures, tables and cells as a terminal shows them. */
import { describe, expect, test } from 'vitest';
import { formatDuration, formatShare } from '../../../src/cli/screen/figures.js';
import { tableLines } from '../../../src/cli/screen/table.js';
import { cutToWidth, printable, textWidth } from '../../../src/cli/screen/text-width.js';

describe('texts for a terminal', () => {
  test('are measured in cells', () => {
    expect(textWidth('币安人生USDT')).toBe(12);
    expect(cutToWidth('币安人生USDT', 6)).toBe('币安…');
    expect(cutToWidth('BTCUSDT', 7)).toBe('BTCUSDT');
    expect(cutToWidth('BTCUSDT', 4)).toBe('BTC…');
  });

  test('are aligned in a table whatever their script', () => {
    const columns = [
      { title: 'a', align: 'left' },
      { title: 'b', align: 'right' },
    ] as const;
    expect(
      tableLines(columns, [
        ['币安', '1'],
        ['BTC', '22'],
      ]),
    ).toEqual(['a      b', '────  ──', '币安   1', 'BTC   22']);
  });

  test('cannot steer it', () => {
    expect(printable('a\u001b[2Jb\nc')).toBe(String.raw`a\u001b[2Jb\u000ac`);
  });

  test('never round a share up', () => {
    expect(formatShare(0.999_999_9)).toBe('99.9999%');
    expect(formatShare(1)).toBe('100%');
    expect(formatShare(0.99)).toBe('99%');
    expect(formatShare(null)).toBe('–');
  });

  test('show durations in their two largest units', () => {
    const shown = [0, 45_240, 59_949, 59_950, 200_000, 3_599_600, 86_220_000, 4e9];
    expect(shown.map(formatDuration)).toEqual([
      '0.0 s',
      '45.2 s',
      '59.9 s',
      '1m 0s',
      '3m 20s',
      '1h 0m',
      '23h 57m',
      '1,111h 7m',
    ]);
  });
});
