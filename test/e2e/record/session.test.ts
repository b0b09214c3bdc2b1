/** One session of `flowbars record` against a local exchange: what it stores, serves and says. */
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { CHUNK_HEADERS } from '../../../src/core/frame/chunk-text.js';
import {
  delivering,
  expectAllStored,
  POLLING,
  startExchange,
  startRecorder,
} from '../../support/record/exchange-session.js';
import { chunkNames } from '../../support/record/stored-rows.js';
import { expectSchema } from '../../support/schema/schemas.js';
import { freshWorkdir, type Workdir } from '../../support/workdir.js';

const GZIP_NAME = /^BTCUSDT\/depth\/\d{4}-\d\d-\d\d\/\d\d-\d\d_eu1-\w+\.csv\.gz$/u;
const HOUR_NAME = /^ETHUSDT\/trades\/\d{4}-\d\d-\d\d\/\d\d_r-\w+\.csv$/u;
const CLOSING =
  /^recorded \(exit code 0\): [\d,]+ rows of 2 symbols in [\d.]+ s; \d+ files stored in raw$/u;

describe('a session', () => {
  test('stores chunks with every column, a sidecar and the market, and serves metrics meanwhile', async () => {
    const [workdir, exchange] = [freshWorkdir(), await startExchange()];
    const recorder = startRecorder(workdir, exchange, ['--metrics', '0', '--name', 'eu1']);
    const { port } = await recorder.said('metrics_served');
    const at = async (path: string): Promise<string> => {
      const response = await fetch(`http://127.0.0.1:${String(port)}${path}`);
      return `${response.status} ${await response.text()}`;
    };
    expect(await at('/healthz')).toBe('200 {"status":"ok"}\n');
    await delivering(recorder);
    expect(await at('/readyz')).toBe('200 {"ready":true,"reasons":[]}\n');
    const counted = /\nflowbars_rows_total\{symbol="BTCUSDT",stream="trades"\} [1-9]\d*\n/u;
    // The first row of a line may be another symbol's.
    await expect.poll(() => at('/metrics'), POLLING).toMatch(counted);
    await expectAllStored(workdir, exchange, recorder);
    expect(String((await recorder.said('result'))['closing_line'])).toMatch(CLOSING);

    const dataset = { venue: 'binance', market: 'usdm', quantity_unit: 'base' };
    expect(workdir.json('raw/_dataset.json')).toEqual(dataset);
    const names = chunkNames(workdir.path('raw'));
    expect(names).toContainEqual(expect.stringMatching(GZIP_NAME));
    expect(headersOf(workdir, names)).toEqual(new Set([CHUNK_HEADERS.trades, CHUNK_HEADERS.depth]));
    const sidecars = workdir.files('raw/_recorder');
    expect(sidecars.length).toBeGreaterThan(0);
    for (const name of sidecars) expectSchema('sidecar', workdir.text(`raw/_recorder/${name}`));
  });

  test('stores aggregates alone, plain and in chunks of an hour, and declares it', async () => {
    const [workdir, exchange] = [freshWorkdir(), await startExchange()];
    const asked = ['--streams', 'aggTrade', '--chunk', '1h', '--no-gzip'];
    const recorder = startRecorder(workdir, exchange, asked);
    await recorder.said('connection_delivering');
    expect(await recorder.stop()).toBe(0);
    const names = chunkNames(workdir.path('raw'));
    expect(names).toContainEqual(expect.stringMatching(HOUR_NAME));
    const [first = ''] = names;
    expect(workdir.text(`raw/${first}`).split('\n')[0]).toBe(CHUNK_HEADERS.aggregates);
    expect(workdir.json('raw/_dataset.json')).toMatchObject({
      streams: 'trades',
      raw_layout: '{symbol}/{stream}/{date}/{hour}.csv',
    });
  });

  test('ends with 1 and says so when a symbol had no row at all', async () => {
    const [workdir, exchange] = [freshWorkdir(), await startExchange()];
    const recorder = startRecorder(workdir, exchange, ['--symbols', 'BTCUSDT,DOGEUSDT']);
    await delivering(recorder);
    expect(await recorder.stop()).toBe(1);
    expect(await recorder.said('result')).toMatchObject({
      severity: 'ERROR',
      silent: ['DOGEUSDT'],
    });
  });

  test('replaces its connections before the exchange cuts them, and has each row once', async () => {
    const [workdir, exchange] = [freshWorkdir(), await startExchange()];
    const recorder = startRecorder(workdir, exchange, ['--renew', '2s']);
    await recorder.said('connection_opened', ({ why }) => why === 'renewal');
    await recorder.said('connection_closed', ({ why }) => why === 'renewed');
    await expectAllStored(workdir, exchange, recorder);
    const opened = recorder.events.filter(({ event }) => event === 'connection_opened');
    expect(opened.length).toBeGreaterThan(2);
  });

  test('goes on when the exchange cuts it off, and says so in the sidecar', async () => {
    const [workdir, exchange] = [freshWorkdir(), await startExchange()];
    const recorder = startRecorder(workdir, exchange);
    await delivering(recorder);
    exchange.make({ is: 'cut', code: 1008, reason: 'disconnected' });
    await recorder.said('connection_opened', ({ why, line }) => why === 'lost' && line === 0);
    await recorder.said('connection_opened', ({ why, line }) => why === 'lost' && line === 1);
    await expectAllStored(workdir, exchange, recorder);
    const [name = ''] = workdir.files('raw/_recorder').slice(-1);
    expect(workdir.text(`raw/_recorder/${name}`)).toContain('"closed_why": "1008 disconnected"');
  });
});

function headersOf(workdir: Workdir, names: readonly string[]): Set<string> {
  return new Set(
    names.map((name) => {
      const text = gunzipSync(workdir.bytes(`raw/${name}`)).toString('latin1');
      return text.split('\n')[0] ?? '';
    }),
  );
}
