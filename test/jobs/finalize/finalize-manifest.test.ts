import { describe, expect, test } from 'vitest';
import { storedJson } from '../../../src/core/stored/json-shape.js';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import { CONFLICT_ATTEMPTS_MAX } from '../../../src/jobs/retry-conflict.js';
import {
  effectsOf,
  finalize,
  HOURS,
  manifest,
  MANIFEST,
  published,
  RECORD,
  record,
  storeWith,
} from '../../support/day/finalizing.js';
import type { MemoryStore } from '../../support/memory-store.js';
import { PUBLISHED_DAY, publish, TRADES } from '../../support/day/published-day.js';
import { SCHEMA_VERSION } from '../../../src/core/shape/shape.js';

describe('a symbol-day that the run did not publish', () => {
  test('without a record is an error, and gets one', async () => {
    const out = storeWith([]);
    const { records } = await finalize(out);
    expect(record(out)).toMatchObject({
      outcome: 'error',
      status: null,
      coverage: null,
      finalized: true,
      findings: [{ code: 'record_missing', severity: 'error', where: RECORD }],
    });
    expect(records).toEqual([record(out)]);
    expect(manifest(out).symbols).toEqual([
      {
        symbol: 'BTCUSDT',
        published: null,
        last_attempt: {
          run_id: 'run-1',
          outcome: 'error',
          first_finding: record(out).findings[0],
        },
      },
    ]);
  });

  test('without a record keeps the status and the entry of what is published', async () => {
    const out = storeWith([{ report: { status: 'partial', coverage: 0.5 } }]);
    await finalize(out);
    const good = published(out);
    await finalize(out, { runId: 'run-2' });
    const name = '_manifest/runs/run-2/BTCUSDT/2025-12-11.json';
    expect(record(out, name)).toMatchObject({ outcome: 'error', status: 'partial', coverage: 0.5 });
    expect(published(out)).toEqual(good);
  });

  test('and whose record is no record is an error that says so', async () => {
    const out = storeWith([{}]);
    out.put(RECORD, 'x');
    await finalize(out);
    expect(record(out).findings[0]?.detail).toContain('cannot be read');
    expect(published(out)).toBeNull();
  });

  test.for(['failed', 'error'] as const)(
    'and whose record says %s has only that',
    async (outcome) => {
      const info = { code: 'no_data', severity: 'info', where: 'x', detail: 'y' } as const;
      const error = { ...info, code: 'too_many_malformed', severity: 'error' } as const;
      const out = storeWith([{ record: { outcome, status: 'failed', findings: [info, error] } }]);
      const before = record(out);
      await finalize(out);
      expect(record(out)).toEqual({ ...before, finalized: true });
      expect(manifest(out).symbols).toEqual([
        {
          symbol: 'BTCUSDT',
          published: null,
          last_attempt: { run_id: 'run-1', outcome, first_finding: error },
        },
      ]);
    },
  );
});

describe('the manifest', () => {
  test('keeps the entries of symbols that are not of the run, byte for byte', async () => {
    const out = storeWith([{}, { symbol: 'ETHUSDT' }, { symbol: '币安人生USDT' }]);
    await finalize(out, { symbols: ['币安人生USDT', 'ETHUSDT', 'BTCUSDT', 'ETHUSDT'] });
    expect(manifest(out).symbols.map(({ symbol }) => symbol)).toEqual([
      'BTCUSDT',
      'ETHUSDT',
      '币安人生USDT',
    ]);
    const others = () => out.text(MANIFEST).split('"symbol": ').slice(2);
    const othersBefore = others();
    expect(othersBefore).toHaveLength(2);
    publish(out, { ...PUBLISHED_DAY, runId: 'run-2', report: { coverage: 0.5 } });
    await finalize(out, { runId: 'run-2' });
    expect(published(out)?.coverage).toBe(0.5);
    expect(others()).toEqual(othersBefore);
  });

  test('is read again and changed again when another writer came in between', async () => {
    let conflicts = 0;
    const other = storeWith([{ symbol: 'ETHUSDT' }]);
    await finalize(other, { symbols: ['ETHUSDT'] });
    const out: MemoryStore = storeWith([{}], {
      before: (operation, name) => {
        if (operation !== 'write' || name !== MANIFEST || conflicts > 0) return;
        conflicts += 1;
        out.put(MANIFEST, other.text(MANIFEST));
      },
    });
    const effects = effectsOf(out);
    await finalize(out, {}, effects);
    expect(conflicts).toBe(1);
    expect(effects.clock.waitsMs).toEqual([500]);
    expect(manifest(out).symbols.map(({ symbol }) => symbol)).toEqual(['BTCUSDT', 'ETHUSDT']);
  });

  test('is given up after as many conflicts as there are attempts', async () => {
    const out: MemoryStore = storeWith([{}], {
      before: (operation, name) => {
        if (operation === 'write' && name === MANIFEST) out.put(MANIFEST, `${out.text(MANIFEST)} `);
      },
    });
    const empty = {
      schema_version: SCHEMA_VERSION,
      code_version: '1',
      date: '2025-12-11',
      dataset: null,
    };
    out.put(MANIFEST, storedJson({ ...empty, symbols: [] }));
    const effects = effectsOf(out);
    const finalized = finalize(out, {}, effects);
    await expect(finalized).rejects.toMatchObject({ kind: 'conflict' });
    expect(effects.clock.waitsMs).toHaveLength(CONFLICT_ATTEMPTS_MAX - 1);
  });

  test('that is something else is not written over', async () => {
    const out = storeWith([{}]);
    out.put(MANIFEST, 'mine');
    await expect(finalize(out)).rejects.toThrow(FlowbarsError);
    await expect(finalize(out)).rejects.toThrow("day manifest: found no JSON: 'mine'");
    expect(out.text(MANIFEST)).toBe('mine');
  });

  test('waits for nothing and lists nothing when there is no symbol', async () => {
    const out = storeWith([]);
    await expect(finalize(out, { symbols: [] })).resolves.toMatchObject({ records: [] });
    expect(manifest(out).symbols).toEqual([]);
  });
});

test('a record that its task rewrites meanwhile is looked at again', async () => {
  let rewrites = 0;
  const out: MemoryStore = storeWith([], {
    before: (operation, name) => {
      if (operation !== 'write' || name !== RECORD || rewrites > 0) return;
      rewrites += 1;
      publish(out, PUBLISHED_DAY);
    },
  });
  await finalize(out);
  expect(rewrites).toBe(1);
  expect(record(out)).toMatchObject({ outcome: 'published', finalized: true, findings: [] });
  expect(published(out)?.status).toBe('complete');
});

test('an error of storage ends the step and leaves the manifest unchanged', async () => {
  const parts = { what: 'read', found: '503', expected: 'content', where: HOURS };
  const out = storeWith([{}], {
    before: (operation, name) => {
      if (operation === 'read' && name === HOURS) throw new FlowbarsError('world', parts);
    },
  });
  await expect(finalize(out)).rejects.toMatchObject({ kind: 'world' });
  expect(out.names()).not.toContain(MANIFEST);
});

describe('the seed', () => {
  const before = { date: '2025-12-10', runId: 'run-0' };
  const after = { date: '2025-12-12', runId: 'run-0' };

  test('that goes on from day to day is no finding', async () => {
    const out = storeWith([
      { ...before, seedPrice: '7', trades: [] },
      { ...before, trades: [{ second: 86_399, cents: 10_000, thousandths: 1, isBuy: true }] },
      {},
      { ...after, seedPrice: '101.23' },
    ]);
    await finalize(out);
    expect(record(out).findings).toEqual([]);
    expect(published(out)?.checks.at(-1)).toEqual({
      check: 'seed_continuity',
      ok: true,
      detail: '',
    });
  });

  test('that does not is a warning that names the later day, and changes nothing else', async () => {
    const out = storeWith([{ ...before, trades: TRADES }, {}, { ...after, seedPrice: '101' }]);
    await finalize(out);
    const stale = 'the later day is stale and has to be computed again';
    const findings = [
      {
        code: 'seed_mismatch',
        severity: 'warning',
        where: 'BTCUSDT/2025-12-11_quality.json',
        detail: `the seed '100' is not the last price '101.23' of BTCUSDT 2025-12-10: ${stale}`,
      },
      {
        code: 'seed_mismatch',
        severity: 'warning',
        where: 'BTCUSDT/2025-12-12_quality.json',
        detail: `the seed '101' is not the last price '101.23' of BTCUSDT 2025-12-11: ${stale}`,
      },
    ];
    expect(record(out)).toMatchObject({ outcome: 'published', status: 'complete', findings });
    expect(published(out)?.findings.slice(1)).toEqual(findings);
    expect(published(out)?.checks.filter(({ ok }) => !ok)).toMatchObject([
      { check: 'seed_continuity' },
    ]);
    const writes = out.written.length;
    expect((await finalize(out)).manifest).toBe('unchanged');
    expect(out.written).toHaveLength(writes);
  });

  test('is no longer stale once the later day is computed again', async () => {
    const out = storeWith([{}, { ...after, seedPrice: '101' }]);
    await finalize(out);
    expect(record(out).findings).toHaveLength(1);
    publish(out, { ...PUBLISHED_DAY, ...after, seedPrice: '101.23' });
    await finalize(out);
    expect(record(out).findings).toEqual([]);
  });

  test('that does not exist on one side is compared with nothing', async () => {
    const out = storeWith([
      { ...before, trades: [], seedPrice: null },
      { seedPrice: null },
      { ...after, seedPrice: null },
    ]);
    await finalize(out);
    expect(record(out).findings).toEqual([]);
  });

  test('is compared with no neighbour that cannot be read', async () => {
    const out = storeWith([before, {}, after]);
    out.put('BTCUSDT/2025-12-12_quality.json', 'x');
    out.put('BTCUSDT/2025-12-10_6h.csv', 'a,"');
    await finalize(out);
    expect(record(out).findings).toEqual([]);
  });
});
