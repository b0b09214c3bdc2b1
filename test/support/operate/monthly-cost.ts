/** The monthly cost in docs/OPERATIONS.md: a month of the daily run, by the product's prices and estimate. */
import { estimateRun, PARALLELISM_DEFAULT } from '../../../src/core/cost/estimate.js';
import { PRICES } from '../../../src/core/cost/prices.js';
import {
  CHUNKS_PER_SYMBOL_DAY,
  INPUTS_PER_SYMBOL_DAY,
  OUTPUTS_PER_SYMBOL_DAY,
  RAW_BYTES_PER_SYMBOL_DAY,
} from '../../../src/core/cost/scale.js';

const DAYS = 30;
/** The schedule's look-back and yesterday. */
const DAYS_LOOKED_AT = 4;
const IMAGE_GIB = 0.5;
const SCHEDULES = 2;
const GIB = 2 ** 30;

/** USD a month by line of the table. */
export function monthlyCost(symbols: number): Record<string, number> {
  const task = {
    symbolDays: DAYS_LOOKED_AT,
    toCompute: 1,
    ...INPUTS_PER_SYMBOL_DAY.minute,
    ...OUTPUTS_PER_SYMBOL_DAY,
  };
  const tasks = Array.from({ length: symbols }, () => task);
  const { usd } = estimateRun([{ days: DAYS_LOOKED_AT, tasks }], PARALLELISM_DEFAULT);
  const stored = (bytes: number): number =>
    ((symbols * bytes * DAYS) / GIB) * PRICES.storedGibMonth.usd;
  return {
    'recorder: writes of chunks':
      symbols * CHUNKS_PER_SYMBOL_DAY * DAYS * PRICES.classAOperation.usd,
    'flowbars: Cloud Run': usd.run * DAYS,
    'flowbars: storage operations and workflow': usd.operations * DAYS,
    'image and schedules':
      IMAGE_GIB * PRICES.imageGibMonth.usd + SCHEDULES * PRICES.schedulerJobMonth.usd,
    'storage of a month of outputs': stored(OUTPUTS_PER_SYMBOL_DAY.outputBytes),
    'storage of a month of raw chunks, plain': stored(RAW_BYTES_PER_SYMBOL_DAY),
  };
}
