/** Whatever was recorded, bars and signals of the product pass every check: a wrong check would refuse good days. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { BarsAgree } from '../../../src/core/across/bars-agree.js';
import { ExactKeptBars } from '../../../src/core/across/kept-bars.js';
import { checkRollUp, RollUp } from '../../../src/core/across/roll-up-check.js';
import { checkBars } from '../../../src/core/check/bar-file-checks.js';
import type { RowValues } from '../../../src/core/check/cell-values.js';
import { areSurelySignals, checkSignals } from '../../../src/core/check/signal-file-checks.js';
import { SIGNALS } from '../../../src/core/column/signal-table.js';
import { parseResolution } from '../../../src/core/unit/resolution.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { codec } from '../../../src/edge/format/codec.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import { type ProductDay, productDay } from '../../support/day/product-day.js';
import type { OracleOptions } from '../../support/oracle/oracle-day.js';
import type { OracleObject } from '../../support/oracle/reading.js';
import { bookRecordings } from '../../support/recording/book-recording.js';
import { crowdedRecordings } from '../../support/recording/crowded-recording.js';
import { quotedRecordings } from '../../support/recording/quoted-recording.js';
import {
  plainRecordings,
  recordingOptions,
  recordings,
} from '../../support/recording/recording-arbitrary.js';

const runs = Number(process.env['FLOWBARS_TEST_RUNS'] ?? 10);
const FINE = '15m';
const COARSE = '6h';
const FACTOR = 24;

let sure = 0;

test.for<[name: string, arbitrary: fc.Arbitrary<OracleObject[]>]>([
  ['whole books', bookRecordings()],
  ['plain rows', plainRecordings()],
  ['crowded milliseconds', crowdedRecordings()],
  ['trades beside snapshots', quotedRecordings()],
  ['odd rows', recordings()],
])('files of recordings with %s are right', async ([, arbitrary]) => {
  let traded = 0;
  await fc.assert(
    fc.asyncProperty(arbitrary, recordingOptions(), async (objects, options) => {
      const asked = { ...options, resolutions: [FINE, COARSE], largeOrder: '50' };
      const day = await productDay(objects, { ...asked, outputs: ['bars', 'signals'] });
      if (day.evidence.status === 'empty') return;
      const fine = checkedFile(day, FINE, asked);
      const rolled = new RollUp(SIGNALS, FACTOR);
      for (const row of fine.rows) rolled.take(row);
      const coarse = checkedFile(day, COARSE, asked);
      const file = fileOf(COARSE, asked);
      const [result] = checkRollUp(SIGNALS, coarse.rows, rolled.rolled, { ...file, base: FINE });
      expect(result).toEqual({ check: 'roll_up', ok: true, detail: '' });
      if (fine.rows.some((row) => row[SIGNALS.at('fill_reason')] === 0n)) traded += 1;
      if (fine.isSure) sure += 1;
    }),
    { numRuns: runs },
  );
  expect(traded).toBeGreaterThan(0);
});

test('doubles suffice for some of them', () => {
  expect(sure).toBeGreaterThan(0);
});

function fileOf(name: string, { date }: OracleOptions) {
  const resolution = parseResolution(name, 'test');
  return { name, date: utcDate(date, 'test'), resolution };
}

/** Expects the file of signals and its bars to be right; gives its rows, and whether doubles sufficed to say so. */
function checkedFile(
  { bars, signals, evidence }: ProductDay,
  name: string,
  options: OracleOptions,
) {
  const file = fileOf(name, options);
  const seedPrice = evidence.seed?.price ?? null;
  const kept = new ExactKeptBars();
  const barTable = csvTables.records(codec.encode(bars.get(name) ?? ''), name);
  const ofBars = checkBars(barTable, { ...file, seedPrice }, (row) => kept.take(row));
  const agree = new BarsAgree(kept, file);
  const rows: RowValues[] = [];
  const expected = { ...file, hasBook: options.streams !== 'trades' };
  const bytes = codec.encode(signals.get(name) ?? '');
  const { checks } = checkSignals(csvTables.records(bytes, name), expected, (row) => {
    rows.push(row);
    agree.take(row);
  });
  const broken = [...ofBars.checks, ...checks, ...agree.results()].filter(({ ok }) => !ok);
  expect(broken).toEqual([]);
  return { rows, isSure: areSurelySignals(bytes, expected) };
}
