/** What a computed symbol-day leaves: its files and their bytes, for a day that is recorded whole and at full rate. */
import {
  type ArtifactKind,
  type FileFormat,
  hasResolutions,
  type Products,
  type WantedFile,
  wantedFiles,
} from '../rule/products.js';
import { DAY_SECONDS } from '../unit/utc-date.js';

/** Sums over the symbol-days that are computed. */
export interface OutputFacts {
  /** With the quality reports. */
  readonly outputFiles: number;
  readonly outputBytes: number;
  /** Symbol-days that get signals. */
  readonly withSignals: number;
  /** Symbol-days that get patterns and a scoreboard. */
  readonly withPatterns: number;
  /** Symbol-days that get typed files. */
  readonly withTyped: number;
}

/** Bytes of a row of a dense day: the medians of four symbols at full rate. Of a kind without resolutions: of its file. */
const BYTES: Readonly<Record<FileFormat, Partial<Record<ArtifactKind, number>>>> = {
  csv: { bars: 102, signals: 232, patterns: 205_000 },
  parquet: { bars: 31, signals: 106, patterns: 88_000 },
  json: { scoreboard: 154_000 },
};
/** It lists its inputs, here 2,946. */
const REPORT_BYTES = 400_000;

/** Of a symbol-day without a chunk. */
export const REPORT_ALONE: OutputFacts = {
  outputFiles: 1,
  outputBytes: 0,
  withSignals: 0,
  withPatterns: 0,
  withTyped: 0,
};

/** Of one symbol-day. */
export function outputFacts(products: Products): OutputFacts {
  const files = wantedFiles(products);
  return {
    outputFiles: files.length + 1,
    outputBytes: files.reduce((sum, file) => sum + bytesOf(file), REPORT_BYTES),
    withSignals: products.outputs.includes('signals') ? 1 : 0,
    withPatterns: products.outputs.includes('patterns') ? 1 : 0,
    withTyped: products.formats.includes('parquet') ? 1 : 0,
  };
}

export function summedOutputs(days: readonly OutputFacts[]): OutputFacts {
  const sumOf = (name: keyof OutputFacts): number => days.reduce((sum, day) => sum + day[name], 0);
  return {
    outputFiles: sumOf('outputFiles'),
    outputBytes: sumOf('outputBytes'),
    withSignals: sumOf('withSignals'),
    withPatterns: sumOf('withPatterns'),
    withTyped: sumOf('withTyped'),
  };
}

function bytesOf({ kind, resolution, format }: WantedFile): number {
  const rows = hasResolutions(kind) ? DAY_SECONDS / (resolution?.seconds ?? DAY_SECONDS) : 1;
  return rows * (BYTES[format][kind] ?? 0);
}
