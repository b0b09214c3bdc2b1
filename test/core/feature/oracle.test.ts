/** Every feature of random days against the slow second implementation. */
import { expect, test } from 'vitest';
import { PATTERN_EVENTS } from '../../../src/core/column/pattern-table.js';
import { minutesOf } from '../../../src/core/minute/day-minutes.js';
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

function dayOf(flow: FlowDay) {
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
const MINUTES = [0, 1, 30, 58, 59, 60, 89, 90, 119, 120, 147, 490, 493, 720, 1_439];

test.each(['both', 'trades'] as const)(
  'features are those of the oracle: streams %s',
  (streams) => {
    // Its price comes late.
    const one = dayOf({ seed: `before ${streams}`, streams, firstTrade: 3_700 });
    const two = dayOf({ seed: `oracle ${streams}`, streams, date: addDays(DATE, 1) });
    const found = featuresOf(one.minutes, two.minutes);
    const nulls = new Set<string>();
    const numbers = new Set<string>();
    for (const minute of MINUTES) {
      const at = found(minute);
      expectNear(at, oracleFeatures(one.oracle, two.oracle, minute));
      for (const [name, value] of at) (Number.isNaN(value) ? nulls : numbers).add(name);
    }
    const alone = featuresOf(undefined, one.minutes);
    expect([...alone(58).values()].every(Number.isNaN)).toBe(true);
    expectNear(alone(59), oracleFeatures(undefined, one.oracle, 59));
    expect(alone(59).get('return_60m')).toBeNaN();
    expectNear(alone(61), oracleFeatures(undefined, one.oracle, 61));
    expect(alone(61).get('return_60m')).not.toBeNaN();
    expect(nulls.size).toBeGreaterThan(20);
    expect(numbers.size).toBeGreaterThan(streams === 'both' ? 135 : 40);
  },
);
