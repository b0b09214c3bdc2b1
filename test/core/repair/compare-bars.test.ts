/** Bars before and after, against an independent comparison of their texts. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BARS } from '../../../src/core/column/bar-table.js';
import { compareBars } from '../../../src/core/repair/compare-bars.js';
import { textComparison } from '../../support/text-comparison.js';

const [CLOSE, VOLUME] = [BARS.at('close'), BARS.at('vol_total')];

function bar(minute: number, close: string, volume: string): string[] {
  const row = BARS.header.map(() => '1');
  row[0] = `2025-12-11T00:${String(minute).padStart(2, '0')}:00Z`;
  row[CLOSE] = close;
  row[VOLUME] = volume;
  return row;
}

/** `close volume` of each bar. */
function table(...bars: readonly string[]): string[][] {
  const rows = bars.map((text, minute) => {
    const [close = '', volume = ''] = text.split(' ');
    return bar(minute, close === '-' ? '' : close, volume);
  });
  return [[...BARS.header], ...rows];
}

describe('bars before and after', () => {
  test('that are equal have no difference', () => {
    const bars = table('100 1', '- 0', '100.5 2');
    expect(compareBars(bars, bars)).toEqual({ bars: 3, different: 0, close: null, volume: null });
  });

  test('show the largest change of each column, signed and exact', () => {
    const before = table('100 1', '100.1 2', '100 3', '7 0.1');
    const after = table('99.9 1', '100 12.000000000000000001', '100.05 3', '7 0.1');
    expect(compareBars(before, after)).toEqual({
      bars: 4,
      different: 3,
      close: {
        time: '2025-12-11T00:00:00Z',
        before: '100',
        after: '99.9',
        difference: '-0.1',
        share: '-0.001',
      },
      volume: {
        time: '2025-12-11T00:01:00Z',
        before: '2',
        after: '12.000000000000000001',
        difference: '10.000000000000000001',
        share: '5',
      },
    });
  });

  test('have no share of 0, and no difference from an unknown price', () => {
    const { different, close, volume } = compareBars(table('- 0'), table('100 5'));
    expect({ different, close }).toEqual({ different: 1, close: null });
    expect(volume).toMatchObject({ difference: '5', share: null });
  });

  test('differ if any other cell does', () => {
    const [before, after] = [table('100 1', '100 1'), table('100 1', '100 1')];
    const last = after[2] ?? [];
    last[BARS.header.length - 1] = '0.5';
    expect(compareBars(before, after)).toMatchObject({ different: 1, close: null, volume: null });
  });

  test('differ in every bar that only one of them has', () => {
    expect(compareBars(table('1 1'), table('1 1', '1 1', '1 1'))).toMatchObject({
      bars: 3,
      different: 2,
      close: null,
    });
    expect(compareBars([], table('1 1'))).toMatchObject({ bars: 1, different: 1 });
    expect(compareBars([], [])).toMatchObject({ bars: 0, different: 0 });
  });

  test('are found by their columns, wherever those are', () => {
    const turned = table('100 1', '101 2').map((row) => {
      const other = [...row];
      [other[CLOSE], other[VOLUME]] = [row[VOLUME] ?? '', row[CLOSE] ?? ''];
      return other;
    });
    const { different, close, volume } = compareBars(table('100 1', '101 2'), turned);
    expect({ different, close, volume }).toEqual({ different: 2, close: null, volume: null });
  });
});

test('bars before and after compare as their texts do', () => {
  const number = fc
    .tuple(fc.constantFrom('', '-'), fc.nat(999), fc.nat(999_999))
    .map(([sign, whole, fraction]) => {
      const digits = String(fraction).padStart(6, '0').replace(/0+$/u, '');
      const text = digits === '' ? String(whole) : `${whole}.${digits}`;
      return text === '0' ? '0' : `${sign}${text}`;
    });
  const cell = fc.oneof({ weight: 8, arbitrary: number }, fc.constant('-'));
  const row = fc.tuple(cell, number).map((cells) => cells.join(' '));
  const change = fc.record({ at: fc.nat(30), row });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 30 }), fc.array(change), (rows, changes) => {
      const changed = [...rows];
      for (const { at, row: other } of changes) if (at < changed.length) changed[at] = other;
      const [before, after] = [table(...rows), table(...changed)];
      const texts = [before, after].map((one) =>
        one.map((cells) => `${cells.join(',')}\n`).join(''),
      );
      const found = compareBars(before, after);
      expect({
        bars: found.bars,
        different: found.different,
        close: found.close === null ? null : [found.close.time, found.close.difference],
        volume: found.volume === null ? null : [found.volume.time, found.volume.difference],
      }).toEqual(textComparison(texts[0] ?? '', texts[1] ?? ''));
    }),
  );
});
