/** The page of `flowbars scoreboard` where there is evidence: which lines show it, and what is said against it. */
import { expect, test } from 'vitest';
import { printScores, scoresSentence } from '../../../src/cli/pattern/scoreboard-page.js';
import { textWidth } from '../../../src/cli/screen/text-width.js';
import type { Scores } from '../../../src/core/score/pattern-documents.js';
import type { Score } from '../../../src/core/score/scoreboard-shape.js';
import { SCHEMA_VERSION } from '../../../src/core/shape/shape.js';
import { paperTerminal } from '../../support/readme/paper-terminal.js';

const COUNTS = { n: 12_345, ties: 1_234, hits: 6_789, up: 6_000, down: 6_345 };
const NONE = { n: 0, ties: 0, hits: 0, up: 0, down: 0 };

function score(horizonSeconds: number, changes: Partial<Score> = {}): Score {
  return {
    pattern: 'liquidity_vacuum',
    horizon_seconds: horizonSeconds,
    verdict: 'no evidence beyond its control',
    events: COUNTS,
    control: COUNTS,
    base: { up: 1, down: 1 },
    hit_rate: 0.55,
    control_hit_rate: 0.54,
    expected_hit_rate: 0.5,
    interval: { low: 0.535, high: 0.565 },
    mean_move_bps: '-123.4567',
    median_move_bps: '0.005',
    ...changes,
  };
}

function page(scores: readonly Score[]): { lines: string[]; sentence: string } {
  const pooled: Scores = {
    schema_version: SCHEMA_VERSION,
    symbols: ['A', 'B', 'C', 'D', 'E'],
    dates: ['2025-12-01', '2025-12-31'],
    symbol_days: 10,
    resampled: 'days',
    fee_bps: '0.25',
    scores,
    out: 'out',
    from: '2025-12-01',
    to: '2025-12-31',
    good: true,
    left_out: [],
    unreadable_manifests: [],
  };
  const { lines, world } = paperTerminal(80);
  printScores(pooled, { stretches: [], left: 0, unread: 0 }, world.stdout);
  expect(lines.filter((line) => textWidth(line) > 80)).toEqual([]);
  return { lines, sentence: scoresSentence(pooled) };
}

test('lines of evidence are named, with what is said against them', () => {
  const evidence = { verdict: 'evidence', interval: { low: 0.545, high: 0.9999 } } as const;
  const { lines, sentence } = page([
    score(10, { ...evidence, mean_move_bps: '0.2501' }),
    score(60, { ...evidence, control_hit_rate: 0.4, expected_hit_rate: 0.6 }),
    score(300),
  ]);
  expect(lines.slice(0, 10)).toEqual([
    '5 symbols, 2025-12-01 to 2025-12-31, 10 symbol-days: what followed each',
    '  pattern',
    '',
    '  after  events   ties    hits    interval  control  expected     mean  median',
    '───────  ──────  ─────  ──────  ──────────  ───────  ────────  ───────  ──────',
    'liquidity_vacuum: evidence at 10, 60 s: mean 0.25, -123.46 bps, fee 0.25;',
    '  no evidence beyond its control at 300 s',
    '   10 s  12,345  1,234  55.0 %  54.5–100.0   54.0 %    50.0 %     0.25    0.01',
    '   60 s  12,345  1,234  55.0 %  54.5–100.0   40.0 %    60.0 %  -123.46    0.01',
    '  300 s  12,345  1,234  55.0 %   53.5–56.5   54.0 %    50.0 %  -123.46    0.01',
  ]);
  const text = lines.join('\n').replaceAll(/\n +/gu, ' ');
  expect(text).toContain('costs 0.25 bps both ways, and only these means cover it:');
  expect(text).toContain('cover it: liquidity_vacuum at 10 s');
  expect(text).toContain('draws of whole days');
  expect(text).toContain('luck          of lines that mean nothing, at least one in 40');
  expect(text).toContain('not above expected: liquidity_vacuum at 60 s');
  expect(sentence).toBe(
    '10 symbol-days; 2 of 3 lines show evidence, 1 with a mean above the fee; out, 2025-12-01 to 2025-12-31',
  );
});

test('a pattern without events has no lines, and one without blocks no interval', () => {
  const nothing = {
    verdict: 'no events',
    events: NONE,
    hit_rate: null,
    interval: null,
    mean_move_bps: null,
    median_move_bps: null,
  } as const;
  const { lines } = page([
    ...[10, 60, 300].map((seconds) => score(seconds, nothing)),
    score(10, { pattern: 'whale', interval: null }),
    score(60, { pattern: 'whale', ...nothing, events: { ...NONE, ties: 3 } }),
  ]);
  expect(lines.slice(5, 10)).toEqual([
    'liquidity_vacuum: no events: its rule never held with a known outcome,',
    '  and that of its control did',
    'whale: no evidence beyond its control at 10 s; only ties at 60 s',
    '  10 s  12,345  1,234  55.0 %         –   54.0 %    50.0 %  -123.46    0.01',
    '  60 s       0      3       –         –   54.0 %    50.0 %        –       –',
  ]);
});

test.for<[string, Partial<Score>, string]>([
  ['too short a recording', { base: { up: 0, down: 0 } }, 'no half hour of known time before it'],
  [
    'a rule of 20 levels',
    {},
    'its cells are empty (it needs 20 levels a side) or its rule never held',
  ],
  [
    'a rule of the book',
    { pattern: 'absorption' },
    'its cells are empty (it needs the book) or its',
  ],
  [
    'a rule of minutes',
    { pattern: 'whale' },
    'an hour of known minutes before it is missing or its',
  ],
])('says why there are no events: %s', ([, changes, reason]) => {
  const nothing = { verdict: 'no events', events: NONE, control: NONE } as const;
  const { lines } = page([score(10, { ...nothing, ...changes })]);
  const text = lines.join('\n').replaceAll(/\n +/gu, ' ');
  expect(text).toContain(`: no events: ${reason}`);
  expect(text).toContain('docs/SIGNALS.md#patterns');
  expect(text).not.toContain('interval');
});
