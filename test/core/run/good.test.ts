import { expect, test } from 'vitest';
import { finding } from '../../../src/core/finding/finding-list.js';
import { type GoodRule, shortfall } from '../../../src/core/run/good.js';
import type { RunRecord } from '../../../src/core/stored/manifest.js';
import { PUBLISHED_DAY, runRecord } from '../../support/day/published-day.js';

const DOUBT = { code: 'overlap_unresolved', severity: 'warning', where: '', detail: '' } as const;
const RULE: GoodRule = { coverageMin: 0.99, allowEmpty: [] };

test.for<[string, Partial<RunRecord>, Partial<GoodRule>, string | undefined]>([
  ['a complete day', {}, {}, undefined],
  ['an unchanged complete day', { outcome: 'unchanged' }, {}, undefined],
  ['a partial day at the limit', { status: 'partial', coverage: 0.99 }, {}, undefined],
  [
    'a partial day below it',
    { status: 'partial', coverage: 0.989999 },
    {},
    'coverage 0.989999 is below 0.99',
  ],
  [
    'a partial day below another limit',
    { status: 'partial', coverage: 0.5 },
    { coverageMin: 0.5 },
    undefined,
  ],
  [
    'a partial day with a warning',
    { status: 'partial', coverage: 1, findings: [finding('outage', 'x', '')] },
    {},
    undefined,
  ],
  [
    'an empty day of a found symbol with an error',
    { status: 'empty', findings: [finding('rows_unusable', 'trades', '')] },
    { allowEmpty: 'found' },
    'published with the error rows_unusable',
  ],
  ['an empty day', { status: 'empty', coverage: 0 }, {}, 'the day is empty'],
  ['an empty day of a found symbol', { status: 'empty' }, { allowEmpty: 'found' }, undefined],
  [
    'an empty day of a found symbol whose chunks cannot be read',
    { status: 'empty', findings: [finding('chunk_unreadable', 'x.csv', '')] },
    { allowEmpty: 'found' },
    'the day is empty, its chunks are unreadable',
  ],
  [
    'an empty day of a named symbol',
    { status: 'empty' },
    { allowEmpty: ['X', 'BTCUSDT'] },
    undefined,
  ],
  [
    'an empty day of another symbol',
    { status: 'empty' },
    { allowEmpty: ['X'] },
    'the day is empty',
  ],
  [
    'a partial day with an error, whatever its coverage',
    { status: 'partial', coverage: 1, findings: [{ ...DOUBT, severity: 'error' }] },
    {},
    'published with the error overlap_unresolved',
  ],
  [
    'a partial day with the same as a warning',
    { status: 'partial', coverage: 1, findings: [DOUBT] },
    {},
    undefined,
  ],
  ['a failed day, whatever is still published', { outcome: 'failed' }, {}, 'the outcome is failed'],
  ['an error', { outcome: 'error', status: null }, { allowEmpty: 'found' }, 'the outcome is error'],
  ['a day that was not verified', { finalized: false }, {}, 'the final step has not checked it'],
  ['a day without a status', { status: null }, {}, 'no published status is known'],
])('%s', ([, record, rule, expected]) => {
  const day = { ...PUBLISHED_DAY, record: { finalized: true, ...record } };
  expect(shortfall(runRecord(day), { ...RULE, ...rule })).toBe(expected);
});
