/** The final step of a day with typed files: each column and cell is compared with the exact file beside it. */
import { describe, expect, test } from 'vitest';
import { checksOf } from '../../../src/core/check/settled-entry.js';
import { TABLES } from '../../../src/core/column/kind-tables.js';
import { typedSchema } from '../../../src/core/column/typed-schema.js';
import type { FileName } from '../../../src/core/stored/artifacts.js';
import { storedJson } from '../../../src/core/stored/json-shape.js';
import { artifactName, qualityName } from '../../../src/core/stored/output-names.js';
import type { Artifact } from '../../../src/core/stored/quality-report.js';
import { sealed } from '../../../src/core/stored/report-seal.js';
import { typedRows } from '../../../src/core/typed/typed-rows.js';
import { parseResolution } from '../../../src/core/unit/resolution.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { codec } from '../../../src/edge/format/codec.js';
import { crc32cHex } from '../../../src/edge/format/crc32c.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import { verifySymbolDay } from '../../../src/jobs/finalize/verify-symbol-day.js';
import {
  type ExactFile,
  factsOfDay,
  type TypedDay,
  typedFile,
} from '../../../src/jobs/typed/typed-file.js';
import { barTable, tableText } from '../../support/day/bar-table.js';
import { effectsOf } from '../../support/day/finalizing.js';
import { PUBLISHED_DAY, qualityReport } from '../../support/day/published-day.js';
import { signalTable } from '../../support/made-day/signal-table.js';
import { openMemoryStore } from '../../support/memory-store.js';
import { smallFile, TYPED_DAY } from '../../support/typed/small-files.js';

/** The report of a published day says no dataset. */
const DAY: TypedDay = { ...TYPED_DAY, dataset: undefined };
const MINUTE = parseResolution('1m', 'test');

interface StoredFile extends FileName {
  readonly bytes: Uint8Array;
  /** What the report says; by default the lines of the exact file. */
  readonly rows?: number;
}

function typed(exact: ExactFile, bytes = typedFile(exact, DAY, csvTables)): StoredFile {
  const { kind, resolution } = exact;
  const rows = codec.decode(exact.bytes).split('\n').length - 2;
  return { kind, resolution, format: 'parquet', bytes, rows };
}

/** The checks of a day that has these files, and those that failed. */
async function verified(files: readonly StoredFile[]) {
  const out = openMemoryStore();
  const artifacts = files.map(({ bytes, rows, ...file }): Artifact => {
    const name = artifactName(DAY, file);
    out.put(name, bytes);
    return {
      ...file,
      name,
      bytes: bytes.length,
      rows: rows ?? codec.decode(bytes).split('\n').length - 2,
      sha256: codec.sha256(bytes),
      crc32c: crc32cHex(bytes),
      fingerprint: 'f1',
    };
  });
  const draft = { ...qualityReport(PUBLISHED_DAY), artifacts, dataset: null };
  const report = sealed(draft, (text) => codec.sha256(codec.encode(text)));
  out.put(qualityName(DAY), storedJson(report));
  const { checks, files: listed } = await verifySymbolDay(DAY, [], effectsOf(out));
  const failed = checks.filter(({ ok }) => !ok);
  return {
    names: listed.map(({ name }) => name),
    made: checks.map(({ check }) => check),
    failed: Object.fromEntries(failed.map(({ check, detail }) => [check, detail])),
  };
}

function grid(kind: 'bars' | 'signals'): ExactFile {
  const table = kind === 'bars' ? barTable : signalTable;
  const bytes = codec.encode(tableText(table({ ...PUBLISHED_DAY, date: DAY.date }, MINUTE)));
  return { kind, resolution: '1m', format: 'csv', name: kind, bytes };
}

describe('a day with typed files', () => {
  test('passes every check of its kinds, and lists them beside the exact ones', async () => {
    const exact = [grid('bars'), grid('signals'), smallFile('patterns')];
    const { made, failed, names } = await verified(exact.flatMap((one) => [one, typed(one)]));
    expect(failed).toEqual({});
    const kinds = exact.map(({ kind }) => kind);
    expect(made).toEqual(
      checksOf(kinds, ['csv', 'parquet']).filter((one) => one !== 'seed_continuity'),
    );
    expect(made).toContain('typed_cells');
    expect(names).toEqual([
      'BTCUSDT/2025-12-11_1m.csv',
      'BTCUSDT/2025-12-11_1m.parquet',
      'BTCUSDT/2025-12-11_1m_signals.csv',
      'BTCUSDT/2025-12-11_1m_signals.parquet',
      'BTCUSDT/2025-12-11_patterns.csv',
      'BTCUSDT/2025-12-11_patterns.parquet',
      'BTCUSDT/2025-12-11_quality.json',
    ]);
  });

  test('may have no event', async () => {
    const bytes = codec.encode(`${TABLES.patterns.header.join(',')}\n`);
    const exact = { ...smallFile('patterns'), bytes };
    expect((await verified([exact, typed(exact)])).failed).toEqual({});
  });
});

describe('a damaged typed file', () => {
  const patterns = smallFile('patterns');

  function changed(from: string, to: string): StoredFile {
    const bytes = codec.encode(codec.decode(patterns.bytes).replace(from, to));
    return typed(patterns, typedFile({ ...patterns, bytes }, DAY, csvTables));
  }

  test.for<[what: string, file: StoredFile, check: string, detail: RegExp]>([
    [
      'another number',
      changed('48.765', '48.766'),
      'typed_cells',
      /2025-12-11_patterns\.parquet row 1 column strength: found '48\.766', expected '48\.765' as/u,
    ],
    [
      'another time',
      changed('00:30:41Z', '00:30:40Z'),
      'typed_cells',
      /row 1 column from: found '1765413040000', expected '1765413041000'/u,
    ],
    [
      'another word',
      changed('absorption', 'whale'),
      'typed_cells',
      /row 2 column pattern: found 'wh/u,
    ],
    [
      'null',
      changed('0.6243', ''),
      'typed_cells',
      /column outcome_10s_bps: found null, expected '0/u,
    ],
    ['a number for null', changed(',,,', ',1,,'), 'typed_cells', /found '1', expected null as in/u],
    [
      'the facts of another day',
      typed(patterns, typedFile(patterns, { ...DAY, symbol: symbolName('X', '') }, csvTables)),
      'typed_columns',
      /metadata flowbars\.symbol: found 'X', expected 'BTCUSDT'/u,
    ],
    [
      'a dataset',
      typed(patterns, typedFile(patterns, TYPED_DAY, csvTables)),
      'typed_columns',
      /metadata flowbars\.dataset: found '\{.*', expected nothing/u,
    ],
    ['no parquet', typed(patterns, patterns.bytes), 'typed_columns', /expected a parquet file/u],
    [
      'other types',
      typed(patterns, otherTypes()),
      'typed_columns',
      /column price: found 'DOUBLE OPTIONAL', expected 'DOUBLE REQUIRED'/u,
    ],
    [
      'other columns',
      typed(patterns, otherColumns()),
      'typed_columns',
      /columns: found '9', expected '10'/u,
    ],
  ])('breaks a check where it holds %s', async ([, file, check, detail]) => {
    const { failed } = await verified([patterns, file]);
    expect(Object.keys(failed)).toEqual([check]);
    expect(failed[check]).toMatch(detail);
  });

  test('breaks two checks where it lacks a row', async () => {
    const bytes = codec.encode(codec.decode(patterns.bytes).replace(/2025-12-11T23.*\n/u, ''));
    const shorter = typedFile({ ...patterns, bytes }, DAY, csvTables);
    const { failed } = await verified([patterns, typed(patterns, shorter)]);
    expect(Object.keys(failed)).toEqual(['row_count', 'typed_cells']);
    expect(failed['row_count']).toMatch(/parquet: found 1 rows, expected 2 as the quality report/u);
    expect(failed['typed_cells']).toMatch(/parquet: found 1 rows, expected 2 as in the csv file/u);
  });

  test('breaks a check where the exact file is not listed', async () => {
    const { failed } = await verified([grid('bars'), typed(patterns)]);
    expect(failed['quality_report']).toMatch(
      /artifact: found 'patterns as parquet', expected 'patterns beside it'/u,
    );
  });

  function otherTypes(): Uint8Array {
    const fields = typedSchema(TABLES.patterns).map((field) =>
      field.name === 'price' ? { ...field, repetition: 'OPTIONAL' as const } : field,
    );
    const writer = csvTables.typed.create(fields);
    writer.add(typedRows(patterns, TABLES.patterns).columns);
    return writer.finish(factsOfDay(patterns, DAY));
  }

  function otherColumns(): Uint8Array {
    const { columns } = typedRows(patterns, TABLES.patterns);
    const writer = csvTables.typed.create(typedSchema(TABLES.patterns).slice(0, 9));
    writer.add(columns.slice(0, 9));
    return writer.finish(factsOfDay(patterns, DAY));
  }
});
