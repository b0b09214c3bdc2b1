/** A day that several tasks finalize: one manifest, in any order of tasks and after any failure. */
import { describe, expect, test } from 'vitest';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import { finalize, manifest, MANIFEST, storeWith } from '../../support/day/finalizing.js';
import type { MemoryStore } from '../../support/memory-store.js';
import { PUBLISHED_DAY, publish } from '../../support/day/published-day.js';
import { expectSchema } from '../../support/schema/schemas.js';

const FIRST = { symbols: ['BTCUSDT', 'ETHUSDT'], index: 0, count: 2 };
const SECOND = { symbols: ['SOLUSDT'], index: 1, count: 2 };
const SYMBOLS = [...FIRST.symbols, ...SECOND.symbols];
const PART = '_manifest/runs/run-1/finalized/2025-12-11/0.json';
const OTHER_PART = '_manifest/runs/run-1/finalized/2025-12-11/1.json';

interface Fault {
  /** This operation and all later ones end in an error of kind `world`. */
  failsFrom: number;
  operations: number;
  readonly reads: string[];
}

/** Two published symbols and one whose task failed, in a store that fails where a test says. */
function dayWith(
  watch: (operation: string, name: string, out: MemoryStore) => void = () => undefined,
): { readonly out: MemoryStore; readonly fault: Fault } {
  const fault: Fault = { failsFrom: Infinity, operations: 0, reads: [] };
  const failed = { outcome: 'failed', status: 'failed', coverage: null } as const;
  const out: MemoryStore = storeWith(
    [{}, { symbol: 'ETHUSDT', record: failed }, { symbol: 'SOLUSDT' }],
    {
      before: (operation, name) => {
        fault.operations += 1;
        if (fault.operations >= fault.failsFrom) {
          const parts = { what: operation, found: '503', expected: 'an answer', where: name };
          throw new FlowbarsError('world', parts);
        }
        if (operation === 'read') fault.reads.push(name);
        watch(operation, name, out);
      },
    },
  );
  return { out, fault };
}

/** Everything that is stored, by name. */
const contents = (out: MemoryStore): Record<string, string> =>
  Object.fromEntries(out.names().map((name) => [name, out.text(name)]));

async function cleanDay(): Promise<MemoryStore> {
  const { out } = dayWith();
  await finalize(out, FIRST);
  await finalize(out, SECOND);
  return out;
}

describe('a day in two slices', () => {
  test('gets its manifest from the task that finds it complete', async () => {
    const { out } = dayWith();
    const first = await finalize(out, FIRST);
    expect(first).toMatchObject({
      manifest: 'awaited',
      records: [{ symbol: 'BTCUSDT', finalized: true }, { symbol: 'ETHUSDT' }],
    });
    expect(out.names()).not.toContain(MANIFEST);
    expectSchema('finalized-part', out.text(PART));
    const second = await finalize(out, SECOND);
    expect(second).toMatchObject({ manifest: 'written', records: [{ symbol: 'SOLUSDT' }] });
    expectSchema('finalized-part', out.text(OTHER_PART));
    expect(out.written.filter((name) => name === MANIFEST)).toHaveLength(1);
    expect(manifest(out).symbols.map(({ symbol }) => symbol)).toEqual(SYMBOLS);
  });

  test('has the manifest of a day that one task finalizes, in whatever order the two come', async () => {
    const whole = dayWith().out;
    await finalize(whole, { symbols: SYMBOLS });
    expect(whole.names().filter((name) => name.includes('/finalized/'))).toEqual([]);
    const { out } = dayWith();
    expect((await finalize(out, SECOND)).manifest).toBe('awaited');
    expect((await finalize(out, FIRST)).manifest).toBe('written');
    expect(out.text(MANIFEST)).toBe(whole.text(MANIFEST));
    expect((await cleanDay()).text(MANIFEST)).toBe(whole.text(MANIFEST));
  });

  test('is written once where both tasks see it complete', async () => {
    const { out } = dayWith();
    const both = await Promise.all([finalize(out, FIRST), finalize(out, SECOND)]);
    const outcomes = both.map((day) => day.manifest);
    expect(outcomes).toContain('written');
    expect(out.written.filter((name) => name === MANIFEST)).toHaveLength(1);
    expect(contents(out)).toEqual(contents(await cleanDay()));
  });
});

describe('a task that breaks off', () => {
  test.for([
    ['the last one', FIRST, SECOND],
    ['the first one', SECOND, FIRST],
  ] as const)('is resumed wherever it was: %s', async ([, before, broken]) => {
    const clean = contents(await cleanDay());
    const counted = dayWith();
    await finalize(counted.out, before);
    counted.fault.operations = 0;
    await finalize(counted.out, broken);
    const { operations } = counted.fault;
    expect(operations).toBeGreaterThan(10);
    for (let at = 1; at <= operations; at += 1) {
      const { out, fault } = dayWith();
      await finalize(out, before);
      fault.failsFrom = fault.operations + at;
      await expect(finalize(out, broken), `operation ${at}`).rejects.toMatchObject({
        kind: 'world',
      });
      fault.failsFrom = Infinity;
      expect(out.names(), `operation ${at}`).not.toContain(MANIFEST);
      expect((await finalize(out, broken)).manifest, `operation ${at}`).toBe('written');
      expect(contents(out), `operation ${at}`).toEqual(clean);
    }
  });

  test('after its part verifies nothing again', async () => {
    const { out, fault } = dayWith();
    await finalize(out, FIRST);
    fault.reads.length = 0;
    expect((await finalize(out, FIRST)).manifest).toBe('awaited');
    expect(fault.reads.filter((name) => !name.startsWith('_manifest/'))).toEqual([]);
    expect(fault.reads).toContain(PART);
  });

  test('after the manifest finds it written', async () => {
    const out = await cleanDay();
    const writes = out.written.length;
    expect((await finalize(out, FIRST)).manifest).toBe('unchanged');
    expect((await finalize(out, SECOND)).manifest).toBe('unchanged');
    expect(out.written).toHaveLength(writes);
  });
});

describe('the parts of a day', () => {
  test('of another run never matter', async () => {
    const { out } = dayWith();
    for (const index of [0, 1]) {
      out.put(`_manifest/runs/run-0/finalized/2025-12-11/${index}.json`, 'x');
      out.put(`_manifest/runs/run-1/finalized/2025-12-10/${index}.json`, 'x');
    }
    expect((await finalize(out, SECOND)).manifest).toBe('awaited');
    expect((await finalize(out, FIRST)).manifest).toBe('written');
  });

  test('do not count where the day was cut into other slices', async () => {
    const { out } = dayWith();
    await finalize(out, { symbols: ['BTCUSDT'], index: 0, count: 3 });
    await finalize(out, { symbols: ['ETHUSDT'], index: 1, count: 3 });
    expect((await finalize(out, SECOND)).manifest).toBe('awaited');
    expect((await finalize(out, FIRST)).manifest).toBe('written');
    expect(manifest(out).symbols.map(({ symbol }) => symbol)).toEqual(SYMBOLS);
  });

  test('are made anew for a symbol-day that its task has done again', async () => {
    const out = await cleanDay();
    publish(out, { ...PUBLISHED_DAY, symbol: 'ETHUSDT', report: { coverage: 0.5 } });
    expect((await finalize(out, FIRST)).manifest).toBe('written');
    expect(manifest(out).symbols[1]?.published?.coverage).toBe(0.5);
    expect(manifest(out).dataset).toEqual({ market: 'usdm' });
  });

  test('are made anew where the own one cannot be read', async () => {
    const out = await cleanDay();
    const symbols = (): string | undefined => out.text(PART).split('"symbols"')[1];
    const before = symbols();
    expect(before).toContain('BTCUSDT');
    out.put(PART, '{}');
    expect((await finalize(out, FIRST)).manifest).toBe('unchanged');
    expect(symbols()).toBe(before);
  });

  test('end the step where one of another task cannot be read', async () => {
    const out = await cleanDay();
    out.put(OTHER_PART, '{}');
    await expect(finalize(out, FIRST)).rejects.toThrow(
      `memory/${OTHER_PART} finalized part: found other fields: '{}'`,
    );
  });

  test('are read again where the manifest changed in between, so that the newest has the last word', async () => {
    // The other task stores its newer part, then its manifest, while this one holds the older part.
    const newer = await cleanDay();
    publish(newer, { ...PUBLISHED_DAY, symbol: 'SOLUSDT', report: { coverage: 0.25 } });
    await finalize(newer, SECOND);
    let conflicts = 0;
    const { out } = dayWith((operation, name, store) => {
      if (operation !== 'write' || name !== MANIFEST || conflicts > 0) return;
      if (!store.names().includes(MANIFEST)) return;
      conflicts += 1;
      store.put(OTHER_PART, newer.text(OTHER_PART));
      store.put(MANIFEST, newer.text(MANIFEST));
    });
    await finalize(out, FIRST);
    await finalize(out, SECOND);
    publish(out, { ...PUBLISHED_DAY, report: { coverage: 0.5 } });
    expect((await finalize(out, FIRST)).manifest).toBe('written');
    expect(conflicts).toBe(1);
    const coverages = manifest(out).symbols.map(({ published }) => published?.coverage);
    expect(coverages).toEqual([0.5, undefined, 0.25]);
  });
});
