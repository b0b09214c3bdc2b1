/** Signals of the product against the slow oracle of test/support, in one pass and in stretches. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { productDay, stretchedDay } from '../../support/day/product-day.js';
import { oracleDay } from '../../support/oracle/oracle-day.js';
import type { OracleObject } from '../../support/oracle/reading.js';
import { bookRecordings } from '../../support/recording/book-recording.js';
import { crowdedRecordings } from '../../support/recording/crowded-recording.js';
import { overlappingRecordings } from '../../support/recording/overlapping-recording.js';
import { quotedRecordings } from '../../support/recording/quoted-recording.js';
import {
  mutatedRecordings,
  plainRecordings,
  recordingOptions,
  recordings,
} from '../../support/recording/recording-arbitrary.js';
import { cellRows } from '../../support/signal-oracle/cell-text.js';
import { oracleSignals } from '../../support/signal-oracle/oracle-signals.js';

const runs = Number(process.env['FLOWBARS_TEST_RUNS'] ?? 5);
const OUTPUTS = ['bars', 'signals'] as const;

const cases: readonly {
  readonly name: string;
  readonly arbitrary: fc.Arbitrary<OracleObject[]>;
  readonly resolutions?: string[];
  readonly numRuns?: number;
}[] = [
  { name: 'recordings of whole books', arbitrary: bookRecordings() },
  {
    name: 'recordings of whole books by the second',
    arbitrary: bookRecordings(),
    resolutions: ['1s', '1m'],
    numRuns: Math.ceil(runs / 8),
  },
  { name: 'plain recordings', arbitrary: plainRecordings() },
  { name: 'recordings with crowded milliseconds', arbitrary: crowdedRecordings() },
  { name: 'recordings of several recorders', arbitrary: overlappingRecordings() },
  { name: 'recordings with trades beside snapshots', arbitrary: quotedRecordings() },
  { name: 'odd recordings', arbitrary: recordings() },
  { name: 'recordings with damaged bytes', arbitrary: mutatedRecordings() },
];

test.each(cases)('agree with the oracle on $name', async ({ arbitrary, resolutions, numRuns }) => {
  let seen = 0;
  let merged = 0;
  const cuts = fc.array(fc.nat(400), { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(arbitrary, recordingOptions(), cuts, async (objects, options, at) => {
      const asked = {
        ...options,
        resolutions: resolutions ?? options.resolutions,
        largeOrder: '50',
      };
      if (['empty', 'failed'].includes(oracleDay(objects, asked).status)) return;
      const expected = oracleSignals({ objects, options: asked });
      const { signals } = await productDay(objects, { ...asked, outputs: OUTPUTS });
      seen += expectSame(signals, expected);
      const { day } = stretchedDay(
        objects,
        { ...asked, outputs: OUTPUTS },
        at.toSorted((a, b) => a - b),
      );
      if (typeof day === 'string') return;
      merged += 1;
      expectSame(day.signals, expected);
    }),
    { numRuns: numRuns ?? runs },
  );
  expect(seen).toBeGreaterThan(0);
  expect(merged).toBeGreaterThan(0);
});

/** Compares files; gives the number of rows with a step or a taker order. */
function expectSame(
  signals: ReadonlyMap<string, string>,
  expected: Readonly<Record<string, string>>,
): number {
  let seen = 0;
  expect([...signals.keys()]).toEqual(Object.keys(expected));
  for (const [name, text] of signals) {
    const oracleText = expected[name] ?? '';
    // Comparing lines keeps a failure readable.
    if (text !== oracleText) {
      const lines = oracleText.split('\n');
      const differing = text
        .split('\n')
        .flatMap((line, at) => (line === lines[at] ? [] : [[line, lines[at]]]));
      expect(differing.slice(0, 3)).toEqual([]);
    }
    seen += cellRows(text).filter(
      ({ ofi_l1: ofi, taker_orders: orders }) => ofi !== '' || orders !== '0',
    ).length;
  }
  return seen;
}
