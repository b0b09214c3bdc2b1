/** What the final step reads of symbol-days that are unchanged since they were published. */
import { describe, expect, test } from 'vitest';
import { SCHEMA_VERSION } from '../../../src/core/shape/shape.js';
import { RECORD, runAgain, type Watched, watchedWith } from '../../support/day/carrying.js';
import {
  finalize,
  HOURS,
  manifest,
  MANIFEST,
  published,
  QUALITY,
  record,
  SIXES,
} from '../../support/day/finalizing.js';
import { PUBLISHED_DAY, publish } from '../../support/day/published-day.js';
import { resealed } from '../../support/day/resealed.js';
import type { MemoryStore } from '../../support/memory-store.js';

const ALL_FILES = [QUALITY, HOURS, SIXES];

describe('a symbol-day that is stored as its manifest lists it', () => {
  test('is carried on without reading a file, by one listing', async () => {
    const watched = watchedWith([{ report: { status: 'partial', coverage: 0.75 } }]);
    await finalize(watched.out);
    expect(watched.read).toEqual(expect.arrayContaining(ALL_FILES));
    const before = watched.out.text(MANIFEST);
    await runAgain(watched, { record: { status: null, coverage: null } });
    expect(watched.read).toEqual([]);
    expect(watched.listed).toEqual(['BTCUSDT/2025-12-']);
    expect(watched.out.text(MANIFEST)).toBe(before);
    expect(record(watched.out, RECORD)).toMatchObject({
      outcome: 'unchanged',
      status: 'partial',
      coverage: 0.75,
      finalized: true,
    });
  });

  test('is carried on where it is empty', async () => {
    const report = { status: 'empty', coverage: 0, artifacts: [] } as const;
    const watched = watchedWith([{ report, record: { status: 'empty' } }]);
    await finalize(watched.out);
    await runAgain(watched);
    expect(watched.read).toEqual([]);
    expect(published(watched.out)).toMatchObject({ status: 'empty' });
  });

  test('forgets an attempt that failed in between', async () => {
    const watched = watchedWith([{}]);
    await finalize(watched.out);
    await finalize(watched.out, { runId: 'run-0' });
    expect(manifest(watched.out).symbols[0]).toHaveProperty('last_attempt');
    await runAgain(watched);
    expect(manifest(watched.out).symbols[0]).not.toHaveProperty('last_attempt');
    expect(watched.read).toEqual([]);
  });
});

const TEXT = (out: MemoryStore, name: string): string => out.text(name);

describe('a symbol-day is read in full', () => {
  test.for<[string, (out: MemoryStore) => void]>([
    ['of which a bar file has another generation', (out) => out.put(HOURS, TEXT(out, HOURS))],
    ['whose report has another generation', (out) => out.put(QUALITY, TEXT(out, QUALITY))],
    [
      'of which an earlier check failed',
      (out) => out.put(MANIFEST, TEXT(out, MANIFEST).replaceAll('"ok": true', '"ok": false')),
    ],
    [
      'of which a check of this build was not made',
      (out) => out.put(MANIFEST, TEXT(out, MANIFEST).replace(/\{[^{}]*"vwap_range"[^{}]*\},/u, '')),
    ],
    [
      'whose store kept no generations when it was listed',
      (out) =>
        out.put(
          MANIFEST,
          TEXT(out, MANIFEST).replaceAll(/"generation": .*/gu, '"generation": null'),
        ),
    ],
    ['of which the manifest lists nothing', (out) => out.remove(MANIFEST)],
  ])('%s', async ([, change]) => {
    const watched = watchedWith([{}]);
    await finalize(watched.out);
    change(watched.out);
    await runAgain(watched);
    expect(watched.read).toEqual(expect.arrayContaining(ALL_FILES));
    expect(published(watched.out)?.checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  test('of which a file is missing, and fails', async () => {
    const watched = watchedWith([{}]);
    await finalize(watched.out);
    watched.out.remove(SIXES);
    await runAgain(watched);
    expect(watched.read).toEqual([QUALITY, HOURS]);
    expect(record(watched.out, RECORD)).toMatchObject({
      outcome: 'failed',
      findings: [{ where: 'files_exist' }],
    });
  });

  test('whose report has the schema of another build, and fails', async () => {
    const watched = watchedWith([{}]);
    await finalize(watched.out);
    const other = TEXT(watched.out, QUALITY).replace(
      `"schema_version": ${SCHEMA_VERSION}`,
      '"schema_version": 9',
    );
    watched.out.put(QUALITY, resealed(other));
    await runAgain(watched);
    expect(record(watched.out, RECORD)).toMatchObject({
      outcome: 'failed',
      findings: [{ where: 'quality_report' }],
    });
  });

  test.for([
    ['a resolution', { resolutions: '2h' }],
    ['a kind of file', { outputs: 'bars,signals' }],
  ] as const)('that lacks %s which the run was asked for, and fails', async ([, wanted]) => {
    const watched = watchedWith([{}]);
    await finalize(watched.out);
    await runAgain(watched, {}, wanted);
    expect(record(watched.out, RECORD)).toMatchObject({
      outcome: 'failed',
      findings: [{ where: 'quality_report' }],
    });
  });

  test('that a run has published anew', async () => {
    const watched = watchedWith([{}]);
    await finalize(watched.out);
    publish(watched.out, { ...PUBLISHED_DAY, report: { coverage: 0.5 } });
    await runAgain(watched, { record: { outcome: 'published' } });
    expect(watched.read).toEqual(expect.arrayContaining(ALL_FILES));
    expect(published(watched.out)?.coverage).toBe(0.5);
  });
});

/** A further run over a folder in which something has changed. */
async function again(change: (out: MemoryStore) => void): Promise<Watched> {
  const watched = watchedWith([{}], { isFolder: true });
  await finalize(watched.out);
  change(watched.out);
  await runAgain(watched);
  return watched;
}

describe('in a folder', () => {
  test('a symbol-day with the bytes of its manifest is carried on', async () => {
    let before = '';
    const { out, read } = await again((store) => (before = store.text(MANIFEST)));
    // The report, then all in the order of the manifest; a check reads the report once.
    expect(read).toEqual([QUALITY, HOURS, SIXES, QUALITY]);
    expect(out.text(MANIFEST)).toBe(before);
    expect(record(out, RECORD)).toMatchObject({ outcome: 'unchanged', finalized: true });
  });

  test.for([HOURS, SIXES])('a change of one byte in %s is found', async (name) => {
    const { out } = await again((store) => store.put(name, TEXT(store, name).replace('0', '1')));
    const { outcome, findings } = record(out, RECORD);
    expect(outcome).toBe('failed');
    expect(findings.slice(0, 2)).toMatchObject([{ where: 'sha256' }, { where: 'crc32c' }]);
  });

  test.for([
    ['other bytes', /"sha256": "../gu, '"sha256": "00'],
    ['another checksum', /"crc32c": "../gu, '"crc32c": "00'],
    ['another fingerprint', /"fingerprint": "../gu, '"fingerprint": "00'],
    ['another status', '"status": "complete"', '"status": "partial"'],
    ['another coverage', '"coverage": 1', '"coverage": 0.5'],
    ['other rows', /"rows": \d+/gu, '"rows": 3'],
    ['no findings', /"findings": \[[^\]]+\]/gu, '"findings": []'],
  ] as const)('a manifest that lists %s is made anew', async ([, what, other]) => {
    const finding = {
      severity: 'info',
      code: 'no_final_line_feed',
      where: 'a',
      detail: 'b',
    } as const;
    const watched = watchedWith([{ report: { findings: [finding] } }], { isFolder: true });
    await finalize(watched.out);
    const whole = watched.out.text(MANIFEST);
    watched.out.put(MANIFEST, whole.replace(what, other));
    expect(watched.out.text(MANIFEST)).not.toBe(whole);
    await runAgain(watched);
    expect(watched.out.text(MANIFEST)).toBe(whole);
  });

  test('a missing file fails', async () => {
    const { out } = await again((store) => store.remove(SIXES));
    expect(record(out, RECORD)).toMatchObject({ findings: [{ where: 'files_exist' }] });
  });
});

test('at the turn of a month both months are listed', async () => {
  const date = '2025-12-01';
  const watched = watchedWith([{ date }]);
  await finalize(watched.out, { date });
  watched.listed.length = 0;
  await finalize(watched.out, { date });
  expect(watched.listed).toEqual(['BTCUSDT/2025-11-', 'BTCUSDT/2025-12-']);
});
