/**
 * Writes a deterministic raw recording in the project's chunk format. core/sample decides its content;
 * this checks the options, refuses to touch another recording and stores chunk after chunk.
 */
import { minutesForEpisodes, scriptsOf } from '../../core/sample/episode-scripts.js';
import type { SampleChunk } from '../../core/sample/stream-recorder.js';
import { recordSymbol } from '../../core/sample/symbol-recording.js';
import type { SymbolSample } from '../../core/sample/symbol-sample.js';
import type { SymbolSetup } from '../../core/sample/symbol-setup.js';
import { FlowbarsError, type FourParts } from '../../core/unit/errors.js';
import { symbolName } from '../../core/unit/symbol.js';
import {
  DAY_MS,
  MINUTE_MS,
  dateOf,
  dayStartMs,
  isoStamp,
  utcDate,
} from '../../core/unit/utc-date.js';
import { mapBounded } from '../map-bounded.js';
import type { Store } from '../ports.js';
import { foundOtherBytes, refuseOtherRecording } from './refuse-other-recording.js';
import {
  SAMPLE_DATE_MAX,
  SAMPLE_DATE_MIN,
  SAMPLE_MINUTES_MAX,
  SAMPLE_RATE_MAX,
  SAMPLE_RATE_MIN,
  SAMPLE_SEED_MAX,
  SAMPLE_SNAPSHOT_MS_MAX,
  SAMPLE_SNAPSHOT_MS_MIN,
  SAMPLE_SYMBOLS_MAX,
  type SampleOptions,
} from './sample-options.js';

const WRITES_IN_FLIGHT_MAX = 8;

export interface SampleSummary {
  /** By symbol, in the order of the options. */
  readonly symbols: readonly StoredSample[];
  /** Half-open, on the recorder's clock; `--expect` takes it. */
  readonly from: string;
  readonly to: string;
}

export interface StoredSample extends SymbolSample {
  /** Stored bytes; fewer than sizeBytes if chunks are compressed. */
  readonly storedBytes: number;
  /** Chunks that already existed with the same bytes. */
  readonly chunksUnchanged: number;
}

export interface SampleEffects {
  /** The raw root. */
  readonly raw: Store;
  /** Compresses; the same content has to give the same bytes. */
  readonly gzip: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;
  /** Called when a chunk is stored. */
  readonly onChunk?: (chunk: { readonly name: string; readonly storedBytes: number }) => void;
}

/** Throws a usage error for options out of range, and if another recording is in the way. */
export async function writeSample(
  options: SampleOptions,
  effects: SampleEffects,
): Promise<SampleSummary> {
  const setups = sampleSetups(options);
  const existing = await refuseOtherRecording(setups, effects);
  const symbols: StoredSample[] = [];
  for (const setup of setups) symbols.push(await writeSymbol(setup, existing, effects));
  const startMs = sampleStartMs(options);
  const endMs = startMs + options.minutes * MINUTE_MS;
  return { symbols, from: isoStamp(startMs), to: isoStamp(endMs) };
}

async function writeSymbol(
  setup: SymbolSetup,
  existing: ReadonlySet<string>,
  effects: SampleEffects,
): Promise<StoredSample> {
  const recording = recordSymbol(setup);
  let storedBytes = 0;
  let chunksUnchanged = 0;
  for (;;) {
    const { chunks, sample } = nextBatch(recording);
    const stored = await mapBounded(
      chunks,
      WRITES_IN_FLIGHT_MAX,
      async (chunk) => await storeChunk(chunk, setup, existing, effects),
    );
    for (const { sizeBytes, isUnchanged } of stored) {
      storedBytes += sizeBytes;
      if (isUnchanged) chunksUnchanged += 1;
    }
    if (sample !== undefined) return { ...sample, storedBytes, chunksUnchanged };
  }
}

/** The next few chunks, and the sample's summary after the last. */
function nextBatch(recording: ReturnType<typeof recordSymbol>): {
  chunks: SampleChunk[];
  sample: SymbolSample | undefined;
} {
  const chunks: SampleChunk[] = [];
  while (chunks.length < WRITES_IN_FLIGHT_MAX) {
    const next = recording.next();
    if (next.done === true) return { chunks, sample: next.value };
    chunks.push(next.value);
  }
  return { chunks, sample: undefined };
}

async function storeChunk(
  { name, bytes }: SampleChunk,
  setup: SymbolSetup,
  existing: ReadonlySet<string>,
  { raw, gzip, onChunk }: SampleEffects,
): Promise<{ sizeBytes: number; isUnchanged: boolean }> {
  const stored = setup.gzip ? await gzip(bytes) : bytes;
  try {
    // A sample never replaces a recording: other bytes under this name are a conflict.
    const { outcome } = await raw.write(name, stored, 'nothing');
    onChunk?.({ name, storedBytes: stored.length });
    return { sizeBytes: stored.length, isUnchanged: outcome === 'unchanged' };
  } catch (error) {
    const isConflict = error instanceof FlowbarsError && error.kind === 'conflict';
    throw isConflict && existing.has(name) ? foundOtherBytes(name, raw) : error;
  }
}

function sampleSetups(options: SampleOptions): SymbolSetup[] {
  const { symbols, date: _date, start: _start, ...kept } = options;
  const { minutes, seed, rate, snapshotMs } = kept;
  refuseUnless(symbols.length >= 1 && symbols.length <= SAMPLE_SYMBOLS_MAX, {
    where: '--symbols',
    what: 'count',
    found: `${symbols.length}`,
    expected: `1 to ${SAMPLE_SYMBOLS_MAX}`,
  });
  refuseUnless(new Set(symbols).size === symbols.length, {
    where: '--symbols',
    what: 'symbols',
    found: `'${symbols.join(',')}'`,
    expected: 'each symbol once',
  });
  refuseWholeOutside('--minutes', minutes, 1, SAMPLE_MINUTES_MAX);
  refuseWholeOutside('--seed', seed, 0, SAMPLE_SEED_MAX);
  refuseUnless(rate >= SAMPLE_RATE_MIN && rate <= SAMPLE_RATE_MAX, {
    where: '--rate',
    what: 'number',
    found: `'${rate}'`,
    expected: `${SAMPLE_RATE_MIN} to ${SAMPLE_RATE_MAX}`,
  });
  refuseWholeOutside(
    '--snapshot-ms',
    snapshotMs / SAMPLE_SNAPSHOT_MS_MIN,
    1,
    SAMPLE_SNAPSHOT_MS_MAX / SAMPLE_SNAPSHOT_MS_MIN,
  );
  const startMs = sampleStartMs(options);
  refuseEpisodesOutside(options, startMs);
  return symbols.map((text) => {
    const symbol = symbolName(text, '--symbols');
    return { ...kept, symbol, startMs };
  });
}

function sampleStartMs({ date, start }: SampleOptions): number {
  const day = utcDate(date, '--date');
  refuseUnless(day >= SAMPLE_DATE_MIN && day <= SAMPLE_DATE_MAX, {
    where: '--date',
    what: 'date',
    found: `'${date}'`,
    expected: `${SAMPLE_DATE_MIN} to ${SAMPLE_DATE_MAX}`,
  });
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(start);
  refuseUnless(match !== null, {
    where: '--start',
    what: 'time of day',
    found: `'${start}'`,
    expected: 'HH:MM from 00:00 to 23:59',
  });
  return dayStartMs(day) + (Number(match?.[1]) * 60 + Number(match?.[2])) * MINUTE_MS;
}

/** An episode is planted whole or not at all. */
function refuseEpisodesOutside(
  { episodes, depthLevels, minutes, start }: SampleOptions,
  startMs: number,
): void {
  const blind = depthLevels === 20 ? [] : scriptsOf(episodes).filter((one) => one.isOfFullBook);
  refuseUnless(blind.length === 0, {
    where: '--plant',
    what: 'episodes',
    found: `'${blind.map(({ kind }) => kind).join(',')}' with --depth-levels ${depthLevels}`,
    expected: 'episodes of patterns that need no 20 levels, or --depth-levels 20',
  });
  const minutesNeeded = minutesForEpisodes(episodes);
  const wanted = `for --plant ${episodes.join(',')}`;
  refuseUnless(minutes >= minutesNeeded, {
    where: '--minutes',
    what: 'whole number',
    found: `'${minutes}'`,
    expected: `at least ${minutesNeeded} ${wanted}`,
  });
  const lastMs = dayStartMs(dateOf(startMs)) + DAY_MS - minutesNeeded * MINUTE_MS;
  refuseUnless(startMs <= lastMs, {
    where: '--start',
    what: 'time of day',
    found: `'${start}'`,
    expected: `${isoStamp(lastMs).slice(11, 16)} or earlier: ${minutesNeeded} minutes of one day ${wanted}`,
  });
}

function refuseWholeOutside(where: string, value: number, min: number, max: number): void {
  refuseUnless(Number.isInteger(value) && value >= min && value <= max, {
    where,
    what: 'whole number',
    found: `'${value}'`,
    expected: `${min} to ${max}`,
  });
}

function refuseUnless(isAllowed: boolean, parts: FourParts): void {
  if (!isAllowed) throw new FlowbarsError('usage', parts);
}
