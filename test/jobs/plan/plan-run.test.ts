/** A run is planned once; later tasks find the plan. */
import { describe, expect, test } from 'vitest';
import { fanOut, isPlanned } from '../../../src/core/plan/run-plan.js';
import type { RunPlan } from '../../../src/core/plan/stored-plan.js';
import { defaultLayout } from '../../../src/core/rule/rules.js';
import { storedJson } from '../../../src/core/stored/json-shape.js';
import { fanOutName, planName } from '../../../src/core/stored/output-names.js';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { datesBetween, utcDate } from '../../../src/core/unit/utc-date.js';
import { codec } from '../../../src/edge/format/codec.js';
import {
  draftPlan,
  type PlanEffects,
  type PlanRequest,
  planRun,
  storeRefusal,
} from '../../../src/jobs/plan/plan-run.js';
import { readPlan, readStoredPlan, requirePlan } from '../../../src/jobs/plan/stored-plan.js';
import { type MemoryStore, openMemoryStore } from '../../support/memory-store.js';

const ONE = utcDate('2025-12-10', 'test');
const TWO = utcDate('2025-12-11', 'test');
const ID = 'run-1';
const DATES = datesBetween(ONE, TWO);
const REQUEST: PlanRequest = {
  runId: ID,
  arguments: { lookback_days: 3 },
  dates: DATES,
  recorded: false,
  windowDays: 31,
  choice: 'listed',
  layout: defaultLayout,
  allowEmpty: [],
  symbolsWhere: 'symbols',
  options: { 'edge-minutes': '2' },
};

interface World extends PlanEffects {
  readonly out: MemoryStore;
  readonly events: unknown[];
}

function world(files: Readonly<Record<string, string>> = {}): World {
  const events: unknown[] = [];
  const log: PlanEffects['log'] = {
    event: (...[severity, name, fields]) => events.push([severity, name, fields]),
  };
  const raw = openMemoryStore({
    root: 'raw',
    files: { 'BUSDT/trades/x': '', 'AUSDT/trades/x': '' },
  });
  return { raw, out: openMemoryStore({ root: 'out', files }), codec, log, events };
}

describe('a run', () => {
  test('is planned with what it finds, and its numbers are stored after the plan', async () => {
    const effects = world();
    const plan = await planRun(REQUEST, effects);
    expect(plan).toMatchObject({
      symbols: ['AUSDT', 'BUSDT'],
      symbols_found: true,
      options: { 'edge-minutes': '2', 'allow-empty': 'all' },
      windows: [{ from: ONE, to: TWO, aggregate_tasks: 2, finalize_tasks: 2 }],
    });
    expect(await readPlan(ID, effects)).toEqual(plan);
    expect(await textOf(effects, fanOutName(ID))).toBe(storedJson(fanOut(plan)));
    expect(effects.events).toContainEqual(['DEBUG', 'run_planned', { symbol_days: 4 }]);
  });

  test('of named symbols lets none of them be empty', async () => {
    const choice = [symbolName('BUSDT', 'test')];
    const { symbols_found: isFound, options } = await planRun({ ...REQUEST, choice }, world());
    expect({ isFound, options }).toEqual({ isFound: false, options: REQUEST.options });
  });

  test('keeps its plan, whatever has become of days and folders, and mends its numbers', async () => {
    const effects = world();
    const plan = await planRun(REQUEST, effects);
    effects.out.remove(fanOutName(ID));
    const later = { ...REQUEST, dates: DATES.slice(1), choice: 'all' as const };
    expect(await planRun(later, { ...effects, raw: openMemoryStore({ root: 'raw' }) })).toEqual(
      plan,
    );
    expect(await textOf(effects, fanOutName(ID))).toBe(storedJson(fanOut(plan)));
  });

  test('of a task that was slower has the plan of the faster one', async () => {
    const effects = world();
    let faster: RunPlan | undefined;
    const slow = {
      ...effects,
      raw: {
        ...effects.raw,
        folders: async (prefix?: string) => {
          faster ??= await planRun({ ...REQUEST, dates: DATES.slice(1) }, effects);
          return await effects.raw.folders(prefix);
        },
      },
    };
    expect(await planRun(REQUEST, slow)).toEqual(faster);
    expect(faster?.from).toBe(TWO);
  });

  test('is refused under the name of a run that was begun otherwise', async () => {
    const effects = world();
    await planRun(REQUEST, effects);
    const other = planRun({ ...REQUEST, arguments: {} }, effects);
    await expect(other).rejects.toThrow(
      'out/_manifest/runs/run-1/plan.json plan: found a plan for other options, expected the options that the run was started with, or another run id',
    );
  });

  test('of too many symbol-days is refused, and nothing is written', async () => {
    const effects = world({ '_symbols.json': JSON.stringify(names(2_001)) });
    const dates = datesBetween(utcDate('2025-01-01', 'test'), utcDate('2025-04-10', 'test'));
    await expect(planRun({ ...REQUEST, dates }, effects)).rejects.toThrow(
      'symbols symbol-days: found 2001 symbols for 100 days, expected at most 200000 symbol-days',
    );
    expect(effects.out.names()).toEqual(['_symbols.json']);
  });

  test('that is drafted writes nothing', async () => {
    const effects = world();
    expect(await draftPlan(REQUEST, effects)).toMatchObject({ symbols: ['AUSDT', 'BUSDT'] });
    expect(effects.out.names()).toEqual([]);
  });
});

describe('a refusal', () => {
  const parts = { where: 'start_date', what: 'date', found: "'x'", expected: 'a day' };
  const error = new FlowbarsError('usage', parts);

  test('is stored in place of a plan, in the words of the error', async () => {
    const effects = world();
    await storeRefusal(ID, '{"start_date":"x"}', error, effects);
    expect(await readStoredPlan(ID, effects)).toMatchObject({
      arguments: '{"start_date":"x"}',
      refused: { ...parts, message: error.message },
    });
    expect(await readPlan(ID, effects)).toBeUndefined();
    expect(JSON.parse(await textOf(effects, fanOutName(ID)))).toMatchObject({
      refused: error.message,
    });
    await expect(requirePlan(ID, effects)).rejects.toThrow(`out/${planName(ID)} plan: found none`);
  });

  test('does not take the place of a plan', async () => {
    const effects = world();
    const plan = await planRun(REQUEST, effects);
    const stored = await storeRefusal(ID, '{}', error, effects);
    expect(isPlanned(stored)).toBe(true);
    expect(await textOf(effects, fanOutName(ID))).toBe(storedJson(fanOut(plan)));
  });

  test('stays, too', async () => {
    const effects = world();
    await storeRefusal(ID, '{}', error, effects);
    await expect(planRun(REQUEST, effects)).rejects.toThrow('plan: found a refusal, expected');
    expect(await readPlan(ID, effects)).toBeUndefined();
  });
});

async function textOf({ out }: World, name: string): Promise<string> {
  const content = await out.read(name);
  if (content === undefined) throw new Error(`no ${name} among ${out.names().join(', ')}`);
  return codec.decode(content.bytes);
}

function names(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `S${index}`);
}
