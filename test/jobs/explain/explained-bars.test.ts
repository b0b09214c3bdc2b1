/** Bars of generated recordings, explained: the rows give exactly the published cells, and every row has its outcome. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { barsName } from '../../../src/core/stored/output-names.js';
import type { Explained } from '../../../src/core/explain/explained-shape.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { parseResolution } from '../../../src/core/unit/resolution.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { type ExplainedDay, explainedDay } from '../../support/explain/explaining.js';
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

const runs = Number(process.env['FLOWBARS_TEST_RUNS'] ?? 3);
const DAY = { symbol: symbolName('BTCUSDT', 'test'), date: utcDate('2024-03-02', 'test') };
/** Cells of a bar and of its signals. */
const CELLS = 13 + 36;

const cases: readonly {
  readonly name: string;
  readonly arbitrary: fc.Arbitrary<OracleObject[]>;
  readonly resolution?: string;
  readonly numRuns?: number;
}[] = [
  { name: 'whole books by the second', arbitrary: bookRecordings(), resolution: '1s', numRuns: 1 },
  { name: 'whole books', arbitrary: bookRecordings() },
  { name: 'plain recordings', arbitrary: plainRecordings() },
  { name: 'crowded milliseconds', arbitrary: crowdedRecordings() },
  { name: 'several recorders', arbitrary: overlappingRecordings() },
  { name: 'trades beside snapshots', arbitrary: quotedRecordings() },
  { name: 'odd recordings', arbitrary: recordings() },
  { name: 'damaged bytes', arbitrary: mutatedRecordings() },
];

test.each(cases)(
  'the rows of a bar give its published cells: $name',
  async ({ arbitrary, resolution = '1m', numRuns = runs }) => {
    let traded = 0;
    let filled = 0;
    await fc.assert(
      fc.asyncProperty(
        arbitrary,
        recordingOptions(),
        fc.infiniteStream(fc.nat()),
        async (objects, options, picks) => {
          const asked = { ...options, resolutions: [resolution], largeOrder: '50' };
          const day = await explainedDay(objects, asked);
          if (day === undefined || day.report.status === 'empty') return;
          for (const offsetMs of barsOf(day, resolution, picks)) {
            const bar = await day.barAt(offsetMs, resolution);
            expect({ bar: bar.from, differs: bar.differs }).toEqual({ bar: bar.from, differs: [] });
            expect(bar.cells.length).toBe(CELLS);
            expectRows(bar);
            if (bar.trades.counts.used > 0) traded += 1;
            else filled += 1;
          }
        },
      ),
      { numRuns },
    );
    expect(traded).toBeGreaterThan(0);
    expect(filled).toBeGreaterThan(0);
  },
  60_000,
);

test('the outcomes of the rows of all bars add up to those of the report', async () => {
  let days = 0;
  await fc.assert(
    fc.asyncProperty(overlappingRecordings(), recordingOptions(), async (objects, options) => {
      const day = await explainedDay(objects, { ...options, resolutions: ['6h'] });
      if (day === undefined || day.report.status === 'empty') return;
      const bars: Explained[] = [];
      for (const hour of [0, 6, 12, 18]) bars.push(await day.barAt(hour * 3_600_000, '6h'));
      const { trades, depth } = day.report.rows;
      const sum = (stream: 'trades' | 'snapshots', outcome: keyof Explained['trades']['counts']) =>
        bars.reduce((total, bar) => total + bar[stream].counts[outcome], 0);
      expect({
        used: sum('trades', 'used'),
        excluded: sum('trades', 'excluded'),
        duplicate: sum('trades', 'duplicate'),
      }).toEqual({
        used: trades.used,
        excluded: trades.excluded,
        duplicate: trades.duplicate,
      });
      for (const outcome of ['used', 'short', 'duplicate', 'crossed', 'unordered'] as const) {
        expect(sum('snapshots', outcome)).toBe(depth[outcome]);
      }
      days += 1;
    }),
    { numRuns: runs },
  );
  expect(days).toBeGreaterThan(0);
});

/** Begins of some bars: with trades, right before such a one, and any. */
function* barsOf(
  { world }: ExplainedDay,
  resolution: string,
  picks: Iterator<number, unknown>,
): Generator<number> {
  const barMs = parseResolution(resolution, 'test').seconds * 1_000;
  const lines = world.out.text(barsName(DAY, resolution)).trimEnd().split('\n').slice(1);
  const traded = lines.flatMap((line, at) => (line.split(',')[10] === '0' ? [] : [at]));
  const pick = (): number => Number(picks.next().value);
  const among = (all: readonly number[]): number => all[pick() % Math.max(1, all.length)] ?? 0;
  const chosen = [
    among(traded),
    among(traded),
    Math.max(0, among(traded) - 1),
    Math.min(lines.length - 1, among(traded) + 1),
    pick() % lines.length,
  ];
  for (const at of new Set(chosen)) yield at * barMs;
}

/** Every used row has its place, one after the other, and every row that was left out says why. */
function expectRows({ trades, snapshots }: Explained): void {
  for (const { rows, counts } of [trades, snapshots]) {
    const places = rows.flatMap(({ place }) => place ?? []);
    expect(places).toEqual(places.map((_, at) => at + 1));
    const usable = rows.filter(({ outcome }) => outcome === 'used' || outcome === 'short');
    expect(usable.length).toBe(counts.used + counts.short);
    for (const { outcome, why, line } of rows) {
      expect(line).toBeGreaterThan(0);
      if (outcome !== 'used') expect(why).not.toBe('');
    }
  }
}
