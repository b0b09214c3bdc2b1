/** Names that the exchange refuses for a while: asked for again, and nothing that is delivered is given up for them. */
import { describe, expect, test } from 'vitest';
import { LineDriver, type Peer } from '../../support/feed/line-driver.js';

const SYMBOLS = ['BTCUSDT', 'ETHUSDT', 'XRPUSDT'];
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

describe('a name that is refused', () => {
  test('is asked for again after 5 s, 10 s and so on up to 5 minutes', () => {
    const peers = { '/public': { refuses: ['xrpusdt@trade'] } };
    const driver = new LineDriver({ symbols: SYMBOLS, peers });
    driver.run(30 * MINUTE_MS);
    const alone = driver.requests.filter(({ params }) => params.join() === 'xrpusdt@trade');
    const waits = alone.slice(1).map(({ atMs }, index) => atMs - (alone[index]?.atMs ?? 0));
    expect(waits.map((ms) => Math.round(ms / SECOND_MS)).slice(0, 8)).toEqual([
      5, 10, 20, 40, 80, 160, 300, 300,
    ]);
    expect(driver.story('refused')).toHaveLength(1);
    expect(driver.story('doubt')).toEqual(['doubt refused XRPUSDT at 0.7']);
    expect(driver.machine.refusedNames()).toEqual(['xrpusdt@trade']);
  });

  test('comes once the exchange takes it, on the same connection', () => {
    const peers: Record<string, Peer> = { '/public': { refuses: ['xrpusdt@trade'] } };
    const driver = new LineDriver({ symbols: SYMBOLS, peers });
    driver.run(10 * SECOND_MS);
    peers['/public'] = {};
    driver.run(10 * SECOND_MS);
    expect(driver.machine.refusedNames()).toEqual([]);
    expect(driver.live.get(1)?.subscribed.size).toBe(3);
    driver.run(20 * MINUTE_MS);
    expect(driver.story('doubt')).toHaveLength(1);
    expect(driver.opens).toHaveLength(1);
  });
});

describe('a renewal whose connection lacks a name that is delivered', () => {
  const times = { renewAfterMs: 10 * MINUTE_MS, renewJitterMs: 0 };

  test('waits until the name is taken, and replaces the first connection then', () => {
    const peers: Record<string, Peer> = {};
    const driver = new LineDriver({ symbols: SYMBOLS, peers, times });
    driver.run(9 * MINUTE_MS);
    peers['/public'] = { refuses: ['ethusdt@trade'] };
    driver.run(MINUTE_MS + 7 * SECOND_MS);
    peers['/public'] = {};
    driver.run(MINUTE_MS);
    expect(driver.story('opened', 'closed', 'doubt')).toEqual([
      'opened 1 /public first at 0',
      'opened 2 /public renewal at 601.2',
      'closed 1 renewed at 616.3',
    ]);
    expect(driver.live.get(2)?.subscribed.size).toBe(3);
  });

  test('is left for a further one, less and less often, and the first goes on', () => {
    const peers: Record<string, Peer> = {};
    const driver = new LineDriver({ symbols: SYMBOLS, peers, times });
    driver.run(9 * MINUTE_MS);
    peers['/public'] = { refuses: ['ethusdt@trade'] };
    driver.run(61 * MINUTE_MS);
    const waits = driver.openedMs.slice(2).map((atMs, index) => {
      return Math.round((atMs - (driver.openedMs[index + 1] ?? 0)) / SECOND_MS);
    });
    expect(waits.slice(0, 8)).toEqual([36, 41, 51, 71, 111, 191, 331, 331]);
    expect(driver.live.get(1)?.subscribed.size).toBe(3);
    expect(driver.story('closed').every((text) => !text.startsWith('closed 1 '))).toBe(true);
    expect(driver.silentSteps).toBe(0);
    peers['/public'] = {};
    driver.run(6 * MINUTE_MS);
    expect(driver.story('closed').at(-1)).toMatch(/^closed 1 renewed/);
  });

  test('replaces it nevertheless once the name is delivered no longer', () => {
    const peers: Record<string, Peer> = {};
    const driver = new LineDriver({ kind: 'depth', symbols: SYMBOLS, peers, times });
    driver.run(9 * MINUTE_MS);
    peers['/public'] = { refuses: ['ethusdt@depth20@100ms'], sends: ['BTCUSDT', 'XRPUSDT'] };
    driver.run(2 * MINUTE_MS);
    expect(driver.story('closed')).toEqual([expect.stringMatching(/^closed 1 renewed/)]);
    expect(driver.story('doubt').at(-1)).toMatch(/^doubt refused ETHUSDT/);
  });

  test('stays on the route that delivers where every name is refused', () => {
    const peers: Record<string, Peer> = {};
    const driver = new LineDriver({ symbols: SYMBOLS, peers, times });
    driver.run(9 * MINUTE_MS);
    peers['/public'] = { refuses: SYMBOLS.map((symbol) => `${symbol.toLowerCase()}@trade`) };
    driver.run(3 * MINUTE_MS);
    peers['/public'] = {};
    driver.run(MINUTE_MS);
    expect(driver.opens.length).toBeGreaterThan(3);
    expect(driver.opens.every((open) => open.includes('/public'))).toBe(true);
    expect(driver.story('closed')).toEqual([expect.stringMatching(/^closed 1 renewed/)]);
    expect(driver.silentSteps).toBe(0);
  });
});
