/** What became of each minute: as letters, and as a page. */
import { describe, expect, test } from 'vitest';
import {
  checkDocument,
  PAGE_DIFFERENCES_MAX,
  PAGE_HOURS_MAX,
} from '../../../src/core/klines/check-document.js';
import type { MinuteComparison } from '../../../src/core/klines/compare-minutes.js';
import { isTelling } from '../../../src/core/klines/minute-marks.js';
import { compare } from '../../support/day/compared-minutes.js';
import { hrefsOf, tagsOf, textOf } from '../../support/site/read-page.js';

const FILES = {
  bars: [{ file: 'BTC_1m.csv', report: null, signals: 'BTC_1m_signals.csv' }],
  klines: ['K.csv'],
  notes: [],
};

/** Trades from 00:10 to 00:15; a kline differs at 00:12, and one is missing at 00:13. */
const different = compare({
  counts: [
    [10, 3],
    [15, 2],
  ],
  official: [[12, 1]],
  minutes: Array.from({ length: 1_440 }, (_, minute) => minute).filter((minute) => minute !== 13),
});

function pageOf(check: Partial<MinuteComparison> = {}, notes: readonly string[] = []): string {
  return checkDocument({ ...different, ...check, ...FILES, notes });
}

describe('the letters of an hour', () => {
  test('say what became of each minute', () => {
    expect(different.hours).toHaveLength(24);
    expect(different.hours[0]).toEqual({
      from: '2025-12-11T00:00:00Z',
      minutes: `----------==xk==${'-'.repeat(44)}`,
    });
    expect(different.hours[1]?.minutes).toBe('-'.repeat(60));
    expect(different.hours.filter(isTelling)).toHaveLength(1);
  });

  test('are blank where there is nothing to compare', () => {
    const { hours } = compare({ counts: [[10, 3]], minutes: [9, 10] });
    expect(hours).toEqual([
      { from: '2025-12-11T00:00:00Z', minutes: `         -=${' '.repeat(49)}` },
    ]);
  });

  test('count what the comparison counts', () => {
    const letters = different.hours.map(({ minutes }) => minutes).join('');
    const count = (letter: string): number => letters.split(letter).length - 1;
    const { equal, different: differing, not_covered: notCovered } = different.minutes;
    expect([count('='), count('x'), count('-')]).toEqual([equal, differing, notCovered]);
    expect(count('k')).toBe(different.minutes.without_kline);
  });
});

describe('the page', () => {
  test('leads from a minute that differs to its row', () => {
    const page = pageOf();
    expect(hrefsOf(page)).toEqual(['#2025-12-11T00:12:00Z']);
    const ids = tagsOf(page).flatMap(({ attributes }) => attributes['id'] ?? []);
    expect(ids).toEqual(['2025-12-11T00:12:00Z']);
    expect(textOf(page)).toContain('2025-12-11T00:12:00Z volume 0 1 -1');
  });

  test('says the counts, the files and the notes', () => {
    const text = textOf(pageOf({}, ['quote volumes not compared: <b>']));
    expect(text).toContain('Not good: 4 of 5 fully covered minutes equal, 1 different');
    expect(text).toContain('1 covered and without a kline');
    expect(text).toContain('equal different not fully covered without a kline');
    expect(text).toContain(
      'BTC_1m.csv , covered by no report, quote volumes of BTC_1m_signals.csv K.csv',
    );
    expect(text).not.toContain('quote volumes compared;');
    expect(text).toContain('quote volumes not compared: <b>');
  });

  test('says in words which differences fail nothing', () => {
    const [one] = different.differences;
    if (one === undefined) throw new Error('something differs');
    expect(textOf(pageOf())).not.toContain('fail nothing');
    const uncovered = { ...one, covered: false, hint: 'lost' };
    const text = textOf(pageOf({ differences: [one, uncovered] }));
    expect(text).toContain('Minutes that are not fully covered fail nothing');
    expect(text).toContain('minute column ours official difference covered hint');
    expect(text).toContain('volume 0 1 -1 yes');
    expect(text).toContain('volume 0 1 -1 no lost');
  });

  test('counts the minutes whose quote volumes were compared', () => {
    const minutes = { ...different.minutes, quote_compared: 3 };
    expect(textOf(pageOf({ minutes }))).toContain('; 3 with their quote volumes compared');
  });

  test('draws a cell for each minute of each hour', () => {
    const cells = tagsOf(pageOf()).filter(({ name }) => name === 'td');
    const count = (kind: string): number =>
      cells.filter(({ attributes }) => attributes['class']?.split(' ').includes(kind)).length;
    expect([count('equal'), count('different'), count('uncovered'), count('kline')]).toEqual([
      4, 1, 1_434, 1,
    ]);
  });

  test('bounds hours and differences, and counts the rest', () => {
    const [hour] = different.hours;
    const [one] = different.differences;
    if (hour === undefined || one === undefined) throw new Error('something differs');
    const text = textOf(
      pageOf({
        hours: Array.from({ length: PAGE_HOURS_MAX + 2 }, () => hour),
        differences: Array.from({ length: PAGE_DIFFERENCES_MAX + 3 }, () => one),
        differences_omitted: 4,
      }),
    );
    expect(text).toContain('… and 2 more hours;');
    expect(text).toContain('… and 7 more differences.');
  });
});
