import { describe, expect, test } from 'vitest';
import type { Finding, FindingCode } from '../../../src/core/finding/finding.js';
import { finding } from '../../../src/core/finding/finding-list.js';
import { firstFinding, updateManifest } from '../../../src/core/run/manifest-update.js';
import type { LastAttempt, PublishedEntry } from '../../../src/core/stored/manifest.js';

const published = (coverage: number): PublishedEntry => ({
  status: 'partial',
  coverage,
  files: [],
  findings: [],
  checks: [],
});
const attempt: LastAttempt = { run_id: 'r', outcome: 'failed', first_finding: null };
const update = { date: '2025-12-11', codeVersion: '2', dataset: null, symbols: [] };
const before = updateManifest(undefined, {
  ...update,
  codeVersion: '1',
  dataset: { market: 'usdm' },
  symbols: [
    { symbol: 'B', published: published(0.5) },
    { symbol: 'A', published: null, last_attempt: attempt },
  ],
});

describe('the manifest of a day', () => {
  test('is sorted by symbol, and shows what was never published', () => {
    expect(before.symbols).toEqual([
      { symbol: 'A', published: null, last_attempt: attempt },
      { symbol: 'B', published: published(0.5) },
    ]);
  });

  test('keeps what is published when an attempt fails, and forgets the attempt when one succeeds', () => {
    const failed = updateManifest(before, {
      ...update,
      symbols: [{ symbol: 'B', published: null, last_attempt: attempt }],
    });
    expect(failed.symbols[1]).toEqual({
      symbol: 'B',
      published: published(0.5),
      last_attempt: attempt,
    });
    const good = { symbol: 'B', published: published(0.75) };
    expect(updateManifest(failed, { ...update, symbols: [good] }).symbols[1]).toEqual(good);
  });

  test('keeps entries of other symbols and the dataset', () => {
    const good = { symbol: 'C', published: published(1) };
    const next = updateManifest(before, { ...update, symbols: [good] });
    expect(next.symbols).toEqual([...before.symbols, good]);
    expect(next.symbols[0]).toBe(before.symbols[0]);
    expect(next).toMatchObject({ dataset: { market: 'usdm' }, code_version: '2' });
  });

  test('is the same object if no entry changes', () => {
    const same = { symbol: 'B', published: published(0.5) };
    expect(updateManifest(before, { ...update, symbols: [same] })).toBe(before);
  });
});

const of = (code: FindingCode): Finding => finding(code, code, '');

test('the first finding is what tells most', () => {
  const ranked = [
    of('check_failed'),
    of('inputs_vanished'),
    of('limit_reached'),
    of('too_many_malformed'),
    of('chunk_unreadable'),
    of('stream_silent'),
    of('no_data'),
    of('outage'),
    of('malformed_rows'),
    of('trade_ids_missing'),
  ];
  for (const [index, first] of ranked.entries()) {
    expect(firstFinding(ranked.slice(index).toReversed())).toBe(first);
  }
  const [longest, shorter] = [of('outage'), of('outage')];
  expect(firstFinding([longest, shorter])).toBe(longest);
  expect(firstFinding([])).toBeNull();
});
