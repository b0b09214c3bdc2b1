/** The local run with tasks that are promises: order, retries, failures and signals. */
import { describe, expect, test } from 'vitest';
import { isWorldsFault } from '../../../src/cli/command/exit-code.js';
import { type PlannedPhase, phasesOf, type TaskCommand } from '../../../src/core/plan/run-plan.js';
import type { RunPlan } from '../../../src/core/plan/stored-plan.js';
import {
  type LocalRunResult,
  RETRY_WAIT_MS,
  type RunningTask,
  runLocally,
  STOP_WAIT_MS,
  type TaskEnd,
  type TaskPosition,
} from '../../../src/jobs/drive/run-locally.js';
import { manualClock } from '../../support/manual-clock.js';
import { plannedRun } from '../../support/operate/planned-run.js';

const GOOD: TaskEnd = { exitCode: 0, signal: undefined };
const WORLD_FAILED: TaskEnd = { exitCode: 3, signal: undefined };
const PARTS = { what: 'write', found: 'ENOSPC', expected: 'free space', where: 'out/a' };
const BLOCKED: TaskEnd = { ...WORLD_FAILED, blocked: PARTS };
const KILLED: TaskEnd = { exitCode: undefined, signal: 'SIGKILL' };

/** A plan of this many symbols and days, in one window. */
function planOf(symbolCount: number, dayCount: number): RunPlan {
  const symbols = Array.from({ length: symbolCount }, (_, index) => `S${index}`);
  return plannedRun({ symbols, from: '2024-05-01', to: `2024-05-0${dayCount}` });
}

interface Start extends TaskPosition {
  readonly step: TaskCommand;
  readonly count: number;
}

interface Played {
  readonly result: LocalRunResult<'SIGINT' | 'SIGTERM'>;
  readonly starts: readonly Start[];
  readonly events: readonly string[];
  readonly waitsMs: readonly number[];
  readonly runningMax: number;
}

interface Play {
  readonly symbolCount?: number;
  readonly dayCount?: number;
  readonly jobs?: number;
  readonly retries?: number;
  /** How a task ends; by default well. */
  readonly endOf?: (start: Start) => TaskEnd;
  readonly onStop?: () => void;
}

async function play({
  symbolCount = 1,
  dayCount = 1,
  jobs = 2,
  retries = 3,
  endOf,
  onStop = () => undefined,
}: Play): Promise<Played> {
  const clock = manualClock();
  const starts: Start[] = [];
  const events: string[] = [];
  let running = 0;
  let runningMax = 0;
  const start = ({ command: step, count }: PlannedPhase, position: TaskPosition): RunningTask => {
    const begun = { step, count, ...position };
    starts.push(begun);
    running += 1;
    runningMax = Math.max(runningMax, running);
    const ended = Promise.resolve()
      .then(() => Promise.resolve())
      .then(() => {
        running -= 1;
        return endOf?.(begun) ?? GOOD;
      });
    return { ended, stop: onStop, kill: () => undefined };
  };
  const result = await runLocally(
    { phases: phasesOf(planOf(symbolCount, dayCount)), jobs, retries },
    {
      runner: { start, isWorldsFault },
      clock,
      log: { event: (severity, name) => events.push(`${severity} ${name}`) },
      stopped: new Promise<'SIGINT' | 'SIGTERM'>(() => undefined),
    },
  );
  return { result, starts, events, waitsMs: clock.waitsMs, runningMax };
}

function names(starts: readonly Start[]): string[] {
  return starts.map(({ step, index, attempt }) => `${step} ${index}.${attempt}`);
}

describe('a local run', () => {
  test('runs a task per symbol, then one per day, then the summary', async () => {
    const { starts, result } = await play({ symbolCount: 2, dayCount: 3, jobs: 1 });
    expect(names(starts)).toEqual([
      'task 0.0',
      'task 1.0',
      'finalize 0.0',
      'finalize 1.0',
      'finalize 2.0',
      'summarize 0.0',
    ]);
    expect(starts.map(({ count }) => count)).toEqual([2, 2, 3, 3, 3, 1]);
    expect(result).toEqual({ failed: [], stoppedBy: undefined, blocked: undefined });
  });

  test('works window by window', () => {
    const symbols = ['A', 'B'];
    const plan = plannedRun({ symbols, from: '2024-05-01', to: '2024-05-03', windowDays: 2 });
    expect(phasesOf(plan)).toEqual([
      { command: 'task', window: 1, count: 2 },
      { command: 'finalize', window: 1, count: 2 },
      { command: 'task', window: 2, count: 2 },
      { command: 'finalize', window: 2, count: 1 },
      { command: 'summarize', window: undefined, count: 1 },
    ]);
  });

  test('has at most so many tasks at once, and as many as it may', async () => {
    expect((await play({ symbolCount: 9, jobs: 4 })).runningMax).toBe(4);
    expect((await play({ symbolCount: 3, jobs: 8 })).runningMax).toBe(3);
  });

  test('starts a failed task again with the next attempt, after a longer wait each time', async () => {
    const { starts, result, waitsMs, events } = await play({
      endOf: ({ step, attempt }) => (step === 'task' && attempt < 2 ? WORLD_FAILED : GOOD),
    });
    expect(names(starts).slice(0, 3)).toEqual(['task 0.0', 'task 0.1', 'task 0.2']);
    expect(waitsMs).toEqual([RETRY_WAIT_MS, 2 * RETRY_WAIT_MS]);
    expect(events.filter((event) => event === 'WARNING task_retried')).toHaveLength(2);
    expect(result.failed).toEqual([]);
  });

  test('ends with what no retry mends: stops its other tasks and starts no more', async () => {
    let stops = 0;
    const { starts, result, waitsMs, events } = await play({
      symbolCount: 5,
      onStop: () => (stops += 1),
      endOf: ({ index }) => (index === 0 ? BLOCKED : WORLD_FAILED),
    });
    expect(names(starts)).toEqual(['task 0.0', 'task 1.0']);
    expect(stops).toBe(1);
    expect(waitsMs).toEqual([STOP_WAIT_MS]);
    expect(events).toEqual(['INFO step_started']);
    expect(result).toMatchObject({ blocked: PARTS, failed: [{ index: 0, end: BLOCKED }] });
  });

  test('starts a task again that was killed', async () => {
    const { starts } = await play({
      endOf: ({ step, attempt }) => (step === 'task' && attempt === 0 ? KILLED : GOOD),
    });
    expect(names(starts)).toContain('task 0.1');
  });

  test.each([
    ['storage or network', WORLD_FAILED],
    ['SIGKILL', KILLED],
    ['SIGTERM, as the task says it', { exitCode: 143, signal: undefined }],
    ['a machine that cannot start it', { exitCode: undefined, signal: undefined }],
  ])('repeats what ended by %s', async (_cause, end) => {
    const { starts, result } = await play({
      retries: 1,
      endOf: ({ step }) => (step === 'task' ? end : GOOD),
    });
    expect(names(starts).filter((start) => start.startsWith('task'))).toHaveLength(2);
    expect(result.failed).toEqual([{ command: 'task', window: 1, index: 0, end }]);
  });

  test.each([1, 2, 70])('does not repeat a task that ended with %i', async (exitCode) => {
    const end: TaskEnd = { exitCode, signal: undefined };
    const { starts, result, waitsMs, events } = await play({
      endOf: ({ step }) => (step === 'task' ? end : GOOD),
    });
    expect(names(starts)).toEqual(['task 0.0', 'finalize 0.0', 'summarize 0.0']);
    expect(result.failed).toEqual([{ command: 'task', window: 1, index: 0, end }]);
    expect(waitsMs).toEqual([]);
    expect(events).toContain('ERROR task_failed');
  });

  test('finalizes and summarizes whatever failed before', async () => {
    const { starts, result, events } = await play({
      symbolCount: 2,
      retries: 1,
      endOf: ({ step, index }) =>
        (step === 'task' && index === 1) || step === 'finalize' ? WORLD_FAILED : GOOD,
    });
    expect(names(starts)).toContain('finalize 0.1');
    expect(names(starts).at(-1)).toBe('summarize 0.0');
    expect(result.failed).toEqual([
      { command: 'task', window: 1, index: 1, end: WORLD_FAILED },
      { command: 'finalize', window: 1, index: 0, end: WORLD_FAILED },
    ]);
    expect(events.filter((event) => event === 'ERROR task_failed')).toHaveLength(2);
  });

  test('tries once without retries', async () => {
    const { starts } = await play({ retries: 0, endOf: () => WORLD_FAILED });
    expect(names(starts)).toEqual(['task 0.0', 'finalize 0.0', 'summarize 0.0']);
  });
});

/** Tasks that end only on request. */
async function stopWhileRunning(obeys: boolean): Promise<{
  result: LocalRunResult<'SIGINT' | 'SIGTERM'>;
  told: readonly string[];
  waitsMs: readonly number[];
}> {
  const clock = manualClock();
  const stop = Promise.withResolvers<'SIGINT' | 'SIGTERM'>();
  const told: string[] = [];
  const start = ({ command: step }: PlannedPhase, { index }: TaskPosition): RunningTask => {
    const end = Promise.withResolvers<TaskEnd>();
    told.push(`start ${step} ${index}`);
    if (index === 1) stop.resolve('SIGTERM');
    return {
      ended: end.promise,
      stop: () => {
        told.push(`stop ${index}`);
        if (obeys) end.resolve({ exitCode: 143, signal: undefined });
      },
      kill: () => {
        told.push(`kill ${index}`);
        end.resolve(KILLED);
      },
    };
  };
  const result = await runLocally(
    { phases: phasesOf(planOf(5, 1)), jobs: 2, retries: 3 },
    {
      runner: { start, isWorldsFault },
      clock,
      log: { event: () => undefined },
      stopped: stop.promise,
    },
  );
  return { result, told, waitsMs: clock.waitsMs };
}

describe('a local run that has to stop', () => {
  test('asks what runs to stop, starts nothing more and says why', async () => {
    const { result, told } = await stopWhileRunning(true);
    expect(told.slice(0, 4)).toEqual(['start task 0', 'start task 1', 'stop 0', 'stop 1']);
    expect(told.filter((line) => line.startsWith('start'))).toHaveLength(2);
    expect(result).toEqual({ failed: [], stoppedBy: 'SIGTERM' });
  });

  test('kills what does not stop in time', async () => {
    const { result, told, waitsMs } = await stopWhileRunning(false);
    expect(told.slice(2)).toEqual(['stop 0', 'stop 1', 'kill 0', 'kill 1']);
    expect(waitsMs).toEqual([STOP_WAIT_MS]);
    expect(result.stoppedBy).toBe('SIGTERM');
  });
});
