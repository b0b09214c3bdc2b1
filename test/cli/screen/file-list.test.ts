/** The files of a run: each kind by itself, a few of each. */
import { expect, test } from 'vitest';
import { FILES_LISTED_MAX, namedFiles, printFiles } from '../../../src/cli/screen/file-list.js';
import { artifactName, qualityName } from '../../../src/core/stored/output-names.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { addDays, utcDate } from '../../../src/core/unit/utc-date.js';
import { wantedFrom } from '../../support/day/products.js';

const DATE = utcDate('2025-12-11', 'test');

function filesOf(index: number): { readonly files: string[] } {
  const day = { symbol: symbolName('X', 'test'), date: addDays(DATE, index) };
  const names = wantedFrom('1s,1m', 'bars,signals,patterns').map(({ kind, resolution }) =>
    artifactName(day, kind, resolution?.name ?? null),
  );
  return { files: [...names, qualityName(day)] };
}

function run(days: number): Parameters<typeof namedFiles>[0] {
  const records = Array.from({ length: days }, (_, index) => filesOf(index));
  return { runId: 'r', outRoot: 'out', records, hasSummary: true, manifestDates: [DATE] };
}

function page(days: number): string[] {
  let text = '';
  printFiles(run(days), {
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

test('a page lists a few files of each kind', () => {
  const days = FILES_LISTED_MAX + 1;
  const omitted = page(days).filter((line) => line.startsWith('…'));
  const ofGrids = 2 * days - FILES_LISTED_MAX;
  const expected = [ofGrids, ofGrids, 1, 1, 1];
  expect(omitted).toEqual(expected.map((count) => `… and ${count} more like these`));
});

test('a log names reports and manifests alone', () => {
  expect(namedFiles(run(2))).toBe(
    'summary _manifest/runs/r/summary.json, manifest _manifest/2025-12-11.json, ' +
      'reports {SYMBOL}/{DATE}_quality.json',
  );
});
