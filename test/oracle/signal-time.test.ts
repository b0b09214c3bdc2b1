/** The oracle's account of a bar's milliseconds, with results computed by hand. */
import { describe, expect, it } from 'vitest';
import {
  book,
  chunk,
  date,
  dayStartMs,
  depthHeader,
  symbol,
  trade,
  tradesHeader,
} from '../support/oracle/raw-text.js';
import type { OracleObject } from '../support/oracle/reading.js';
import { cellRows } from '../support/signal-oracle/cell-text.js';
import type { CellRow } from '../support/signal-oracle/cell-text.js';
import { oracleSignals } from '../support/signal-oracle/oracle-signals.js';
import type { SignalInput } from '../support/signal-oracle/oracle-signals.js';

function rowsOf(
  objects: OracleObject[],
  options: Partial<SignalInput['options']>,
  resolution = '1m',
): CellRow[] {
  const given = { symbol, date, resolutions: [resolution], ...options };
  return cellRows(oracleSignals({ objects, options: given })[resolution] ?? '', 30);
}

/** Why a bar has no trades, and what is missing of it. */
function account(row: CellRow | undefined): string[] {
  return ['fill_reason', 'trades_missing_ms', 'depth_missing_ms'].map((name) => row?.[name] ?? '');
}

function quote(offsetMs: number): string {
  return book(offsetMs, [['1', '1']], [['2', '1']]);
}

describe('missing time', () => {
  const both = [
    chunk('trades', 0, [tradesHeader, trade(500, '1', '1'), trade(10_500, '1', '1')]),
    chunk('depth', 0, [depthHeader, ...[500, 10_500].map(quote)]),
  ];

  it('is counted in milliseconds, and a bar without trades has the first reason', () => {
    const expected = { fromMs: dayStartMs + 300, toMs: dayStartMs + 20_400 };
    const rows = rowsOf(both, { expect: expected }, '1s');
    expect([0, 1, 10, 20, 21].map((row) => account(rows[row]))).toEqual([
      ['traded', '800', '800'],
      ['feed_down', '1000', '1000'],
      ['traded', '1000', '1000'],
      ['feed_down', '1000', '1000'],
      ['not_expected', '1000', '1000'],
    ]);
    expect(account(rowsOf(both, { expect: expected, holeMinMs: 60_000 }, '1s')[20])).toEqual([
      'not_expected',
      '600',
      '600',
    ]);
  });

  it('is unproven without depth, and quiet beside it', () => {
    const chunks = Array.from({ length: 1440 }, (_, minute) =>
      chunk('trades', minute, [tradesHeader]),
    );
    const alone = rowsOf(
      [...chunks.slice(1), chunk('trades', 0, [tradesHeader, trade(0, '1', '1')])],
      { streams: 'trades' },
    );
    expect(account(alone[1])).toEqual(['unproven', '0', '']);
    expect(alone[0]).toMatchObject({ fill_reason: 'traded', book_count: '', ask_wall_pulled: '' });
    const quotes = Array.from({ length: 30 }, (_, at) => quote(at * 4000));
    const beside = rowsOf([...chunks, chunk('depth', 0, [depthHeader, ...quotes])], {
      quietMaxMs: 86_400_000,
    });
    expect(account(beside[0])).toEqual(['quiet', '0', '0']);
    expect(account(beside[2])).toEqual(['feed_down', '60000', '60000']);
  });
});
