/** The hint at a cause for a minute that differs. */
import { describe, expect, test } from 'vitest';
import { causeHint } from '../../../src/core/klines/cause-hint.js';
import type { MinuteFigures } from '../../../src/core/klines/minute-figures.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import type { QualityReport } from '../../../src/core/stored/quality-report.js';
import { chunks, compare, NO_IDS, type ReportChange } from '../../support/day/compared-minutes.js';

const DATE = utcDate('2025-12-11', 'test');

function rows(change: object): QualityReport['rows'] {
  const none = { rows: 9, malformed: 0, neighbour_day: 0, excluded: 0, duplicate: 0, used: 3 };
  const depth = { ...none, one_sided: 0, unordered: 0, crossed: 0, short: 0 };
  return { trades: { ...none, ...change }, depth };
}

test('another instrument is a cause where every column differs, and no lost trade would be', () => {
  const official = figuresOf(1n);
  const minute = { timeMs: Date.parse('2025-12-11T00:10:00Z'), date: DATE, recorded: undefined };
  const hint = (change: Partial<MinuteFigures>): string | undefined =>
    causeHint({ ...minute, ours: { ...figuresOf(2n), ...change }, official });
  expect(hint({})).toBe('every column differs: klines of another instrument, market or day?');
  expect(hint({ open: 1n })).toBeUndefined();
  expect(hint({ count: 0n })).toBeUndefined();
});

function figuresOf(figure: bigint): MinuteFigures {
  return {
    open: figure,
    high: figure,
    low: figure,
    close: figure,
    volume: figure,
    count: figure,
    taker_buy_volume: figure,
    quote_volume: undefined,
    taker_buy_quote_volume: undefined,
  };
}

describe('a cause is hinted at', () => {
  const counts = [[10, 3]] as const;
  const official = [[10, 5]] as const;
  const object = 'BTCUSDT/trades/2025-12-11/00-11.csv';
  const where = object;
  const cases: readonly (readonly [name: string, report: ReportChange, hint: string | null])[] = [
    [
      'a missing chunk',
      { inputs: chunks(-2, 1_442, [10]) },
      'missing chunk: no trades chunk 00-10',
    ],
    [
      'an unreadable chunk',
      { findings: [{ code: 'chunk_unreadable', severity: 'warning', where, detail: '' }] },
      `missing chunk: ${object} is unreadable`,
    ],
    [
      'malformed rows',
      {
        malformed_rows: [
          { stream: 'trades', object, line: 7, column: 'price', found: '', expected: '' },
        ],
      },
      `malformed rows: ${object} line 7 column price`,
    ],
    [
      'malformed rows that are not listed',
      { rows: rows({ malformed: 2 }) },
      'malformed rows: 2 of the day, 0 of them with their place',
    ],
    [
      'overlapping chunks',
      {
        findings: [
          { code: 'overlap_unresolved', severity: 'warning', where: `x and ${where}`, detail: '' },
        ],
      },
      `overlapping chunks without ids: x and ${object}`,
    ],
    [
      'missing trade ids',
      {
        trade_ids: {
          ...NO_IDS,
          missing: 2,
          gaps: [
            {
              after_id: '8',
              missing: 2,
              from: '2025-12-11T00:10:01.000Z',
              to: '2025-12-11T00:10:02.000Z',
            },
          ],
        },
      },
      '2 trade ids missing after 8',
    ],
    ['excluded rows', { rows: rows({ excluded: 2 }) }, 'excluded rows: 2 of the day'],
    ['duplicate rows', { rows: rows({ duplicate: 3 }) }, 'duplicate rows: 3 of the day'],
    ['unproven silence', { unproven_seconds: 30 }, '30 s of the day without a trade are unproven'],
    ['nothing that is known', { rows: rows({ excluded: 1 }) }, null],
  ];

  test.each(cases)('%s', (_name, report, hint) => {
    const { differences, good } = compare({ counts, official, report });
    expect(good).toBe(false);
    expect(differences.map((difference) => difference.hint)).toEqual([hint, hint]);
  });

  test('chunks that are missing in an outage', () => {
    const stretch = { from: '2025-12-11T00:10:30.000Z', to: '2025-12-11T00:12:40.000Z' };
    const outages = [
      { kind: 'trades_missing', cause: null, causes: [], seconds: 130, ...stretch },
    ] as const;
    const report = { outages, inputs: chunks(-2, 1_442, [11, 12]) };
    const { differences, good, not_covered: uncovered } = compare({ counts, official, report });
    expect(good).toBe(true);
    expect(differences[0]?.hint).toBe(`outage trades_missing, ${stretch.from} to ${stretch.to}`);
    expect(uncovered).toMatchObject([{ missing_chunks: 2, first_missing_chunk: '00-11' }]);
  });

  test('a kline that is empty though there were trades', () => {
    const { differences } = compare({ counts, official: [[10, 0]], report: {} });
    expect(differences[0]?.hint).toContain(
      'the official kline is empty though trades were recorded',
    );
  });
});
