/** A local exchange of a test, recorders on it, and the comparison of what both have. */
import { expect, onTestFinished } from 'vitest';
import { Exchange } from '../exchange/exchange.js';
import type { ExchangeOptions } from '../exchange/exchange-options.js';
import type { Workdir } from '../workdir.js';
import { compareRecording } from './compare-recording.js';
import { RecorderProcess } from './recorder-process.js';
import { storedIds } from './stored-rows.js';

export const SYMBOLS: readonly string[] = ['BTCUSDT', 'ETHUSDT'];
/** Trades and depth have a connection each. */
const LINES = 2;
/** Far beyond what a loaded machine takes. */
export const POLLING = { timeout: 60_000, interval: 20 } as const;
const MARKET = {
  is: 'generated',
  symbols: SYMBOLS,
  tradesPerSecond: 100,
  snapshotsPerSecond: 10,
} as const;
/** Of each connection, before the market ends: a comparison of a handful says something. */
const EVENTS_MIN = 10;

/** Stops with the test. */
export async function startExchange(options: Partial<ExchangeOptions> = {}): Promise<Exchange> {
  const exchange = new Exchange({ market: MARKET, ...options });
  await exchange.start();
  onTestFinished(async () => await exchange.stop());
  return exchange;
}

/** `record` of both symbols into `raw`. Killed with the test. */
export function startRecorder(
  workdir: Workdir,
  { endpoint }: Pick<Exchange, 'endpoint'>,
  more: readonly string[] = [],
): RecorderProcess {
  const usual = { '--symbols': SYMBOLS.join(','), '--raw': 'raw', '--endpoint': endpoint };
  const rest = Object.entries(usual).filter(([name]) => !more.includes(name));
  const recorder = new RecorderProcess(workdir.root, [...rest.flat(), ...more]);
  onTestFinished(async () => await recorder.kill());
  return recorder;
}

/** Once both lines deliver. */
export async function delivering(recorder: RecorderProcess): Promise<void> {
  for (let line = 0; line < LINES; line++)
    await recorder.said('connection_delivering', (event) => event['line'] === line);
}

/** Once every open connection was sent some events. */
async function sentSome(exchange: Exchange): Promise<void> {
  const fewest = (): number => {
    const open = exchange.view().connections.filter(({ closedMs }) => closedMs === null);
    return open.length < LINES ? 0 : Math.min(...open.map(({ written }) => written));
  };
  await expect.poll(fewest, POLLING).toBeGreaterThanOrEqual(EVENTS_MIN);
}

/** Ends the market and the recorder; every event that was sent has to be stored, but for tails of connections where it is not whole. */
export async function expectAllStored(
  workdir: Workdir,
  exchange: Exchange,
  recorder: RecorderProcess,
  { isWhole = true }: { readonly isWhole?: boolean } = {},
): Promise<void> {
  await sentSome(exchange);
  exchange.make({ is: 'market-end' });
  // It closes its connections with a close frame, whose answer comes behind all that is on its way.
  expect(await recorder.stop()).toBe(0);
  const compared = await compareRecording(exchange.ledger(), storedIds(workdir.path('raw')));
  expect(compared).toMatchObject({ lost: 0, twice: 0, foreign: 0 });
  if (isWhole) expect(compared.neverDelivered).toBe(0);
  expect(compared.stored + compared.neverDelivered).toBe(compared.sent);
  expect(compared.stored).toBeGreaterThanOrEqual(LINES * EVENTS_MIN);
}
