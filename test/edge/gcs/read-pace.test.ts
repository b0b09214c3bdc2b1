/** The number of reads in flight against simulated servers on a clock of their own. */
import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/core/unit/random.js';
import { ReadPace } from '../../../src/edge/gcs/read-pace.js';
import { simulate } from '../../support/gcs/simulated-server.js';

const LIMITS = { atOnceMin: 8, atOnceTrialMin: 24, atOnceMax: 96, atOnceFirst: 48 };
const OBJECT_BYTES = 330_000;
/** A symbol-day in chunks of a minute. */
const READS = 2_880;

describe('the number of reads in flight', () => {
  test('goes to the limit where the server only takes its time', () => {
    const pace = new ReadPace(LIMITS);
    const { seconds, peak } = simulate(pace, {
      latencyMs: 90,
      reads: READS,
      objectBytes: OBJECT_BYTES,
    });
    expect(pace.atOnce).toBeGreaterThan(64);
    expect(peak).toBe(96);
    // With 96 from the start it takes 2.7 s.
    expect(seconds).toBeLessThan(3.3);
  });

  test('is not lowered by chance where latencies vary', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const pace = new ReadPace(LIMITS);
      const source = new Random(`seed ${seed}`);
      const { seconds } = simulate(pace, {
        latencyMs: 45,
        random: () => source.unit(),
        reads: 2 * READS,
        objectBytes: OBJECT_BYTES,
      });
      // Twice the mean latency of 97 ms with 96 at once is 5.8 s.
      expect(seconds, `seed ${seed}`).toBeLessThan(8);
      expect(pace.atOnce, `seed ${seed}`).toBeGreaterThanOrEqual(48);
    }
  });

  test('is about what fills the wire where the wire is the limit', () => {
    const pace = new ReadPace(LIMITS);
    const wire = {
      latencyMs: 40,
      megabytesPerSecond: 200,
      reads: READS,
      objectBytes: OBJECT_BYTES,
    };
    const { megabytesPerSecond } = simulate(pace, wire);
    // 200 MB/s in 40 ms are 24 objects.
    expect(pace.atOnce).toBeGreaterThanOrEqual(20);
    expect(pace.atOnce).toBeLessThanOrEqual(48);
    expect(megabytesPerSecond).toBeGreaterThan(190);
  });

  test('falls where the processor is the limit, at no cost', () => {
    const pace = new ReadPace(LIMITS);
    const local = {
      latencyMs: 0.2,
      megabytesPerSecond: 500,
      reads: READS,
      objectBytes: OBJECT_BYTES,
    };
    const { megabytesPerSecond } = simulate(pace, local);
    expect(pace.atOnce).toBeLessThanOrEqual(36);
    expect(megabytesPerSecond).toBeGreaterThan(480);
  });

  test('stays below what a server refuses', () => {
    const pace = new ReadPace(LIMITS);
    const server = { latencyMs: 40, reads: READS, objectBytes: OBJECT_BYTES, refusesAbove: 40 };
    const { refusals } = simulate(pace, server);
    expect(pace.atOnce).toBeLessThanOrEqual(60);
    expect(refusals).toBeLessThan(READS / 20);
  });

  test('is halved once by the refusals of one burst, and again by those of the next', () => {
    const pace = new ReadPace(LIMITS);
    const seen = [48, 24, 12, 8].map((burst) => {
      for (let read = 0; read < burst; read += 1) pace.refused();
      return pace.atOnce;
    });
    // The first refusal of a burst halves, and those of the reads in flight with it do not.
    expect(seen).toEqual([24, 12, 8, 8]);
  });

  test('rises again when a wire widens', () => {
    const pace = new ReadPace(LIMITS);
    const wire = { latencyMs: 40, reads: READS, objectBytes: OBJECT_BYTES };
    simulate(pace, { ...wire, megabytesPerSecond: 50 });
    const narrow = pace.atOnce;
    simulate(pace, { ...wire, reads: 4 * READS });
    expect(pace.atOnce).toBeGreaterThan(2 * narrow);
  });

  test('never exceeds its limit, which may be below the least', () => {
    for (const atOnceMax of [1, 3, 48]) {
      const pace = new ReadPace({ ...LIMITS, atOnceMax });
      const { peak } = simulate(pace, { latencyMs: 90, reads: 500, objectBytes: OBJECT_BYTES });
      expect(peak).toBe(atOnceMax);
    }
  });

  test('does not change while nothing waits for a place', () => {
    const pace = new ReadPace(LIMITS);
    for (let read = 0; read < 500; read += 1) pace.ended(read, OBJECT_BYTES, false);
    expect(pace.atOnce).toBe(48);
  });
});
