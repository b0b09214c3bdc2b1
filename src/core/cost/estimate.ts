/**
 * Estimates a cloud run before it starts: tasks, minutes and dollars, from what there is to read. Each
 * assumption is a named constant, and errs on the high side.
 */
import { finalizeSlices } from '../plan/finalize-slices.js';
import { dayOperationsUsd, LISTINGS_PER_SYMBOL_DAY } from './cost.js';
import type { Estimate } from './estimate-shape.js';
import { PRICES, PRICES_DATE, TASK_SECOND_USD, TASK_SECONDS_BILLED_MIN } from './prices.js';

/** Tasks at once, as deploy/ sets it. */
export const PARALLELISM_DEFAULT = 10;
/** Above any quota. */
export const PARALLELISM_MAX = 10_000;

/**
 * Small objects that one task reads per second: 96 in flight, consumed in order. Measured at 90 ms each:
 * 950 to 1,000, and up to 800 through the client; docs/PERFORMANCE.md has the runs.
 */
export const OBJECTS_PER_SECOND = 800;
/**
 * Reads per second that one bucket serves all tasks together until it scales up, which takes some
 * minutes: https://cloud.google.com/storage/docs/request-rate
 */
export const BUCKET_READS_PER_SECOND = 5_000;
/** Bytes that a one-vCPU task reads, checks and folds per second: 955 MB took 7.1 CPU-seconds. */
export const BYTES_PER_SECOND = 125_000_000;
/** Fixed time of a symbol-day: listings, writes and records. */
const SYMBOL_DAY_SECONDS = 1;
/** Reads one symbol-day of 1s and 1m bars back and checks it. */
const FINALIZE_SECONDS = 1.5;
/** Keeps an unchanged symbol-day: one listing, its record read and written; 0.4 s with four at once. */
const CARRY_SECONDS = 0.1;
/** Container start, and the workflow's polling. */
const PHASE_SECONDS = 60;
/** The first task plans, the last one summarizes. */
const RUN_TASKS = 2;
/** Two bar files and the quality report. */
const FILES_PER_SYMBOL_DAY = 3;
/** Workflow steps per window, polling included. */
const STEPS_PER_WINDOW = 200;

/** The symbol-days of one symbol in one window. */
export interface TaskFacts {
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

/** `parallelism`: tasks that the job runs at once. */
export function estimateRun(windows: readonly WindowFacts[], parallelism: number): Estimate {
  let wallSeconds = RUN_TASKS * PHASE_SECONDS;
  let billedSeconds = RUN_TASKS * TASK_SECONDS_BILLED_MIN;
  let operationsUsd = windows.length * STEPS_PER_WINDOW * PRICES.internalStep.usd;
  let tasks = RUN_TASKS;
  for (const { days, tasks: facts } of windows) {
    const aggregate = sharedSeconds(facts, parallelism);
    const slices = finalizeSlices(facts).map((slice) => sum(slice.map(finalizeSeconds)) / days);
    const finalize = Array.from({ length: days }, () => slices).flat();
    for (const seconds of [aggregate, finalize]) {
      wallSeconds += PHASE_SECONDS + roundsSeconds(seconds, parallelism);
      billedSeconds += sum(seconds.map((task) => Math.max(task, TASK_SECONDS_BILLED_MIN)));
      tasks += seconds.length;
    }
    operationsUsd += sum(facts.map(taskOperationsUsd));
  }
  const run = rounded(billedSeconds * TASK_SECOND_USD);
  const operations = rounded(operationsUsd);
  return {
    windows: windows.length,
    tasks,
    minutes: Math.ceil(wallSeconds / 60),
    usd: { run, operations, total: rounded(run + operations) },
    prices_date: PRICES_DATE,
  };
}

/** Seconds of each task. Together they read no faster than the bucket serves. */
function sharedSeconds(facts: readonly TaskFacts[], parallelism: number): number[] {
  const alone = facts.map(taskSeconds);
  const objects = sum(facts.map(({ inputObjects }) => inputObjects));
  const wallSeconds = roundsSeconds(alone, parallelism);
  const slowdown = Math.max(1, objects / BUCKET_READS_PER_SECOND / Math.max(wallSeconds, 1));
  return alone.map((seconds) => seconds * slowdown);
}

function taskSeconds({ symbolDays, inputObjects, inputBytes }: TaskFacts): number {
  const readSeconds = inputObjects / OBJECTS_PER_SECOND + inputBytes / BYTES_PER_SECOND;
  return symbolDays * SYMBOL_DAY_SECONDS + readSeconds;
}

/** Seconds for all days of one symbol. */
function finalizeSeconds({ symbolDays, toCompute }: TaskFacts): number {
  return toCompute * FINALIZE_SECONDS + (symbolDays - toCompute) * CARRY_SECONDS;
}

/** An unchanged symbol-day costs its listings and three reads. */
function taskOperationsUsd({ symbolDays, toCompute, inputObjects }: TaskFacts): number {
  const unchanged = symbolDays - toCompute;
  const computedUsd =
    toCompute === 0
      ? 0
      : toCompute * dayOperationsUsd(FILES_PER_SYMBOL_DAY, inputObjects / toCompute);
  const listedUsd = unchanged * LISTINGS_PER_SYMBOL_DAY * PRICES.classAOperation.usd;
  return computedUsd + listedUsd + unchanged * FILES_PER_SYMBOL_DAY * PRICES.classBOperation.usd;
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

function rounded(usd: number): number {
  return Number(usd.toFixed(4));
}
