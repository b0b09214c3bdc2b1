/** A day on two threads: what they cannot give together, and which error counts. */
import { expect, test } from 'vitest';
import { RowPool } from '../../../src/core/event/row-pool.js';
import type { StretchEnd, StretchTask } from '../../../src/core/pass/stretch-task.js';
import { STRETCH_BYTES_MIN, stretchesOf } from '../../../src/core/plan/stretches.js';
import { FlowbarsError, type ErrorKind } from '../../../src/core/unit/errors.js';
import { dayStartMs } from '../../../src/core/unit/utc-date.js';
import { type CutPlan, computeDay } from '../../../src/jobs/aggregate/compute-day.js';
import { computeStretch } from '../../../src/jobs/aggregate/compute-stretch.js';
import type { ComputedDay } from '../../../src/jobs/aggregate/day-outcome.js';
import { listDay } from '../../../src/jobs/plan/list-day.js';
import {
  aggregateOptions,
  ONE_THREAD,
  SMALL_DAY,
  type SmallWorld,
  smallWorld,
  tradeLine,
  tradesChunk,
} from '../../support/day/aggregating.js';

const { rules } = aggregateOptions({ resolutions: '1m' });
const MINUTES = [0, 10, 20, 30];
const FILES = Object.fromEntries(
  MINUTES.map((minute, index) => [
    `BTCUSDT/trades/2025-12-11/00-${String(minute).padStart(2, '0')}.csv`,
    tradesChunk(tradeLine(minute, '100', index), tradeLine(minute, '101', 10 + index)),
  ]),
);

/** The plan of the small day, whose chunks are said to be large. */
async function planOf({ effects }: SmallWorld, threads: number): Promise<CutPlan> {
  const plan = await listDay(SMALL_DAY, rules, effects.raw);
  const steps = plan.steps.map((step) => ({
    ...step,
    objects: step.objects.map((object) => ({ ...object, sizeBytes: STRETCH_BYTES_MIN })),
  }));
  const stretches = stretchesOf(steps, rules, dayStartMs(SMALL_DAY.date), threads);
  return { ...plan, steps, stretches };
}

interface Computed {
  readonly day: ComputedDay;
  readonly events: readonly string[];
  readonly tasks: readonly StretchTask[];
}

/** `answer` is what the other thread does. */
async function computeWith(
  answer: (task: StretchTask, world: SmallWorld) => Promise<StretchEnd>,
  files = FILES,
): Promise<Computed> {
  const world = smallWorld(files);
  const tasks: StretchTask[] = [];
  const crew = {
    threads: 2,
    prepare: () => undefined,
    compute: async (task: StretchTask, atOnce: number): Promise<StretchEnd> => {
      expect(atOnce).toBe(2);
      tasks.push(task);
      return await answer(task, world);
    },
  };
  const plan = await planOf(world, crew.threads);
  const raw = { ...world.raw, read: async (name: string) => await world.raw.read(name) };
  const day = await computeDay(SMALL_DAY, plan, rules, { ...world.effects, raw, crew });
  return { day, events: world.events, tasks };
}

async function honestly(task: StretchTask, { effects, raw }: SmallWorld): Promise<StretchEnd> {
  const unlisted = { ...raw, read: async (name: string) => await raw.read(name) };
  const needs = { pool: new RowPool(), atOnce: 2, onRead: () => undefined };
  return await computeStretch(task, { ...effects, raw: unlisted }, needs);
}

function failingWith(kind: ErrorKind): () => Promise<never> {
  const parts = { what: 'read', found: kind, expected: 'nothing of it', where: 'thread' };
  return async () => await Promise.reject(new FlowbarsError(kind, parts));
}

async function onOneThread(files = FILES): Promise<ComputedDay> {
  const world = smallWorld(files);
  const raw = { ...world.raw, read: async (name: string) => await world.raw.read(name) };
  const effects = { ...world.effects, raw, crew: ONE_THREAD };
  return await computeDay(SMALL_DAY, await planOf(world, 1), rules, effects);
}

test('the other thread computes the later chunks, and the day is that of one thread', async () => {
  const { day, events, tasks } = await computeWith(honestly);
  expect(tasks.map(({ stretch }) => stretch.steps.map(({ minute }) => minute))).toEqual([[20, 30]]);
  expect(events).not.toContain('DEBUG computing_again');
  const one = await onOneThread();
  expect(day).toEqual(one);
  expect(day.inputs).toHaveLength(MINUTES.length);
});

test.each([
  ['the other thread meets a limit', failingWith('limit')],
  [
    'the other thread cannot go on alone',
    async () => await Promise.resolve({ needsWholeDay: 'a reason' }),
  ],
])('the day is computed again in one pass if %s', async (_, answer) => {
  const { day, events } = await computeWith(answer);
  expect(events).toContain('DEBUG computing_again');
  expect(day).toEqual(await onOneThread());
});

test('the day is computed again if an id comes back far from its first row', async () => {
  const repeated = tradesChunk(tradeLine(30, '100', 0), tradeLine(30, '101', 13));
  const files = { ...FILES, 'BTCUSDT/trades/2025-12-11/00-30.csv': repeated };
  const { day, events } = await computeWith(honestly, files);
  expect(events).toContain('DEBUG computing_again');
  expect(day.evidence.trades.duplicate).toBe(1);
  expect(day).toEqual(await onOneThread(files));
});

test('an error of storage on the other thread ends the day', async () => {
  await expect(computeWith(failingWith('world'))).rejects.toThrow('thread read: found world');
});

test('a bug on the other thread ends it too', async () => {
  const broken = computeWith(async () => await Promise.reject(new Error('a bug')));
  await expect(broken).rejects.toThrow('a bug');
});
