/** Chunks of an hour against chunks of a minute: the same rows give the same bars. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { productDay } from '../../support/day/product-day.js';
import { plainRecordings, recordingOptions } from '../../support/recording/recording-arbitrary.js';
import type { OracleObject } from '../../support/oracle/reading.js';

const runs = Number(process.env['FLOWBARS_TEST_RUNS'] ?? 8);
const HOURS = '{symbol}/{stream}/{date}/{hour}.csv';

/** Puts the minutes of each hour one after the other, under one header. */
function hourChunks(objects: readonly OracleObject[]): OracleObject[] {
  const texts = new Map<string, string>();
  for (const { name, content } of objects.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const hour = name.replace(/-\d\d\.csv$/, '.csv');
    const text = Buffer.from(content).toString('latin1');
    const before = texts.get(hour);
    const rows = before === undefined ? text : text.slice(text.indexOf('\n') + 1);
    texts.set(hour, (before ?? '') + rows);
  }
  return [...texts].map(([name, text]) => ({ name, content: Buffer.from(text, 'latin1') }));
}

/** Chunks with other headers, other epoch units or an open end cannot share an hour with the first one. */
function sharing(objects: readonly OracleObject[]): OracleObject[] {
  const headers = new Map<string, string>();
  return objects.filter(({ name, content }) => {
    const [header = '', ...rows] = Buffer.from(content).toString('latin1').split('\n');
    const isOfOneUnit = rows.every((row) => !/^\d/.test(row) || /^\d{13}\D/.test(row));
    const hasId = /(?:trade_id|update_id)$/.test(header);
    const [stream = ''] = name.split('/').slice(1);
    const first = headers.get(stream) ?? header;
    if (!isOfOneUnit || !hasId || rows.at(-1) !== '' || header !== first) return false;
    headers.set(stream, first);
    return true;
  });
}

/** Parts of a minute are read before the next minute, parts of an hour after the whole hour: there are none. */
const sharedHours = plainRecordings()
  .map((all) => sharing(all.filter(({ name }) => /-\d\d\.csv$/.test(name))))
  .filter((objects) => hourChunks(objects).length < objects.length);

test('the same rows give the same bars, counts and seed in chunks of an hour', async () => {
  let shared = 0;
  await fc.assert(
    fc.asyncProperty(sharedHours, recordingOptions(), async (objects, given) => {
      const options = { ...given, resolutions: ['1m'], columns: [] };
      const hours = hourChunks(objects);
      shared += objects.length - hours.length;
      // An edge or a seed window of two minutes reads whole hours there.
      const [edgeMinutes = 0, seedMinutes = 0] = [options.edgeMinutes, options.seedMinutes].map(
        (minutes = 0) => Math.ceil(minutes / 60) * 60,
      );
      const widened = { edgeMinutes, seedMinutes };
      const byMinute = await productDay(objects, { ...options, ...widened });
      const byHour = await productDay(hours, { ...options, rawLayout: HOURS });
      for (const [name, csv] of byMinute.bars) {
        // Comparing lines keeps a failure readable.
        const lines = byHour.bars.get(name)?.split('\n') ?? [];
        expect(
          csv
            .split('\n')
            .filter((line, index) => line !== lines[index])
            .slice(0, 3),
        ).toEqual([]);
      }
      const figures = ({ evidence }: typeof byHour): unknown[] => [
        evidence.trades,
        evidence.depth,
        evidence.seed?.price,
        evidence.tradeIds,
      ];
      expect(figures(byHour)).toEqual(figures(byMinute));
      const { expected, present, missing } = byHour.evidence.chunkMinutes.trades;
      expect(present).toBe(hours.filter(({ name }) => name.includes('trades/2024-03-02')).length);
      if (options.expect === undefined && !options.sparseTrades) {
        expect([expected, missing]).toEqual([24, 24 - present]);
      }
    }),
    { numRuns: runs, endOnFailure: true },
  );
  expect(shared).toBeGreaterThan(0);
});
