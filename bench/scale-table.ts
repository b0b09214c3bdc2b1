/** Scale on paper: the model of src/core/cost as a table, and what it assumes in words. */
import { MEASURED } from '../src/core/cost/measured.js';
import { PRICES_DATE, TASK_SECONDS_BILLED_MIN } from '../src/core/cost/prices.js';
import { DEPLOYED_MACHINE, type Machine } from '../src/core/cost/run-time.js';
import {
  type ChunkLength,
  INPUTS_PER_SYMBOL_DAY,
  type Scale,
  type ScaleSetup,
  scaleOf,
} from '../src/core/cost/scale.js';
import { WINDOW_DAYS_DEFAULT } from '../src/core/plan/windows.js';
import { gibFor } from './contest/task-memory.js';
import type { Cells } from './contest/result-table.js';

export interface ScaleRequest {
  readonly symbols: number;
  readonly days: number;
  readonly parallelism: readonly number[];
  readonly vcpus: readonly number[];
  readonly chunks: readonly ChunkLength[];
  /** All tasks together. */
  readonly bucket: Pick<Machine, 'bucketReadsPerSecond' | 'bucketBytesPerSecond'>;
}

export const SCALE_DEFAULTS: ScaleRequest = {
  symbols: 500,
  days: 365,
  parallelism: [10, 50, 500],
  vcpus: [1, 2],
  chunks: ['minute', 'hour'],
  bucket: DEPLOYED_MACHINE,
};

const HEAD = [
  'chunks of',
  'tasks at once',
  'vCPU each',
  'hours',
  'bound by',
  'with twice of it',
  'USD a symbol-day: Cloud Run',
  'storage operations',
  'outputs kept a month',
];

export function scaleTable(request: ScaleRequest): Cells {
  const rows = request.chunks.flatMap((chunks) =>
    request.parallelism.flatMap((parallelism) =>
      request.vcpus.map((vcpus) => {
        const { symbols, days, bucket } = request;
        const machine = { ...DEPLOYED_MACHINE, ...bucket, vcpus, gib: gibFor(vcpus) };
        const setup: ScaleSetup = { symbols, days, parallelism, chunks, machine };
        return rowOf(setup, scaleOf(setup));
      }),
    ),
  );
  return [HEAD, ...rows];
}

function rowOf({ chunks, parallelism, machine }: ScaleSetup, scale: Scale): string[] {
  const { hours, bottleneck, gain, usd } = scale;
  return [
    `a ${chunks}`.replace('a hour', 'an hour'),
    String(parallelism),
    String(machine.vcpus),
    hours.toFixed(1),
    bottleneck,
    gain === 1 ? '–' : `${gain.toFixed(2)} × as fast`,
    usd.run.toFixed(5),
    usd.operations.toFixed(5),
    usd.storedMonth.toFixed(5),
  ];
}

/** What the model takes for granted, and every constant of it, in words. */
export function assumptions(): string[] {
  const { minute, hour } = INPUTS_PER_SYMBOL_DAY;
  const plainGigabytes = minute.inputBytes / 1e9;
  const reads = [minute, hour].map(({ inputObjects }) => grouped(inputObjects));
  const constants = Object.values(MEASURED).map(
    ({ value, unit, about, from }) => `- ${grouped(value)} ${unit}: ${about} (${from})`,
  );
  return [
    `- Every symbol records the whole day at full rate: ${plainGigabytes} GB of plain CSV.`,
    `- A symbol-day reads ${reads[0]} objects in chunks of a minute, ${reads[1]} in chunks of an hour.`,
    `- Everything is computed, into bars and signals of 1s and 1m, patterns and scoreboard, in windows of ${WINDOW_DAYS_DEFAULT} days, without retries.`,
    `- A task has ${DEPLOYED_MACHINE.gib} GiB. List prices of ${PRICES_DATE}; a task is billed for ${TASK_SECONDS_BILLED_MIN} s at least.`,
    ...constants,
  ];
}

function grouped(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 4 });
}
