/**
 * A model of many symbols over many days, by the estimate of a run: its time, its cost per symbol-day,
 * and what bounds it. Every symbol records its whole day at full rate, and everything is computed.
 */
import { WINDOW_DAYS_DEFAULT } from '../plan/windows.js';
import { USUAL_PRODUCTS } from '../rule/products.js';
import { estimateRun } from './estimate.js';
import { type OutputFacts, outputFacts, summedOutputs } from './output-facts.js';
import { PRICES } from './prices.js';
import { type Machine, runTime, type TaskFacts, type WindowFacts } from './run-time.js';

/** A chunk of each stream a minute. */
export const CHUNKS_PER_SYMBOL_DAY = 2_880;
/** Plain CSV, ten snapshots a second and 1.3 million trades. */
export const RAW_BYTES_PER_SYMBOL_DAY = 950_000_000;
/** What a symbol-day is made into unless it is said. */
export const OUTPUTS_PER_SYMBOL_DAY: OutputFacts = outputFacts(USUAL_PRODUCTS);

export type ChunkLength = 'minute' | 'hour';

/** What a symbol-day reads, with the edges of the neighbour days and the hour searched for the seed. */
export const INPUTS_PER_SYMBOL_DAY: Readonly<
  Record<ChunkLength, Pick<TaskFacts, 'inputObjects' | 'inputBytes'>>
> = {
  minute: { inputObjects: CHUNKS_PER_SYMBOL_DAY + 66, inputBytes: RAW_BYTES_PER_SYMBOL_DAY },
  // An edge is a whole hour of both streams.
  hour: { inputObjects: 48 + 4, inputBytes: RAW_BYTES_PER_SYMBOL_DAY * (26 / 24) },
};

export interface ScaleSetup {
  readonly symbols: number;
  readonly days: number;
  /** Tasks at once. */
  readonly parallelism: number;
  readonly chunks: ChunkLength;
  readonly machine: Machine;
}

/** What, were there twice as much of it, would shorten the run most. */
export type Bottleneck = 'parallelism' | 'CPU' | 'requests' | 'bucket rate' | 'fixed time';

export interface Scale {
  readonly hours: number;
  /** US dollars for each symbol-day. */
  readonly usd: {
    readonly run: number;
    readonly operations: number;
    /** Its outputs, each month that they are kept. */
    readonly storedMonth: number;
  };
  readonly bottleneck: Bottleneck;
  /** How many times as fast the run would be with twice as much of it. */
  readonly gain: number;
}

const GIB = 2 ** 30;
/** Doubling something that gains less is not worth its name. */
const GAIN_MIN = 1.05;

export function scaleOf(setup: ScaleSetup): Scale {
  const windows = windowFacts(setup);
  const { usd } = estimateRun(windows, setup.parallelism, setup.machine);
  const symbolDays = setup.symbols * setup.days;
  return {
    hours: wallSeconds(setup) / 3_600,
    usd: {
      run: usd.run / symbolDays,
      operations: usd.operations / symbolDays,
      storedMonth: (OUTPUTS_PER_SYMBOL_DAY.outputBytes / GIB) * PRICES.storedGibMonth.usd,
    },
    ...bottleneckOf(setup),
  };
}

/** The days in windows of the default length, every symbol alike. */
export function windowFacts({ symbols, days, chunks }: ScaleSetup): WindowFacts[] {
  const { inputObjects, inputBytes } = INPUTS_PER_SYMBOL_DAY[chunks];
  const count = Math.ceil(days / WINDOW_DAYS_DEFAULT);
  return Array.from({ length: count }, (_, window) => {
    const length = Math.min(WINDOW_DAYS_DEFAULT, days - window * WINDOW_DAYS_DEFAULT);
    const task: TaskFacts = {
      symbolDays: length,
      toCompute: length,
      inputObjects: length * inputObjects,
      inputBytes: length * inputBytes,
      ...summedOutputs(Array.from({ length }, () => OUTPUTS_PER_SYMBOL_DAY)),
    };
    return { days: length, tasks: Array.from({ length: symbols }, () => task) };
  });
}

function bottleneckOf(setup: ScaleSetup): Pick<Scale, 'bottleneck' | 'gain'> {
  const { parallelism, machine } = setup;
  const doubled: readonly (readonly [Bottleneck, ScaleSetup])[] = [
    ['parallelism', { ...setup, parallelism: 2 * parallelism }],
    ['CPU', { ...setup, machine: { ...machine, vcpus: 2 * machine.vcpus } }],
    ['requests', { ...setup, machine: { ...machine, requestSeconds: machine.requestSeconds / 2 } }],
    ['bucket rate', { ...setup, machine: withTwiceTheBucket(machine) }],
  ];
  const now = wallSeconds(setup);
  let bottleneck: Bottleneck = 'fixed time';
  let gain = 1;
  for (const [name, other] of doubled) {
    const times = now / wallSeconds(other);
    if (times >= GAIN_MIN && times > gain) [bottleneck, gain] = [name, times];
  }
  return { bottleneck, gain };
}

function wallSeconds(setup: ScaleSetup): number {
  return runTime(windowFacts(setup), setup.parallelism, setup.machine).wallSeconds;
}

function withTwiceTheBucket(machine: Machine): Machine {
  return {
    ...machine,
    bucketReadsPerSecond: 2 * machine.bucketReadsPerSecond,
    bucketBytesPerSecond: 2 * machine.bucketBytesPerSecond,
  };
}
