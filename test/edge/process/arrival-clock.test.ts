import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arrivalClock, openArrivalClock } from '../../../src/edge/process/arrival-clock.js';

/** Two clocks of a machine, moved by a test. */
function machine(): { wallMs: number; steadyMs: number; pass(durationMs: number): void } {
  return {
    wallMs: 1_800_000_000_000,
    steadyMs: 5_000,
    pass(durationMs) {
      this.wallMs += durationMs;
      this.steadyMs += durationMs;
    },
  };
}

describe('the arrival clock', () => {
  test('counts microseconds between two milliseconds of the wall clock', () => {
    const clocks = machine();
    const clock = arrivalClock(
      () => Math.floor(clocks.wallMs),
      () => clocks.steadyMs,
    );
    const beganUs = clock.nowUs();
    clocks.pass(0.25);
    expect(clock.nowUs() - beganUs).toBe(250);
  });

  test('follows a step forward at once', () => {
    const clocks = machine();
    const clock = arrivalClock(
      () => clocks.wallMs,
      () => clocks.steadyMs,
    );
    clocks.wallMs += 3_600_000;
    expect(clock.nowUs()).toBe(clocks.wallMs * 1_000);
    clocks.pass(10);
    expect(clock.nowUs()).toBe(clocks.wallMs * 1_000);
  });

  test('makes up for a step back slowly and goes on meanwhile', () => {
    const clocks = machine();
    const clock = arrivalClock(
      () => clocks.wallMs,
      () => clocks.steadyMs,
    );
    clocks.wallMs -= 6_000;
    clock.nowUs();
    const aheadMs: number[] = [];
    for (let second = 1; second <= 180; second++) {
      clocks.pass(1_000);
      const ms = clock.nowUs() / 1_000 - clocks.wallMs;
      if (second % 60 === 0) aheadMs.push(Math.round(ms));
    }
    expect(aheadMs).toEqual([3_000, 0, 0]);
  });

  test('never goes back, whatever the wall clock does', () => {
    const steps = fc.array(
      fc.tuple(
        fc.integer({ min: -9e6, max: 9e6 }),
        fc.double({ min: 0, max: 90_000, noNaN: true }),
      ),
    );
    fc.assert(
      fc.property(steps, (moves) => {
        const clocks = machine();
        const clock = arrivalClock(
          () => Math.floor(clocks.wallMs),
          () => clocks.steadyMs,
        );
        let lastUs = clock.nowUs();
        for (const [jumpMs, passMs] of moves) {
          clocks.wallMs += jumpMs;
          clocks.pass(passMs);
          const nowUs = clock.nowUs();
          expect(nowUs).toBeGreaterThanOrEqual(lastUs);
          lastUs = nowUs;
        }
      }),
    );
  });

  test('says how far it is ahead of a wall clock that was put right after a step forward', () => {
    const clocks = machine();
    const open = (): ReturnType<typeof arrivalClock> =>
      arrivalClock(
        () => clocks.wallMs,
        () => clocks.steadyMs,
      );
    const clock = open();
    clocks.wallMs += 3_600_000;
    expect(clock.aheadUs()).toBe(0);
    clocks.pass(1_000);
    clocks.wallMs -= 3_600_000;
    expect(clock.aheadUs()).toBe(3_600_000_000);
    clocks.pass(60_000);
    expect(clock.aheadUs()).toBe(3_597_000_000);
    const next = open();
    expect(next.aheadUs()).toBe(0);
    expect(next.nowUs()).toBe(clocks.wallMs * 1_000);
  });

  test('of the machine is that of the wall', () => {
    const clock = openArrivalClock();
    expect(Math.abs(clock.nowUs() / 1_000 - Date.now())).toBeLessThan(1_000);
    expect(clock.aheadUs()).toBeLessThan(1_000_000);
  });
});
