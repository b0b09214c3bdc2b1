/** The oracle's Order within one millisecond, worked out by hand. */
import { describe, expect, it } from 'vitest';
import { barOf, chunk, dayOf, trade, tradesWithIdHeader } from '../support/oracle/raw-text.js';

/** The first bar of these rows. The first row arrives late, in another chunk, and is read last. */
function barWithLate(late: string, ...rows: string[]): Record<string, string> {
  const day = dayOf([
    chunk('trades', 0, [tradesWithIdHeader, ...rows]),
    chunk('trades', 4, [tradesWithIdHeader, late]),
  ]);
  return barOf(day, '1m', 0);
}

function withId(offsetMs: number, price: string, id: string): string {
  return trade(offsetMs, price, '1', 'true', id);
}

describe('order within a millisecond', () => {
  it('goes by id if every trade of the millisecond has a numeric one', () => {
    const rows = [withId(7, '9', '20'), withId(7, '4', '1')];
    const byId = { open: '4', close: '9' };
    expect(barWithLate(withId(7, '5', '3'), ...rows)).toMatchObject(byId);
    const byReading = { open: '9', close: '5' };
    for (const id of ['', 'x', '9007199254740992']) {
      expect(barWithLate(withId(7, '5', id), ...rows)).toMatchObject(byReading);
    }
    // Duplicate and excluded rows are not used trades.
    const unused = [withId(7, '6', '20'), trade(7, '8', '0', 'true', 'x')];
    expect(barWithLate(withId(7, '5', '3'), ...rows, ...unused)).toMatchObject({
      ...byId,
      trade_count: '3',
    });
    // Two texts of one number stay in reading order.
    const twice = [withId(7, '9', '7'), withId(7, '4', '8')];
    expect(barWithLate(withId(7, '5', '07'), ...twice)).toMatchObject({ open: '9', close: '4' });
  });

  it('decides which price is carried into 00:00', () => {
    const rows = [withId(-1, '3', '9'), withId(-1, '4', '8')];
    expect(dayOf([chunk('trades', -1, [tradesWithIdHeader, ...rows])]).seed).toBe('3');
    const late = chunk('trades', 1, [tradesWithIdHeader, withId(-1, '5', '7')]);
    expect(dayOf([chunk('trades', -1, [tradesWithIdHeader, ...rows]), late]).seed).toBe('3');
    const without = chunk('trades', 1, [tradesWithIdHeader, withId(-1, '5', '')]);
    expect(dayOf([chunk('trades', -1, [tradesWithIdHeader, ...rows]), without]).seed).toBe('5');
  });
});
