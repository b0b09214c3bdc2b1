/** Days, bar lengths and symbols as users write them. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import { commonSeconds, parseResolutions } from '../../../src/core/unit/resolution.js';
import { parseSymbol, symbolName } from '../../../src/core/unit/symbol.js';
import {
  addDays,
  DAY_MS,
  dateOf,
  datesBetween,
  dayRange,
  isoStamp,
  isoStampMs,
  parseUtcDate,
  stampWriter,
  utcDate,
} from '../../../src/core/unit/utc-date.js';

function refusalOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof FlowbarsError) return `${error.kind}: ${error.message}`;
    throw error;
  }
  return 'accepted';
}

describe('a day', () => {
  test.for<[string, boolean]>([
    ['2025-12-11', true],
    ['2024-02-29', true],
    ['2025-02-29', false],
    ['2025-04-31', false],
    ['2025-13-01', false],
    ['2025-00-10', false],
    ['2025-12-1', false],
    ['2025-12-11 ', false],
    ['20251211', false],
    ['', false],
  ])("'%s' is one: %s", ([text, expected]) => {
    expect(parseUtcDate(text) !== undefined).toBe(expected);
  });

  test('is half-open, and the next begins where it ends', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000_000_000_000, max: 4_000_000_000_000 }), (timeMs) => {
        const date = dateOf(timeMs);
        const { fromMs, toMs } = dayRange(date);
        expect(fromMs <= timeMs && timeMs < toMs && toMs - fromMs === DAY_MS).toBe(true);
        expect(dayRange(addDays(date, 1)).fromMs).toBe(toMs);
        expect(addDays(addDays(date, 1), -1)).toBe(date);
      }),
    );
  });

  test('is counted to with both ends, over a leap day', () => {
    const from = utcDate('2024-02-28', 'test');
    expect(datesBetween(from, utcDate('2024-03-01', 'test'))).toEqual([
      '2024-02-28',
      '2024-02-29',
      '2024-03-01',
    ]);
    expect(datesBetween(from, from)).toEqual([from]);
    expect(datesBetween(from, addDays(from, -1))).toEqual([]);
  });

  test('is stamped with and without milliseconds', () => {
    expect(isoStamp(1_765_411_200_999)).toBe('2025-12-11T00:00:00Z');
    expect(isoStampMs(1_765_411_200_999)).toBe('2025-12-11T00:00:00.999Z');
  });

  test('that does not exist is refused in four parts', () => {
    expect(refusalOf(() => utcDate('2025-02-30', '--from'))).toBe(
      "usage: --from date: found '2025-02-30', expected an existing day as YYYY-MM-DD",
    );
  });
});

describe('bar lengths', () => {
  test.for<[string, string[]]>([
    ['1s,1m', ['1s', '1m']],
    ['1m,1s', ['1s', '1m']],
    ['60s,1m', ['1m']],
    ['90s', ['90s']],
    ['120m', ['2h']],
    ['24h', ['1d']],
    ['86400s', ['1d']],
    [' 5m , 1h ', ['5m', '1h']],
  ])("'%s' are %s", ([text, expected]) => {
    expect(parseResolutions(text, 'test').map(({ name }) => name)).toEqual(expected);
  });

  test.for(['7m', '0s', '01m', '1', 'm', '', '1m,', '1.5m', '-1m', '2d', '1M', '1w', '100000s'])(
    "'%s' is refused",
    (text) => {
      expect(refusalOf(() => parseResolutions(text, '--resolutions'))).toMatch(
        /^usage: --resolutions resolution: found '/,
      );
    },
  );

  test.for<[string, number]>([
    ['1m', 60],
    ['1s,1m', 1],
    ['90s,2m', 30],
    ['1m,5m,1h', 60],
    ['45s,1d', 45],
  ])('%s are rolled up from %i s', ([text, expected]) => {
    expect(commonSeconds(parseResolutions(text, 'test'))).toBe(expected);
  });
});

describe('a symbol', () => {
  test.for<[string, boolean]>([
    ['BTCUSDT', true],
    ['BTCUSD_260327', true],
    ['1000SHIB-PERP', true],
    ['币安人生USDT', true],
    ['-', true],
    ['_manifest', false],
    ['', false],
    ['A/B', false],
    ['A.B', false],
    ['A B', false],
    ['..', false],
    ['A\n', false],
    ['X'.repeat(64), true],
    ['X'.repeat(65), false],
    ['币'.repeat(64), true],
    ['𝐗'.repeat(64), true],
    ['𝐗'.repeat(65), false],
  ])("'%s' is one: %s", ([text, expected]) => {
    expect(parseSymbol(text) === text).toBe(expected);
  });

  test('of another form is refused in four parts', () => {
    expect(refusalOf(() => symbolName('_x', '--symbols'))).toBe(
      "usage: --symbols symbol: found '_x', expected 1 to 64 letters, digits, '_' or '-', not beginning with '_'",
    );
    for (const market of ['BTC/USDT:USDT', 'BTC/USDT']) {
      expect(refusalOf(() => symbolName(market, '--symbols'))).toContain("such as 'BTCUSDT'");
    }
  });
});

test('stamps of any sequence of times equal the stamp of each time', () => {
  const instants = fc.array(fc.integer({ min: -1e11, max: 4e12 }), { minLength: 1 });
  fc.assert(
    fc.property(instants, fc.integer({ min: 1, max: 90_000 }), (starts, stepMs) => {
      const stampOf = stampWriter();
      for (const startMs of starts) {
        const run = Array.from({ length: 70 }, (_, step) => startMs + step * stepMs);
        expect(run.map((timeMs) => stampOf(timeMs))).toEqual(run.map((timeMs) => isoStamp(timeMs)));
      }
    }),
    { numRuns: 30 },
  );
});
