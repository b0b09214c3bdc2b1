/**
 * How long a cloud run takes, task by task, and how many seconds are billed. Within a task reading ahead
 * and computing overlap, so the slower of the two counts.
 */
import { finalizeSlices } from '../plan/finalize-slices.js';
import { MEASURED } from './measured.js';
import type { OutputFacts } from './output-facts.js';
import { TASK_GIB, TASK_SECONDS_BILLED_MIN, TASK_VCPUS } from './prices.js';

/** The first task plans, the last one summarizes. */
const RUN_TASKS = 2;

/** The symbol-days of one symbol in one window; inputs and outputs are those of the days to compute. */
export interface TaskFacts extends OutputFacts {
  readonly symbolDays: number;
  /** How many of them will be computed. */
  readonly toCompute: number;
  readonly inputObjects: number;
  readonly inputBytes: number;
}

export interface WindowFacts {
  readonly days: number;
  readonly tasks: readonly TaskFacts[];
}

/** What tasks run on, and what they read from. */
export interface Machine {
  /** Of one task. */
  readonly vcpus: number;
  readonly gib: number;
  readonly requestSeconds: number;
  /** All tasks together. */
  readonly bucketReadsPerSecond: number;
  readonly bucketBytesPerSecond: number;
}

/** As deploy/ sets it. */
export const DEPLOYED_MACHINE: Machine = {
  vcpus: TASK_VCPUS,
  gib: TASK_GIB,
  requestSeconds: MEASURED.request.value,
  bucketReadsPerSecond: MEASURED.bucketReads.value,
  bucketBytesPerSecond: MEASURED.bucketBytes.value,
};

export interface RunTime {
  readonly tasks: number;
  readonly wallSeconds: number;
  /** Of all tasks, each for at least the shortest billed time. */
  readonly billedSeconds: number;
}

/** `parallelism`: tasks that the job runs at once. */
export function runTime(
  windows: readonly WindowFacts[],
  parallelism: number,
  machine: Machine,
): RunTime {
  let tasks = RUN_TASKS;
  let wallSeconds = RUN_TASKS * MEASURED.phase.value;
  let billedSeconds = RUN_TASKS * TASK_SECONDS_BILLED_MIN;
  for (const { days, tasks: facts } of windows) {
    const slices = finalizeSlices(facts).map((slice) => sum(slice.map(finalizeSeconds)) / days);
    const finalize = Array.from({ length: days }, () => slices.map(started)).flat();
    for (const seconds of [sharedSeconds(facts, parallelism, machine), finalize]) {
      wallSeconds += MEASURED.phase.value + roundsSeconds(seconds, parallelism);
      billedSeconds += sum(seconds.map((task) => Math.max(task, TASK_SECONDS_BILLED_MIN)));
      tasks += seconds.length;
    }
  }
  return { tasks, wallSeconds, billedSeconds };
}

/** Seconds of each task. Together they read no faster than the bucket serves. */
function sharedSeconds(
  facts: readonly TaskFacts[],
  parallelism: number,
  machine: Machine,
): number[] {
  const alone = facts.map((task) => taskSeconds(task, machine));
  const bucketSeconds = Math.max(
    sum(facts.map(({ inputObjects }) => inputObjects)) / machine.bucketReadsPerSecond,
    sum(facts.map(({ inputBytes }) => inputBytes)) / machine.bucketBytesPerSecond,
  );
  const wallSeconds = roundsSeconds(alone, parallelism);
  const slowdown = Math.max(1, bucketSeconds / Math.max(wallSeconds, 1));
  return alone.map((seconds) => seconds * slowdown);
}

/** Seconds of a task that shares the bucket with nobody. */
export function taskSeconds(task: TaskFacts, machine: Machine): number {
  const { symbolDays, inputObjects } = task;
  const cpuSeconds = foldSeconds(task) + inputObjects * MEASURED.cpuPerObject.value;
  const computeSeconds = cpuSeconds / speedup(machine.vcpus);
  const readSeconds = (inputObjects * machine.requestSeconds) / MEASURED.readsAtOnce.value;
  const daySeconds =
    symbolDays * MEASURED.symbolDay.value +
    task.withSignals * MEASURED.signalsDay.value +
    task.withPatterns * MEASURED.patternsDay.value +
    task.withTyped * MEASURED.typedDay.value;
  return started(daySeconds + Math.max(computeSeconds, readSeconds));
}

/** CPU-seconds that grow with the chunks' bytes. */
function foldSeconds({ toCompute, inputBytes, withSignals }: TaskFacts): number {
  const { cpuPerMegabyte, signalsPerMegabyte } = MEASURED;
  const share = toCompute === 0 ? 0 : withSignals / toCompute;
  return (inputBytes / 1e6) * (cpuPerMegabyte.value + share * signalsPerMegabyte.value);
}

/** Amdahl's law. */
function speedup(vcpus: number): number {
  const share = MEASURED.parallelShare.value;
  return 1 / (1 - share + share / vcpus);
}

/** Seconds for all days of one symbol. */
function finalizeSeconds(task: TaskFacts): number {
  const { symbolDays, toCompute, withSignals, withPatterns, withTyped } = task;
  const { finalize, finalizeSignals, finalizePatterns, finalizeTyped, carry } = MEASURED;
  return (
    toCompute * finalize.value +
    withSignals * finalizeSignals.value +
    withPatterns * finalizePatterns.value +
    withTyped * finalizeTyped.value +
    (symbolDays - toCompute) * carry.value
  );
}

function started(seconds: number): number {
  return MEASURED.taskStart.value + seconds;
}

/** Wall time of tasks that start in order, each as soon as there is room. */
function roundsSeconds(seconds: readonly number[], parallelism: number): number {
  const ends: number[] = [];
  for (const task of seconds) {
    const start = ends.length < parallelism ? 0 : Math.min(...ends);
    if (ends.length >= parallelism) ends.splice(ends.indexOf(start), 1);
    ends.push(start + task);
  }
  return Math.max(0, ...ends);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
