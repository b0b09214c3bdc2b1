/** What one chunk can tell. */
import { describe, expect, test } from 'vitest';
import { inspectChunk } from '../../../src/core/inspect/inspect-chunk.js';
import type { ChunkInspection } from '../../../src/core/inspect/inspection.js';
import type { NamedColumn } from '../../../src/core/rule/named-columns.js';
import type { StreamName } from '../../../src/core/rule/symbol-day.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';

function inspect(
  stream: StreamName,
  lines: readonly string[],
  date?: string,
  columns: readonly NamedColumn[] = [],
): ChunkInspection {
  return inspectChunk({
    stream,
    name: 'chunk.csv',
    date: date === undefined ? undefined : utcDate(date, ''),
    bytes: new TextEncoder().encode(lines.join('\n')),
    firstFields: (lines[0] ?? '').split(','),
    splitLine: (line) => csvTables.splitLine(line),
    columns,
  });
}

const TRADES = 'timestamp,price,quantity,is_buyer_maker,trade_id,exec_type';

describe('a chunk of trades', () => {
  const lines = [
    TRADES,
    '1582329600000,9681.390,0.100,true,10,MARKET',
    '1582329600001,9681.40,0.250,false,11,MARKET',
    '1582329600001,9681.40,0.250,false,11,MARKET',
    '1582329599999,9681,1,false,9,MARKET',
    '1582329603000,9681.5,2.125,true,14,INSURANCE_FUND',
    '1582329604000,x,2,true,15,MARKET',
  ];

  test('has every row in one count', () => {
    expect(inspect('trades', lines, '2020-02-22').rows).toEqual({
      rows: 6,
      malformed: 1,
      neighbour_day: 1,
      excluded: 1,
      duplicate: 1,
      used: 2,
    });
  });

  test('counts no neighbour days without a date', () => {
    expect(inspect('trades', lines)).toMatchObject({
      date: null,
      rows: { neighbour_day: 0, used: 3 },
    });
  });

  test('shows times, ids, decimals, the share of the kernel and malformed rows', () => {
    expect(inspect('trades', lines, '2020-02-22')).toMatchObject({
      kind: 'trades',
      has_header: true,
      columns: TRADES.split(','),
      time: {
        first: '2020-02-21T23:59:59.999Z',
        last: '2020-02-22T00:00:03.000Z',
        unit: 'milliseconds',
        out_of_order: 1,
      },
      levels: null,
      decimals: { price: 2, quantity: 3 },
      trade_ids: { rows_with_id: 5, first: '9', last: '14', missing: 2, gap_count: 1 },
      malformed_rows: [{ line: 7, column: 'price', found: "'x'" }],
    });
  });

  test('names its columns without a header', () => {
    expect(inspect('trades', ['1582329600000000,1.5,2,0'])).toMatchObject({
      has_header: false,
      columns: ['timestamp', 'price', 'quantity', 'is_buyer_maker'],
      time: { unit: 'microseconds' },
      trade_ids: null,
      rows: { rows: 1, used: 1 },
    });
  });

  test('says what its columns mean, by their synonyms and by --columns', () => {
    const letters = ['T,px,q,side,s,note', '1582329600000,1.5,2,sell,BTCUSDT,'];
    const px = { stream: 'trades', name: 'px', column: 'price' } as const;
    expect(inspect('trades', letters, undefined, [px])).toMatchObject({
      columns: ['T', 'px', 'q', 'side', 's', 'note'],
      meanings: ['timestamp', 'price', 'quantity', 'is_buyer_maker', 'symbol', null],
      rows: { used: 1 },
    });
  });

  test('may hold a header alone', () => {
    expect(inspect('trades', [TRADES])).toMatchObject({
      rows: { rows: 0, used: 0 },
      time: null,
      decimals: null,
      kernel_share: null,
    });
  });

  test('is refused in four parts if it is unreadable', () => {
    expect(() => inspect('trades', ['timestamp,price,quantity', '1,2,3'])).toThrow(
      /^chunk\.csv header: found 'timestamp,price,quantity', expected the columns .*missing: is_buyer_maker/,
    );
  });
});

const book = (bids: string, asks: string): string => `1582329600000,"${bids}","${asks}"`;
const side = (price: number, step: number): string =>
  `[${Array.from({ length: 20 }, (_, level) => `[${price + level * step},1.50]`).join(',')}]`;

test('a chunk of depth has levels and the outcomes of its books', () => {
  const lines = [
    'timestamp,bids,asks',
    book(side(100, -1), side(101, 1)),
    book('[[100,1]]', '[[100.5,1],[101,1]]'),
    book('[[100,1]]', '[[100,1]]'),
    book('[]', '[[100,1]]'),
    book('[[100,0]]', '[[101,1]]'),
  ];
  expect(inspect('depth', lines)).toMatchObject({
    kind: 'depth',
    levels: { bid_min: 0, bid_max: 20, ask_min: 1, ask_max: 20 },
    decimals: { price: 1, quantity: 1 },
    trade_ids: null,
    rows: { rows: 5, malformed: 0, excluded: 1, one_sided: 1, crossed: 1, short: 1, used: 1 },
  });
});
