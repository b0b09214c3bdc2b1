/**
 * Reads the chunk minutes of a plan in order: from a folder one after the other into the same memory,
 * from a bucket ahead of the consumer, with a bounded number of objects and bytes in flight.
 */
import type { ChunkContent } from '../../core/pass/decode-step.js';
import {
  CHUNK_BYTES_MAX,
  CHUNK_MINUTE_BYTES_MAX,
  CHUNK_MINUTE_TOO_LARGE,
  unreadableOf,
} from '../../core/pass/unreadable-content.js';
import type { ChunkStep, ListedChunk } from '../../core/plan/day-plan.js';
import type { InputObject } from '../../core/stored/quality-report.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { mapBounded } from '../map-bounded.js';
import type { Allocate, Codec, Store, StoredContent } from '../ports.js';
import { ReadMemory } from './read-memory.js';

/** Stored bytes in flight or waiting for the consumers of a day; a larger chunk minute is read alone. */
export const READ_AHEAD_BYTES_MAX = 67_108_864;
/**
 * Objects asked for are as many times those that the store reads at once. What waits there keeps each place of a read
 * busy while the oldest object, which the consumer needs next, takes its time.
 */
const READS_ASKED_FACTOR = 1.25;

/** Steps that are read ahead from a slow folder before one is tried at once again. */
const SLOW_STEPS = 64;

export interface ReadStep {
  readonly step: ChunkStep;
  /** In the order of the step's objects; valid until the next step is asked for. */
  readonly contents: readonly ChunkContent[];
  /** The objects actually read, as the quality report lists them. */
  readonly inputs: readonly InputObject[];
}

/**
 * Yields every step of the plan with its contents. Damaged content is a result; storage and network errors are thrown.
 * `readers` of one day share the bytes; `raw` is the store for one of them.
 */
export async function* readChunks(
  steps: readonly ChunkStep[],
  raw: Store,
  codec: Codec,
  readers = 1,
): AsyncGenerator<ReadStep> {
  const fetched =
    raw.readNow === undefined ? fetchAhead(steps, raw, readers) : fetchHere(steps, raw, readers);
  for await (const step of fetched) yield unpackStep(step, codec);
}

interface FetchedStep {
  readonly step: ChunkStep;
  /** Memory to give back when the consumer is done with the step. */
  readonly lent: readonly Uint8Array[];
  /** In the order of the step's objects. */
  readonly objects: readonly StoredContent[];
}

/** One after the other as long as that is quick, else some of them ahead. */
async function* fetchHere(
  steps: readonly ChunkStep[],
  raw: Store,
  readers: number,
): AsyncGenerator<FetchedStep> {
  const memory = new ReadMemory();
  for (let at = 0; at < steps.length;) {
    const isQuick = raw.isQuick?.() !== false;
    const next = steps.slice(at, at + (isQuick ? 1 : SLOW_STEPS));
    yield* isQuick ? fetchEach(next, raw, memory) : fetchAhead(next, raw, readers);
    at += next.length;
  }
}

function* fetchEach(
  steps: readonly ChunkStep[],
  raw: Store,
  memory: ReadMemory,
): Generator<FetchedStep> {
  for (const step of steps) {
    const lent: Uint8Array[] = [];
    const lend: Allocate = (bytes) => {
      const piece = memory.lend(bytes);
      lent.push(piece);
      return piece;
    };
    const objects = step.objects.map((object) =>
      there(raw.readNow?.(object.name, object, lend), object, raw),
    );
    yield { step, objects, lent };
    for (const piece of lent) memory.giveBack(piece);
  }
}

async function* fetchAhead(
  steps: readonly ChunkStep[],
  raw: Store,
  readers: number,
): AsyncGenerator<FetchedStep> {
  const objectsMax = Math.ceil(raw.readsAtOnce * READS_ASKED_FACTOR);
  const bytesMax = READ_AHEAD_BYTES_MAX / readers;
  const ahead: { readonly reading: Promise<FetchedStep>; readonly step: ChunkStep }[] = [];
  const memory = new ReadMemory();
  let objects = 0;
  let bytes = 0;
  let next = 0;
  try {
    while (next < steps.length || ahead.length > 0) {
      const step = steps[next];
      const mayStart =
        ahead.length === 0 ||
        (step !== undefined &&
          objects + step.objects.length <= objectsMax &&
          bytes + sizeOf(step) <= bytesMax);
      if (step !== undefined && mayStart) {
        const reading = fetchStep(step, raw, memory);
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
      const fetched = await first.reading;
      yield fetched;
      for (const piece of fetched.lent) memory.giveBack(piece);
      objects -= first.step.objects.length;
      bytes -= sizeOf(first.step);
    }
  } finally {
    // No read stays running after an early stop or an error.
    await Promise.allSettled(ahead.map(({ reading }) => reading));
  }
}

async function fetchStep(step: ChunkStep, raw: Store, memory: ReadMemory): Promise<FetchedStep> {
  const lent: Uint8Array[] = [];
  const lend = (bytes: number): Uint8Array => {
    const piece = memory.lend(bytes);
    lent.push(piece);
    return piece;
  };
  const read = async (object: ListedChunk): Promise<StoredContent> =>
    there(await raw.read(object.name, object, lend), object, raw);
  return { step, objects: await mapBounded(step.objects, raw.readsAtOnce, read), lent };
}

function there(found: StoredContent | undefined, { name }: ListedChunk, raw: Store): StoredContent {
  if (found !== undefined) return found;
  throw new FlowbarsError('world', {
    where: `${raw.root}/${name}`,
    what: 'chunk',
    found: 'no object, though it was listed',
    expected: 'the listed object',
  });
}

/** Unpacks when the consumer's turn comes: unpacked content waits for nobody. */
function unpackStep({ step, objects }: FetchedStep, codec: Codec): ReadStep {
  const contents: ChunkContent[] = [];
  const inputs: InputObject[] = [];
  let bytes = 0;
  for (const [index, { name }] of step.objects.entries()) {
    const stored = objects[index];
    if (stored === undefined) continue;
    inputs.push({ name, size: stored.bytes.length, crc32c: stored.crc32c, role: step.role });
    const unpacked = unpack(name, stored.bytes, codec);
    const size = 'bytes' in unpacked ? unpacked.bytes.length : 0;
    const fits = bytes + size <= CHUNK_MINUTE_BYTES_MAX;
    if (fits) bytes += size;
    contents.push(fits ? unpacked : { name, unreadable: CHUNK_MINUTE_TOO_LARGE });
  }
  return { step, contents, inputs };
}

function unpack(name: string, stored: Uint8Array, codec: Codec): ChunkContent {
  try {
    return { name, bytes: codec.gunzipIfGzip(stored, CHUNK_BYTES_MAX) };
  } catch (error) {
    return { name, unreadable: unreadableOf(error) };
  }
}

function sizeOf(step: ChunkStep): number {
  return step.objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
