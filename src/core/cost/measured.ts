/**
 * What work takes: every constant of time in an estimate, with what gave it. Where the command is the
 * bench's, it prints today's figure beside this one. Estimates err on the high side.
 */

export interface MeasuredConstant {
  readonly value: number;
  readonly unit: string;
  /** What it covers. */
  readonly about: string;
  /** The command that measures it, or the page that states it. */
  readonly from: string;
}

export type MeasuredName =
  | 'cpuPerMegabyte'
  | 'signalsPerMegabyte'
  | 'cpuPerObject'
  | 'symbolDay'
  | 'signalsDay'
  | 'patternsDay'
  | 'finalize'
  | 'finalizeSignals'
  | 'finalizePatterns'
  | 'typedDay'
  | 'finalizeTyped'
  | 'carry'
  | 'taskStart'
  | 'parallelShare'
  | 'request'
  | 'readsAtOnce'
  | 'bucketReads'
  | 'bucketBytes'
  | 'phase';

const SCALE = 'npm --prefix bench run scale';

export const MEASURED: Readonly<Record<MeasuredName, MeasuredConstant>> = {
  cpuPerMegabyte: {
    value: 0.005,
    unit: 'CPU s',
    about: 'a megabyte of chunks, read, decoded, checked and folded into bars',
    from: SCALE,
  },
  signalsPerMegabyte: {
    value: 0.0012,
    unit: 'CPU s',
    about: 'the same, folded into signals beside the bars',
    from: SCALE,
  },
  cpuPerObject: {
    value: 0.0007,
    unit: 'CPU s',
    about: 'an object of a bucket, beyond its bytes: the request and its answer',
    from: SCALE,
  },
  symbolDay: {
    value: 0.7,
    unit: 's',
    about: 'a symbol-day, whatever it holds: listings, writes, records, bars of 1s and 1m',
    from: SCALE,
  },
  signalsDay: {
    value: 0.3,
    unit: 's',
    about: 'its signals of 1s and 1m, whatever they hold: written and checked',
    from: SCALE,
  },
  patternsDay: {
    value: 0.5,
    unit: 's',
    about: 'patterns and scoreboard of a full day, found and written',
    from: SCALE,
  },
  finalize: {
    value: 0.25,
    unit: 's',
    about: 'reading a symbol-day of 1s and 1m bars back and checking it',
    from: SCALE,
  },
  finalizeSignals: {
    value: 0.3,
    unit: 's',
    about: 'the same with its signals of 1s and 1m, beyond the bars',
    from: SCALE,
  },
  finalizePatterns: {
    value: 0.05,
    unit: 's',
    about: 'reading its patterns and scoreboard back',
    from: SCALE,
  },
  typedDay: {
    value: 1.7,
    unit: 's',
    about: 'its files of 1s and 1m as Parquet, made from the written ones',
    from: 'docs/PERFORMANCE.md, Parquet',
  },
  finalizeTyped: {
    value: 1.1,
    unit: 's',
    about: 'reading them back and comparing each cell',
    from: 'docs/PERFORMANCE.md, Parquet',
  },
  carry: {
    value: 0.1,
    unit: 's',
    about: 'keeping an unchanged symbol-day: one listing, its record read and written',
    from: '0.4 s with four at once',
  },
  taskStart: {
    value: 0.16,
    unit: 's',
    about: 'starting the program of a task',
    from: SCALE,
  },
  parallelShare: {
    value: 0.7,
    unit: 'of the time on one vCPU',
    about: 'what more vCPUs of a task divide among them',
    from: SCALE,
  },
  request: {
    value: 0.09,
    unit: 's',
    about: 'the answer of a bucket to one read',
    from: 'assumed; docs/PERFORMANCE.md, Reading from a bucket',
  },
  readsAtOnce: {
    value: 96,
    unit: 'reads',
    about: 'in flight in a task',
    from: 'src/edge/gcs/gcs-limits.ts',
  },
  bucketReads: {
    value: 5_000,
    unit: 'reads a second',
    about: 'what a bucket serves all tasks together until it scales up, which takes some minutes',
    from: 'https://cloud.google.com/storage/docs/request-rate',
  },
  bucketBytes: {
    value: 25e9,
    unit: 'bytes a second',
    about: 'what a project may read in one region; its own quota is in the console',
    from: 'assumed, 200 Gbit/s; https://cloud.google.com/storage/docs/bandwidth-usage',
  },
  phase: {
    value: 60,
    unit: 's',
    about: "a phase's containers to start, and the workflow to notice its end",
    from: 'assumed; the workflow polls up to a minute apart',
  },
};
