/** Stores whose reads are watched, and plans of chunks to read. */
import { expect } from 'vitest';
import type { ChunkStep } from '../../../src/core/plan/day-plan.js';
import { codec } from '../../../src/edge/format/codec.js';
import { readChunks } from '../../../src/jobs/aggregate/read-chunks.js';
import type { Store } from '../../../src/jobs/ports.js';
import { openMemoryStore } from '../../support/memory-store.js';

export const READS_AT_ONCE = 24;
export const ASKED_AT_ONCE = 1.25 * READS_AT_ONCE;

export interface Watched {
  readonly raw: Store;
  readonly begun: string[];
  readonly running: () => number;
  readonly peak: () => number;
}

/** A store whose reads take one turn of the event loop, and fail or hang where a test says so. */
export function watched(
  names: readonly string[],
  fate: (name: string) => Promise<void> = turn,
): Watched {
  const store = openMemoryStore({ files: Object.fromEntries(names.map((name) => [name, name])) });
  const begun: string[] = [];
  let running = 0;
  let peak = 0;
  const read: Store['read'] = async (name) => {
    begun.push(name);
    running += 1;
    peak = Math.max(peak, running);
    try {
      await fate(name);
      return await store.read(name);
    } finally {
      running -= 1;
    }
  };
  return { raw: { ...store, read }, begun, running: () => running, peak: () => peak };
}

export async function turn(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  setImmediate(resolve, undefined);
  await promise;
}

/** Reads at once, each object its own name. */
export function folder(): {
  readNow: NonNullable<Store['readNow']>;
  lent: Uint8Array[];
  read: string[];
} {
  const lent: Uint8Array[] = [];
  const read: string[] = [];
  return {
    lent,
    read,
    readNow: (name, _listed, allocate) => {
      const bytes = allocate(16).subarray(0, name.length);
      bytes.set(codec.encode(name));
      lent.push(bytes);
      read.push(name);
      return { bytes, crc32c: name, generation: undefined };
    },
  };
}

/** One step for each minute with these objects. */
export function stepsOf(minutes: readonly (readonly string[])[], sizeBytes = 1): ChunkStep[] {
  return minutes.map((names, minute) => ({
    stream: 'trades',
    minute,
    role: 'chunk',
    servesSeed: false,
    objects: names.map((name) => ({ name, sizeBytes, crc32c: undefined, generation: undefined })),
  }));
}

export async function take(steps: readonly ChunkStep[], raw: Store): Promise<string[]> {
  const taken: string[] = [];
  for await (const { step, contents, inputs } of readChunks(steps, raw, codec)) {
    const texts = contents.map((content) =>
      'bytes' in content ? codec.decode(content.bytes) : `!${content.name}`,
    );
    taken.push(`${step.minute}:${texts.join('+')}`);
    expect(inputs.map(({ name, role }) => `${name} ${role}`)).toEqual(
      step.objects.map(({ name }) => `${name} chunk`),
    );
    await turn();
  }
  return taken;
}
