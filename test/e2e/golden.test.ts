/**
 * Small recordings in `test/golden/CASE/in` and everything that a run publishes of them in `out`, byte
 * for byte. UPDATE_GOLDEN=1 writes `out`; it holds the code version, so a release rewrites it.
 */
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { differences, treeBytes, treeContents, writeGolden } from '../support/e2e/golden-folder.js';
import { type Options, runArgs, runExpecting } from '../support/e2e/run-flowbars.js';
import { published } from '../support/e2e/stored-files.js';
import { freshWorkdir, projectRoot } from '../support/workdir.js';

interface GoldenCase {
  readonly name: string;
  readonly options: Options;
  readonly code: number;
}

const GOLDEN = join(projectRoot, 'test/golden');
const GOLDEN_BYTES_MAX = 300_000;
const DAY = '2024-05-06';

const CASES: readonly GoldenCase[] = [
  {
    name: 'one-minute',
    options: { from: DAY, resolutions: '1h', expect: `${DAY}T00:00:00Z/${DAY}T00:00:20Z` },
    code: 0,
  },
  {
    name: 'across-midnight',
    options: { from: DAY, to: '2024-05-07', resolutions: '6h,1h' },
    code: 1,
  },
  {
    name: 'trades-only',
    options: {
      from: DAY,
      streams: 'trades',
      'sparse-trades': true,
      resolutions: '30m,4h',
      outputs: 'bars,signals',
      accept: 'overlap_unresolved',
    },
    code: 0,
  },
  {
    name: 'every-outcome',
    options: { from: DAY, resolutions: '1h', outputs: 'bars,signals', 'malformed-max': '1' },
    code: 1,
  },
];

describe('golden recordings', () => {
  for (const golden of CASES) {
    test(`${golden.name} is published as it was`, async () => await check(golden));
  }

  test('are all run, and small', () => {
    expect(readdirSync(GOLDEN).sort()).toEqual(CASES.map(({ name }) => name).sort());
    expect(treeBytes(GOLDEN)).toBeLessThan(GOLDEN_BYTES_MAX);
  });
});

test('a difference is named with its first line', () => {
  const golden = new Map(Object.entries({ a: '1\n2\n', b: '1\n', c: '1\n' }));
  const found = new Map(Object.entries({ a: '1\n3\n', b: '1\n', d: '1\n' }));
  expect(differences(golden, found)).toEqual([
    "different: a line 2: found '3', expected '2'",
    'missing: c',
    'unexpected: d',
  ]);
});

async function check({ name, options, code }: GoldenCase): Promise<void> {
  const workdir = freshWorkdir();
  cpSync(join(GOLDEN, name, 'in'), workdir.path('raw'), { recursive: true });
  await runExpecting(workdir, code, runArgs({ symbols: 'all', ...options }));
  const found = published(workdir);
  expect(found.size).toBeGreaterThan(2);
  const golden = join(GOLDEN, name, 'out');
  if (process.env['UPDATE_GOLDEN'] === '1') {
    writeGolden(workdir.path('out'), [...found.keys()], golden);
  }
  expect(existsSync(golden), `${golden}: UPDATE_GOLDEN=1 writes it`).toBe(true);
  expect(differences(treeContents(golden), found)).toEqual([]);
}
