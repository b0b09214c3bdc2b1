import { describe, expect, test } from 'vitest';
import { LineDriver, type Peer } from '../../support/feed/line-driver.js';

const SYMBOLS = ['BTCUSDT', 'ETHUSDT'];
const MINUTE_MS = 60_000;
const ROUTES = ['/public', '/market', ''];
const SILENT: Peer = { sends: [] };

describe('pings', () => {
  test('go out every 15 s, and the time to the pong is noted', () => {
    const driver = new LineDriver({ symbols: SYMBOLS, peers: {} });
    driver.run(MINUTE_MS + 200);
    const pongs = driver.notes.filter(({ is }) => is === 'pong');
    expect(pongs).toHaveLength(5);
    expect(pongs[0]).toMatchObject({ connection: 1, roundTripUs: 20_000 });
  });

  test('keep a connection without rows alive; without any byte it is dropped after 30 s', () => {
    const peers: Record<string, Peer> = { '/public': { sends: [] } };
    const times = { silentAfterMs: 10 * MINUTE_MS };
    const driver = new LineDriver({ symbols: SYMBOLS, peers, times });
    driver.run(5 * MINUTE_MS - 100);
    expect(driver.story('closed')).toEqual([]);
    peers['/public'] = { sends: [], pongs: false };
    driver.run(MINUTE_MS / 2);
    const [closed] = driver.story('closed');
    expect(closed).toMatch(/^closed 1 nothing came for 30000 ms at 3[01]\d/);
    expect(driver.story('opened').at(-1)).toMatch(/^opened 2 \/public lost/);
  });
});

describe('a route that acknowledges and delivers nothing', () => {
  test('is left for the next one after 30 s; the first connection stays until another delivers', () => {
    const peers = { '/public': SILENT, '/market': SILENT };
    const driver = new LineDriver({ symbols: SYMBOLS, peers, random: () => 0 });
    driver.run(30_100);
    expect(driver.opens).toEqual(['1 /public at 0', '2 /market at 30']);
    driver.run(40_000);
    expect(driver.opens.at(-1)).toBe('3  at 60');
    expect(driver.story('closed', 'doubt', 'delivering')).toEqual([
      'doubt silent at 30',
      'closed 2 silent at 60',
      'doubt silent at 60',
      'delivering 3 at 60',
      'closed 1 silent at 65',
    ]);
    driver.run(MINUTE_MS);
    expect(driver.opens).toHaveLength(3);
  });

  test('is not suspected again where pauses end by themselves: the market is quiet', () => {
    const peers: Record<string, Peer> = {};
    const driver = new LineDriver({ symbols: SYMBOLS, peers });
    for (let pause = 0; pause < 10; pause++) {
      for (const route of ['/public', '/market', '']) peers[route] = {};
      driver.run(MINUTE_MS / 10);
      for (const route of ['/public', '/market', '']) peers[route] = SILENT;
      driver.run(MINUTE_MS / 2 + 5_000);
    }
    expect(driver.story('doubt')).toEqual(['doubt silent at 35.9', 'doubt silent at 76.9']);
  });

  test('is found after 30 s again, an hour after the market was quiet', () => {
    const peers: Record<string, Peer> = {};
    const driver = new LineDriver({ symbols: SYMBOLS, peers });
    const pause = (durationMs: number): void => {
      for (const route of ROUTES) peers[route] = SILENT;
      driver.run(durationMs);
      for (const route of ROUTES) peers[route] = {};
      driver.run(MINUTE_MS);
    };
    driver.run(MINUTE_MS);
    for (const seconds of [200, 200, 300]) pause(seconds * 1_000);
    const found = driver.story('doubt').length;
    expect(found).toBeGreaterThan(0);
    pause(2 * MINUTE_MS);
    expect(driver.story('doubt')).toHaveLength(found);
    expect(driver.machine.isDelivering(driver.nowUs)).toBe(true);
    driver.run(61 * MINUTE_MS);
    for (const route of ROUTES) peers[route] = SILENT;
    driver.run(31_000);
    expect(driver.story('doubt')).toHaveLength(found + 1);
    expect(driver.machine.isDelivering(driver.nowUs)).toBe(false);
  });

  test('is found after 30 s again although one outage was longer', () => {
    const peers: Record<string, Peer> = {};
    const driver = new LineDriver({ symbols: SYMBOLS, peers });
    driver.run(MINUTE_MS);
    for (const route of ROUTES) peers[route] = SILENT;
    driver.run(5 * MINUTE_MS);
    for (const route of ROUTES) peers[route] = {};
    driver.run(5 * MINUTE_MS);
    const found = driver.story('doubt').length;
    for (const route of ROUTES) peers[route] = SILENT;
    driver.run(31_000);
    expect(driver.story('doubt')).toHaveLength(found + 1);
  });

  test('is found after 2 minutes at most where snapshots are waited for', () => {
    const peers: Record<string, Peer> = {};
    const driver = new LineDriver({ kind: 'depth', symbols: SYMBOLS, peers });
    driver.run(MINUTE_MS);
    for (let pause = 0; pause < 3; pause++) {
      for (const route of ROUTES) peers[route] = SILENT;
      driver.run(5 * MINUTE_MS);
      for (const route of ROUTES) peers[route] = {};
      driver.run(MINUTE_MS);
    }
    for (const route of ROUTES) peers[route] = SILENT;
    driver.run(2 * MINUTE_MS - 1_000);
    expect(driver.machine.isDelivering(driver.nowUs)).toBe(true);
    driver.run(2_000);
    expect(driver.machine.isDelivering(driver.nowUs)).toBe(false);
  });

  test('is found after 30 s again although nothing was read for a while', () => {
    const peers: Record<string, Peer> = {};
    const driver = new LineDriver({ symbols: SYMBOLS, peers });
    for (let stall = 0; stall < 3; stall++) {
      driver.run(MINUTE_MS);
      driver.elapsedMs += 70_000;
      driver.machine.resumed(driver.nowUs);
    }
    driver.run(MINUTE_MS);
    expect(driver.story('doubt')).toEqual([]);
    for (const route of ROUTES) peers[route] = SILENT;
    driver.run(31_000);
    expect(driver.story('doubt')).toHaveLength(1);
  });

  test('is found when rows stop as well, and routes are tried for ever', () => {
    const peers: Record<string, Peer> = {};
    const driver = new LineDriver({ symbols: SYMBOLS, peers, random: () => 0.999 });
    driver.run(MINUTE_MS);
    for (const route of ['/public', '/market', '']) peers[route] = SILENT;
    driver.run(30 * MINUTE_MS);
    const routes = driver.opens.map((open) => open.split(' ')[1]);
    expect(routes.slice(0, 5)).toEqual(['/public', '/market', '', '/public', '/market']);
    expect(routes.length).toBeGreaterThan(25);
    expect(routes.length).toBeLessThan(60);
    expect(driver.live.has(1)).toBe(true);
    peers[''] = {};
    driver.run(3 * MINUTE_MS);
    expect([...driver.live.values()].map(({ route }) => route)).toEqual(['']);
  });

  test('is no reason to leave the first connection once that one delivers again', () => {
    const peers: Record<string, Peer> = { '/public': SILENT, '/market': SILENT };
    const driver = new LineDriver({ symbols: SYMBOLS, peers });
    driver.run(40_000);
    peers['/public'] = {};
    driver.run(3 * MINUTE_MS);
    expect([...driver.live.keys()]).toEqual([1]);
    expect(driver.opens).toHaveLength(2);
    driver.end(1, '1006 abnormal closure');
    driver.run(1_000);
    expect(driver.opens.at(-1)).toMatch(/^3 \/public/);
  });
});

describe('a symbol that stays away while others come', () => {
  test('is subscribed again every 5 minutes, in depth', () => {
    const peers = { '/public': { sends: ['BTCUSDT'] } };
    const driver = new LineDriver({ kind: 'depth', symbols: SYMBOLS, peers });
    driver.run(11 * MINUTE_MS);
    expect(driver.story('doubt')).toEqual(['doubt idle ETHUSDT at 20.1']);
    const again = driver.requests.slice(1);
    expect(again.map(({ method }) => method)).toEqual(
      [1, 2, 3].flatMap(() => ['UNSUBSCRIBE', 'SUBSCRIBE']),
    );
    expect(new Set(again.flatMap(({ params }) => params))).toEqual(
      new Set(['ethusdt@depth20@100ms']),
    );
    expect(driver.opens).toHaveLength(1);
  });

  test('is noted after 10 minutes and nothing more, in trades', () => {
    const peers = { '/public': { sends: ['BTCUSDT'] } };
    const driver = new LineDriver({ symbols: SYMBOLS, peers });
    driver.run(30 * MINUTE_MS);
    expect(driver.story('doubt')).toEqual(['doubt idle ETHUSDT at 600.1']);
    expect(driver.requests).toHaveLength(1);
  });

  test('is noted again after it came back', () => {
    const peers: Record<string, Peer> = { '/public': { sends: ['BTCUSDT'] } };
    const driver = new LineDriver({ kind: 'depth', symbols: SYMBOLS, peers });
    driver.run(MINUTE_MS);
    peers['/public'] = {};
    driver.run(MINUTE_MS);
    peers['/public'] = { sends: ['BTCUSDT'] };
    driver.run(MINUTE_MS);
    expect(driver.story('doubt')).toHaveLength(2);
  });
});

describe('a book whose content stands still while frames come', () => {
  test('has its connection replaced, with overlap, at most every 30 minutes', () => {
    const peers = { '/public': { moves: false } };
    const driver = new LineDriver({ kind: 'depth', symbols: SYMBOLS, peers });
    driver.run(10 * MINUTE_MS);
    expect(driver.story('opened', 'closed', 'doubt')).toEqual([
      'opened 1 /public first at 0',
      'doubt frozen BTCUSDT at 120.1',
      'doubt frozen ETHUSDT at 120.1',
      'opened 2 /public frozen at 120.1',
      'closed 1 frozen at 125.1',
    ]);
    driver.run(30 * MINUTE_MS);
    expect(driver.opens).toHaveLength(3);
    expect(driver.story('doubt')).toHaveLength(2);
    expect(driver.silentSteps).toBe(0);
  });
});

test('no watchdog counts the time in which nothing was read by intent', () => {
  const peers: Record<string, Peer> = {};
  const driver = new LineDriver({ kind: 'depth', symbols: SYMBOLS, peers });
  driver.run(MINUTE_MS);
  driver.elapsedMs += 10 * MINUTE_MS;
  driver.machine.resumed(driver.nowUs);
  driver.run(MINUTE_MS);
  expect(driver.story('doubt', 'closed')).toEqual([]);
  expect(driver.opens).toHaveLength(1);
});
