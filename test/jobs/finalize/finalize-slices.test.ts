/** Several days in one process: the same manifests as one by one, and what a failure of one does to the others. */
import { expect, test } from 'vitest';
import { type GoodRule, isGoodRun } from '../../../src/core/run/good.js';
import { SCHEMA_VERSION } from '../../../src/core/shape/shape.js';
import { FlowbarsError, type ErrorKind } from '../../../src/core/unit/errors.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { addDays, utcDate } from '../../../src/core/unit/utc-date.js';
import { finalizeSlices, SLICES_AT_ONCE } from '../../../src/jobs/finalize/finalize-slices.js';
import { summarizeRun } from '../../../src/jobs/finalize/summarize-run.js';
import { effectsOf, finalize, storeWith } from '../../support/day/finalizing.js';
import { wantedFrom } from '../../support/day/products.js';
import type { MemoryStore } from '../../support/memory-store.js';
import type { RunRecord } from '../../../src/core/stored/manifest.js';

const DATES = Array.from({ length: SLICES_AT_ONCE + 2 }, (_, day) =>
  addDays(utcDate('2025-12-11', 'test'), day),
);
const SYMBOLS = [symbolName('BTCUSDT', 'test')];
const OPTIONS = { runId: 'run-1', codeVersion: '1', wanted: wantedFrom('1h') };
const SLICES = DATES.map((date) => ({ date, symbols: SYMBOLS, index: 0, count: 1 }));

/** Published days with a record each; the third record has `changes`. */
function storeOf(changes: Partial<RunRecord> = {}, fails?: { date: string; kind: ErrorKind }) {
  const days = DATES.map((date, index) => ({ date, record: index === 2 ? changes : {} }));
  return storeWith(days, {
    before: (operation, name) => {
      if (operation !== 'write' || name !== `_manifest/${fails?.date ?? ''}.json`) return;
      const parts = { what: operation, found: 'ENOSPC', expected: 'space', where: name };
      throw new FlowbarsError(fails?.kind ?? 'world', parts);
    },
  });
}

const contents = (out: MemoryStore): Record<string, string> =>
  Object.fromEntries(out.names().map((name) => [name, out.text(name)]));

test('days at once leave what days one by one leave, with one event for each symbol-day', async () => {
  const [out, alone] = [storeOf(), storeOf()];
  for (const date of DATES) await finalize(alone, { date });
  const events: string[] = [];
  const log = { event: (_severity: string, name: string) => events.push(name) };
  const done = await finalizeSlices(SLICES, OPTIONS, { ...effectsOf(out), log });
  expect(done).toMatchObject({ failures: [], manifestDates: DATES });
  expect(done.records.map(({ date }) => date)).toEqual(DATES);
  expect(contents(out)).toEqual(contents(alone));
  expect(events.filter((name) => name === 'symbol_day_finalized')).toHaveLength(DATES.length);
});

test('a day whose storage fails keeps no other from its manifest', async () => {
  const [, bad] = DATES;
  const out = storeOf({}, { date: bad ?? '', kind: 'world' });
  const done = await finalizeSlices(SLICES, OPTIONS, effectsOf(out));
  expect(done.failures.map(({ kind }) => kind)).toEqual(['world']);
  expect(done.manifestDates).toEqual(DATES.filter((date) => date !== bad));
});

test('a manifest of another version is left as it is, and says the way out', async () => {
  const [bad = ''] = DATES;
  const out = storeOf();
  const name = `_manifest/${bad}.json`;
  out.put(name, '{"schema_version":3}');
  const done = await finalizeSlices(SLICES, OPTIONS, effectsOf(out));
  expect(done.failures.map(({ kind, message }) => [kind, message])).toEqual([
    [
      'data',
      `memory/${name} day manifest: found schema version 3, expected schema version ` +
        `${SCHEMA_VERSION}: move it away, then run all symbols of the day again`,
    ],
  ]);
  expect(done.manifestDates).toEqual(DATES.slice(1));
  expect(out.text(name)).toBe('{"schema_version":3}');
});

test('what no retry mends ends the step', async () => {
  const out = storeOf({}, { date: DATES[0] ?? '', kind: 'blocked' });
  const done = finalizeSlices(SLICES, OPTIONS, effectsOf(out));
  await expect(done).rejects.toMatchObject({ kind: 'blocked' });
  expect(out.names()).not.toContain(`_manifest/${DATES.at(-1) ?? ''}.json`);
});

test.for<[string, Partial<RunRecord>, Partial<GoodRule>, boolean]>([
  ['complete days', {}, {}, true],
  ['a failed day', { outcome: 'failed', status: 'failed' }, {}, false],
  ['an error', { outcome: 'error', status: null }, { allowEmpty: 'found' }, false],
])('finalize and summarize call a run with %s good: %s', async ([, changes, rule, good]) => {
  const out = storeOf(changes);
  const whole: GoodRule = { coverageMin: 0.99, allowEmpty: [], ...rule };
  const { records } = await finalizeSlices(SLICES, OPTIONS, effectsOf(out));
  const symbolDays = SYMBOLS.flatMap((symbol) => DATES.map((date) => ({ symbol, date })));
  const run = { runId: 'run-1', codeVersion: '1', symbolDays, arguments: {} };
  const summary = await summarizeRun({ ...run, ...whole }, effectsOf(out));
  expect([isGoodRun(records, whole), summary.good]).toEqual([good, good]);
});
