import { describe, expect, test } from 'vitest';
import type { CalendarState } from '../../../src/core/calendar/calendar-shape.js';
import {
  type ManifestView,
  type RawView,
  stateByManifest,
  stateByRaw,
  stateOfUnknown,
  staleBySeed,
} from '../../../src/core/calendar/calendar-state.js';
import type { Finding } from '../../../src/core/finding/finding.js';
import type { LastAttempt, PublishedEntry } from '../../../src/core/stored/manifest.js';

const OUTAGE: Finding = {
  code: 'outage',
  severity: 'warning',
  where: '10:00/10:05',
  detail: 'feed_down for 300 s',
};
const IDS: Finding = { ...OUTAGE, code: 'trade_ids_missing', severity: 'info', detail: '3 ids' };
const COMPLETE: PublishedEntry = {
  status: 'complete',
  coverage: 1,
  files: [],
  findings: [IDS],
  checks: [],
};
const PARTIAL: PublishedEntry = {
  ...COMPLETE,
  status: 'partial',
  coverage: 0.9965,
  findings: [IDS, OUTAGE],
};
const FAILED: LastAttempt = { run_id: 'r2', outcome: 'failed', first_finding: OUTAGE };
const OUTAGE_TEXT = 'outage: feed_down for 300 s (10:00/10:05)';

function entry(published: PublishedEntry | null, attempt?: LastAttempt): ManifestView {
  const symbol = 'BTCUSDT';
  return attempt === undefined
    ? { found: 'entry', entry: { symbol, published } }
    : { found: 'entry', entry: { symbol, published, last_attempt: attempt } };
}

describe('by its manifest a symbol-day is', () => {
  test.for<[string, ManifestView, object]>([
    ['complete', entry(COMPLETE), { state: 'complete', coverage: 1, detail: '' }],
    [
      'partial, for its outage',
      entry(PARTIAL),
      { state: 'partial', coverage: 0.9965, published_status: 'partial', detail: OUTAGE_TEXT },
    ],
    [
      'empty',
      entry({ ...COMPLETE, status: 'empty', coverage: 0, findings: [] }),
      { state: 'empty', coverage: 0, published_status: 'empty', detail: '' },
    ],
    [
      'missing without a manifest',
      { found: 'no_manifest' },
      { state: 'missing', coverage: null, detail: 'the day has no manifest' },
    ],
    [
      'missing without an entry',
      { found: 'no_entry' },
      { state: 'missing', published_status: null, detail: 'the manifest has no entry' },
    ],
    [
      'missing where the entry lists nothing',
      entry(null),
      { state: 'missing', detail: 'nothing is published' },
    ],
    [
      'unreadable with its manifest',
      { found: 'unreadable', detail: 'no JSON' },
      { state: 'unreadable', coverage: null, detail: 'no JSON' },
    ],
    [
      'failed by its last attempt, and keeps what is published',
      entry(COMPLETE, FAILED),
      {
        state: 'failed',
        coverage: 1,
        published_status: 'complete',
        last_attempt: { run_id: 'r2', outcome: 'failed' },
        detail: OUTAGE_TEXT,
      },
    ],
    [
      'failed where nothing was ever published and nothing says why',
      entry(null, { run_id: 'r2', outcome: 'error', first_finding: null }),
      { state: 'failed', published_status: null, detail: 'run r2 ended as error' },
    ],
  ])('%s', ([, view, expected]) => {
    const stated = stateByManifest(view);
    expect(stated).toMatchObject(expected);
    expect('last_attempt' in stated).toBe('last_attempt' in expected || stated.state === 'failed');
  });
});

describe('a look at the raw root', () => {
  const partial = stateByManifest(entry(PARTIAL));

  test('that finds the same changes nothing', () => {
    expect(stateByRaw(entry(PARTIAL), { found: 'same' })).toEqual(partial);
  });

  test.for<[string, RawView, object]>([
    [
      'a change makes it stale and keeps what is published',
      { found: 'changed', detail: '1 object added (x)' },
      { ...partial, state: 'stale', detail: '1 object added (x)' },
    ],
    [
      'reports objects that are gone and keeps the state',
      { found: 'gone', objects: 2 },
      {
        ...partial,
        gone_objects: 2,
        detail: `${OUTAGE_TEXT}; 2 raw objects gone since publication, none added`,
      },
    ],
    [
      'is stale if other files are damaged',
      { found: 'gone', objects: 1, damage: 'x is not what is listed' },
      {
        ...partial,
        state: 'stale',
        gone_objects: 1,
        detail: 'x is not what is listed; 1 raw object gone since publication, none added',
      },
    ],
    [
      'what cannot be computed has failed',
      { found: 'refused', detail: 'too many objects' },
      { ...partial, state: 'failed', detail: 'too many objects' },
    ],
  ])('%s', ([, raw, expected]) => {
    expect(stateByRaw(entry(PARTIAL), raw)).toEqual(expected);
  });

  test.for<[string, ManifestView, boolean, CalendarState, string]>([
    [
      'is missing where chunks are recorded',
      { found: 'no_entry' },
      true,
      'missing',
      'chunks are recorded, but nothing is published',
    ],
    [
      'is none if the run of the day did not know the symbol',
      { found: 'no_entry' },
      false,
      'none',
      'nothing is recorded',
    ],
    [
      'is missing without a manifest: the recorder may be dead',
      { found: 'no_manifest' },
      false,
      'missing',
      'no manifest, and nothing recorded',
    ],
    [
      'is missing where the run of the day knew the symbol',
      entry(null),
      false,
      'missing',
      'nothing is published, and nothing recorded',
    ],
  ])('at a day that is not published %s', ([, view, hasChunks, state, detail]) => {
    expect(stateByRaw(view, { found: 'unpublished', hasChunks })).toMatchObject({ state, detail });
  });
});

test('an unknown symbol is missing, with a suggestion', () => {
  const none = stateByRaw({ found: 'no_entry' }, { found: 'unpublished', hasChunks: false });
  expect(stateOfUnknown(none, { live: true, closest: undefined })).toMatchObject({
    state: 'missing',
    detail: 'no manifest of these days has such a symbol, and nothing is recorded for it',
  });
  expect(stateOfUnknown(none, { live: false, closest: 'BTCUSDT' }).detail).toBe(
    "no manifest of these days has such a symbol (is it 'BTCUSDT'?)",
  );
});

test('a seed that differs from the last price before it makes a day stale', () => {
  const stated = staleBySeed(stateByManifest(entry(COMPLETE)), {
    code: 'seed_mismatch',
    severity: 'warning',
    where: 'BTCUSDT/2025-12-11_quality.json',
    detail: 'the seed is not the last price',
  });
  expect(stated).toMatchObject({
    state: 'stale',
    published_status: 'complete',
    detail: 'seed_mismatch: the seed is not the last price (BTCUSDT/2025-12-11_quality.json)',
  });
});

describe('a day that no run can publish', () => {
  const nothing = { found: 'unpublished', hasChunks: false } as const;

  test('has no chunks, an unknown symbol, or chunks that no longer exist', () => {
    const unrecorded = stateByRaw({ found: 'no_manifest' }, nothing);
    const unknown = stateOfUnknown(unrecorded, { live: false, closest: undefined });
    const first_finding = {
      code: 'inputs_vanished',
      severity: 'error',
      where: 'A 2025-12-11',
      detail: 'bars are published',
    } as const;
    const last_attempt = { run_id: 'r1', outcome: 'failed', first_finding } as const;
    const vanished = stateByManifest({
      found: 'entry',
      entry: { symbol: 'A', published: null, last_attempt },
    });
    for (const day of [unrecorded, unknown, vanished]) expect(day.beyond_runs).toBe(true);
  });

  test('is neither a day without a run nor one that failed for another reason', () => {
    const recorded = stateByRaw(
      { found: 'no_manifest' },
      { found: 'unpublished', hasChunks: true },
    );
    const last_attempt = { run_id: 'r1', outcome: 'error', first_finding: null } as const;
    const failed = stateByManifest({
      found: 'entry',
      entry: { symbol: 'A', published: null, last_attempt },
    });
    for (const day of [recorded, failed]) expect(day.beyond_runs).toBeUndefined();
  });
});
