/** What a day's files may look like, and what is said of others. */
import { beforeAll, expect, test } from 'vitest';
import { cellChecksOnly, withoutRest } from '../../../src/core/check/file-checks.js';
import { checkingPlainBytes } from '../../../src/core/check/quick-check.js';
import type { QuickRow } from '../../../src/core/check/quick-row.js';
import { BARS } from '../../../src/core/column/bar-table.js';
import { SIGNALS } from '../../../src/core/column/signal-table.js';
import { type DayFiles, readDayCells, SeenSeconds } from '../../../src/core/pattern/day-cells.js';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import { parseResolution } from '../../../src/core/unit/resolution.js';
import { dayFiles, type DayTexts, dayTexts, randomWalk } from '../pattern/made-day.js';

let texts: DayTexts;

beforeAll(() => {
  texts = dayTexts((row) => {
    if (row === 0) return { open: '', close: '', imbalance_l20: '', high: '100.25' };
    if (row === 1) return { vol_delta: '-0.001', bid_qty_l20: '1234567890.12345678' };
    return undefined;
  });
});

function errorOf(changed: DayTexts): string {
  try {
    readDayCells(dayFiles(changed));
  } catch (error) {
    if (error instanceof FlowbarsError) return `${error.kind}: ${error.message}`;
    throw error;
  }
  return 'none';
}

/** The texts with the nth line of a file changed, counted from 1. */
function changedLine(
  file: keyof DayTexts,
  line: number,
  change: (text: string) => string | undefined,
): DayTexts {
  const lines = texts[file].split('\n');
  const changed = change(lines[line - 1] ?? '');
  lines.splice(line - 1, 1, ...(changed === undefined ? [] : [changed]));
  return { ...texts, [file]: lines.join('\n') };
}

test('cells are exact, empty ones are absent, and a column too wide for doubles is held in big integers', () => {
  const { bar, signal } = readDayCells(dayFiles(texts));
  const [close, high, delta, quantity] = [
    bar('close'),
    bar('high'),
    bar('vol_delta'),
    signal('bid_qty_l20'),
  ];
  expect([close.at(0), close.at(1), close.decimals]).toEqual([undefined, 100n, 0]);
  expect([high.at(0), high.at(1), high.decimals]).toEqual([10_025n, 10_000n, 2]);
  expect([delta.at(0), delta.at(1), delta.at(86_399), delta.decimals]).toEqual([0n, -1n, 0n, 3]);
  expect(quantity.safe).toBeUndefined();
  expect([quantity.at(0), quantity.at(1)]).toEqual([20n * 10n ** 8n, 123456789012345678n]);
  expect([bar('imbalance_l20').at(0), bar('imbalance_l20').at(1)]).toEqual([undefined, 5n]);
});

test.for<readonly [what: string, changed: () => DayTexts, message: string]>([
  [
    'a column too many in the header',
    () => changedLine('bars', 1, (text) => `${text},more`),
    "data: bars.csv line 1 header: found 'timestamp,open,high,low,close,vwap,vol_t …', expected 'timestamp,open,high,low,close,vwap,vol_t …'",
  ],
  [
    'a trailing zero',
    () => changedLine('bars', 4, (text) => text.replace(',2,1,1,0,', ',2.0,1,1,0,')),
    "data: bars.csv line 4 column vol_total: found '2.0' and a comma, expected a number in plain notation and a comma",
  ],
  [
    'an exponent',
    () => changedLine('signals', 3, (text) => text.replace(',99.5,', ',1e2,')),
    "data: signals.csv line 3 column bid_close: found '1e2' and a comma, expected a number in plain notation and a comma",
  ],
  [
    'an empty cell of a column that is never empty',
    () => changedLine('bars', 9, (text) => text.replace(',2,1,1,0,', ',2,1,1,,')),
    "data: bars.csv line 9 column vol_delta: found '' and a comma, expected a number in plain notation and a comma",
  ],
  [
    'a cell too few',
    () => changedLine('signals', 86_401, (text) => text.replace(/,[^,]*$/u, '')),
    "data: signals.csv line 86401 column bid_wall_pulled: found '0' and a line end, expected a number in plain notation and a comma",
  ],
  [
    'a cell too many',
    () => changedLine('bars', 2, (text) => `${text},1`),
    "data: bars.csv line 2 column imbalance_l20: found '' and a comma, expected a number in plain notation and a line end",
  ],
  [
    'a carriage return',
    () => changedLine('signals', 5, (text) => `${text}\r`),
    "data: signals.csv line 5 column ask_wall_pulled: found '0\r' and a line end, expected a number in plain notation and a line end",
  ],
  [
    'a missing row',
    () => changedLine('bars', 100, () => undefined),
    "data: bars.csv line 100 column timestamp: found '2025-12-11T00:01:39Z', expected '2025-12-11T00:01:38Z'",
  ],
  [
    'the last row missing',
    () => changedLine('bars', 86_401, () => undefined),
    "data: bars.csv line 86401 column timestamp: found the end, expected '2025-12-11T23:59:59Z'",
  ],
  [
    'a row too many',
    () => ({ ...texts, signals: `${texts.signals}x\n` }),
    'data: signals.csv line 86402 rows: found more of them, expected 86400',
  ],
  [
    'no last line end',
    () => ({ ...texts, bars: texts.bars.slice(0, -1) }),
    "data: bars.csv line 86401 column imbalance_l20: found '0.5' and the end, expected a number in plain notation and a line end",
  ],
])('refuses %s', ([, changed, message]) => {
  expect(errorOf(changed())).toBe(message);
});

const surely = (): boolean => true;
const seeing =
  (columns: { take(row: QuickRow): void }) =>
  (row: QuickRow): boolean => {
    columns.take(row);
    return true;
  };

/** The same cells, taken while the files are checked in doubles. */
function seenWhileChecked({ date, bars, signals }: DayFiles): SeenSeconds {
  const seen = new SeenSeconds();
  const expected = { name: 'x', date, resolution: parseResolution('1s', 'test'), carried: '' };
  const ofBars = { ...cellChecksOnly(BARS), surely };
  const ofSignals = { ...cellChecksOnly(SIGNALS), surely };
  withoutRest(checkingPlainBytes(bars.bytes, ofBars, expected, seeing(seen.bars)));
  withoutRest(checkingPlainBytes(signals.bytes, ofSignals, expected, seeing(seen.signals)));
  return seen;
}

test('columns that were seen while a file was checked are those that are read from it', () => {
  const files = dayFiles(randomWalk({ seed: 'seen' }));
  const { bars, signals } = seenWhileChecked(files);
  const [bar, signal] = [bars.series(), signals.series()];
  expect([bar, signal]).not.toContain(undefined);
  const read = readDayCells(files);
  for (const name of ['high', 'vol_delta', 'imbalance_l20'] as const) {
    expect(bar?.(name)).toEqual(read.bar(name));
  }
  for (const name of ['cvd', 'bid_close', 'bid_qty_l20', 'ask_wall_pulled'] as const) {
    expect(signal?.(name)).toEqual(read.signal(name));
  }
});

test('a file with a number too long, or not seen to its end, has to be read', () => {
  const long = seenWhileChecked(dayFiles(texts));
  expect(long.signals.series()).toBeUndefined();
  const damaged = changedLine('bars', 86_401, (text) => text.replace('T', ' '));
  expect(seenWhileChecked(dayFiles(damaged)).bars.series()).toBeUndefined();
});
