/** The threads of a task share the reads of a bucket: each finds out its own part, and together they keep the limit. */
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/core/unit/random.js';
import type { ChunkStep } from '../../../src/core/plan/day-plan.js';
import { GCS_LIMITS, shareOf } from '../../../src/edge/gcs/gcs-limits.js';
import { codec } from '../../../src/edge/format/codec.js';
import { ReadPace } from '../../../src/edge/gcs/read-pace.js';
import { ReadPlaces } from '../../../src/edge/gcs/read-places.js';
import { readChunks } from '../../../src/jobs/aggregate/read-chunks.js';
import type { Store } from '../../../src/jobs/ports.js';
import { openMemoryStore } from '../../support/memory-store.js';

const OBJECT_BYTES = 330_000;
/** Of a read, up to half as long again. */
const LATENCY_MS = 60;
/** Of all threads together. */
const READS = 2_400;

const STEPS = Array.from({ length: READS }, (_, minute): ChunkStep => {
  const object = { name: `n${minute}`, sizeBytes: OBJECT_BYTES };
  const objects = [{ ...object, crc32c: undefined, generation: undefined }];
  return { stream: 'trades', minute, role: 'chunk', servesSeed: false, objects };
});

/** A server on a virtual clock. It refuses what exceeds so many reads in flight. */
class SlowServer {
  nowMs = 0;
  peak = 0;
  private readonly source = new Random('latency');
  private readonly refusesAbove: number;
  private readonly flights: { readonly endMs: number; readonly end: () => void }[] = [];

  constructor(refusesAbove = Number.POSITIVE_INFINITY) {
    this.refusesAbove = refusesAbove;
  }

  async isServed(): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const isServed = this.flights.length < this.refusesAbove;
    const endMs = this.nowMs + LATENCY_MS * (1 + this.source.unit() / 2);
    this.flights.push({ endMs, end: () => resolve(isServed) });
    this.peak = Math.max(this.peak, this.flights.length);
    return await promise;
  }

  /** False if no read is in flight. */
  answerNext(): boolean {
    this.flights.sort((one, other) => one.endMs - other.endMs);
    const flight = this.flights.shift();
    if (flight === undefined) return false;
    this.nowMs = flight.endMs;
    flight.end();
    return true;
  }
}

const refusal = new Error('429');

function isRefusal(error: unknown): boolean {
  return error === refusal;
}

/** The store of one of `readers`, as a bucket's reader bounds its reads. */
function storeOf(server: SlowServer, readers: number): { pace: ReadPace; raw: Store } {
  const limits = shareOf(GCS_LIMITS, readers);
  const pace = new ReadPace({
    atOnceMin: limits.readsAtOnceMin,
    atOnceTrialMin: limits.readsAtOnceTrialMin,
    atOnceMax: limits.readsAtOnce,
    atOnceFirst: limits.readsAtOnceFirst,
  });
  const places = new ReadPlaces(pace, () => server.nowMs);
  let order = 0;
  const attempt = async (): Promise<boolean> => {
    if (await server.isServed()) return true;
    throw refusal;
  };
  const read: Store['read'] = async () => {
    const ownOrder = (order += 1);
    const isRead = async (): Promise<boolean> =>
      await places
        .at(ownOrder, attempt, () => OBJECT_BYTES, isRefusal)
        .catch(async () => await isRead());
    await isRead();
    return { bytes: new Uint8Array(), crc32c: '00000000', generation: undefined };
  };
  return { pace, raw: { ...openMemoryStore(), readsAtOnce: limits.readsAtOnce, read } };
}

/** Reads that each thread has in flight in the end, while all still read. */
async function readBy(readers: number, server: SlowServer): Promise<number[]> {
  const threads = Array.from({ length: readers }, () => storeOf(server, readers));
  const steps = STEPS.slice(0, READS / readers);
  let atOnce: number[] = [];
  const consume = async (raw: Store): Promise<void> => {
    let next = 0;
    for await (const { step } of readChunks(steps, raw, codec, readers)) {
      expect(step.minute).toBe(next);
      next += 1;
    }
    if (atOnce.length === 0) atOnce = threads.map(({ pace }) => pace.atOnce);
  };
  const answering = async (): Promise<void> => {
    do await setImmediate();
    while (server.answerNext());
  };
  await Promise.all([answering(), ...threads.map(async ({ raw }) => await consume(raw))]);
  return atOnce;
}

describe.each([1, 2, 4])('the reads of %i threads', (readers) => {
  const share = shareOf(GCS_LIMITS, readers);

  test('rise to the share of each, and together never above the limit', async () => {
    const server = new SlowServer();
    const atOnce = await readBy(readers, server);
    for (const own of atOnce) expect(own).toBeGreaterThan(share.readsAtOnceFirst);
    expect(server.peak).toBeGreaterThan(GCS_LIMITS.readsAtOnceFirst);
    expect(server.peak).toBeLessThanOrEqual(GCS_LIMITS.readsAtOnce);
  });

  test('fall by refusals', async () => {
    const atOnce = await readBy(readers, new SlowServer(20));
    const together = atOnce.reduce((sum, own) => sum + own, 0);
    expect(together).toBeLessThanOrEqual(GCS_LIMITS.readsAtOnceFirst * 0.75);
  });
});

test('shares are never none, and together at most the limit', () => {
  for (let readers = 1; readers <= 64; readers += 1) {
    const { readsAtOnce, readsAtOnceFirst, readsAtOnceMin } = shareOf(GCS_LIMITS, readers);
    expect(readsAtOnceMin).toBeGreaterThanOrEqual(1);
    expect(readsAtOnceFirst).toBeGreaterThanOrEqual(readsAtOnceMin);
    expect(readsAtOnce * readers).toBeLessThanOrEqual(GCS_LIMITS.readsAtOnce);
  }
});
