/** `flowbars inspect` on a scoreboard: the lines with events, each beside its control. */
import { expect, test } from 'vitest';
import type { Scoreboard } from '../../../src/core/score/scoreboard-shape.js';
import { SCHEMA_VERSION } from '../../../src/core/shape/shape.js';
import { freshWorkdir } from '../../support/workdir.js';

const NAME = '2025-12-11_scoreboard.json';
const NONE = { n: 0, ties: 0, hits: 0, up: 0, down: 0 };
const QUIET: Scoreboard['scores'][number] = {
  pattern: 'absorption',
  horizon_seconds: 10,
  verdict: 'no events',
  events: NONE,
  control: NONE,
  base: { up: 0, down: 0 },
  hit_rate: null,
  control_hit_rate: null,
  expected_hit_rate: null,
  interval: null,
  mean_move_bps: null,
  median_move_bps: null,
  half_hours: [],
};
const SEEN: Scoreboard['scores'][number] = {
  ...QUIET,
  pattern: 'whale',
  horizon_seconds: 300,
  verdict: 'no evidence beyond its control',
  events: { n: 4, ties: 1, hits: 3, up: 4, down: 0 },
  control: { n: 8, ties: 0, hits: 5, up: 8, down: 0 },
  hit_rate: 0.75,
  control_hit_rate: 0.625,
  median_move_bps: '1.5',
};
const SCOREBOARD: Scoreboard = {
  schema_version: SCHEMA_VERSION,
  symbol: 'BTCUSDT',
  date: '2025-12-11',
  fee_bps: '10',
  scores: [
    QUIET,
    {
      ...SEEN,
      horizon_seconds: 10,
      verdict: 'evidence',
      events: { n: 40, ties: 0, hits: 12, up: 40, down: 0 },
      hit_rate: 0.3,
      expected_hit_rate: 0.5,
      interval: { low: 0.2, high: 0.6001 },
      mean_move_bps: '0.2501',
    },
    { ...QUIET, pattern: 'whale', horizon_seconds: 60, events: { ...NONE, ties: 2 } },
    SEEN,
  ],
};

test('shows the lines of a scoreboard that have events', async () => {
  const workdir = freshWorkdir();
  workdir.write(NAME, JSON.stringify(SCOREBOARD));
  const told = await workdir.run(['inspect', NAME]);
  expect(told).toMatchObject({ code: 0, stderr: '' });
  const [, kind, , ...lines] = told.stdout.split('\n');
  expect(kind).toMatch(/kind +scoreboard, plain$/u);
  expect(lines).toEqual([
    '  of           BTCUSDT 2025-12-11',
    '  fee          10 bps',
    '  whale 10 s   30% of 40 (20% to 60.01%), control 62.5%, expected 50%: evidence, mean 0.25 bps, fee',
    '               10',
    '  whale 60 s   2 ties, control none: only ties',
    '  whale 300 s  hits 3 of 4, 1 tie, control 5 of 8: no evidence beyond its control',
    '  no events    absorption: no half hour of known time before it',
    '               see docs/SIGNALS.md#patterns',
    '',
  ]);
  const { stdout } = await workdir.run(['inspect', NAME, '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    kind: 'scoreboard',
    scores: [
      { pattern: 'absorption', events: { n: 0 }, hit_rate: null },
      { horizon_seconds: 10, interval: { low: 0.2, high: 0.6001 } },
      { horizon_seconds: 60, events: { n: 0, ties: 2 } },
      { pattern: 'whale', events: { n: 4 }, hit_rate: 0.75, median_move_bps: '1.5' },
    ],
  });
});

test('refuses one that lacks a field', async () => {
  const workdir = freshWorkdir();
  workdir.write(NAME, JSON.stringify({ ...SCOREBOARD, fee_bps: undefined }));
  const told = await workdir.run(['inspect', NAME]);
  expect(told).toMatchObject({ code: 1, stdout: '' });
  expect(told.stderr).toContain('quality report, manifest or scoreboard: found other fields');
});
