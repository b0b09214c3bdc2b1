/**
 * Reads the chunk minutes of a plan ahead of whoever takes them, in order, with a bounded number of
 * objects and bytes in flight.
 */
import type { ChunkContent } from '../core/day/decode-step.js';
import { CHUNK_BYTES_MAX, unreadableOf } from '../core/day/unreadable-content.js';
import type { ChunkStep, ListedChunk } from '../core/plan/day-plan.js';
import type { InputObject } from '../core/report/quality-report.js';
import { FlowbarsError } from '../core/unit/errors.js';
import type { Codec, Store } from './ports.js';

/** Objects that are read or wait to be taken. */
export const READS_AHEAD_MAX = 24;
/** Stored bytes that are read or wait to be taken; one larger chunk minute is read alone. */
export const READ_AHEAD_BYTES_MAX = 67_108_864;

export interface ReadStep {
  readonly step: ChunkStep;
  /** In the order of the step's objects. */
  readonly contents: readonly ChunkContent[];
  /** What was really read, as the quality report lists it. */
  readonly inputs: readonly InputObject[];
}

/** Yields every step of the plan with its contents. Damaged content is a result, errors of the world are thrown. */
export async function* readChunks(
  steps: readonly ChunkStep[],
  raw: Store,
  codec: Codec,
): AsyncGenerator<ReadStep> {
  const ahead: { readonly reading: Promise<ReadStep>; readonly step: ChunkStep }[] = [];
  let objects = 0;
  let bytes = 0;
  let next = 0;
  try {
    while (next < steps.length || ahead.length > 0) {
      const step = steps[next];
      const mayStart =
        ahead.length === 0 ||
        (step !== undefined &&
          objects + step.objects.length <= READS_AHEAD_MAX &&
          bytes + sizeOf(step) <= READ_AHEAD_BYTES_MAX);
      if (step !== undefined && mayStart) {
        ahead.push({ reading: readStep(step, raw, codec), step });
        objects += step.objects.length;
        bytes += sizeOf(step);
        next += 1;
        continue;
      }
      const first = ahead.shift();
      if (first === undefined) return;
      yield await first.reading;
      objects -= first.step.objects.length;
      bytes -= sizeOf(first.step);
    }
  } finally {
    // Whoever stops early, or an error, leaves no read running unseen.
    await Promise.allSettled(ahead.map(({ reading }) => reading));
  }
}

async function readStep(step: ChunkStep, raw: Store, codec: Codec): Promise<ReadStep> {
  const read = await Promise.all(
    step.objects.map(async (object) => await readObject(object, step, raw, codec)),
  );
  return {
    step,
    contents: read.map(({ content }) => content),
    inputs: read.map(({ input }) => input),
  };
}

async function readObject(
  object: ListedChunk,
  step: ChunkStep,
  raw: Store,
  codec: Codec,
): Promise<{ content: ChunkContent; input: InputObject }> {
  const { name } = object;
  const stored = await raw.read(name, object);
  if (stored === undefined) {
    throw new FlowbarsError('world', {
      where: `${raw.root}/${name}`,
      what: 'chunk',
      found: 'no object although it was listed',
      expected: 'the listed object',
    });
  }
  const { bytes, crc32c } = stored;
  const input: InputObject = { name, size: bytes.length, crc32c, role: step.role };
  try {
    return { input, content: { name, bytes: await codec.gunzipIfGzip(bytes, CHUNK_BYTES_MAX) } };
  } catch (error) {
    return { input, content: { name, unreadable: unreadableOf(error) } };
  }
}

function sizeOf(step: ChunkStep): number {
  return step.objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
