/** The oracle's 1m bars of real recordings against Binance's klines, if the recordings are available. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseDecimalE18 } from '../support/oracle/decimal.js';
import { oracleDay } from '../support/oracle/oracle-day.js';
import type { OracleObject } from '../support/oracle/reading.js';

const real = fileURLToPath(new URL('../../../shared/real', import.meta.url));
const isHere = existsSync(join(real, 'raw'));

interface Recording {
  symbol: string;
  dates: string[];
  streams: 'both' | 'trades';
  klines: string;
  /** The minutes that the recording fully covers, end exclusive. */
  from: string;
  to: string;
  minutes: number;
}

const recordings: Recording[] = [
  {
    symbol: 'BTCUSDT',
    dates: ['2020-02-22'],
    streams: 'trades',
    klines: 'BTCUSDT-1m-2020-02-22T0000_0205.csv',
    from: '2020-02-22T00:01:00Z',
    to: '2020-02-22T02:05:00Z',
    minutes: 124,
  },
  {
    symbol: 'BTCUSDT',
    dates: ['2024-07-18', '2024-07-19'],
    streams: 'both',
    klines: 'BTCUSDT-1m-2024-07-18T2356_0005.csv',
    from: '2024-07-18T23:58:00Z',
    to: '2024-07-19T00:05:00Z',
    minutes: 7,
  },
  {
    symbol: 'TRXUSDT',
    dates: ['2025-03-04'],
    streams: 'trades',
    klines: 'TRXUSDT-1m-2025-03-03T2359_04T0017.csv',
    from: '2025-03-04T00:00:00Z',
    to: '2025-03-04T00:16:00Z',
    minutes: 16,
  },
];

function objectsBelow(root: string): OracleObject[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.csv'))
    .map((name) => ({ name, content: readFileSync(join(root, name)) }));
}

/** Open, high, low, close, volume, taker-buy volume and count of each minute, as exact numbers. */
function barRows(csv: string): [number, (bigint | undefined)[]][] {
  return dataRows(csv).map((cells) => [
    Date.parse(cells[0] ?? ''),
    [1, 2, 3, 4, 6, 7, 10].map((column) => parseDecimalE18(cells[column] ?? '')),
  ]);
}

function klineRows(csv: string): [number, (bigint | undefined)[]][] {
  return dataRows(csv).map((cells) => [
    Number(cells[0]),
    [1, 2, 3, 4, 5, 9, 8].map((column) => parseDecimalE18(cells[column] ?? '')),
  ]);
}

function dataRows(csv: string): string[][] {
  return csv
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
}

describe.runIf(isHere)('the oracle on real recordings', () => {
  it.each(recordings)('equals the klines of $symbol $dates', (recording) => {
    const objects = objectsBelow(join(real, 'raw'));
    const days = recording.dates.map((date) =>
      oracleDay(objects, { ...recording, date, resolutions: ['1m'] }),
    );
    const bars = new Map(days.flatMap((day) => barRows(day.bars.get('1m') ?? '')));
    const fromMs = Date.parse(recording.from);
    const toMs = Date.parse(recording.to);
    const klines = klineRows(readFileSync(join(real, 'klines', recording.klines), 'utf8')).filter(
      ([timeMs]) => timeMs >= fromMs && timeMs < toMs,
    );
    expect(klines).toHaveLength(recording.minutes);
    for (const [timeMs, cells] of klines) {
      expect(cells).not.toContain(undefined);
      expect({ timeMs, cells: bars.get(timeMs) }).toEqual({ timeMs, cells });
    }
    for (const day of days) {
      expect(day.missingTradeIds).toBe(0);
      expect(day.counts.trades.malformed + day.counts.depth.malformed).toBe(0);
      expect(day.unreadable).toEqual([]);
    }
  });
});

describe.skipIf(isHere)('the oracle without real recordings', () => {
  it('is not compared with klines', (context) => {
    context.skip('../shared/real is not there');
  });
});
