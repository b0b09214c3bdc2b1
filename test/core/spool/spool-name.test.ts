/** Names in a spool, and those of chunks, which the default layouts read back. */
import { expect, test } from 'vitest';
import { minuteOf } from '../../../src/core/rule/layout.js';
import {
  chunkObject,
  hourName,
  hourOf,
  minuteName,
  parseSpoolName,
  PART_PATTERN,
} from '../../../src/core/spool/spool-name.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';

const startMs = Date.UTC(2025, 11, 12, 7, 5);
const streamNames = { trades: 'trades', depth: 'depth' };

test('a segment and an hour are read back from their names', () => {
  expect(minuteName(startMs, 'a-1')).toBe('2025-12-12T07-05_a-1');
  expect(parseSpoolName('2025-12-12T07-05_a-1')).toEqual({
    part: 'a-1',
    startMs,
    endMs: startMs + 60_000,
  });
  const hourMs = Date.UTC(2025, 11, 12, 7);
  expect(hourOf({ part: 'a-1', startMs })).toBe(hourName(hourMs, 'a-1'));
  expect(parseSpoolName(hourName(hourMs, 'a-1'))).toEqual({
    part: 'a-1',
    startMs: hourMs,
    endMs: hourMs + 3_600_000,
  });
  for (const name of ['lock', '2025-12-12T07-05', '2025-13-12T07-05_a', '2025-12-12T07-05_a_b']) {
    expect(parseSpoolName(name), name).toBeUndefined();
  }
});

test('a chunk is called as the default layout says', () => {
  const folder = {
    symbol: symbolName('币安人生USDT', 'test'),
    stream: 'depth',
    date: utcDate('2025-12-12', 'test'),
  } as const;
  for (const isGzip of [true, false]) {
    for (const span of ['1m', '1h'] as const) {
      const object = chunkObject({ slot: folder, startMs, part: 'a-1', span, isGzip });
      const minute = span === '1m' ? '{hour}-{minute}' : '{hour}';
      const rawLayout = `{symbol}/{stream}/{date}/${minute}.csv`;
      const found = minuteOf({ rawLayout, streamNames }, folder)(object);
      expect(found, object).toBe(span === '1m' ? 425 : 420);
    }
  }
});

test('a part has letters, digits and hyphens', () => {
  expect(['a', 'A-1', 'x'.repeat(40)].every((part) => PART_PATTERN.test(part))).toBe(true);
  expect(['', 'a_b', 'ä', 'a/b', 'x'.repeat(41)].some((part) => PART_PATTERN.test(part))).toBe(
    false,
  );
});
