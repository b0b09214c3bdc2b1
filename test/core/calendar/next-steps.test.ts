import { describe, expect, test } from 'vitest';
import { type NextStep, nextSteps } from '../../../src/core/calendar/next-steps.js';
import {
  calendarOf,
  type CalendarChanges,
  calendarOfDays,
  statedDay,
} from '../../support/operate/calendars.js';

/** `backfill 11-28 11-29 A,B missing 2`; without symbols: `*`. */
function told(step: NextStep): string {
  if (step.does === 'remove') return `remove ${step.name}`;
  if (step.does === 'rerun') return `rerun ${step.symbol} ${step.date.slice(5)}`;
  const { does, from, to, symbols, states, symbolDays } = step;
  const names = symbols?.join(',') ?? '*';
  return [does, from.slice(5), to.slice(5), names, states.join('+'), symbolDays].join(' ');
}

function check(
  rows: Readonly<Record<string, string>>,
  expected: readonly string[],
  changes?: CalendarChanges,
): void {
  expect(nextSteps(calendarOf(rows, changes)).map(told)).toEqual(expected);
}

describe('the next step', () => {
  test('of a good calendar is empty', () => {
    check({ A: 'CCP·E' }, []);
  });

  test('of a partial day is empty: a run cannot add what was not recorded', () => {
    check({ A: 'Cp' }, []);
  });

  test('of missing days is a backfill of these days and the symbols that lack them', () => {
    check({ A: 'CMMC', B: 'CCMC', C: 'CCCC' }, ['backfill 11-29 11-30 A,B missing 3']);
  });

  test('names no symbols if all lack days, unless --symbols named them, or if they are too many', () => {
    check({ A: 'M', B: 'M' }, ['backfill 11-28 11-28 * missing 2']);
    check({ A: 'M', B: 'M' }, ['backfill 11-28 11-28 A,B missing 2'], { symbolsNamed: true });
    const many = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`SYM${index}USDT`, index === 0 ? 'C' : 'M']),
    );
    check(many, ['backfill 11-28 11-28 * missing 29']);
  });

  test('of separate days is one command each, or one for all if these are too many', () => {
    check({ A: 'MCMCM' }, [
      'backfill 11-28 11-28 * missing 1',
      'backfill 11-30 11-30 * missing 1',
      'backfill 12-02 12-02 * missing 1',
    ]);
    check({ A: 'MCMCMCM' }, ['backfill 11-28 12-04 * missing 4']);
  });

  test('of stale days is a repair, with the day before unless the raw root was checked', () => {
    check({ A: 'CSSC', B: 'CCCC' }, ['repair 11-29 11-30 A stale 2'], { live: true });
    check({ A: 'CSSC', B: 'CCCC' }, ['repair 11-28 11-30 A stale 2']);
  });

  test('is empty for days that no run can publish', () => {
    const hopeless = (['missing', 'failed', 'stale'] as const).map((state) => {
      return { ...statedDay(state), beyond_runs: true as const };
    });
    const days = [...hopeless, statedDay('missing')];
    const calendar = calendarOfDays([{ symbol: 'A', days }]);
    expect(nextSteps(calendar).map(told)).toEqual(['backfill 12-01 12-01 * missing 1']);
  });

  test('of a failed day is a rerun, of many failed days a backfill', () => {
    check({ A: 'CFF', B: 'FCC' }, ['rerun A 11-29', 'rerun A 11-30', 'rerun B 11-28']);
    check({ A: 'CFF', B: 'FMF', C: 'CCC' }, ['backfill 11-28 11-30 A,B failed+missing 5']);
  });

  test('of an unreadable manifest is to remove it and to backfill its day', () => {
    check(
      { A: 'CU', B: 'CU' },
      ['remove _manifest/2025-11-29.json', 'backfill 11-29 11-29 * unreadable 2'],
      { unreadable: ['2025-11-29'] },
    );
  });
});
