/** The features of a published sample day, with faults and planted episodes, against the slow second implementation. */
import { afterAll, expect, test } from 'vitest';
import { minutesOf } from '../../../src/core/minute/day-minutes.js';
import { readSecondDay } from '../../../src/core/minute/read-second-day.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { expectNear, featuresOf } from '../../core/feature/compared-features.js';
import { DATE, disposeSample, sampleDay } from '../../support/explain/explained-sample.js';
import { oracleFeatures } from '../../support/feature-oracle/feature-oracle.js';
import { oracleDay } from '../../support/feature-oracle/oracle-day.js';

afterAll(disposeSample);

test('features and events of a sample day are those of its files', async () => {
  const workdir = await sampleDay();
  const text = (word: string): string => workdir.text(`out/BTCUSDT/${DATE}_${word}.csv`);
  const file = (word: string) => ({ name: word, bytes: new TextEncoder().encode(text(word)) });
  const day = readSecondDay({
    symbol: symbolName('BTCUSDT', 'test'),
    date: utcDate(DATE, 'test'),
    streams: 'both',
    bars: file('1s'),
    signals: file('1s_signals'),
    minuteBars: file('1m'),
  });
  const oracle = oracleDay({
    bars1s: text('1s'),
    signals1s: text('1s_signals'),
    patterns: text('patterns'),
    streams: 'both',
  });
  const found = featuresOf(undefined, minutesOf(day));
  const numbers = new Set<string>();
  for (let minute = 59; minute < 100; minute++) {
    const at = found(minute);
    expectNear(at, oracleFeatures(undefined, oracle, minute));
    for (const [name, value] of at) if (!Number.isNaN(value)) numbers.add(name);
  }
  expect(numbers.size).toBeGreaterThan(100);
  const events = day.events.map(({ pattern, direction, confirmedSecond: second }) => ({
    pattern,
    direction,
    second,
  }));
  expect(events.length).toBeGreaterThan(10);
  expect(events).toEqual(oracle.events);
});
