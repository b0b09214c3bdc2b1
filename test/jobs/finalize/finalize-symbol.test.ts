import { describe, expect, test } from 'vitest';
import { SCHEMA_VERSION } from '../../../src/core/shape/shape.js';
import { checksOf } from '../../../src/core/check/settled-entry.js';
import {
  finalize,
  HOURS,
  manifest,
  published,
  QUALITY,
  record,
  SIXES,
  storeWith,
} from '../../support/day/finalizing.js';
import { resealed } from '../../support/day/resealed.js';
import type { MemoryStore } from '../../support/memory-store.js';
import {
  PUBLISHED_DAY,
  publish,
  type PublishedDay,
  runRecord,
} from '../../support/day/published-day.js';

const failedChecks = (out: MemoryStore) =>
  record(out)
    .findings.filter(({ code }) => code === 'check_failed')
    .map(({ where }) => where);

describe('a sound symbol-day', () => {
  test('is published in the manifest with files, generations, status and checks', async () => {
    const out = storeWith([{}]);
    const result = await finalize(out);
    const [entry] = manifest(out).symbols;
    expect(result).toMatchObject({ date: '2025-12-11', manifest: 'written' });
    expect(Object.keys(entry ?? {})).toEqual(['symbol', 'published']);
    expect(entry?.published).toMatchObject({ status: 'complete', coverage: 1 });
    expect(entry?.published?.findings.map(({ code }) => code)).toEqual(['trade_ids_missing']);
    expect(entry?.published?.checks).toEqual(
      checksOf(['bars']).map((check) => ({ check, ok: true, detail: '' })),
    );
    const objects = await out.list('BTCUSDT/');
    const generations = new Map(objects.map((object) => [object.name, object.generation]));
    expect(entry?.published?.files).toMatchObject([
      { kind: 'bars', resolution: '1h', rows: 24, generation: generations.get(HOURS) },
      { kind: 'bars', resolution: '6h', rows: 4, generation: generations.get(SIXES) },
      { kind: 'quality', resolution: null, rows: null, generation: generations.get(QUALITY) },
    ]);
    const quality = entry?.published?.files[2];
    expect(quality).toMatchObject({ name: QUALITY, fingerprint: 'f0', crc32c: objects[2]?.crc32c });
    expect(manifest(out).dataset).toEqual({ market: 'usdm' });
  });

  test('has its record completed and returned', async () => {
    const out = storeWith([{ report: { status: 'partial', coverage: 0.75 } }]);
    const { records } = await finalize(out);
    expect(record(out)).toEqual({
      ...runRecord(PUBLISHED_DAY),
      finalized: true,
      status: 'partial',
      coverage: 0.75,
    });
    expect(records).toEqual([record(out)]);
  });

  test('writes nothing when it is finalized again, by this run or by another build', async () => {
    const out = storeWith([{}]);
    await finalize(out);
    const before = out.written.length;
    const again = await finalize(out, { codeVersion: '0.2.0' });
    expect(again.manifest).toBe('unchanged');
    expect(out.written).toHaveLength(before);
  });

  test('may be empty: a report and an entry without bars', async () => {
    const report = { status: 'empty', coverage: 0, artifacts: [] } as const;
    const out = storeWith([{ report, record: { status: 'empty' } }]);
    await finalize(out);
    expect(published(out)).toMatchObject({
      status: 'empty',
      files: [{ kind: 'quality' }],
      checks: [{ check: 'quality_report' }, { check: 'seed_continuity' }],
    });
    expect(record(out)).toMatchObject({ outcome: 'published', status: 'empty' });
  });

  test('may have more resolutions than the run was asked for', async () => {
    const out = storeWith([{ resolutions: '1h,2h,6h' }]);
    await finalize(out, { resolutions: '6h' });
    expect(published(out)?.files).toHaveLength(4);
  });
});

interface Trip {
  readonly check: string;
  readonly day?: Partial<PublishedDay>;
  readonly damage?: (out: MemoryStore) => void;
  readonly detail: RegExp;
}

/** Changes the first match in one of the files before it is listed. */
function inFile(resolution: string, from: string | RegExp, to: string): Partial<PublishedDay> {
  return { damage: (text, name) => (name === resolution ? text.replace(from, to) : text) };
}

/** Changes the stored report but not the files that it lists. */
const inReport = (from: string | RegExp, to: string) => (out: MemoryStore) => {
  out.put(QUALITY, resealed(out.text(QUALITY).replace(from, to)));
};

const TRIPS: readonly Trip[] = [
  { check: 'quality_report', damage: (out) => out.remove(QUALITY), detail: /found no object/ },
  { check: 'quality_report', damage: (out) => out.put(QUALITY, '{'), detail: /found no JSON: '{'/ },
  {
    check: 'quality_report',
    damage: inReport(`"schema_version": ${SCHEMA_VERSION}`, '"schema_version": 9'),
    detail: /found other fields/,
  },
  {
    check: 'quality_report',
    damage: inReport('"symbol": "BTCUSDT"', '"symbol": "ETHUSDT"'),
    detail: /quality\.json symbol: found 'ETHUSDT', expected 'BTCUSDT'/,
  },
  {
    check: 'quality_report',
    day: { resolutions: '6h' },
    detail: /artifacts: found 'no such file', expected '1h bars'/,
  },
  {
    check: 'quality_report',
    day: { report: { status: 'empty' } },
    detail: /artifacts: found '2 files', expected '0 files'/,
  },
  { check: 'files_exist', damage: (out) => out.remove(SIXES), detail: /6h\.csv: found no object/ },
  {
    check: 'bytes',
    damage: inReport(/"bytes": (\d+)/, '"bytes": 1$1'),
    detail: /1h\.csv bytes: found \d+, expected 1\d+ as the quality report lists/,
  },
  {
    check: 'sha256',
    damage: inReport(/"sha256": "..../, '"sha256": "beef'),
    detail: /1h\.csv sha256: found \w{64}, expected beef/,
  },
  {
    check: 'crc32c',
    damage: inReport(
      /"crc32c": "(........)",\n {6}"fingerprint"/,
      '"crc32c": "beefbeef",\n      "fingerprint"',
    ),
    detail: /1h\.csv crc32c: found \w{8}, expected beefbeef/,
  },
  { check: 'columns', day: inFile('6h', 'vwap', 'wvap'), detail: /6h\.csv header column 6/ },
  {
    check: 'columns',
    day: inFile('6h', 'vwap', 'v"wap'),
    detail: /6h\.csv: found 'Invalid Opening/,
  },
  { check: 'row_count', day: inFile('6h', /.*\n$/, ''), detail: /found 3 rows, expected 4 of 6h/ },
  {
    check: 'row_count',
    damage: inReport('"rows": 24', '"rows": 25'),
    detail: /1h\.csv: found 24 rows, expected 25 as the quality report lists/,
  },
  {
    check: 'time_steps',
    day: inFile('6h', 'T06:', 'T07:'),
    detail: /row 2 .*found '2025-12-11T07/,
  },
  { check: 'number_format', day: inFile('1h', '0.25', '0.250'), detail: /vol_buy: found '0\.250'/ },
  // The first hour that trades: its open is raised, and rolls up no different at 6h.
  { check: 'price_order', day: inFile('1h', ',99,99,99,99,', ',99.5,99,99,99,'), detail: /open/ },
  { check: 'vwap_range', day: inFile('6h', '101.23,0.001', '101.24,0.001'), detail: /row 3.*vwap/ },
  {
    check: 'volume_sums',
    day: { ...inFile('1h', '0.125,0.125', '0.125,0.126'), resolutions: '1h' },
    detail: /vol_delta: found '0\.126'/,
  },
  { check: 'flat_bars', day: inFile('1h', ',100,0,', ',100.000000001,0,'), detail: /row 1.*vwap/ },
  {
    check: 'avg_spread',
    day: inFile('1h', ',0.1,', ',-0.1,'),
    detail: /avg_spread: found '-0\.1'/,
  },
  { check: 'imbalance', day: inFile('1h', ',0.51234567', ',1.5'), detail: /found '1\.5'/ },
  { check: 'roll_up', day: inFile('6h', '99,99,', '98,99,'), detail: /roll-up of 1h/ },
];

describe('a check that fails', () => {
  test.for(TRIPS)('is $check alone, which $detail says', async ({ check, day, damage, detail }) => {
    const out = storeWith([day ?? {}]);
    damage?.(out);
    const { records } = await finalize(out);
    expect(failedChecks(out)).toEqual([check]);
    expect(records[0]?.findings[0]?.detail).toMatch(detail);
    expect(record(out)).toMatchObject({ outcome: 'failed', finalized: true });
    expect(manifest(out).symbols).toEqual([
      {
        symbol: 'BTCUSDT',
        published: null,
        last_attempt: {
          run_id: 'run-1',
          outcome: 'failed',
          first_finding: record(out).findings[0],
        },
      },
    ]);
  });

  test('keeps what was published before, and is forgotten after a good run', async () => {
    const out = storeWith([{}]);
    await finalize(out);
    const good = published(out);
    publish(out, { ...PUBLISHED_DAY, runId: 'run-2', ...inFile('6h', 'vwap', 'wvap') });
    await finalize(out, { runId: 'run-2' });
    expect(manifest(out).symbols[0]).toMatchObject({
      published: good,
      last_attempt: { run_id: 'run-2', outcome: 'failed' },
    });
    publish(out, { ...PUBLISHED_DAY, runId: 'run-3' });
    await finalize(out, { runId: 'run-3' });
    expect(Object.keys(manifest(out).symbols[0] ?? {})).toEqual(['symbol', 'published']);
  });
});
