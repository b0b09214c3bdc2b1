/** A line under any sequence of faults: it never has many connections, and delivers again once the exchange does. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineDriver, type Peer } from '../../support/feed/line-driver.js';

const ROUTES = ['/public', '/market', ''];
const HEALTHY: Peer = {};

const peer: fc.Arbitrary<Peer> = fc.record(
  {
    opens: fc.constantFrom<boolean | number>(true, true, false, 404, 503),
    answers: fc.boolean(),
    sends: fc.constantFrom<string[]>([], ['AUSDT'], ['AUSDT', 'BUSDT']),
    moves: fc.boolean(),
    pongs: fc.boolean(),
    refuses: fc.constantFrom<string[]>([], ['busdt@depth20@100ms']),
    closes: fc.boolean(),
  },
  { requiredKeys: [] },
);

const phase = fc.record({
  peers: fc.tuple(peer, peer, peer),
  durationMs: fc.integer({ min: 1, max: 120 }).map((seconds) => seconds * 1_000),
  /** The exchange cuts every connection at its end. */
  cuts: fc.boolean(),
  pauses: fc.boolean(),
});

test('a line delivers again after any faults, and never has more than a few connections', () => {
  let faulty = 0;
  fc.assert(
    fc.property(fc.array(phase, { minLength: 1, maxLength: 6 }), (phases) => {
      const peers: Record<string, Peer> = {};
      const times = { renewAfterMs: 90_000, renewJitterMs: 30_000, frozenEveryMs: 60_000 };
      const symbols = ['AUSDT', 'BUSDT'];
      const driver = new LineDriver({ kind: 'depth', symbols, peers, times });
      for (const { peers: now, durationMs, cuts, pauses } of phases) {
        for (const [index, route] of ROUTES.entries()) peers[route] = now[index] ?? HEALTHY;
        for (let passedMs = 0; passedMs < durationMs; passedMs += 1_000) {
          driver.run(1_000);
          expect(driver.live.size).toBeLessThanOrEqual(5);
        }
        for (const id of cuts ? driver.live.keys() : []) driver.end(id, '1006 abnormal closure');
        if (pauses) driver.elapsedMs += 45_000;
        if (pauses) driver.machine.resumed(driver.nowUs);
      }
      if (driver.story('closed', 'refused', 'doubt').length > 0) faulty += 1;
      for (const route of ROUTES) peers[route] = HEALTHY;
      driver.run(180_000);
      driver.silentSteps = 0;
      const opened = driver.opens.length;
      driver.run(60_000);
      expect(driver.silentSteps).toBe(0);
      expect(driver.opens.length - opened).toBeLessThanOrEqual(2);
      expect(driver.machine.isDelivering(driver.nowUs)).toBe(true);
    }),
    { numRuns: 60 },
  );
  expect(faulty).toBeGreaterThan(20);
});
