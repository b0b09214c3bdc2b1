/** A quality report gives back the rules that the symbol-day was computed by. */
import { expect, test } from 'vitest';
import { DAY_RULES } from '../../../src/core/rule/rule-table.js';
import { defaultRules } from '../../../src/core/rule/rules.js';
import { publishedRules, unpublishedRules } from '../../../src/core/stale/published-rules.js';
import { aggregateSymbolDay } from '../../../src/jobs/aggregate/aggregate-symbol-day.js';
import { readPublishedReport } from '../../../src/jobs/stored/read-report.js';
import {
  aggregateOptions,
  SMALL_DAY,
  type SmallOptions,
  smallWorld,
} from '../../support/day/aggregating.js';

const NONE = { resolutions: [], outputs: [], formats: [] };
const FROM_MS = Date.UTC(2025, 11, 11, 9);

test.for<[string, SmallOptions]>([
  ['as they are by default', {}],
  ['with other minutes and holes', { rules: { edgeMinutes: 5, seedMinutes: 9, holeMinMs: 7_000 } }],
  ['of a recording with depth', { rules: { streams: 'both', sparseTrades: false } }],
  ['with an expectation', { rules: { expect: { fromMs: FROM_MS, toMs: FROM_MS + 90_500 } } }],
  ['with another share of malformed rows', { rules: { malformedMax: 0.25 } }],
  ['with several resolutions', { resolutions: '1h,6h,1d' }],
])('%s', async ([, options]) => {
  const { effects } = smallWorld();
  const given = aggregateOptions(options);
  await aggregateSymbolDay(SMALL_DAY, given, effects);
  const { report: published } = await readPublishedReport(SMALL_DAY, effects);
  if (published === undefined) throw new Error('nothing is published');
  expect(publishedRules(published)).toEqual(given.rules);
});

test('an empty day has no products', async () => {
  const { effects } = smallWorld({});
  const given = aggregateOptions({ resolutions: '1h,6h' });
  await aggregateSymbolDay(SMALL_DAY, given, effects);
  const { report: published } = await readPublishedReport(SMALL_DAY, effects);
  if (published === undefined) throw new Error('nothing is published');
  expect(publishedRules(published)).toEqual({ ...given.rules, ...NONE });
});

test('an unpublished day has the known rules, else the defaults', () => {
  const defaults = { ...defaultRules(DAY_RULES), ...NONE };
  expect(unpublishedRules()).toEqual(defaults);
  expect(unpublishedRules({ holeMinMs: 7_000 })).toEqual({ ...defaults, holeMinMs: 7_000 });
});
