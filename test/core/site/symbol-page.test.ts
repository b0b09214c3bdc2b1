/** The page of a symbol: what it says of each day, and where it leads. */
import { describe, expect, test } from 'vitest';
import { linkTo } from '../../../src/core/site/links.js';
import { sourceText } from '../../../src/core/site/page-record.js';
import {
  DAY_FINDINGS_MAX,
  type DayFacts,
  type SymbolPage,
  symbolPage,
} from '../../../src/core/site/symbol-page.js';
import type { PublishedEntry } from '../../../src/core/stored/manifest.js';
import { calendarOf } from '../../support/operate/calendars.js';
import { hrefsOf, tagsOf, textOf } from '../../support/site/read-page.js';

const [FIRST, SECOND] = ['2025-11-28', '2025-11-29'];
const HOSTILE = `"><img src=x onerror=alert(1)><script>alert('&')</script>`;
const FILE = { name: `币安人生USDT/${FIRST}_1m.csv`, bytes: 12_345 };

function pageOf(facts: Partial<DayFacts>, given: Partial<SymbolPage> = {}): string {
  const calendar = calendarOf({ 币安人生USDT: 'Cp' });
  const [row] = calendar.symbols;
  if (row === undefined) throw new Error('the calendar has a symbol');
  const all = { findings: [], findingCount: 0, files: [], ...facts };
  return symbolPage({
    calendar,
    row,
    facts: (date) => (date === FIRST ? all : undefined),
    page: (date) =>
      date === FIRST ? { has: 'page' } : { has: 'none', why: 'no page: the file is gone' },
    filesAt: '../my%20bars',
    ...given,
  });
}

function findings(count: number): DayFacts['findings'] {
  return Array.from({ length: count }, (_, index) => ({
    severity: 'warning',
    text: `outage ${index}`,
  }));
}

describe('a day', () => {
  test('leads to its page and its files', () => {
    const page = pageOf({ files: [FILE] });
    expect(hrefsOf(page)).toEqual([
      '../index.html',
      'index.html',
      `${FIRST}.html`,
      `#${SECOND}`,
      `${FIRST}.html`,
      `../../my%20bars/${encodeURIComponent('币安人生USDT')}/${FIRST}_1m.csv`,
    ]);
    const file = tagsOf(page).find(({ text }) => text === '1m.csv');
    expect(file?.attributes['title']).toBe(`${FILE.name}, 12,345 bytes`);
  });

  test('names its files where no link leads to them', () => {
    const page = pageOf({ files: [FILE] }, { filesAt: undefined });
    expect(hrefsOf(page).filter((href) => href.endsWith('.csv'))).toEqual([]);
    expect(textOf(page)).toContain('1m.csv');
    expect(textOf(page)).toContain('to which no relative link leads from here');
  });

  test('says why it has no page, and what is wrong with it', () => {
    const page = textOf(pageOf({}));
    expect(page).toContain(
      `${SECOND} partial, not good 50% it is partial no page: the file is gone`,
    );
    expect(page.indexOf(`${SECOND} partial`)).toBeLessThan(page.indexOf(`${FIRST} complete`));
  });

  test('folds all findings but the first, and counts those that are not listed', () => {
    const few = pageOf({ findings: findings(3), findingCount: 3 });
    expect(few).not.toContain('<details');
    const many = pageOf({ findings: findings(DAY_FINDINGS_MAX), findingCount: 1_234 });
    const [open = '', folded = ''] = textOf(many).split('1,234 findings in all');
    expect(open).toContain('outage 2');
    expect(open).not.toContain('outage 3');
    expect(folded).toContain(`outage ${DAY_FINDINGS_MAX - 1} … and 1,214 more`);
  });

  test('lets no text become markup', () => {
    const page = pageOf({
      findings: [{ severity: 'error', text: HOSTILE }],
      findingCount: 1,
      files: [{ name: `a/${HOSTILE}`, bytes: 1 }],
    });
    expect(page).not.toMatch(/<img|<script/u);
    expect(textOf(page)).toContain(HOSTILE);
  });
});

test('a link keeps the folders of a name and encodes the rest', () => {
  expect(linkTo('a b/币?#%/c.html')).toBe('a%20b/%E5%B8%81%3F%23%25/c.html');
});

describe('what a page was made from', () => {
  const entry: PublishedEntry = {
    status: 'complete',
    coverage: 1,
    files: [
      {
        kind: 'bars',
        format: 'csv',
        resolution: '1m',
        name: 'A/2025-11-28_1m.csv',
        bytes: 1,
        rows: 1,
        sha256: 'a'.repeat(64),
        crc32c: '00000000',
        fingerprint: 'f',
        generation: '1',
      },
    ],
    findings: [],
    checks: [{ check: 'bytes', ok: true, detail: '' }],
  };
  const [file] = entry.files;
  if (file === undefined) throw new Error('the entry lists a file');

  test.for<[string, PublishedEntry, string]>([
    ['bytes', { ...entry, files: [{ ...file, sha256: 'b'.repeat(64) }] }, '1'],
    ['another file', { ...entry, files: [file, { ...file, name: 'other' }] }, '1'],
    [
      'findings',
      { ...entry, findings: [{ code: 'outage', severity: 'warning', where: '', detail: '' }] },
      '1',
    ],
    ['coverage', { ...entry, coverage: 0.5 }, '1'],
    ['the program', entry, '2'],
  ])('changes with %s', ([, changed, program]) => {
    expect(sourceText(changed, program)).not.toBe(sourceText(entry, '1'));
  });

  test('does not change with a new generation of the same bytes', () => {
    const again = { ...entry, files: [{ ...file, generation: '2' }] };
    expect(sourceText(again, '1')).toBe(sourceText(entry, '1'));
  });
});
