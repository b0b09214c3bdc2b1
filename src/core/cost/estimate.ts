/** Estimates a cloud run before it starts: tasks, minutes and dollars, from what there is to read. */
import { dayOperationsUsd, LISTINGS_PER_SYMBOL_DAY } from './cost.js';
import type { Estimate } from './estimate-shape.js';
import { PRICES, PRICES_DATE } from './prices.js';
import {
  DEPLOYED_MACHINE,
  type Machine,
  runTime,
  type TaskFacts,
  type WindowFacts,
} from './run-time.js';

/** Tasks at once, as deploy/ sets it. */
export const PARALLELISM_DEFAULT = 10;
/** Above any quota. */
export const PARALLELISM_MAX = 10_000;

/** Of an unchanged symbol-day: its report, and its record by the task and by the final step. */
const UNCHANGED_READS = 3;
/** Workflow steps per window, polling included. */
const STEPS_PER_WINDOW = 200;

/** `parallelism`: tasks that the job runs at once. */
export function estimateRun(
  windows: readonly WindowFacts[],
  parallelism: number,
  machine: Machine = DEPLOYED_MACHINE,
): Estimate {
  const { tasks, wallSeconds, billedSeconds } = runTime(windows, parallelism, machine);
  const run = rounded(billedSeconds * secondUsd(machine));
  const operations = rounded(operationsUsd(windows));
  return {
    windows: windows.length,
    tasks,
    minutes: Math.ceil(wallSeconds / 60),
    usd: { run, operations, total: rounded(run + operations) },
    prices_date: PRICES_DATE,
  };
}

/** One second of one task. */
function secondUsd({ vcpus, gib }: Machine): number {
  return vcpus * PRICES.vcpuSecond.usd + gib * PRICES.gibSecond.usd;
}

function operationsUsd(windows: readonly WindowFacts[]): number {
  const stepsUsd = windows.length * STEPS_PER_WINDOW * PRICES.internalStep.usd;
  return windows
    .flatMap(({ tasks }) => tasks)
    .reduce((total, task) => total + taskOperationsUsd(task), stepsUsd);
}

/** An unchanged symbol-day costs its listings and a few reads. */
function taskOperationsUsd(task: TaskFacts): number {
  const { symbolDays, toCompute, inputObjects, outputFiles } = task;
  const unchanged = symbolDays - toCompute;
  const computedUsd =
    toCompute === 0
      ? 0
      : toCompute * dayOperationsUsd(outputFiles / toCompute, inputObjects / toCompute);
  const listedUsd = unchanged * LISTINGS_PER_SYMBOL_DAY * PRICES.classAOperation.usd;
  return computedUsd + listedUsd + unchanged * UNCHANGED_READS * PRICES.classBOperation.usd;
}

function rounded(usd: number): number {
  return Number(usd.toFixed(4));
}
