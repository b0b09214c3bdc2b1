/**
 * Reads the chunk minutes of a plan in order and ahead of the consumer, with a bounded number of
 * objects and bytes in flight.
 */
import type { ChunkContent } from '../../core/day/decode-step.js';
import {
  CHUNK_BYTES_MAX,
  CHUNK_MINUTE_BYTES_MAX,
  CHUNK_MINUTE_TOO_LARGE,
  unreadableOf,
} from '../../core/day/unreadable-content.js';
import type { ChunkStep, ListedChunk } from '../../core/plan/day-plan.js';
import type { InputObject } from '../../core/stored/quality-report.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { mapBounded } from '../map-bounded.js';
import type { Codec, Store } from '../ports.js';

/** Stored bytes in flight or waiting for the consumer; a larger chunk minute is read alone. */
export const READ_AHEAD_BYTES_MAX = 67_108_864;
/**
 * Unpacked bytes that may wait for the consumer. Each object read ahead has an equal share; a larger
 * one is unpacked when the consumer takes it.
 */
export const UNPACKED_AHEAD_BYTES_MAX = 201_326_592;

export interface ReadStep {
  readonly step: ChunkStep;
  /** In the order of the step's objects. */
  readonly contents: readonly ChunkContent[];
  /** The objects actually read, as the quality report lists them. */
  readonly inputs: readonly InputObject[];
}

/** Yields every step of the plan with its contents. Damaged content is a result; storage and network errors are thrown. */
export async function* readChunks(
  steps: readonly ChunkStep[],
  raw: Store,
  codec: Codec,
): AsyncGenerator<ReadStep> {
  const ahead: { readonly reading: Promise<FetchedStep>; readonly step: ChunkStep }[] = [];
  let objects = 0;
  let bytes = 0;
  let next = 0;
  try {
    while (next < steps.length || ahead.length > 0) {
      const step = steps[next];
      const mayStart =
        ahead.length === 0 ||
        (step !== undefined &&
          objects + step.objects.length <= raw.readsAtOnce &&
          bytes + sizeOf(step) <= READ_AHEAD_BYTES_MAX);
      if (step !== undefined && mayStart) {
        const reading = readStep(step, raw, codec);
        // Awaited when its turn comes; until then a failure must not count as unhandled.
        reading.catch(() => undefined);
        ahead.push({ reading, step });
        objects += step.objects.length;
        bytes += sizeOf(step);
        next += 1;
        continue;
      }
      const first = ahead.shift();
      if (first === undefined) return;
      yield await unpackStep(await first.reading, codec);
      objects -= first.step.objects.length;
      bytes -= sizeOf(first.step);
    }
  } finally {
    // No read stays running after an early stop or an error.
    await Promise.allSettled(ahead.map(({ reading }) => reading));
  }
}

/** An object whose stored bytes are in memory; a large one is unpacked when its turn comes. */
interface Fetched {
  readonly stored: Uint8Array;
  readonly input: InputObject;
  readonly content: ChunkContent | undefined;
}

interface FetchedStep {
  readonly step: ChunkStep;
  readonly objects: readonly Fetched[];
}

async function readStep(step: ChunkStep, raw: Store, codec: Codec): Promise<FetchedStep> {
  const read = async (object: ListedChunk): Promise<Fetched> =>
    await readObject(object, step, raw, codec);
  return { step, objects: await mapBounded(step.objects, raw.readsAtOnce, read) };
}

async function unpackStep({ step, objects }: FetchedStep, codec: Codec): Promise<ReadStep> {
  const contents: ChunkContent[] = [];
  let bytes = 0;
  for (const { content, input, stored } of objects) {
    const unpacked = content ?? (await unpack(input.name, stored, codec));
    const size = 'bytes' in unpacked ? unpacked.bytes.length : 0;
    const fits = bytes + size <= CHUNK_MINUTE_BYTES_MAX;
    if (fits) bytes += size;
    contents.push(fits ? unpacked : { name: input.name, unreadable: CHUNK_MINUTE_TOO_LARGE });
  }
  return { step, contents, inputs: objects.map(({ input }) => input) };
}

async function readObject(
  object: ListedChunk,
  step: ChunkStep,
  raw: Store,
  codec: Codec,
): Promise<Fetched> {
  const { name } = object;
  const found = await raw.read(name, object);
  if (found === undefined) {
    throw new FlowbarsError('world', {
      where: `${raw.root}/${name}`,
      what: 'chunk',
      found: 'no object, though it was listed',
      expected: 'the listed object',
    });
  }
  const { bytes: stored, crc32c } = found;
  const input: InputObject = { name, size: stored.length, crc32c, role: step.role };
  const shareBytes = Math.floor(UNPACKED_AHEAD_BYTES_MAX / raw.readsAtOnce);
  return { stored, input, content: await unpackIfSmall(name, stored, shareBytes, codec) };
}

/** Undefined for content beyond its share. */
async function unpackIfSmall(
  name: string,
  stored: Uint8Array,
  shareBytes: number,
  codec: Codec,
): Promise<ChunkContent | undefined> {
  try {
    return { name, bytes: await codec.gunzipIfGzip(stored, shareBytes) };
  } catch (error) {
    if (error instanceof FlowbarsError && error.kind === 'limit') return undefined;
    return { name, unreadable: unreadableOf(error) };
  }
}

async function unpack(name: string, stored: Uint8Array, codec: Codec): Promise<ChunkContent> {
  try {
    return { name, bytes: await codec.gunzipIfGzip(stored, CHUNK_BYTES_MAX) };
  } catch (error) {
    return { name, unreadable: unreadableOf(error) };
  }
}

function sizeOf(step: ChunkStep): number {
  return step.objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
