/** Rows of two files side by side: their time stands once, and files of other times are not joined. */
import { describe, expect, test } from 'vitest';
import { TABLES } from '../../../src/core/column/kind-tables.js';
import { joinedColumns, joinedLines, joinedTable } from '../../../src/core/typed/joined-rows.js';
import { codec } from '../../../src/edge/format/codec.js';
import { smallFile } from '../../support/typed/small-files.js';

const TIMES = ['2025-12-11T00:00:00Z', '2025-12-11T00:01:00Z', '2025-12-11T00:02:00Z'];
const KINDS = [TABLES.bars, TABLES.signals];
const signals = smallFile('signals');
const bars = {
  ...smallFile('bars'),
  bytes: codec.encode(
    `${[TABLES.bars.header.join(','), ...TIMES.map((time) => `${time},1,2,1,2,1.5,9,4,5,-1,3,,`)].join('\n')}\n`,
  ),
};

const linesOf = (bytes: Uint8Array): string[] => codec.decode(bytes).split('\n').slice(0, -1);

describe('two files', () => {
  test('stand side by side, with one time', () => {
    const [, ...barLines] = linesOf(bars.bytes);
    const [, ...signalLines] = linesOf(signals.bytes);
    const expected = barLines.map(
      (line, row) => `${line},${(signalLines[row] ?? '').split(',').slice(1).join(',')}`,
    );
    expect(linesOf(joinedLines([bars, signals]))).toEqual(expected);
    const { header } = joinedTable(KINDS);
    expect(header).toEqual([...TABLES.bars.header, ...TABLES.signals.header.slice(1)]);
    expect(joinedColumns([bars, signals], KINDS).map(({ field }) => field.name)).toEqual(header);
  });

  test.for<[what: string, change: (text: string) => string, row: number]>([
    ['another time', (text) => text.replace('T00:01', 'T00:03'), 2],
    ['a row less', (text) => text.replace(/2025-12-11T00:02.*\n/u, ''), 3],
    ['a row more', (text) => `${text}${text.split('\n')[3]?.replace('T00:02', 'T00:03')}\n`, 4],
    ['no row', (text) => text.replace(/\n.*/su, '\n'), 1],
  ])('are refused where one has %s', ([, change, row]) => {
    const other = { ...signals, bytes: codec.encode(change(codec.decode(signals.bytes))) };
    const message = `BTCUSDT/2025-12-11_1m_signals.csv row ${row} time: found another time or no row`;
    expect(() => joinedLines([bars, other])).toThrow(message);
    expect(() => joinedColumns([bars, other], KINDS)).toThrow(message);
  });
});

test('one file passes its rows on', () => {
  const [, ...rows] = linesOf(bars.bytes);
  expect(linesOf(joinedLines([bars]))).toEqual(rows);
  expect(joinedTable([TABLES.bars])).toBe(TABLES.bars);
});
