/** The days of a symbol are listed one ahead of the one that is computed. */
import { describe, expect, test } from 'vitest';
import type { SymbolDay } from '../../../src/core/rule/symbol-day.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import {
  aggregateSymbol,
  type AggregateDay,
} from '../../../src/jobs/aggregate/aggregate-symbol.js';
import { ListingAhead } from '../../../src/jobs/aggregate/listing-ahead.js';
import { aggregateOptions, SMALL_DAY, smallWorld } from '../../support/day/aggregating.js';
import { openMemoryStore } from '../../support/memory-store.js';

const { rules } = aggregateOptions();
const { symbol } = SMALL_DAY;
const [FIRST, SECOND, THIRD] = ['2025-12-11', '2025-12-12', '2025-12-13'].map(dayOn);

function dayOn(text: string): SymbolDay {
  return { symbol, date: utcDate(text, 'test') };
}

/** Own folders that were listed, in order; a day also lists those of its neighbours. */
function watched(failsOn = ''): { readonly ahead: ListingAhead; readonly listed: Set<string> } {
  const listed = new Set<string>();
  const raw = openMemoryStore({
    before: (operation, name) => {
      listed.add(name);
      if (failsOn !== '' && operation === 'list' && name.includes(failsOn)) throw new Error('503');
    },
  });
  return { ahead: new ListingAhead(rules, raw), listed };
}

function lists(listed: ReadonlySet<string>, date: string): boolean {
  return [...listed].some((name) => name.includes(date));
}

describe('a listing ahead', () => {
  test('begins when the day before it is listed, and is made once', async () => {
    const { ahead, listed } = watched();
    if (FIRST === undefined || THIRD === undefined) throw new Error('no days');
    await ahead.take(FIRST, THIRD);
    await expect.poll(() => lists(listed, THIRD.date)).toBe(true);
    listed.clear();
    expect((await ahead.take(THIRD, undefined)).steps).toEqual([]);
    expect([...listed]).toEqual([]);
  });

  test('of another day is dropped', async () => {
    const { ahead, listed } = watched();
    if (FIRST === undefined || SECOND === undefined || THIRD === undefined)
      throw new Error('no days');
    await ahead.take(FIRST, SECOND);
    expect((await ahead.take(THIRD, undefined)).steps).toEqual([]);
    expect(lists(listed, THIRD.date)).toBe(true);
  });

  test('that fails fails its own day, and nothing if that day is not taken', async () => {
    if (FIRST === undefined || THIRD === undefined) throw new Error('no days');
    const { ahead } = watched(THIRD.date);
    expect((await ahead.take(FIRST, THIRD)).steps).toEqual([]);
    await expect(ahead.take(THIRD, FIRST)).rejects.toThrow('503');
    expect((await ahead.take(FIRST, undefined)).steps).toEqual([]);
    await ahead.take(FIRST, THIRD);
  });

  test('runs while its predecessor is computed', async () => {
    const { effects } = smallWorld();
    const listed = new Set<string>();
    const raw = openMemoryStore({ before: (_operation, name) => listed.add(name) });
    const seen: boolean[] = [];
    const aggregateDay: AggregateDay = async ({ date }, _options, _effects, list) => {
      await list?.(dayOn(date));
      for (let turns = 0; turns < 20; turns += 1) await Promise.resolve();
      seen.push(THIRD !== undefined && lists(listed, THIRD.date));
      throw new Error('computed');
    };
    const dates = [FIRST, THIRD].flatMap((day) => (day === undefined ? [] : [day.date]));
    const done = aggregateSymbol(
      symbol,
      dates,
      aggregateOptions(),
      { ...effects, raw },
      aggregateDay,
    );
    await expect(done).rejects.toThrow('computed');
    expect(seen).toEqual([true]);
  });
});
