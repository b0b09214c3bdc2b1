/**
 * What a run would take in the cloud, before it is started: tasks, minutes and dollars, from what
 * there is to read. An estimate by named assumptions, on the careful side; the bill is another.
 */
import { finalizeSlices } from '../plan/finalize-slices.js';
import { dayOperationsUsd, LISTINGS_PER_SYMBOL_DAY } from './cost.js';
import type { Estimate } from './estimate-shape.js';
import { PRICES, PRICES_DATE, TASK_SECOND_USD, TASK_SECONDS_BILLED_MIN } from './prices.js';

/** Tasks at once, as deploy/ sets it. */
export const PARALLELISM_DEFAULT = 10;
/** More than any quota gives. */
export const PARALLELISM_MAX = 10_000;

/**
 * Small objects that one task reads in a second: 96 in flight, taken in order. At 90 ms each this
 * gave 950 to 1,000, and up to 800 through the client; docs/PERFORMANCE.md has the runs.
 */
export const OBJECTS_PER_SECOND = 800;
/**
 * Reads that one bucket gives all tasks together, before it has grown with the load, which takes it
 * some minutes: https://cloud.google.com/storage/docs/request-rate
 */
export const BUCKET_READS_PER_SECOND = 5_000;
/** Bytes that a task of one vCPU reads, checks and folds in a second: 955 MB take 7.1 CPU-seconds. */
export const BYTES_PER_SECOND = 125_000_000;
/** Of a symbol-day besides: listings, writing and the records. */
const SYMBOL_DAY_SECONDS = 1;
/** Reading back and checking one symbol-day of 1s and 1m bars. */
const FINALIZE_SECONDS = 1.5;
/** Carrying an unchanged one on: a listing, and its record read and written, 0.4 s with four at once. */
const CARRY_SECONDS = 0.1;
/** Starting containers, and the workflow asking whether they are done. */
const PHASE_SECONDS = 60;
/** The first, which plans, and the last, which summarizes. */
const RUN_TASKS = 2;
/** Two bar files and the quality report. */
const FILES_PER_SYMBOL_DAY = 3;
/** Steps of the workflow for a window, its waiting included. */
const STEPS_PER_WINDOW = 200;

/** What is known of the symbol-days of one symbol in one window. */
export interface TaskFacts {
  readonly symbolDays: number;
  /** Of those, the ones that will be computed. */
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

/** Of each task; all of them together read no faster than their bucket gives. */
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

/** Of all days of one symbol. */
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

/** Tasks start in order, each as soon as there is room. */
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
