/** The output of a dry run: a page at common terminal widths, one document in a pipe. */
import { describe, expect, test } from 'vitest';
import type { World } from '../../../src/cli/command/command.js';
import { printEstimate } from '../../../src/cli/execution/estimate-page.js';
import type { EstimateDocument } from '../../../src/core/cost/estimate-shape.js';
import { textWidth } from '../../../src/cli/screen/text-width.js';
import { manualClock } from '../../support/manual-clock.js';
import { expectSchema, schemaErrors } from '../../support/schema/schemas.js';
import { SCHEMA_VERSION } from '../../../src/core/shape/shape.js';

const MONTH: EstimateDocument = {
  schema_version: SCHEMA_VERSION,
  workflow: 'projects/my-project/locations/europe-west1/workflows/flowbars',
  raw: 'gs://recordings/raw',
  out: 'gs://bars/aggregated',
  from: '2025-11-01',
  to: '2025-11-30',
  symbols: 50,
  days: 30,
  symbol_days: 1_500,
  to_compute: 1_400,
  unchanged: 100,
  without_data: 7,
  lost_inputs: 2,
  input_objects: 4_121_600,
  input_bytes: 432_768_000_000,
  output_files: 9_751,
  output_bytes: 40_740_000_000,
  parallelism: 50,
  windows: 1,
  tasks: 81,
  minutes: 12,
  usd: { run: 1.0321, operations: 1.7443, total: 2.7764 },
  prices_date: '2025-12',
  argument: { start_date: '2025-11-01', end_date: '2025-11-30' },
};
const ONE: Partial<EstimateDocument> = {
  to: '2025-11-01',
  symbols: 1,
  days: 1,
  symbol_days: 1,
  to_compute: 1,
  unchanged: 0,
  without_data: 0,
  lost_inputs: 0,
  input_objects: 1,
  input_bytes: 12_345_678,
  output_files: 3,
  output_bytes: 9_300_000,
  minutes: 1,
};

interface How {
  readonly isTty?: boolean;
  readonly json?: boolean;
  readonly columns?: number;
}

function show(changes: Partial<EstimateDocument>, { isTty = true, json, columns }: How): string {
  let shown = '';
  const stdout: World['stdout'] = {
    isTty,
    columns: () => columns ?? 110,
    rows: () => 24,
    write: (text) => {
      shown += text;
    },
    paint: (_style, text) => text,
    redraw: () => undefined,
  };
  const never = new Promise<never>(() => undefined);
  const world = { environment: {}, clock: manualClock(), stdout, stderr: stdout, stopped: never };
  printEstimate({ ...MONTH, ...changes }, json === true ? 'json' : undefined, world);
  return shown;
}

describe('a dry run on a terminal', () => {
  test('is a page', () => {
    expect(show({}, {}).split('\n')).toEqual([
      'dry run: nothing was started',
      '  what        50 symbols on 30 days (2025-11-01..2025-11-30): 1,500 symbol-days',
      '  to compute  1,400 symbol-days',
      '              100 unchanged, skipped (--force computes them too)',
      '              7 symbol-days without a chunk in the raw root',
      '              2 symbol-days with raw chunks gone: a run would publish less',
      '  to read     4,121,600 objects, 432.8 GB, below gs://recordings/raw',
      '  to write    9,751 files, at most 40.7 GB, below gs://bars/aggregated',
      '  tasks       50 to aggregate, 30 to finalize, 1 to summarize, in 1 window; at most 50 at once',
      '  time        about 12 minutes',
      '  cost        about $2.78: Cloud Run $1.03, storage operations and workflow $1.74 (list prices of',
      '              2025-12, without free tiers)',
      '  argument    { "start_date": "2025-11-01", "end_date": "2025-11-30" }',
      '',
    ]);
  });

  test('counts one of each as one', () => {
    const lines = show(ONE, {}).split('\n');
    expect(lines.slice(1, 7)).toEqual([
      '  what        1 symbol on 1 day (2025-11-01): 1 symbol-day',
      '  to compute  1 symbol-day',
      '  to read     1 object, 12.3 MB, below gs://recordings/raw',
      '  to write    3 files, at most 9.3 MB, below gs://bars/aggregated',
      '  tasks       1 to aggregate, 1 to finalize, 1 to summarize, in 1 window; at most 50 at once',
      '  time        about 1 minute',
    ]);
  });

  test('counts a task of each symbol in each window', () => {
    expect(show({ windows: 3 }, {})).toContain('150 to aggregate, 30 to finalize');
  });

  test.for([110, 80, 60])('fits %i columns', (columns) => {
    const lines = show({}, { columns }).split('\n');
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(columns);
  });

  test('shows of a long argument its beginning and its length', () => {
    const symbols = Array.from({ length: 500 }, (_, index) => `SYMBOL${index}USDT`);
    const shown = show({ argument: { ...MONTH.argument, symbols } }, {});
    expect(shown).toContain('"SYMBOL0USDT"');
    expect(shown).not.toContain('"SYMBOL499USDT"');
    expect(shown).toContain('more characters, --json shows all');
    expect(shown.split('\n').length).toBeLessThan(20);
  });
});

describe('a dry run in a pipe, or with --json', () => {
  test.for<How>([{ isTty: false }, { json: true }])('is its document', (how) => {
    const shown = show({}, how);
    expect(JSON.parse(shown)).toEqual(MONTH);
    expectSchema('estimate', shown);
  });

  test('keeps to its schema', () => {
    expect(schemaErrors('estimate', { ...MONTH, minutes: 0.5 })).toHaveLength(2);
    expect(schemaErrors('estimate', { ...MONTH, extra: 1 })).toHaveLength(1);
    expect(schemaErrors('estimate', { ...MONTH, usd: { total: 1 } })).toHaveLength(2);
  });
});
