/** The files of a symbol-day before and after a repair: bars by their values, the others by their checksums. */
import { expect, test } from 'vitest';
import type { FileName } from '../../../src/core/stored/artifacts.js';
import type { Artifact } from '../../../src/core/stored/quality-report.js';
import { type DayState, keptFiles } from '../../../src/jobs/look/day-state.js';
import { comparePublished, keepPublished } from '../../../src/jobs/repair/compare-published.js';
import { smallWorld } from '../../support/day/aggregating.js';
import { madeUpArtifact } from '../../support/day/made-up-artifact.js';
import { repairWorld } from '../../support/operate/repairing.js';

const BARS: FileName = { kind: 'bars', resolution: '6h', format: 'csv' };
const SIGNALS: FileName = { kind: 'signals', resolution: '6h', format: 'csv' };
const PATTERNS: FileName = { kind: 'patterns', resolution: null, format: 'csv' };
const TYPED: FileName = { ...BARS, format: 'parquet' };
const SCOREBOARD: FileName = { kind: 'scoreboard', resolution: null, format: 'json' };

function stateOf(artifacts: readonly Artifact[]): DayState {
  return { status: 'complete', coverage: 1, trades: 3, artifacts };
}

const BEFORE = stateOf([
  madeUpArtifact(BARS, 'bars'),
  madeUpArtifact(TYPED, 'typed bars'),
  madeUpArtifact(SIGNALS, 'signals'),
  madeUpArtifact(PATTERNS, 'patterns'),
]);

test('says of each file beside the bars whether its bytes changed', async () => {
  const after = stateOf([
    madeUpArtifact(BARS, 'bars'),
    madeUpArtifact(TYPED, 'other typed bars'),
    madeUpArtifact(SIGNALS, 'other signals'),
    madeUpArtifact(PATTERNS, 'patterns'),
    madeUpArtifact(SCOREBOARD, 'scoreboard'),
  ]);
  const { kept } = repairWorld();
  const compared = await comparePublished({ before: BEFORE, after }, kept, smallWorld().effects);
  expect(compared.bars).toMatchObject([{ resolution: '6h', different: 0 }]);
  expect(compared.files).toEqual([
    { ...TYPED, changed: true },
    { ...SIGNALS, changed: true },
    { ...PATTERNS, changed: false },
    { ...SCOREBOARD, changed: null },
  ]);
});

test('compares signals with nothing where no report could be read', async () => {
  const { kept } = repairWorld();
  const states = { before: undefined, after: BEFORE };
  const { files } = await comparePublished(states, kept, smallWorld().effects);
  expect(files.map(({ changed }) => changed)).toEqual([null, null, null]);
});

test('keeps the bars alone, which alone are compared by their values', async () => {
  const { kept, out } = repairWorld();
  for (const { name, kind } of BEFORE.artifacts) out.put(name, kind);
  await keepPublished(BEFORE, kept, out);
  expect([...kept.files.keys()]).toEqual(['BTCUSDT/2025-12-11_6h.csv']);
  expect(keptFiles(BEFORE).map(({ name }) => name)).toEqual([...kept.files.keys()]);
  expect(keptFiles(undefined)).toEqual([]);
});
