/** The files of a run: those of a symbol-day together, of many days the first. */
import { expect, test } from 'vitest';
import { FILES_LISTED_MAX, namedFiles, printFiles } from '../../../src/cli/screen/file-list.js';
import { artifactName, qualityName } from '../../../src/core/stored/output-names.js';
import { identityOf } from '../../../src/core/stored/artifacts.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { addDays, utcDate } from '../../../src/core/unit/utc-date.js';
import { wantedFrom } from '../../support/day/products.js';

const DATE = utcDate('2025-12-11', 'test');

function filesOf(index: number, outputs = 'bars,signals,patterns'): { readonly files: string[] } {
  const day = { symbol: symbolName('X', 'test'), date: addDays(DATE, index) };
  const names = wantedFrom('1s,1m', outputs).map((file) => artifactName(day, identityOf(file)));
  return { files: [...names, qualityName(day)] };
}

function run(days: number): Parameters<typeof namedFiles>[0] {
  const records = Array.from({ length: days }, (_, index) => filesOf(index));
  return { runId: 'r', outRoot: 'out', records, hasSummary: true, manifestDates: [DATE] };
}

function page(days: number, shown = run(days)): string[] {
  let text = '';
  printFiles(shown, {
    isTty: true,
    columns: () => 80,
    rows: () => 24,
    write: (written) => {
      text += written;
    },
    paint: (_style, painted) => painted,
    redraw: () => undefined,
  });
  return text.trimEnd().split('\n');
}

test('a page lists every file of one day', () => {
  expect(page(1)).toEqual([
    'out/X/2025-12-11_1s.csv',
    'out/X/2025-12-11_1m.csv',
    'out/X/2025-12-11_1s_signals.csv',
    'out/X/2025-12-11_1m_signals.csv',
    'out/X/2025-12-11_patterns.csv',
    'out/X/2025-12-11_scoreboard.json',
    'out/X/2025-12-11_quality.json',
    'out/_manifest/2025-12-11.json',
    'out/_manifest/runs/r/summary.json',
  ]);
});

test.for([
  [2, '… and 7 more like these, of 1 symbol-day'],
  [4, '… and 21 more like these, of 3 symbol-days'],
] as const)('a page lists the files of the first of %i days', ([days, omitted]) => {
  const manifest = page(1).slice(-2);
  expect(page(days)).toEqual([...page(1).slice(0, -2), omitted, ...manifest]);
});

test('a page lists as many days as it has room for', () => {
  const bars = Array.from({ length: 5 }, (_, index) => filesOf(index, 'bars'));
  const lines = page(5, { ...run(5), records: bars });
  expect(lines.slice(0, 7)).toEqual([
    'out/X/2025-12-11_1s.csv',
    'out/X/2025-12-11_1m.csv',
    'out/X/2025-12-11_quality.json',
    'out/X/2025-12-12_1s.csv',
    'out/X/2025-12-12_1m.csv',
    'out/X/2025-12-12_quality.json',
    '… and 9 more like these, of 3 symbol-days',
  ]);
});

test('a page lists a few manifests', () => {
  const dates = Array.from({ length: FILES_LISTED_MAX + 3 }, (_, index) => addDays(DATE, index));
  const lines = page(1, { ...run(1), manifestDates: dates });
  expect(lines.at(-2)).toBe('… and 3 more like these');
});

test('a log names reports and manifests alone', () => {
  expect(namedFiles(run(2))).toBe(
    'summary _manifest/runs/r/summary.json, manifest _manifest/2025-12-11.json, ' +
      'reports {SYMBOL}/{DATE}_quality.json',
  );
});
