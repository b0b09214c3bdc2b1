/** The figures of a stream's day from the names and sizes of its chunks. */
import { type ChunkFolder, chunkSpanMinutes, type RawLayout } from '../rule/layout.js';
import { stretchesOf } from '../unit/stretches.js';
import { DAY_MINUTES, dayStartMs, isoStampMs, MINUTE_MS } from '../unit/utc-date.js';
import { chunkReader } from './folder-levels.js';
import { isAside, unpackAdvice } from './name-meaning.js';
import { DAY_GAPS_MAX, type RecordedStream } from './recording-shape.js';

export interface ListedObject {
  readonly name: string;
  readonly sizeBytes: number;
}

/** Objects with other names are left out of its chunks. */
export function streamListing(
  layout: RawLayout,
  folder: ChunkFolder,
  objects: readonly ListedObject[],
): RecordedStream {
  const read = chunkReader(layout);
  const chunks = objects.flatMap(({ name, sizeBytes }) => {
    const chunk = read(name);
    const isOfDay = chunk?.symbol === folder.symbol && chunk.date === folder.date;
    return chunk?.stream === folder.stream && isOfDay ? [{ ...chunk, sizeBytes }] : [];
  });
  // Only these: a folder may well hold notes or other streams.
  const packed = objects.filter(
    ({ name }) => !isAside(name) && unpackAdvice(name) !== undefined && read(name) === undefined,
  );
  const span = chunkSpanMinutes(layout.rawLayout);
  const present = new Set(chunks.map(({ minute }) => minute));
  const all = Array.from({ length: DAY_MINUTES / span }, (_, index) => index * span);
  const missing = all.filter((minute) => !present.has(minute));
  const gaps = stretchesOf(missing, (before, minute) => minute === before + span);
  const startMs = dayStartMs(folder.date);
  const stampOf = (minute: number): string => isoStampMs(startMs + minute * MINUTE_MS);
  const found = [...present].toSorted((a, b) => a - b);
  const [first] = found;
  const last = found.at(-1);
  return {
    chunks: chunks.length,
    parts: chunks.filter(({ isPart }) => isPart).length,
    bytes: chunks.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    first: first === undefined ? null : stampOf(first),
    last: last === undefined ? null : stampOf(last),
    missing: missing.length,
    gap_count: gaps.length,
    gaps: gaps.slice(0, DAY_GAPS_MAX).map((gap) => ({
      from: stampOf(gap[0]),
      to: stampOf((gap.at(-1) ?? gap[0]) + span),
    })),
    packed: packed.length,
    first_packed: packed[0]?.name ?? null,
  };
}
