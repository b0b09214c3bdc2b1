/**
 * An estimate of what a run costs in the cloud, from public list prices. It is no bill: free tiers,
 * discounts, storage per month, logs, network and the workflow itself are left out.
 */
import type { RunRecord } from './manifest.js';

/**
 * USD, public list prices of us-central1 as published in 2025 (cloud.google.com/run/pricing and
 * /storage/pricing): Cloud Run jobs (instance-based billing, tier 1), Cloud Storage (Standard, one region).
 */
const VCPU_SECOND_USD = 0.000018;
const GIB_SECOND_USD = 0.000002;
/** Class A: writes and listings. Class B: reads. */
const CLASS_A_OPERATION_USD = 0.005 / 1_000;
const CLASS_B_OPERATION_USD = 0.0004 / 1_000;

/** A job's instance is billed for at least this long. */
const TASK_SECONDS_BILLED_MIN = 60;
/** The size of a task as deploy/ sets it. */
const TASK_VCPUS = 2;
const TASK_GIB = 2;

/** Per symbol-day: three days of two streams and the published files are listed, by the task and by the final step. */
const LISTINGS_PER_SYMBOL_DAY = 8;
/** Per symbol-day besides its files: the run's record, written by the task and again by the final step. */
const RECORD_WRITES = 2;
/** Each published file is read back once; record and the neighbours' reports are read besides. */
const RECORD_AND_NEIGHBOUR_READS = 4;

/** USD, six decimals. A task computes every day of one symbol. */
export function estimatedCostUsd(records: readonly RunRecord[]): number {
  const operationsUsd = records.reduce((total, record) => total + operationCostUsd(record), 0);
  const secondsBySymbol = new Map<string, number>();
  for (const { symbol, seconds } of records) {
    secondsBySymbol.set(symbol, (secondsBySymbol.get(symbol) ?? 0) + seconds);
  }
  const billedSeconds = [...secondsBySymbol.values()].reduce(
    (total, seconds) => total + Math.max(seconds, TASK_SECONDS_BILLED_MIN),
    0,
  );
  const secondUsd = TASK_VCPUS * VCPU_SECOND_USD + TASK_GIB * GIB_SECOND_USD;
  return Number((billedSeconds * secondUsd + operationsUsd).toFixed(6));
}

function operationCostUsd({ files, input_objects: inputObjects }: RunRecord): number {
  const classA = LISTINGS_PER_SYMBOL_DAY + RECORD_WRITES + files.length;
  const classB = inputObjects + files.length + RECORD_AND_NEIGHBOUR_READS;
  return classA * CLASS_A_OPERATION_USD + classB * CLASS_B_OPERATION_USD;
}
