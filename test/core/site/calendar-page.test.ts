/** The calendar as a page: what its cells say, where they lead, and that no text of the data becomes markup. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Calendar } from '../../../src/core/calendar/calendar-shape.js';
import { calendarPage, SITE_STRETCHES_MAX } from '../../../src/core/site/calendar-page.js';
import { dayPageName, indexLinks } from '../../../src/core/site/links.js';
import { dayWords, SIGN_STYLE, SIGNS, signOf } from '../../../src/core/site/sign.js';
import {
  anyCalendar,
  calendarOf,
  calendarOfDays,
  statedDay,
} from '../../support/operate/calendars.js';
import { hrefsOf, type Tag, tagsOf, textOf } from '../../support/site/read-page.js';

/** Cells of the table: what is drawn by class and said by title. */
function cellsOf(page: string): Tag[] {
  return tagsOf(page).filter(
    ({ name, attributes }) =>
      (name === 'i' || name === 'a') && /^\d{4}-\d\d-\d\d: /u.test(attributes['title'] ?? ''),
  );
}

function daysOf({ symbols }: Calendar) {
  return symbols.flatMap(({ symbol, days }) => days.map((day) => ({ symbol, ...day })));
}

describe('a cell', () => {
  test('has the sign and the words of its day, whatever the calendar', () => {
    let seen = 0;
    fc.assert(
      fc.property(anyCalendar(60), (calendar) => {
        const cells = cellsOf(calendarPage(calendar));
        const days = daysOf(calendar);
        expect(cells.map(({ attributes }) => attributes['title'])).toEqual(
          days.map((day) => `${day.date}: ${dayWords(day)}`),
        );
        expect(cells.map(({ attributes }) => attributes['class'] ?? '')).toEqual(
          days.map((day) => signOf(day).classes),
        );
        seen += cells.length;
      }),
    );
    expect(seen).toBeGreaterThan(5_000);
  });

  test('is told from others without its colour', () => {
    // A shape or a letter of its own for each sign but the usual one.
    const drawn = SIGNS.slice(1).map(({ classes, good }) => {
      const [state = ''] = classes.split(' ').slice(-1);
      const shape = new RegExp(`\\.${state}:not\\(\\.bad\\)\\{background:([^}]*)\\}`, 'u');
      const letter = new RegExp(`\\.${state}::before\\{content:"(.)"\\}`, 'u');
      return (good ? shape.exec(SIGN_STYLE)?.[1] : undefined) ?? letter.exec(SIGN_STYLE)?.[1];
    });
    expect(drawn).not.toContain(undefined);
    expect(new Set(drawn).size).toBe(SIGNS.length - 1);
  });

  test('leads to the page of its day where there is one, else to what its symbol’s page says of it', () => {
    const calendar = calendarOf({ BTCUSDT: 'CM', 币安人生USDT: 'CC' });
    const [, , other] = daysOf(calendar);
    const [first] = daysOf(calendar);
    if (first === undefined || other === undefined) throw new Error('the calendar has days');
    const links = indexLinks(new Set([dayPageName(first), dayPageName(other)]));
    const encoded = encodeURIComponent('币安人生USDT');
    expect(cellsOf(calendarPage(calendar, links)).map((cell) => cell.attributes['href'])).toEqual([
      'BTCUSDT/2025-11-28.html',
      'BTCUSDT/index.html#2025-11-29',
      `${encoded}/2025-11-28.html`,
      `${encoded}/index.html#2025-11-29`,
    ]);
    expect(hrefsOf(calendarPage(calendar))).toEqual(['#behind']);
  });
});

describe('the page', () => {
  test('says at its top whether all is good, and counts each state that occurs', () => {
    const page = textOf(calendarPage(calendarOf({ BTCUSDT: 'CPpM', ETHUSDT: 'CCSF' })));
    expect(page).toContain('not good 4 of 8 symbol-days are good');
    expect(page).toContain(
      '3 complete 1 partial 1 partial, coverage below 99% or an error 1 missing, or never recorded 1 stale 1 failed',
    );
    const good = textOf(calendarPage(calendarOf({ BTCUSDT: 'CC' }, { live: true })));
    expect(good).toContain('good 2 of 2 symbol-days are good');
    expect(good).not.toContain('What is not good');
  });

  test('lists what is not good with its reason, and counts what it leaves out', () => {
    const one = calendarPage(calendarOf({ BTCUSDT: 'CMMC', ETHUSDT: 'CCCC' }));
    expect(textOf(one)).toContain('BTCUSDT 2025-11-29 to 2025-11-30 missing – it is missing');
    const days = Array.from({ length: 2 * SITE_STRETCHES_MAX + 4 }, (_, index) =>
      statedDay(index % 2 === 0 ? 'failed' : 'complete'),
    );
    const many = calendarPage(calendarOfDays([{ symbol: 'A', days }]));
    expect(many.match(/it is failed<\/td>/gu)).toHaveLength(SITE_STRETCHES_MAX);
    expect(textOf(many)).toContain('… and 2 more stretches of days');
  });

  test('says by which rule, and names unreadable manifests', () => {
    const calendar = calendarOf({}, { out: 'gs://b/out', unreadable: ['2025-11-28'] });
    const page = textOf(calendarPage(calendar));
    expect(page).toContain('no symbol is known');
    expect(page).toContain('output root gs://b/out days 2025-11-28 to 2025-11-28, UTC');
    expect(page).toContain('a coverage of at least 99% and no error');
    expect(page).toContain('_manifest/2025-11-28.json manifest: found nothing of the kind');
  });

  test('lets no text become markup', () => {
    const hostile = `"><img src=x onerror=alert(1)><script>alert('&')</script>`;
    const day = { ...statedDay('failed'), detail: hostile };
    const calendar = calendarOfDays([{ symbol: 'A', days: [day] }], { out: hostile });
    const page = calendarPage(calendar, indexLinks(new Set()));
    expect(page).not.toMatch(/<img|<script/u);
    expect(cellsOf(page)[0]?.attributes['title']).toBe(`2025-11-28: failed; ${hostile}`);
    expect(textOf(page)).toContain(`failed – ${hostile}`);
  });

  test('has months above the numbers of their days', () => {
    const tags = tagsOf(calendarPage(calendarOf({ A: 'CCCCC' })));
    const months = tags.filter(
      ({ attributes }) => attributes['class']?.startsWith('month') === true,
    );
    expect(months.map(({ attributes, text }) => [attributes['colspan'], text])).toEqual([
      ['3', '2025-11'],
      ['2', '2025-12'],
    ]);
    const isNamed = ({ name, attributes }: (typeof tags)[number]): boolean =>
      name === 'th' && attributes['title']?.startsWith('2025-') === true;
    const dates = tags.filter((tag) => isNamed(tag) && !months.includes(tag));
    expect(dates.map(({ text }) => text)).toEqual(['28', '29', '30', '01', '02']);
  });
});
