import { describe, expect, test } from 'vitest';
import { LineDriver } from '../../support/feed/line-driver.js';

const SYMBOLS = ['BTCUSDT', 'ETHUSDT'];
const MINUTE_MS = 60_000;

describe('a line that comes up', () => {
  test('subscribes fifty names a request, four requests a second', () => {
    const symbols = Array.from({ length: 120 }, (_, index) => `S${index}USDT`);
    const driver = new LineDriver({ symbols, peers: {} });
    driver.run(1_000);
    expect(driver.requests.map(({ params }) => params.length)).toEqual([50, 50, 20]);
    expect(driver.requests.map(({ atMs }) => atMs)).toEqual([0, 300, 600]);
    expect(driver.requests[0]?.params[0]).toBe('s0usdt@trade');
    expect(driver.story('opened', 'delivering')).toEqual([
      'opened 1 /public first at 0.6',
      'delivering 1 at 0.6',
    ]);
  });

  test('waits longer after each failure, up to a bound, and anything between', () => {
    const driver = new LineDriver({
      symbols: SYMBOLS,
      peers: { '/public': { opens: 503 } },
      random: () => 0.999,
    });
    driver.run(5 * MINUTE_MS);
    const waits = driver.openedMs
      .slice(1)
      .map((atMs, index) => atMs - (driver.openedMs[index] ?? 0));
    expect(waits.slice(0, 8)).toEqual([300, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000]);
    expect(Math.max(...waits)).toBe(30_000);
    const hasty = new LineDriver({
      symbols: SYMBOLS,
      peers: { '/public': { opens: 503 } },
      random: () => 0,
    });
    hasty.run(1_000);
    expect(hasty.opens).toHaveLength(10);
  });

  test('drops what does not open or does not answer within 10 s', () => {
    const deaf = new LineDriver({ symbols: SYMBOLS, peers: { '/public': { opens: false } } });
    deaf.run(10_300);
    expect(deaf.story('refused')).toEqual(['refused 1 not open after 10000 ms at 10']);
    expect(deaf.opens).toEqual(['1 /public at 0', '2 /public at 10.2']);
    const mute = new LineDriver({ symbols: SYMBOLS, peers: { '/public': { answers: false } } });
    mute.run(10_300);
    expect(mute.story('refused')).toEqual(['refused 1 no answer within 10000 ms at 10']);
    expect(mute.live.size).toBe(1);
  });

  test('tries the next route where the exchange has none at this address', () => {
    const driver = new LineDriver({ symbols: SYMBOLS, peers: { '/public': { opens: 404 } } });
    driver.run(1_000);
    expect(driver.opens).toEqual(['1 /public at 0', '2 /market at 0.2']);
    expect(driver.story('refused', 'opened')).toEqual([
      'refused 1 HTTP 404 at 0',
      'opened 2 /market first at 0.2',
    ]);
  });

  test('subscribes the other names of a request that is refused for one', () => {
    const refuses = ['gonusdt@depth20@100ms'];
    const symbols = ['AUSDT', 'BUSDT', 'GONUSDT', 'DUSDT', 'EUSDT'];
    const driver = new LineDriver({ kind: 'depth', symbols, peers: { '/public': { refuses } } });
    driver.run(2 * MINUTE_MS);
    expect(driver.story('refused')).toEqual(['refused 1 gonusdt@depth20@100ms: {"code":2} at 1.2']);
    expect([...(driver.live.get(1)?.subscribed ?? [])].sort()).toEqual(
      ['AUSDT', 'BUSDT', 'DUSDT', 'EUSDT'].map((symbol) => `${symbol.toLowerCase()}@depth20@100ms`),
    );
    expect(driver.story('doubt')).toEqual(['doubt refused GONUSDT at 1.3']);
    expect(driver.opens).toHaveLength(1);
  });

  test('leaves a route that refuses every name', () => {
    const refuses = ['btcusdt@trade', 'ethusdt@trade'];
    const driver = new LineDriver({ symbols: SYMBOLS, peers: { '/public': { refuses } } });
    driver.run(3_000);
    expect(driver.story('opened')).toEqual(['opened 2 /market first at 0.9']);
  });
});

describe('the cut after a day', () => {
  test('is bridged by a second connection: the first is closed once that one delivered for 5 s', () => {
    const times = { renewAfterMs: 10 * MINUTE_MS, renewJitterMs: 0 };
    const driver = new LineDriver({ symbols: SYMBOLS, peers: {}, times });
    driver.run(11 * MINUTE_MS);
    expect(driver.story('opened', 'closed', 'doubt', 'refused')).toEqual([
      'opened 1 /public first at 0',
      'opened 2 /public renewal at 600',
      'closed 1 renewed at 605',
    ]);
    expect(driver.silentSteps).toBe(0);
  });

  test('comes at another time for each line', () => {
    const at = (random: number): number | undefined => {
      const times = { renewAfterMs: 10 * MINUTE_MS, renewJitterMs: 5 * MINUTE_MS };
      const driver = new LineDriver({ symbols: SYMBOLS, peers: {}, times, random: () => random });
      driver.run(10 * MINUTE_MS);
      return driver.openedMs[1];
    };
    expect([at(0.2), at(0.9)]).toEqual([9 * MINUTE_MS, 5.5 * MINUTE_MS]);
  });

  test('is noted with its reason and replaced at once where the exchange is first', () => {
    const driver = new LineDriver({ symbols: SYMBOLS, peers: {} });
    driver.run(2 * MINUTE_MS);
    driver.end(1, '1008 disconnected');
    driver.run(1_000);
    expect(driver.story('opened', 'closed')).toEqual([
      'opened 1 /public first at 0',
      'closed 1 1008 disconnected at 120',
      'opened 2 /public lost at 120',
    ]);
    expect(driver.silentSteps).toBe(0);
  });

  test('hurries less where connections do not live long', () => {
    const driver = new LineDriver({ symbols: SYMBOLS, peers: {}, random: () => 0.999 });
    for (let loss = 0; loss < 6; loss++) {
      driver.run(10_000);
      for (const id of driver.live.keys()) driver.end(id, '1006 abnormal closure');
    }
    const gaps = driver.openedMs.slice(1).map((atMs) => atMs % 10_000);
    expect(gaps).toEqual([0, 300, 500, 1_000, 2_000]);
  });

  test('waits longer after each failure although the first connection is well, and keeps that one', () => {
    const times = { renewAfterMs: 10 * MINUTE_MS, renewJitterMs: 0 };
    const peers = { '/public': {} };
    const driver = new LineDriver({ symbols: SYMBOLS, peers, times, random: () => 0.999 });
    driver.run(10 * MINUTE_MS - 100);
    peers['/public'] = { opens: 503 };
    driver.run(10 * MINUTE_MS);
    expect(driver.opens.length).toBeGreaterThan(10);
    expect(driver.opens.length).toBeLessThan(40);
    expect(driver.live.has(1)).toBe(true);
  });

  test('makes the second connection the only one where the first is lost meanwhile', () => {
    const times = { renewAfterMs: MINUTE_MS, renewJitterMs: 0, requestEveryMs: 2_000 };
    const symbols = Array.from({ length: 120 }, (_, index) => `S${index}USDT`);
    const driver = new LineDriver({ symbols, peers: {}, times });
    driver.run(MINUTE_MS + 5_000);
    driver.end(1, '1008 disconnected');
    driver.run(MINUTE_MS / 2);
    expect(driver.opens).toHaveLength(2);
    expect(driver.story('opened').at(-1)).toMatch(/^opened 2 \/public renewal/);
  });
});

test('a feed that stops closes every connection, and drops one whose end does not come', () => {
  const peers = { '/public': { closes: false } };
  const driver = new LineDriver({ symbols: SYMBOLS, peers });
  driver.run(1_000);
  driver.machine.stop(driver.nowUs);
  driver.run(4_900);
  expect(driver.machine.isEmpty()).toBe(false);
  driver.run(200);
  expect(driver.machine.isEmpty()).toBe(true);
  expect(driver.story('closed')).toEqual(['closed 1 stopped at 6']);
  driver.run(MINUTE_MS);
  expect(driver.opens).toHaveLength(1);
});
