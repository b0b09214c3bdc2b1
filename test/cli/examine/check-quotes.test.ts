/** `flowbars check` on quote volumes: compared with the signals beside the bars, or said not to be. */
import { describe, expect, test } from 'vitest';
import { klineText } from '../../support/day/klines.js';
import {
  BARS,
  check,
  DATE,
  klines,
  published,
  SIGNALS,
  withKline,
} from '../../support/examine/published-klines.js';
import type { Workdir } from '../../support/workdir.js';

describe('quote volumes', () => {
  /** The minute has one buyer's trade of 10,010 cents × 250 thousandths and one seller's of 10,050 × 125. */
  test('are compared exactly with the signals', async () => {
    const workdir = published();
    withKline(workdir, 1, '37.58749', 'quote_volume');
    const total = await check(workdir);
    withKline(workdir, 1, '25.02501', 'taker_buy_quote_volume');
    const buy = await check(workdir);
    expect([total.code, buy.code]).toEqual([1, 1]);
    expect(total.stdout).toMatch(
      /T00:01:00Z {2}quote_volume +37\.5875 +37\.58749 +0\.00001 {2}yes\n/u,
    );
    expect(buy.stdout).toMatch(/T00:01:00Z {2}taker_buy_quote_volume +25\.025 +25\.02501 /u);
  });

  test('with float noise in the kline count as equal, and are shown as such', async () => {
    const workdir = published();
    withKline(workdir, 1, '37.587500000001', 'quote_volume');
    const told = await check(workdir);
    expect(told.code).toBe(0);
    const lines = told.stdout.split('\n');
    expect(lines.slice(6)).toEqual([
      '2025-12-11T00:01:00Z  quote_volume  37.5875  37.587500000001  -0.000000000001  yes',
      '  └ float noise in the kline: more decimals than price·quantity has, and it rounds to ours',
      'good (exit code 0): 1,440 of 1,440 fully covered minutes equal, 0 different; quote volumes ' +
        'compared in 1,440, 1 with float noise; 0 of 1,440 official minutes not covered',
      '',
    ]);
    const { stdout } = await check(workdir, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      good: true,
      minutes: { equal: 1_440, quote_compared: 1_440, float_noise: 1 },
      differences: [{ column: 'quote_volume', covered: true, float_noise: true }],
    });
  });

  const reasons: readonly (readonly [
    name: string,
    change: (workdir: Workdir) => void,
    why: RegExp,
  ])[] = [
    [
      'signals',
      (workdir) => workdir.remove(SIGNALS),
      /no signals file \(…_signals\.csv\)\s+beside the bars/u,
    ],
    [
      'signals of the same computation',
      (workdir) => workdir.write(SIGNALS, workdir.text(SIGNALS).replace('37.5875,', '37.5876,')),
      /the\s+quality\s+report\s+lists\s+no\s+signals\s+of\s+these\s+bytes/u,
    ],
  ];

  test.each(reasons)('are not compared without %s, which is said', async (_name, change, why) => {
    const workdir = published();
    withKline(workdir, 1, '1', 'quote_volume');
    change(workdir);
    const told = await check(workdir);
    expect(told.code).toBe(0);
    expect(told.stdout).toMatch(why);
    expect(told.stdout).toContain('quote volumes');
    expect(told.stdout).not.toContain('quote volumes compared');
    const document: unknown = JSON.parse((await check(workdir, '--json')).stdout);
    expect(document).toMatchObject({ minutes: { quote_compared: 0 }, bars: [{ signals: null }] });
    expect(document).toHaveProperty('notes', [
      expect.stringMatching(/quote volumes not compared: /u),
    ]);
  });

  test('are not compared on COIN-M, where these columns hold something else', async () => {
    const workdir = published('1m', { market: 'coinm' });
    withKline(workdir, 1, '1', 'quote_volume');
    const told = await check(workdir);
    expect(told.code).toBe(0);
    expect(told.stdout).toMatch(/not compared: on\s+COIN-M a\s+kline\s+has/u);
  });

  test('are not compared if the klines have none', async () => {
    const workdir = published();
    const without = klines().map((cells) => cells.filter((_, at) => at !== 7 && at !== 10));
    const header = 'open_time,open,high,low,close,volume,close_time,count,taker_buy_volume,ignore';
    workdir.write('klines.csv', `${header}\n${klineText(without, { header: false })}`);
    const told = await check(workdir);
    expect(told.code).toBe(0);
    expect(told.stdout).toContain('quote volumes not compared: the klines have no such columns');
  });

  test('are refused if the file beside the bars is no signals file of the day', async () => {
    const workdir = published();
    workdir.remove(`BTCUSDT/${DATE}_quality.json`);
    workdir.write(SIGNALS, workdir.text(BARS));
    const told = await check(workdir);
    expect(told).toMatchObject({ code: 1, stdout: '' });
    expect(told.stderr).toContain(`${SIGNALS} check columns: found`);
  });
});
