/** A finished symbol-day as the stored quality report, against its JSON Schema. */
import { expect, test } from 'vitest';
import { buildReport } from '../../../src/core/day/build-report.js';
import type { DayEvidence } from '../../../src/core/day/day-evidence.js';
import { DAY_RULES, type DayRules } from '../../../src/core/rule/rule-table.js';
import { defaultRules } from '../../../src/core/rule/rules.js';
import { isPublishedReport } from '../../../src/core/stored/stored-shapes.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { productsFrom } from '../../support/day/products.js';

const START_MS = Date.UTC(2025, 11, 11);
const COUNTS = { rows: 3, malformed: 0, neighbour_day: 1, excluded: 0, duplicate: 0, used: 2 };
const MINUTES = { expected: 1_440, present: 1_440, missing: 0, unreadable: 0, overlapping: 0 };

const EVIDENCE: DayEvidence = {
  status: 'partial',
  trades: COUNTS,
  depth: { ...COUNTS, one_sided: 0, unordered: 0, crossed: 0, short: 0 },
  chunkMinutes: { trades: MINUTES, depth: MINUTES },
  levels: null,
  seed: { price: '63960.5', timeMs: START_MS - 1, object: 'o' },
  tradeIds: {
    rows_with_id: 0,
    first: null,
    last: null,
    missing: 0,
    gap_count: 0,
    gaps: [],
    proved_share: 0,
  },
  quoteRule: {
    trades: 0,
    above: 0,
    above_buyers: 0,
    below: 0,
    below_sellers: 0,
    clock_trades: 0,
    clock_agree: 0,
  },
  silence: {
    outages: [
      {
        kind: 'feed_down',
        fromMs: START_MS + 500,
        toMs: START_MS + 6_000,
        causes: [
          { cause: 'disconnected', ms: 5_000 },
          { cause: 'recorder_down', ms: 500 },
        ],
      },
    ],
    quietMs: 7_250,
    unproven: [{ fromMs: START_MS + 7_000, toMs: START_MS + 7_001 }],
    untraded: [],
  },
  expected: { fromMs: START_MS, toMs: START_MS + 86_400_000 },
  outageMs: 5_500,
  coverage: 0.999936,
  malformedRows: [],
  findings: [],
};

const RULES: DayRules = {
  ...defaultRules(DAY_RULES),
  ...productsFrom('1m'),
  sparseTrades: true,
  rawLayout: 'l',
  expect: { fromMs: START_MS, toMs: START_MS + 1_500 },
};

test('says times in UTC, spans in seconds and absence as null', () => {
  const report = buildReport({
    day: { symbol: symbolName('X', 'test'), date: utcDate('2025-12-11', 'test') },
    rules: RULES,
    codeVersion: '1',
    digest: (text) => `digest of ${text.length}`,
    dataset: undefined,
    evidence: EVIDENCE,
    inputs: [],
    sidecars: [],
    artifacts: [],
    fingerprint: 'f',
  });
  expect(isPublishedReport(report)).toBe(true);
  expect(report).toMatchObject({
    symbol: 'X',
    status: 'partial',
    dataset: null,
    levels: null,
    seed: { price: '63960.5', time: '2025-12-10T23:59:59.999Z', object: 'o' },
    outages: [
      {
        kind: 'feed_down',
        from: '2025-12-11T00:00:00.500Z',
        to: '2025-12-11T00:00:06.000Z',
        cause: 'disconnected',
        causes: [
          { cause: 'disconnected', seconds: 5 },
          { cause: 'recorder_down', seconds: 0.5 },
        ],
        seconds: 5.5,
      },
    ],
    quiet_seconds: 7.25,
    unproven_seconds: 0.001,
    expected_seconds: 86_400,
    outage_seconds: 5.5,
    options: {
      sparse_trades: true,
      expect: { from: '2025-12-11T00:00:00.000Z', to: '2025-12-11T00:00:01.500Z' },
    },
  });
});

test('stores an absent seed and an absent expected stretch as null', () => {
  const report = buildReport({
    day: { symbol: symbolName('X', 'test'), date: utcDate('2025-12-11', 'test') },
    rules: { ...RULES, expect: undefined },
    codeVersion: '1',
    digest: (text) => `digest of ${text.length}`,
    dataset: { market: 'usdm' },
    evidence: { ...EVIDENCE, seed: undefined },
    inputs: [],
    sidecars: [],
    artifacts: [],
    fingerprint: 'f',
  });
  expect([report.seed, report.options.expect, report.dataset]).toEqual([
    null,
    null,
    { market: 'usdm' },
  ]);
});
