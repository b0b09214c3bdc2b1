/** Requests that are not answered: what delivers goes on. */
import { describe, expect, test } from 'vitest';
import { LineDriver, type Peer } from '../../support/feed/line-driver.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** Three symbols of depth, the first of which stays away. */
const SYMBOLS = Array.from({ length: 3 }, (_, index) => `S${index}USDT`);
const SENDS = SYMBOLS.slice(1);

describe('a request for an idle symbol that is not answered', () => {
  test('drops nothing that delivers: a connection comes up beside it and replaces it', () => {
    const peers: Record<string, Peer> = { '/public': { sends: SENDS } };
    const driver = new LineDriver({ kind: 'depth', symbols: SYMBOLS, peers });
    driver.run(15 * SECOND_MS);
    peers['/public'] = { sends: SENDS, answers: 'others' };
    driver.run(MINUTE_MS);
    expect(driver.story('opened', 'refused', 'closed')).toEqual([
      'opened 1 /public first at 0',
      expect.stringMatching(/^refused 1 1 names: no answer within 10000 ms at 3\d/),
      expect.stringMatching(/^opened 2 \/public unanswered at 3\d/),
      expect.stringMatching(/^closed 1 unanswered at 3\d/),
    ]);
    driver.silentSteps = 0;
    driver.run(20 * MINUTE_MS);
    expect(driver.silentSteps).toBe(0);
    expect(driver.opens.length).toBeGreaterThan(2);
    expect(driver.opens.length).toBeLessThan(8);
    expect(driver.machine.isDelivering(driver.nowUs)).toBe(true);
  });

  test('leaves the carrier alone while no further connection is answered', () => {
    const peers: Record<string, Peer> = { '/public': { sends: SENDS } };
    const driver = new LineDriver({ kind: 'depth', symbols: SYMBOLS, peers });
    driver.run(15 * SECOND_MS);
    peers['/public'] = { sends: SENDS, answers: false };
    driver.run(10 * MINUTE_MS);
    expect(driver.live.has(1)).toBe(true);
    expect(driver.opens.length).toBeGreaterThan(10);
    expect(driver.opens.length).toBeLessThan(50);
    peers['/public'] = {};
    driver.run(2 * MINUTE_MS);
    expect(driver.live.has(1)).toBe(false);
    expect(driver.machine.refusedNames()).toEqual([]);
    expect([...driver.live.values()].map(({ subscribed }) => subscribed.size)).toEqual([3]);
  });
});

test('a connection that delivers is carried on although its requests are never answered', () => {
  const peers: Record<string, Peer> = { '/public': { answers: 'never, but sends' } };
  const driver = new LineDriver({ symbols: ['AUSDT', 'BUSDT'], peers });
  driver.run(SECOND_MS);
  expect(driver.machine.isDelivering(driver.nowUs)).toBe(true);
  driver.run(4 * MINUTE_MS);
  expect(driver.opens).toEqual(['1 /public at 0']);
  expect(driver.story('opened', 'closed')).toEqual(['opened 1 /public first at 10']);
  expect(driver.machine.refusedNames()).toEqual([]);
  expect(driver.story('doubt')).toEqual([]);
  expect(driver.silentSteps).toBe(0);
});
