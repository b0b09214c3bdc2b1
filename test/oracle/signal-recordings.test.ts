/** What must hold for the oracle's signals whatever is recorded, and its signals of real recordings. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDecimalE18, plainText } from '../support/oracle/decimal.js';
import {
  chunk,
  date,
  dayStartMs,
  symbol,
  trade,
  tradesHeader,
} from '../support/oracle/raw-text.js';
import type { OracleObject } from '../support/oracle/reading.js';
import { overlappingRecordings } from '../support/recording/overlapping-recording.js';
import { quotedRecordings } from '../support/recording/quoted-recording.js';
import { plainRecordings, recordingOptions } from '../support/recording/recording-arbitrary.js';
import { OUTPUTS } from '../../src/core/rule/products.js';
import { productDay } from '../support/day/product-day.js';
import { cellRows } from '../support/signal-oracle/cell-text.js';
import { oraclePatterns, patternHeader } from '../support/signal-oracle/oracle-patterns.js';
import { oracleSignals } from '../support/signal-oracle/oracle-signals.js';

const sums =
  'trades_missing_ms,depth_missing_ms,quote_total,quote_buy,taker_orders,large_buy,large_sell,' +
  'book_count,book_full_count,ofi_l1,ofi_l5,bid_added,bid_pulled,ask_added,ask_pulled,' +
  'bid_wall_pulled,ask_wall_pulled';

/** Compares the minutes of two files with their seconds; gives the number of minutes with steps. */
function expectSums(files: Record<string, string>): number {
  const columns = [...sums.split(','), 'cvd'];
  const [seconds = [], minutes = []] = ['1s', '1m'].map((name) => {
    const [header = '', ...lines] = (files[name] ?? '').trimEnd().split('\n');
    const places = columns.map((column) => header.split(',').indexOf(column));
    return lines.map((line) => {
      const cells = line.split(',');
      return places.map((place) => cells[place] ?? 'no such cell');
    });
  });
  const summed = minutes.map((_, minute) => {
    const parts = seconds.slice(minute * 60, minute * 60 + 60);
    return columns.map((column, place) =>
      column === 'cvd' ? parts.at(-1)?.[place] : sumText(parts.map((part) => part[place] ?? '')),
    );
  });
  expect(summed).toEqual(minutes);
  const place = columns.indexOf('ofi_l1');
  return minutes.filter((minute) => minute[place] !== '').length;
}

/** Of plain numbers with up to 36 decimals; empty where every cell is. */
function sumText(cells: string[]): string {
  const told = cells.filter((cell) => cell !== '');
  if (told.length === 0) return '';
  const scaled = told.flatMap((cell) => {
    if (cell === '0') return [];
    const [integer = '', fraction = ''] = cell.replace('-', '').split('.');
    const magnitude = BigInt(integer + fraction.padEnd(36, '0'));
    return cell.startsWith('-') ? -magnitude : magnitude;
  });
  return plainText(
    scaled.reduce((a, b) => a + b, 0n),
    36,
  );
}

function depthLines(objects: OracleObject[]): number {
  const texts = objects
    .filter(({ name }) => name.includes('/depth/'))
    .map(({ content }) => Buffer.from(content).toString('latin1'));
  return texts.join('').split('\n').length;
}

describe('any recording', () => {
  it('gives seconds that add up to minutes', () => {
    let stepped = 0;
    const quoted = quotedRecordings().filter((objects) => depthLines(objects) > 10);
    fc.assert(
      fc.property(quoted, (objects) => {
        const options = { symbol, date, resolutions: ['1s', '1m'], largeOrder: '50' };
        stepped += expectSums(oracleSignals({ objects, options }));
      }),
      { numRuns: 2 },
    );
    expect(stepped).toBeGreaterThan(0);
  });

  it('gives the same whatever the order of arrival', () => {
    fc.assert(
      fc.property(plainRecordings(), recordingOptions(), (objects, options) => {
        expect(oracleSignals({ objects: objects.toReversed(), options })).toEqual(
          oracleSignals({ objects, options }),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('is read in chunks of an hour', () => {
    fc.assert(
      fc.property(overlappingRecordings({ span: 60 }), (objects) => {
        const options = { symbol, date, resolutions: ['1h'], chunkMinutes: 60 as const };
        const hours = cellRows(oracleSignals({ objects, options })['1h'] ?? '');
        expect(hours.map((hour) => hour['fill_reason'])).toContain('traded');
        expect(hours.some((hour) => hour['book_count'] !== '0')).toBe(true);
        // Nothing is read of minutes.
        const none = oracleSignals({ objects, options: { ...options, chunkMinutes: 1 } })['1h'];
        expect(cellRows(none ?? '').every((hour) => hour['taker_orders'] === '0')).toBe(true);
        expect(hours[0]?.['timestamp']).toBe(`${new Date(dayStartMs).toISOString().slice(0, 19)}Z`);
      }),
      { numRuns: 4 },
    );
  });
});

it('a row is late an hour before its chunk of an hour', () => {
  const lines = [14_399_999, 14_400_000].map((offsetMs) => trade(offsetMs, '1', '1'));
  const { content } = chunk('trades', 300, [tradesHeader, ...lines]);
  const objects = [{ name: `${symbol}/trades/${date}/05.csv`, content }];
  for (const edgeMinutes of [0, 2, 60]) {
    const options = { symbol, date, resolutions: ['1h'], chunkMinutes: 60 as const, edgeMinutes };
    const hours = cellRows(oracleSignals({ objects, options })['1h'] ?? '');
    expect([3, 4].map((hour) => hours[hour]?.['taker_orders'])).toEqual(['0', '1']);
    expect([3, 4].map((hour) => hours[hour]?.['cvd'])).toEqual(['1', '2']);
  }
});

const real = fileURLToPath(new URL('../../../shared/real', import.meta.url));
const isHere = existsSync(join(real, 'raw'));

interface RealDay {
  symbol: string;
  date: string;
  streams: 'both' | 'trades';
  klines: string;
  /** The minutes of the day that the recording fully covers, the last one excluded. */
  covered: [number, number];
}

const realDays: RealDay[] = [
  {
    symbol: 'BTCUSDT',
    date: '2024-07-18',
    streams: 'both',
    klines: 'BTCUSDT-1m-2024-07-18T2356_0005.csv',
    covered: [1438, 1440],
  },
  {
    symbol: 'BTCUSDT',
    date: '2024-07-19',
    streams: 'both',
    klines: 'BTCUSDT-1m-2024-07-18T2356_0005.csv',
    covered: [0, 5],
  },
  {
    symbol: 'BTCUSDT',
    date: '2020-02-22',
    streams: 'trades',
    klines: 'BTCUSDT-1m-2020-02-22T0000_0205.csv',
    covered: [1, 125],
  },
  {
    symbol: 'TRXUSDT',
    date: '2025-03-04',
    streams: 'trades',
    klines: 'TRXUSDT-1m-2025-03-03T2359_04T0017.csv',
    covered: [0, 16],
  },
];

function realObjects(): OracleObject[] {
  const root = join(real, 'raw');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.csv'))
    .map((name) => ({ name, content: readFileSync(join(root, name)) }));
}

describe.runIf(isHere)('a real recording', () => {
  it.each(realDays)('has the quote volumes of the klines of $symbol $date', async (realDay) => {
    const objects = realObjects().filter(({ name }) => name.startsWith(realDay.symbol));
    const options = { ...realDay, resolutions: ['1s', '1m'] };
    const files = oracleSignals({ objects, options });
    const minutes = cellRows(files['1m'] ?? '');
    const stepped = expectSums(files);
    expect(stepped > 0).toBe(realDay.streams === 'both');
    const product = await productDay(objects, { ...options, outputs: ['bars', 'signals'] });
    for (const [name, text] of Object.entries(files)) {
      expect(product.signals.get(name) === text).toBe(true);
    }

    const dayMs = Date.parse(`${realDay.date}T00:00:00Z`);
    const klines = readFileSync(join(real, 'klines', realDay.klines), 'utf8').split('\n');
    const [first, end] = realDay.covered;
    for (let minute = first; minute < end; minute += 1) {
      const openTime = String(dayMs + minute * 60_000);
      const kline = klines.find((line) => line.startsWith(openTime))?.split(',');
      const row = minutes[minute];
      expect(kline).toBeDefined();
      expect(
        ['quote_total', 'quote_buy'].map((name) => parseDecimalE18(row?.[name] ?? '')),
      ).toEqual([7, 10].map((column) => parseDecimalE18(kline?.[column] ?? '')));
      expect(row).toMatchObject({ fill_reason: 'traded' });
    }
  });

  it('of two hours of trades has the patterns of the product', async () => {
    const given = { symbol: 'BTCUSDT', date: '2020-02-22', streams: 'trades' as const };
    const objects = realObjects().filter(({ name }) => name.includes(given.date));
    const options = { ...given, resolutions: ['1s'] };
    const product = await productDay(objects, { ...options, outputs: OUTPUTS });
    const patterns = oraclePatterns({
      ...given,
      bars1s: product.bars.get('1s') ?? '',
      signals1s: product.signals.get('1s') ?? '',
    });
    expect(product.patterns).toBe(patterns);
    expect(patterns.startsWith(`${patternHeader}\n2020-02-22T0`)).toBe(true);
  });
});

describe.skipIf(isHere)('the signals without real recordings', () => {
  it('are not compared with klines', (context) => {
    context.skip('../shared/real is not there');
  });
});
