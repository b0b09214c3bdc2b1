/** What is said of a bar where chunks are gone or were not read. */
import { expect, test } from 'vitest';
import { type ExplainedDay, explainedDay } from '../../support/explain/explaining.js';
import { chunk, date, symbol, trade, tradesWithIdHeader } from '../../support/oracle/raw-text.js';
import type { OracleObject } from '../../support/oracle/reading.js';

const TEN_MS = 600_000;

async function published(objects: readonly OracleObject[]): Promise<ExplainedDay> {
  const day = await explainedDay(objects, {
    symbol,
    date,
    resolutions: ['1m'],
    streams: 'trades',
  });
  if (day === undefined) throw new Error('nothing was published');
  return day;
}

function trades(minute: number, rows: readonly string[]): OracleObject {
  return chunk('trades', minute, [tradesWithIdHeader, ...rows]);
}

function withId(offsetMs: number, price: string, id: string): string {
  return `${trade(offsetMs, price, '2', 'false')},${id}`;
}

test('where a far chunk is gone, what was published of it is not called wrong', async () => {
  const day = await published([
    trades(10, [withId(TEN_MS, '100', '7')]),
    trades(400, [withId(TEN_MS + 5, '105', '8')]),
  ]);
  day.world.raw.remove(`${symbol}/trades/${date}/06-40.csv`);
  await expect(day.barAt(TEN_MS, '1m')).rejects.toThrow(/06-40\.csv chunk: found no object/u);
});

test('ids prove nothing where a chunk between them is gone', async () => {
  const day = await published([
    trades(10, [withId(TEN_MS, '100', '7')]),
    trades(20, [withId(2 * TEN_MS, '100', '8')]),
    trades(30, [withId(3 * TEN_MS, '100', '9')]),
  ]);
  expect((await day.barAt(1.5 * TEN_MS, '1m')).silence.join(' ')).toContain('trade ids prove it');
  day.world.raw.remove(`${symbol}/trades/${date}/00-20.csv`);
  const bar = await day.barAt(1.5 * TEN_MS, '1m');
  expect(bar.differs).toEqual([]);
  const gone = `${symbol}/trades/${date}/00-20.csv`;
  expect(bar.silence.join(' ')).toContain(
    `trade ids prove nothing: 1 between 7 and 9 are in no row read, and ${gone}, which the report lists, is gone`,
  );
  expect(bar.notes).toContain(
    `1 chunk that the report lists is gone: ${gone}; what lay there is not told of`,
  );
});

test('rows that were left out far away are counted', async () => {
  const row = withId(TEN_MS, '100', '7');
  const day = await published([trades(10, [row]), trades(400, [row, row])]);
  const bar = await day.barAt(TEN_MS, '1m');
  expect(bar.trades.counts).toMatchObject({ used: 1, duplicate: 0 });
  expect(bar.notes).toEqual([
    '2 rows that the day left out lie in chunks that were not read: a late one or a duplicate of this bar may be among them',
  ]);
});
