/** The days of a symbol when storage fails for one of them. */
import { DAY_RULES } from '../../../src/core/rule/rule-table.js';
import { defaultRules } from '../../../src/core/rule/rules.js';
import { describe, expect, test } from 'vitest';
import { recordName } from '../../../src/core/stored/output-names.js';
import type { RunRecord } from '../../../src/core/stored/manifest.js';
import { isRunRecord } from '../../../src/core/stored/stored-shapes.js';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { codec } from '../../../src/edge/format/codec.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import type { AggregateOptions } from '../../../src/jobs/plan/aggregate-options.js';
import {
  type AggregateDay,
  aggregateSymbol,
  isStored,
} from '../../../src/jobs/aggregate/aggregate-symbol.js';
import type { ComputeEffects } from '../../../src/jobs/ports.js';
import { ONE_THREAD } from '../../support/day/aggregating.js';
import { productsFrom } from '../../support/day/products.js';
import { manualClock } from '../../support/manual-clock.js';
import { type MemoryStore, openMemoryStore } from '../../support/memory-store.js';
import { SCHEMA_VERSION } from '../../../src/core/shape/shape.js';

const SYMBOL = symbolName('BTCUSDT', 'test');
const DATES = ['2025-12-09', '2025-12-10', '2025-12-11'].map((date) => utcDate(date, 'test'));
const BAD_DATE = '2025-12-10';
const OPTIONS: AggregateOptions = {
  runId: 'r1',
  force: false,
  acceptRemoved: false,
  codeVersion: '0.0.0',
  dataset: undefined,
  rules: {
    ...defaultRules(DAY_RULES),
    ...productsFrom('1m'),
  },
};

function published(symbol: string, date: string): RunRecord {
  return {
    schema_version: SCHEMA_VERSION,
    run_id: 'r1',
    symbol,
    date,
    outcome: 'published',
    status: 'complete',
    coverage: 1,
    finalized: false,
    findings: [],
    trades: 1,
    snapshots: 1,
    files: [],
    input_objects: 1,
    input_bytes: 1,
    output_bytes: 1,
    seconds: 1,
  };
}

function failingWith(failure: unknown): AggregateDay {
  return async ({ symbol, date }) => {
    const record = await Promise.resolve(published(symbol, date));
    if (date === BAD_DATE) throw failure;
    return record;
  };
}

const worldError = new FlowbarsError('world', {
  what: 'read',
  found: 'HTTP 503',
  expected: 'the object',
  where: 'gs://b/o',
});

interface Played {
  readonly records: readonly RunRecord[];
  readonly out: MemoryStore;
  readonly events: readonly string[];
}

async function play(error: unknown, out = openMemoryStore()): Promise<Played> {
  const events: string[] = [];
  const effects: ComputeEffects = {
    raw: openMemoryStore(),
    out,
    codec,
    tables: csvTables,
    clock: manualClock(),
    log: {
      event: (severity, name, fields) =>
        events.push(`${severity} ${name} ${String(fields['date'])}`),
    },
    crew: ONE_THREAD,
  };
  const records = await aggregateSymbol(SYMBOL, DATES, OPTIONS, effects, failingWith(error));
  return { records, out, events };
}

describe('the days of a symbol', () => {
  test('continue after one for which storage failed', async () => {
    const { records, events } = await play(worldError);
    expect(records.map(({ date, outcome }) => `${date} ${outcome}`)).toEqual([
      '2025-12-09 published',
      '2025-12-10 error',
      '2025-12-11 published',
    ]);
    expect(records.map(isStored)).toEqual([true, false, true]);
    expect(events).toEqual(['ERROR error 2025-12-10', 'ERROR symbol_day 2025-12-10']);
  });

  test('end with one for which no later day would fare better', async () => {
    const { parts } = worldError;
    const { records, out } = await play(new FlowbarsError('blocked', parts));
    expect(records.map(({ outcome }) => outcome)).toEqual(['published', 'error']);
    expect(out.names()).toEqual([expect.stringContaining('2025-12-10')]);
  });

  test('leave a record of the failure with the four parts', async () => {
    const { out } = await play(worldError);
    const name = recordName('r1', { symbol: SYMBOL, date: utcDate(BAD_DATE, 'test') });
    const record: unknown = JSON.parse(out.text(name));
    expect(isRunRecord(record)).toBe(true);
    expect(record).toMatchObject({
      outcome: 'error',
      findings: [
        {
          code: 'world_failed',
          severity: 'error',
          where: 'gs://b/o',
          detail: 'read: found HTTP 503, expected the object',
        },
      ],
    });
  });

  test("keep an earlier attempt's record of what it stored", async () => {
    const name = recordName('r1', { symbol: SYMBOL, date: utcDate(BAD_DATE, 'test') });
    const out = openMemoryStore({ files: { [name]: '{"outcome":"published"}\n' } });
    const { records } = await play(worldError, out);
    expect(records[1]?.outcome).toBe('error');
    expect(out.text(name)).toBe('{"outcome":"published"}\n');
  });

  test('survive a store that cannot take the record of the failure either', async () => {
    const out = openMemoryStore({
      before: (operation) => {
        if (operation === 'write') throw worldError;
      },
    });
    const { records } = await play(worldError, out);
    expect(records).toHaveLength(3);
    expect(out.names()).toEqual([]);
  });

  test('end with what is our own mistake', async () => {
    await expect(play(new Error('invariant broken'))).rejects.toThrow('invariant broken');
  });
});
