/** Stretches of a day, computed apart and merged, against one pass over the whole day. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { HOURS, overlappingRecordings } from '../../support/recording/overlapping-recording.js';
import { productDay, stretchedDay } from '../../support/day/product-day.js';
import { chunk, date, symbol, trade, tradesWithIdHeader } from '../../support/oracle/raw-text.js';
import type { OracleObject } from '../../support/oracle/reading.js';

const runs = Number(process.env['FLOWBARS_TEST_RUNS'] ?? 12);

const cuts = fc
  .uniqueArray(fc.nat({ max: 60 }), { minLength: 1, maxLength: 5 })
  .map((all) => all.toSorted((a, b) => a - b));
const options = fc.record({
  symbol: fc.constant(symbol),
  date: fc.constant(date),
  resolutions: fc.constant<string[]>(['1m']),
  outputs: fc.constant(['bars', 'signals'] as const),
  edgeMinutes: fc.constantFrom(0, 1, 2),
  seedMinutes: fc.constantFrom(0, 2),
});

interface Compared {
  /** Recordings of which several stretches were merged. */
  merged: number;
  /** Why the others need one pass. */
  readonly reasons: Set<string>;
}

/** Compares the merged stretches of many recordings with one pass over each. */
async function compare(
  recordings: fc.Arbitrary<OracleObject[]>,
  rawLayout?: string,
): Promise<Compared> {
  const compared: Compared = { merged: 0, reasons: new Set() };
  await fc.assert(
    fc.asyncProperty(recordings, options, cuts, async (objects, chosen, at) => {
      const given = rawLayout === undefined ? chosen : { ...chosen, rawLayout };
      const { day, stretches } = stretchedDay(objects, given, at);
      if (typeof day === 'string') {
        compared.reasons.add(day);
        return;
      }
      if (stretches > 1) compared.merged += 1;
      const whole = await productDay(objects, given);
      expect(day.evidence).toEqual(whole.evidence);
      for (const kind of ['bars', 'signals'] as const) {
        const lines = day[kind].get('1m')?.split('\n');
        expect(lines).toHaveLength(1_442);
        expect(lines).toEqual(whole[kind].get('1m')?.split('\n'));
      }
    }),
    { numRuns: runs, endOnFailure: true },
  );
  return compared;
}

test('give what one pass gives, wherever the day is cut', async () => {
  const { merged, reasons } = await compare(overlappingRecordings());
  expect(merged).toBeGreaterThan(0);
  const known = ['ids far from their first row', 'late trades without an id'];
  for (const reason of reasons) expect(known).toContain(reason);
});

test('give the same in chunks of an hour', async () => {
  const { merged } = await compare(overlappingRecordings({ span: 60 }), HOURS);
  expect(merged).toBeGreaterThan(0);
});

test('need one pass for ids that are texts, unless nothing is cut', async () => {
  const { merged, reasons } = await compare(overlappingRecordings({ texts: true }));
  expect(merged).toBeLessThan(runs / 2);
  expect([...reasons]).toContain('ids that are texts');
});

test('need one pass for rows far ahead of their chunks', async () => {
  const ahead = trade(12.5 * 60_000, '1', '1', 'true', '99');
  const given = { symbol, date, resolutions: ['1m'] };
  const minutes = Array.from({ length: 20 }, (_, minute) => minute);
  const objects = minutes.map((minute) =>
    chunk('trades', minute, minute === 8 ? [...minuteOf(8), ahead] : minuteOf(minute)),
  );
  expect(stretchedDay(objects, given, [10]).day).toBe('rows ahead of their chunks');
  // A minute ahead they meet the rows of the next stretch.
  const { day } = stretchedDay(objects, given, [12]);
  expect(day).toEqual(await productDay(objects, given));
});

/** The lines of a chunk with one trade. */
function minuteOf(minute: number): string[] {
  return [tradesWithIdHeader, trade(minute * 60_000, '1', '1', 'true', String(minute))];
}
