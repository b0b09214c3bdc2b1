/**
 * Estimates what a run has cost in the cloud, from its records. Monthly storage, logs, network and the
 * workflow itself are left out.
 */
import type { RunRecord } from '../stored/manifest.js';
import { PRICES, TASK_SECOND_USD, TASK_SECONDS_BILLED_MIN } from './prices.js';

/** Per symbol-day: two streams on three days, and the published files, by the task and by the final step. */
export const LISTINGS_PER_SYMBOL_DAY = 8;
/** Per symbol-day, in addition to its files: the run's record, written by the task and by the final step. */
const RECORD_WRITES = 2;
/** Per symbol-day, in addition to inputs and published files: its record and the neighbours' reports. */
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
  return Number((billedSeconds * TASK_SECOND_USD + operationsUsd).toFixed(6));
}

function operationCostUsd({ files, input_objects: inputObjects }: RunRecord): number {
  return dayOperationsUsd(files.length, inputObjects);
}

/** Cloud Storage operations of one symbol-day: listings, its inputs, its files written and read back. */
export function dayOperationsUsd(files: number, inputObjects: number): number {
  const classA = LISTINGS_PER_SYMBOL_DAY + RECORD_WRITES + files;
  const classB = inputObjects + files + RECORD_AND_NEIGHBOUR_READS;
  return classA * PRICES.classAOperation.usd + classB * PRICES.classBOperation.usd;
}
