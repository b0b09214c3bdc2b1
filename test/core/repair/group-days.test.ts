/** Stale symbol-days as runs: each is in exactly one rectangle, and nothing else is. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type GroupedDay,
  groupDays,
  type GroupLimits,
  type RepairGroup,
} from '../../../src/core/repair/group-days.js';
import type { DayRules } from '../../../src/core/rule/rule-table.js';
import { parseResolutions } from '../../../src/core/unit/resolution.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { addDays, datesBetween, utcDate } from '../../../src/core/unit/utc-date.js';
import { aggregateOptions } from '../../support/day/aggregating.js';

const FIRST = utcDate('2025-12-28', 'test');
const RULES: readonly DayRules[] = [
  aggregateOptions().rules,
  aggregateOptions({ rules: { streams: 'both' } }).rules,
];
const LIMITS: GroupLimits = {
  keptBytesMax: 1_000,
  symbolsBytesMax: 1_000,
  bytesOf: (text) => new TextEncoder().encode(text).length,
};

/** `A 0` is symbol A on the first day. */
function days(text: string, rules: DayRules | undefined = RULES[0], keptBytes = 1): GroupedDay[] {
  if (rules === undefined) throw new Error('no rules');
  return text.split(',').map((pair) => {
    const [name = '', offset = ''] = pair.trim().split(' ');
    const day = { symbol: symbolName(name, 'test'), date: addDays(FIRST, Number(offset)) };
    return { day, rules, keptBytes };
  });
}

/** `A,B 2025-12-28..2025-12-29`. */
function shown(groups: readonly RepairGroup[]): string[] {
  return groups.map(({ symbols, dates }) => `${symbols.join(',')} ${dates.at(0)}..${dates.at(-1)}`);
}

function cells(groups: readonly RepairGroup[]): string[] {
  return groups.flatMap(({ rules, symbols, dates }) =>
    symbols.flatMap((symbol) => dates.map((date) => `${symbol} ${date} ${rules.streams}`)),
  );
}

describe('stale symbol-days', () => {
  test.for<[name: string, text: string, groups: string[]]>([
    ['of one day are one run', 'B 0, A 0', ['A,B 2025-12-28..2025-12-28']],
    ['of days in a row are one run', 'A 1, A 0, B 0, B 1', ['A,B 2025-12-28..2025-12-29']],
    ['over the turn of a year', 'A 3, A 4', ['A 2025-12-31..2026-01-01']],
    [
      'of days with a gap are two runs',
      'A 0, A 2',
      ['A 2025-12-28..2025-12-28', 'A 2025-12-30..2025-12-30'],
    ],
    [
      'of one symbol in a row stay together, whatever is stale of others',
      'A 0, B 0, A 1',
      ['A 2025-12-28..2025-12-29', 'B 2025-12-28..2025-12-28'],
    ],
    [
      'of several symbols with one stretch of days each are a run for each stretch',
      'A 0, A 1, A 2, B 1, C 1, C 3',
      ['A 2025-12-28..2025-12-30', 'B,C 2025-12-29..2025-12-29', 'C 2025-12-31..2025-12-31'],
    ],
  ])('%s', ([, text, groups]) => {
    expect(shown(groupDays(days(text), LIMITS))).toEqual(groups);
  });

  test('with other rules are other runs', () => {
    const both = [...days('A 0'), ...days('B 0', RULES[1])];
    expect(cells(groupDays(both, LIMITS)).toSorted()).toEqual([
      'A 2025-12-28 trades',
      'B 2025-12-28 both',
    ]);
    expect(groupDays(both, LIMITS)).toHaveLength(2);
  });

  test('with the same rules in another order are one run', () => {
    const [rules] = RULES;
    const { resolutions, ...rest } = rules ?? aggregateOptions().rules;
    const turned: DayRules = { resolutions, ...rest };
    expect(JSON.stringify(turned)).not.toBe(JSON.stringify({ ...rest, resolutions }));
    expect(groupDays([...days('A 0'), ...days('B 0', turned)], LIMITS)).toHaveLength(1);
    const finer = { ...turned, resolutions: parseResolutions('1s', 'test') };
    expect(groupDays([...days('A 0'), ...days('B 0', finer)], LIMITS)).toHaveLength(2);
  });

  test('give no run if there are none', () => {
    expect(groupDays([], LIMITS)).toEqual([]);
  });

  test('are several runs if their files or names exceed a limit', () => {
    const heavy = days('A 0, B 0, A 1, B 1', RULES[0], 400);
    expect(shown(groupDays(heavy, LIMITS))).toEqual([
      'A 2025-12-28..2025-12-29',
      'B 2025-12-28..2025-12-29',
    ]);
    expect(groupDays(heavy, { ...LIMITS, keptBytesMax: 399 })).toHaveLength(4);
    expect(shown(groupDays(heavy.slice(0, 2), { ...LIMITS, symbolsBytesMax: 5 }))).toEqual([
      'A 2025-12-28..2025-12-28',
      'B 2025-12-28..2025-12-28',
    ]);
  });
});

test('groups hold each symbol-day once and no other, within the limits', () => {
  const cell = fc.record({
    symbol: fc.constantFrom('A', 'B', 'CC', '微'),
    offset: fc.nat(7),
    rules: fc.constantFrom(...RULES),
    keptBytes: fc.nat(50),
  });
  const stale = fc.uniqueArray(cell, { selector: ({ symbol, offset }) => `${symbol} ${offset}` });
  const limits = fc.record({ keptBytesMax: fc.nat(200), symbolsBytesMax: fc.integer({ max: 30 }) });
  fc.assert(
    fc.property(stale, limits, (found, { keptBytesMax, symbolsBytesMax }) => {
      const given = found.map(({ symbol, offset, rules, keptBytes }): GroupedDay => {
        return {
          day: { symbol: symbolName(symbol, ''), date: addDays(FIRST, offset) },
          rules,
          keptBytes,
        };
      });
      const all: GroupLimits = { ...LIMITS, keptBytesMax, symbolsBytesMax };
      const groups = groupDays(given, all);
      expect(cells(groups).toSorted()).toEqual(
        given.map(({ day, rules }) => `${day.symbol} ${day.date} ${rules.streams}`).toSorted(),
      );
      for (const { symbols, dates } of groups) {
        const [first, last] = [dates.at(0) ?? FIRST, dates.at(-1) ?? FIRST];
        expect(dates).toEqual(datesBetween(first, last));
        expect(symbols).toEqual(symbols.toSorted());
        const isOne = symbols.length * dates.length === 1;
        const sizes = given.filter(
          ({ day }) => symbols.includes(day.symbol) && dates.includes(day.date),
        );
        const keptBytes = sizes.reduce((sum, size) => sum + size.keptBytes, 0);
        expect(isOne || keptBytes <= keptBytesMax).toBe(true);
        const namesBytes = all.bytesOf(JSON.stringify(symbols));
        expect(symbols.length === 1 || namesBytes <= symbolsBytesMax).toBe(true);
      }
      const order = groups.map(({ dates }) => Date.parse(dates[0] ?? ''));
      expect(order).toEqual(order.toSorted((a, b) => a - b));
    }),
  );
});
