import { describe, expect, it } from 'vitest';
import {
  parseAddress,
  parseEndpoint,
  parseRecorderName,
  parseRenewal,
  parseStreams,
} from '../../../src/cli/record/record-forms.js';
import { parseLength } from '../../../src/cli/option/option-forms.js';

describe('option values of record', () => {
  it('reads streams, lengths, addresses and names', () => {
    expect(parseStreams('trades,depth', '--streams')).toEqual({ trades: 'trade', depth: true });
    expect(parseStreams('both', '--streams')).toEqual({ trades: 'trade', depth: true });
    expect(parseStreams('aggTrade', '--streams')).toEqual({ trades: 'aggTrade', depth: false });
    expect(parseStreams('depth', '--streams')).toEqual({ trades: undefined, depth: true });
    expect(['90s', '10m', '23h'].map((text) => parseLength(text, '--for'))).toEqual([
      90_000, 600_000, 82_800_000,
    ]);
    expect(parseAddress('9464', '--metrics')).toEqual({ host: '127.0.0.1', port: 9464 });
    expect(parseAddress('0.0.0.0:80', '--metrics')).toEqual({ host: '0.0.0.0', port: 80 });
    expect(parseAddress('[::]:80', '--metrics')).toEqual({ host: '::', port: 80 });
    expect(parseEndpoint('ws://127.0.0.1:1/', '--endpoint')).toBe('ws://127.0.0.1:1');
    expect(parseRecorderName('eu1', '--name')).toBe('eu1');
  });

  it.each([
    [
      () => parseStreams('trades,aggTrade', '--streams'),
      "--streams streams: found 'trades,aggTrade'",
    ],
    [() => parseStreams('book', '--streams'), "--streams streams: found 'book'"],
    [() => parseStreams('', '--streams'), '--streams streams: found nothing'],
    [() => parseLength('10', '--for'), "--for length of time: found '10'"],
    [() => parseLength('0s', '--for'), "--for length of time: found '0s'"],
    [() => parseRenewal('24h', '--renew'), "--renew length of time: found '24h'"],
    [() => parseAddress('70000', '--metrics'), "--metrics address: found '70000'"],
    [() => parseEndpoint('https://x', '--endpoint'), "--endpoint address: found 'https://x'"],
    [() => parseEndpoint('ws://x:99999', '--endpoint'), "--endpoint address: found 'ws://x:99999'"],
    [() => parseEndpoint('wss://x/ws', '--endpoint'), "--endpoint address: found 'wss://x/ws'"],
    [() => parseRecorderName('a_b', '--name'), "--name name: found 'a_b'"],
  ])('refuses what is none: %#', (read, message) => {
    expect(read).toThrow(message);
  });
});
