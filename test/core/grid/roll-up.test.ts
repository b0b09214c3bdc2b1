/** Seconds roll up to their minute, and a grid refuses times outside its stretch. */
import { describe, expect, test } from 'vitest';
import { BarFold } from '../../../src/core/bar/bar-fold.js';
import { BookFold } from '../../../src/core/book/book-fold.js';
import { rolledUp } from '../../../src/core/grid/grid.js';
import { barFileRows } from '../encode/plain-bar-rows.js';
import { madeSnapshots, madeTrades } from '../event/made-rows.js';

describe('a minute', () => {
  const minute = { fromMs: 0, toMs: 60_000 };
  const trades = madeTrades([
    { timeMs: 0, price: '10.1', quantity: '0.3' },
    { timeMs: 999, price: '10.3', quantity: '0.1', side: 'sell' },
    { timeMs: 1_000, price: '9.9', quantity: '0.7' },
    { timeMs: 59_999, price: '10', quantity: '0.001', side: 'sell' },
  ]);

  test('is the sum of its sixty seconds to the last digit', () => {
    const run = { rows: trades, from: 0, to: trades.count, late: false };
    const [seconds, whole] = [new BarFold(minute, 1_000), new BarFold(minute, 60_000)];
    seconds.takeTrades(run);
    whole.takeTrades(run);
    const fine = seconds.finish();
    const book = new BookFold(minute, 1_000).finish();
    const minutes = { bars: rolledUp(fine, 60_000), book: rolledUp(book, 60_000) };
    expect(barFileRows(minutes)).toEqual(barFileRows({ ...minutes, bars: whole.finish() }));
    expect(barFileRows({ bars: fine, book }).filter((row) => row[10] !== '0')).toEqual([
      [
        '1970-01-01T00:00:00Z',
        '10.1',
        '10.3',
        '10.1',
        '10.3',
        '10.15',
        '0.4',
        '0.3',
        '0.1',
        '0.2',
        '2',
        '',
        '',
      ],
      [
        '1970-01-01T00:00:01Z',
        '9.9',
        '9.9',
        '9.9',
        '9.9',
        '9.9',
        '0.7',
        '0.7',
        '0',
        '0.7',
        '1',
        '',
        '',
      ],
      [
        '1970-01-01T00:00:59Z',
        '10',
        '10',
        '10',
        '10',
        '10',
        '0.001',
        '0',
        '0.001',
        '-0.001',
        '1',
        '',
        '',
      ],
    ]);
    expect(rolledUp(fine, 1_000)).toBe(fine);
  });

  test('refuses bars outside of its stretch of time', () => {
    const next = new BarFold({ fromMs: 60_000, toMs: 120_000 }, 1_000);
    const rows = madeTrades([{ timeMs: 60_000 }]);
    next.takeTrades({ rows, from: 0, to: 1, late: false });
    expect(() => {
      new BarFold(minute, 1_000).merge(next);
    }).toThrow('invariant broken');
  });

  test.for([60_000, -1])('refuses a row outside of it, at %i ms', (outsideMs) => {
    const rows = madeTrades([{ timeMs: outsideMs }]);
    for (const late of [false, true]) {
      expect(() => {
        new BarFold(minute, 1_000).takeTrades({ rows, from: 0, to: 1, late });
      }).toThrow('invariant broken');
    }
  });

  test('refuses snapshots outside of its stretch of time', () => {
    const rows = madeSnapshots([{ timeMs: 60_000 }]);
    expect(() => {
      new BookFold(minute, 1_000).takeDepth({ rows, from: 0, to: 1, late: false });
    }).toThrow('invariant broken');
  });
});
