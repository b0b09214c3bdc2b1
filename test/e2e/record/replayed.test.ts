/** Frames as the exchange sent them in 2024, recorded again: bars of the chunks equal the official klines. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startExchangeProcess } from '../../support/exchange/exchange-process.js';
import { POLLING } from '../../support/record/exchange-session.js';
import { RecorderProcess } from '../../support/record/recorder-process.js';
import { runExpecting } from '../../support/e2e/run-flowbars.js';
import { freshWorkdir, projectRoot } from '../../support/workdir.js';

const real = resolve(projectRoot, '../shared/real');
const isThere = existsSync(real);
if (!isThere) process.stderr.write(`skipped: no recorded frames in ${real}\n`);

/** Three minutes take nine seconds. */
const FACTOR = 20;
/** When the first frame of the capture was sent, and how long before it the recorder's clock begins. */
const FIRST_MS = 1_721_347_022_504;
const AHEAD_MS = 3_000;
const CHUNKS = ['23-57', '23-58', '23-59'];

describe.skipIf(!isThere)('a replayed capture', () => {
  test('gives the bars of the official klines in every whole minute, across midnight', async () => {
    const workdir = freshWorkdir();
    const paths = [
      join(real, 'captures/btcusdt-trade-depth-bookTicker-2024-07-18.gz'),
      ...CHUNKS.map((chunk) => join(real, `raw/BTCUSDT/depth/2024-07-18/${chunk}.csv`)),
    ];
    const exchange = await startExchangeProcess({
      market: { is: 'replayed', paths, factor: FACTOR, shiftMs: 0 },
      awaitStreams: 2,
    });
    onTestFinished(async () => await exchange.stop());
    const recorder = new RecorderProcess(
      workdir.root,
      ['--symbols', 'BTCUSDT', '--raw', 'raw', '--endpoint', exchange.endpoint],
      {
        imports: [join(projectRoot, 'test/support/record/shifted-clock.mjs')],
        env: { FLOWBARS_TEST_CLOCK: `${FIRST_MS - AHEAD_MS} ${FACTOR} 0` },
      },
    );
    onTestFinished(async () => await recorder.kill());
    // The market begins when both streams are subscribed, and with it the recorder's clock runs as fast as the market.
    await expect.poll(async () => (await exchange.view()).events, POLLING).toBeGreaterThan(0);
    recorder.child.kill('SIGUSR2');
    await expect.poll(async () => (await exchange.view()).isMarketOver, POLLING).toBe(true);
    expect(await recorder.stop()).toBe(0);

    const day = ['--raw', 'raw', '--out', 'out', '--symbols', 'BTCUSDT', '--from', '2024-07-18'];
    const expected = ['--expect', '2024-07-18T23:57:03Z/2024-07-19T00:00:00Z'];
    const ran = await runExpecting(workdir, 0, ['run', ...day, ...expected, '--json']);
    expect(ran.stdout).toContain('"complete": 1');
    const bars = ['--bars', 'out/BTCUSDT/2024-07-18_1m.csv'];
    const klines = ['--klines', join(real, 'klines/BTCUSDT-1m-2024-07-18T2356_0005.csv')];
    const whole = ['--from', '2024-07-18T23:58:00Z', '--to', '2024-07-19T00:00:00Z'];
    const checked = await runExpecting(workdir, 0, ['check', ...bars, ...klines, ...whole]);
    expect(checked.stdout).toContain('2 of 2 fully covered minutes equal, 0 different');
  });
});
