/** What `flowbars record` refuses before it records: exit code 2, one error in four parts, nothing written. */
import { describe, expect, test } from 'vitest';
import { delivering, startExchange, startRecorder } from '../../support/record/exchange-session.js';
import { freshWorkdir } from '../../support/workdir.js';

const NOBODY = 'ws://127.0.0.1:1';

describe('a recorder is refused for', () => {
  test.each<[string, readonly string[], string]>([
    [
      'a spool in the raw root',
      ['--spool', 'raw/spool'],
      "--spool folder: found 'raw/spool' with --raw 'raw', expected folders of which neither contains the other",
    ],
    [
      'depth of spot',
      ['--market', 'spot', '--streams', 'trades,depth'],
      "streams of market spot: found 'depth'",
    ],
    [
      'streams that exclude each other',
      ['--streams', 'trades,aggTrade'],
      "--streams streams: found 'trades,aggTrade'",
    ],
    ['a length of time without unit', ['--for', '10'], "--for length of time: found '10'"],
    [
      'an address with a path',
      ['--endpoint', 'wss://x/ws'],
      "--endpoint address: found 'wss://x/ws'",
    ],
    ['a name that no object can have', ['--name', 'a/b'], "--name name: found 'a/b'"],
    [
      'all symbols',
      ['--symbols', 'all'],
      "--symbols symbols: found 'all', expected names of symbols",
    ],
    ['a bucket that no URI can name', ['--raw', 'gs://A'], "'gs://A' root: found bucket 'A'"],
  ])('%s', async (_name, options, message) => {
    const workdir = freshWorkdir();
    const usual = { '--symbols': 'BTCUSDT', '--raw': 'raw', '--endpoint': NOBODY };
    const rest = Object.entries(usual).flatMap(([name, value]) =>
      options.includes(name) ? [] : [name, value],
    );
    const { code, stderr } = await workdir.run(['record', ...rest, ...options]);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
    expect(workdir.files()).toEqual([]);
  });

  test('a raw root of another market', async () => {
    const workdir = freshWorkdir();
    workdir.write(
      'raw/_dataset.json',
      '{"venue": "binance", "market": "spot", "quantity_unit": "base"}\n',
    );
    const asked = ['--symbols', 'BTCUSDT', '--raw', 'raw', '--endpoint', NOBODY];
    const { code, stderr } = await workdir.run(['record', ...asked]);
    expect(stderr).toContain('raw/_dataset.json field \'market\': found "spot", expected "usdm"');
    expect(code).toBe(2);
  });

  test('a spool that another recorder uses', async () => {
    const [workdir, exchange] = [freshWorkdir(), await startExchange()];
    const first = startRecorder(workdir, exchange);
    await delivering(first);
    const second = startRecorder(workdir, exchange, ['--raw', 'other']);
    expect(await second.ended).toBe(2);
    expect(second.stderr).toContain(
      `found in use by process ${first.child.pid}, expected a folder of its own for each recorder`,
    );
    expect(await first.stop()).toBe(0);
  });

  test('metrics on a port that is in use', async () => {
    const [workdir, exchange] = [freshWorkdir(), await startExchange()];
    const port = new URL(exchange.endpoint).port;
    const { code, stderr } = await workdir.run([
      'record',
      '--symbols',
      'BTCUSDT',
      '--raw',
      'raw',
      '--endpoint',
      NOBODY,
      '--metrics',
      port,
    ]);
    expect(stderr).toMatch(
      /^error: --metrics address: found 127\.0\.0\.1:\d+, and .*, expected a free port/mu,
    );
    expect(code).toBe(3);
  });
});
