/** Every feature of random days against the slow second implementation. */
import { expect, test } from 'vitest';
import { PATTERN_EVENTS } from '../../../src/core/column/pattern-table.js';
import { FEATURES } from '../../../src/core/feature/features.js';
import { type DayMinutes, minutesOf } from '../../../src/core/minute/day-minutes.js';
import { readSecondDay } from '../../../src/core/minute/read-second-day.js';
import { dayPatterns } from '../../../src/core/pattern/day-patterns.js';
import { patternRows } from '../../../src/core/pattern/pattern-file.js';
import { addDays } from '../../../src/core/unit/utc-date.js';
import { codec } from '../../../src/edge/format/codec.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import { oracleFeatures } from '../../support/feature-oracle/feature-oracle.js';
import { type OracleDay, oracleDay } from '../../support/feature-oracle/oracle-day.js';
import { DATE, type FlowDay, flowLines, secondFiles } from '../minute/flow-day.js';
import { expectNear, featuresOf } from './compared-features.js';

interface MadeDay {
  readonly minutes: DayMinutes;
  readonly oracle: OracleDay;
}

function dayOf(flow: FlowDay): MadeDay {
  const files = secondFiles(flowLines(flow));
  const { events } = dayPatterns(files);
  const patterns = csvTables.write(PATTERN_EVENTS.header, patternRows(events));
  const oracle: OracleDay = oracleDay({
    bars1s: codec.decode(files.bars.bytes),
    signals1s: codec.decode(files.signals.bytes),
    patterns: codec.decode(patterns),
    streams: files.streams,
  });
  return { minutes: minutesOf(readSecondDay(files)), oracle };
}

/** Some of a day, quiet ones, and those whose look-back begins the day before. */
const MINUTES = [59, 60, 89, 90, 119, 120, 147, 490, 493, 720, 1_439];
const EARLY = [0, 1, 30, 58];

/** Returns the names that had a value, and those that had none, at some minute. */
function expectOracle(before: MadeDay | undefined, day: MadeDay, minutes: readonly number[]) {
  const found = featuresOf(before?.minutes, day.minutes);
  const [numbers, nulls] = [new Set<string>(), new Set<string>()];
  for (const minute of minutes) {
    const at = found(minute);
    expectNear(at, oracleFeatures(before?.oracle, day.oracle, minute));
    for (const [name, value] of at) (Number.isNaN(value) ? nulls : numbers).add(name);
  }
  return { numbers: numbers.size, nulls: nulls.size };
}

test('features are those of the oracle', () => {
  // Its price comes late.
  const one = dayOf({ seed: 'before', firstTrade: 3_700 });
  const two = dayOf({ seed: 'oracle', date: addDays(DATE, 1) });
  const seen = expectOracle(one, two, [...EARLY, ...MINUTES]);
  expect(seen.numbers).toBe(FEATURES.length);
  expect(seen.nulls).toBeGreaterThan(50);
  const alone = featuresOf(undefined, one.minutes);
  expect([...alone(58).values()].every(Number.isNaN)).toBe(true);
  expectOracle(undefined, one, [59, 61]);
  expect(alone(59).get('return_60m')).toBeNaN();
  expect(alone(61).get('return_60m')).not.toBeNaN();
});

test('without a book there are those of trades alone', () => {
  const day = dayOf({ seed: 'trades', streams: 'trades' });
  const seen = expectOracle(undefined, day, MINUTES);
  expect(seen.numbers).toBeGreaterThan(40);
  expect(seen.nulls).toBeGreaterThan(80);
});
