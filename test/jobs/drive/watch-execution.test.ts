/** The progress of an execution, from the service's answers and the records that its tasks store. */
import { describe, expect, test } from 'vitest';
import { refusedPlan } from '../../../src/core/plan/run-plan.js';
import type { StoredPlan } from '../../../src/core/plan/stored-plan.js';
import { storedJson } from '../../../src/core/stored/json-shape.js';
import { planName } from '../../../src/core/stored/output-names.js';
import { codec } from '../../../src/edge/format/codec.js';
import type { ExecutionView, Workflow } from '../../../src/jobs/ports.js';
import { recordedDays } from '../../../src/jobs/stored/recorded-days.js';
import {
  POLL_FIRST_MS,
  POLL_MS_MAX,
  watchExecution,
} from '../../../src/jobs/drive/watch-execution.js';
import { type ManualClock, manualClock } from '../../support/manual-clock.js';
import { type MemoryStore, openMemoryStore } from '../../support/memory-store.js';
import { plannedRun } from '../../support/operate/planned-run.js';
import { PUBLISHED_DAY, runRecord } from '../../support/day/published-day.js';

const ID = 'run-1';
const [A, B] = ['AUSDT', 'BUSDT'] as const;
const [ONE, TWO, THREE] = ['2025-12-10', '2025-12-11', '2025-12-12'] as const;
const PLAN = plannedRun({ symbols: [A, B], from: ONE, to: THREE, windowDays: 2 });

const REFUSED = refusedPlan(ID, '{}', { where: 'x', what: 'y', found: '1', expected: '2' });

function planned(): MemoryStore {
  return openMemoryStore({ files: { [planName(ID)]: storedJson(PLAN) } });
}

/** The service's answer at one look, after the tasks have stored these records. */
interface Look {
  readonly step: string;
  readonly recorded?: readonly (readonly [symbol: string, date: string])[];
  readonly finalized?: readonly string[];
}

interface Watched {
  readonly end: ExecutionView | string;
  /** Fields of the progress at each look. */
  readonly progress: unknown[];
  readonly phases: unknown[];
  readonly clock: ManualClock;
  readonly out: MemoryStore;
}

function viewOf(view: Partial<ExecutionView>): ExecutionView {
  const ended = { id: ID, state: 'succeeded', argument: {}, startedMs: 0, step: '' } as const;
  return { ...ended, error: undefined, ...view };
}

function workflowOf(look: (count: number) => Promise<ExecutionView> | ExecutionView): Workflow {
  let count = 0;
  return {
    name: 'projects/p/locations/l/workflows/w',
    settings: unasked,
    start: unasked,
    look: async (id) => {
      expect(id).toBe(ID);
      count += 1;
      return await look(count - 1);
    },
  };
}

function unasked(): never {
  throw new Error('not to be asked');
}

function store(out: MemoryStore, symbol: string, date: string, finalized: boolean): void {
  const record = runRecord({ ...PUBLISHED_DAY, symbol, date, record: { finalized } });
  out.put(`_manifest/runs/${ID}/${symbol}/${date}.json`, storedJson(record));
}

async function watch(
  looks: readonly Look[],
  ended: { readonly plan?: StoredPlan | undefined; readonly end?: ExecutionView } = {},
): Promise<Watched> {
  const { plan, end: last } = { plan: PLAN, end: viewOf({}), ...ended };
  const out = openMemoryStore();
  if (plan !== undefined) out.put(planName(ID), storedJson(plan));
  const clock = manualClock();
  const progress: unknown[] = [];
  const phases: unknown[] = [];
  const workflow = workflowOf((count) => {
    const { step = '', recorded = [], finalized = [] } = looks[count] ?? {};
    for (const [symbol, date] of recorded) store(out, symbol, date, false);
    for (const date of finalized) for (const symbol of [A, B]) store(out, symbol, date, true);
    return count < looks.length ? viewOf({ state: 'running', step }) : last;
  });
  const log = {
    event: (_severity: string, name: string, fields: object) => {
      if (name === 'execution_progress') progress.push(fields);
      if (name === 'phase_started') phases.push(fields);
    },
  };
  const stopped = Promise.withResolvers<string>().promise;
  const effects = { workflow, out, codec, clock, log, stopped };
  const watched = await watchExecution(ID, effects);
  const end = typeof watched === 'string' ? watched : watched.end;
  return { end, progress, phases, clock, out };
}

function progressIn(
  phase: string | undefined,
  window: number,
  [tasks_done, tasks]: readonly [number, number],
  symbol_days_done: number,
): unknown {
  return { phase, window, windows: 2, tasks_done, tasks, symbol_days_done, symbol_days: 6 };
}

describe('an execution', () => {
  test('is seen through its phases and windows', async () => {
    const { end, progress, phases } = await watch([
      { step: 'read_fan_out' },
      { step: 'aggregate' },
      { step: 'aggregate', recorded: [[A, ONE]] },
      {
        step: 'aggregate',
        recorded: [
          [A, TWO],
          [B, ONE],
        ],
      },
      { step: 'finalize', recorded: [[B, TWO]] },
      { step: 'finalize', finalized: [ONE] },
      { step: 'aggregate', finalized: [TWO] },
      { step: 'aggregate', recorded: [[B, THREE]] },
      { step: 'finalize', recorded: [[A, THREE]] },
      { step: 'summarize', finalized: [THREE] },
    ]);
    expect(end).toMatchObject({ state: 'succeeded' });
    expect(progress).toEqual([
      progressIn(undefined, 1, [0, 2], 0),
      progressIn('aggregate', 1, [0, 2], 0),
      progressIn('aggregate', 1, [0, 2], 1),
      progressIn('aggregate', 1, [1, 2], 3),
      progressIn('finalize', 1, [0, 2], 4),
      progressIn('finalize', 1, [1, 2], 4),
      progressIn('aggregate', 2, [0, 2], 4),
      progressIn('aggregate', 2, [1, 2], 5),
      progressIn('finalize', 2, [0, 1], 6),
      progressIn('summarize', 2, [0, 1], 6),
    ]);
    expect(phases).toEqual([
      { phase: 'aggregate', window: 1, windows: 2, tasks: 2 },
      { phase: 'finalize', window: 1, windows: 2, tasks: 2 },
      { phase: 'aggregate', window: 2, windows: 2, tasks: 2 },
      { phase: 'finalize', window: 2, windows: 2, tasks: 1 },
      { phase: 'summarize', window: 2, windows: 2, tasks: 1 },
    ]);
  });

  test('goes on to the next window though a day of the last was never finalized', async () => {
    const { progress } = await watch([
      {
        step: 'finalize',
        recorded: [
          [A, ONE],
          [B, ONE],
          [A, TWO],
          [B, TWO],
        ],
        finalized: [ONE],
      },
      { step: 'aggregate', recorded: [[A, THREE]] },
    ]);
    expect(progress.at(-1)).toMatchObject({ phase: 'aggregate', window: 2, tasks_done: 1 });
  });

  test('of records that cannot be read is seen as not finalized', async () => {
    const out = openMemoryStore();
    out.put(`_manifest/runs/${ID}/${A}/${ONE}.json`, '{');
    out.put(`_manifest/runs/${ID}/${B}/${ONE}.json`, '{');
    const workflow = workflowOf((count) =>
      viewOf({ state: count === 0 ? 'running' : 'failed', step: 'finalize' }),
    );
    const seen: unknown[] = [];
    const log = {
      event: (_severity: string, name: string, fields: object) => seen.push([name, fields]),
    };
    const stopped = Promise.withResolvers<string>().promise;
    const effects = { workflow, out, codec, clock: manualClock(), log, stopped };
    const plan = plannedRun({ symbols: [A, B], from: ONE, to: ONE });
    out.put(planName(ID), storedJson(plan));
    expect(await watchExecution(ID, effects)).toMatchObject({ plan, end: { state: 'failed' } });
    expect(seen).toContainEqual(['execution_progress', expect.objectContaining({ tasks_done: 0 })]);
    expect(seen).toContainEqual(['record_unreadable', expect.anything()]);
  });

  test('whose arguments were refused is waited for in silence', async () => {
    const refused = { message: 'no', tags: ['ArgumentError'] };
    const { end, progress, phases, out } = await watch([{ step: 'plan' }, { step: '' }], {
      plan: REFUSED,
      end: viewOf({ state: 'failed', error: refused }),
    });
    expect(end).toMatchObject({ state: 'failed', error: { message: 'no' } });
    expect(progress).toEqual([{ phase: 'plan' }, { phase: undefined }]);
    expect([phases, out.names()]).toEqual([[], [planName(ID)]]);
  });

  test.for(['succeeded', 'failed', 'cancelled'] as const)(
    'that has %s is given at once',
    async (state) => {
      const { end, clock } = await watch([], { end: viewOf({ state }) });
      expect(end).toMatchObject({ state });
      expect(clock.waitsMs).toEqual([]);
    },
  );

  test('is asked for less and less often, and the display every second', async () => {
    const events: string[] = [];
    const looks: number[] = [];
    const clock = manualClock(0);
    const workflow = workflowOf((count) => {
      looks.push(clock.nowMs());
      return viewOf({ state: count < 20 ? 'running' : 'succeeded' });
    });
    const log = { event: (_severity: string, name: string) => events.push(name) };
    const stopped = Promise.withResolvers<string>().promise;
    const effects = { workflow, out: openMemoryStore(), codec, clock, log, stopped };
    await watchExecution(ID, effects);
    const waits = looks.slice(1).map((at, index) => at - (looks[index] ?? 0));
    expect(waits[0]).toBe(POLL_FIRST_MS);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits.at(-1)).toBe(POLL_MS_MAX);
    expect(new Set(clock.waitsMs)).toEqual(new Set([1_000]));
    expect(events.filter((name) => name === 'waiting')).toHaveLength(clock.waitsMs.length);
    expect(new Set(events)).toEqual(new Set(['execution_progress', 'waiting']));
  });
});

describe('a signal ends the watching', () => {
  const unanswered = Promise.withResolvers<never>().promise;

  test.for<[string, (stop: () => void) => Partial<Parameters<typeof watchExecution>[1]>]>([
    [
      'between two looks',
      (stop) => ({
        clock: {
          nowMs: () => 0,
          turn: async () => await unanswered,
          waitMs: async () => {
            stop();
            await unanswered;
          },
        },
      }),
    ],
    [
      'while the service does not answer',
      (stop) => ({
        workflow: workflowOf(async () => {
          stop();
          return await unanswered;
        }),
      }),
    ],
    [
      'while the store does not answer',
      (stop) => ({
        out: {
          ...planned(),
          list: async () => {
            stop();
            return await unanswered;
          },
        },
      }),
    ],
  ])('%s', async ([, given]) => {
    const { promise: stopped, resolve } = Promise.withResolvers<string>();
    const effects = {
      workflow: workflowOf(() => viewOf({ state: 'running' })),
      out: planned(),
      codec,
      clock: manualClock(),
      log: { event: () => undefined },
      ...given(() => resolve('SIGINT')),
      stopped,
    };
    expect(await watchExecution(ID, effects)).toBe('SIGINT');
  });
});

test('the recorded days of a run are its records alone', async () => {
  const out = openMemoryStore();
  store(out, B, ONE, false);
  store(out, A, TWO, true);
  const folder = `_manifest/runs/${ID}`;
  for (const name of ['summary.json', `${A}/notes.json`, `${A}/${ONE}.txt`, `${A}/x/${ONE}.json`]) {
    out.put(`${folder}/${name}`, '{}');
  }
  out.put(`${folder}0/${A}/${ONE}.json`, '{}');
  expect(await recordedDays(ID, out)).toEqual([
    { symbol: A, date: TWO },
    { symbol: B, date: ONE },
  ]);
});
