/** The files that a quality report lists: each kind under its name, once, and all that were asked for. */
import { describe, expect, test } from 'vitest';
import { checkReport, listedGrids } from '../../../src/core/check/day-files.js';
import type { FileName } from '../../../src/core/stored/artifacts.js';
import type { Artifact, QualityReport } from '../../../src/core/stored/quality-report.js';
import { isPublishedReport } from '../../../src/core/stored/stored-shapes.js';
import { SMALL_DAY } from '../../support/day/aggregating.js';
import { madeUpArtifact } from '../../support/day/made-up-artifact.js';
import { wantedFrom } from '../../support/day/products.js';
import { publish, PUBLISHED_DAY } from '../../support/day/published-day.js';
import { openMemoryStore } from '../../support/memory-store.js';
import { schemaErrors } from '../../support/schema/schemas.js';

const FILES: readonly FileName[] = [
  { kind: 'bars', resolution: '1s', format: 'csv' },
  { kind: 'bars', resolution: '1m', format: 'csv' },
  { kind: 'signals', resolution: '1m', format: 'csv' },
  { kind: 'signals', resolution: '1s', format: 'csv' },
  { kind: 'patterns', resolution: null, format: 'csv' },
  { kind: 'scoreboard', resolution: null, format: 'json' },
];
const ALL = FILES.map((file) => madeUpArtifact(file, file.kind));

function reportOf(
  artifacts: readonly Artifact[],
  status: QualityReport['status'] = 'complete',
): QualityReport {
  return publish(openMemoryStore(), { ...PUBLISHED_DAY, report: { artifacts, status } });
}

/** The details of what fails, joined. */
function broken(report: QualityReport, outputs = 'bars,signals,patterns'): string {
  if (!isPublishedReport(report)) throw new Error('no report that is published');
  const expected = { name: 'Q', symbolDay: SMALL_DAY, wanted: wantedFrom('1s,1m', outputs) };
  return checkReport(report, expected)
    .filter(({ ok }) => !ok)
    .map(({ detail }) => detail)
    .join('; ');
}

/** The files, with other words for one kind. */
function withPatterns(changes: Partial<Artifact>): Artifact[] {
  return ALL.map((one) => (one.kind === 'patterns' ? { ...one, ...changes } : one));
}

describe('a report', () => {
  test('lists files of all kinds', () => {
    const report = reportOf(ALL);
    expect(schemaErrors('quality', report)).toEqual([]);
    expect(broken(report)).toBe('');
  });

  test('may list more than was asked for', () => {
    expect(broken(reportOf(ALL), 'signals')).toBe('');
  });

  test.for<[what: string, artifacts: readonly Artifact[], detail: string]>([
    ['lacks signals', ALL.filter(({ kind }) => kind !== 'signals'), "expected '1s signals'"],
    ['lacks a scoreboard', ALL.slice(0, -1), "found 'no such file', expected 'scoreboard'"],
    ['has patterns twice', [...ALL, ...ALL.slice(4, 5)], "found 'patterns twice'"],
    ['has patterns of a resolution', withPatterns({ resolution: '1s' }), "expected 'none'"],
    ['has another name', withPatterns({ name: 'x' }), '2025-12-11_patterns.csv'],
    [
      'has bars without a resolution',
      [...ALL, madeUpArtifact({ kind: 'bars', resolution: null, format: 'csv' }, '')],
      "found 'none', expected 'a resolution'",
    ],
    ['lists nothing', [], "found 'no file', expected 'at least one'"],
  ])('that %s is refused', ([, artifacts, detail]) => {
    expect(broken(reportOf(artifacts))).toContain(detail);
  });

  test('of an empty day lists no file of any kind', () => {
    expect(broken(reportOf([], 'empty'))).toBe('');
    expect(broken(reportOf(ALL.slice(4), 'empty'))).toContain(
      "found '2 files', expected '0 files'",
    );
  });
});

test.for(['bars', 'signals'] as const)('listed %s come finest first', (kind) => {
  const report = reportOf(ALL);
  if (!isPublishedReport(report)) throw new Error('no report that is published');
  const grids = listedGrids(report, kind);
  expect(grids.map(({ resolution }) => resolution.name)).toEqual(['1s', '1m']);
  expect(grids.map(({ artifact }) => artifact.kind)).toEqual([kind, kind]);
});
