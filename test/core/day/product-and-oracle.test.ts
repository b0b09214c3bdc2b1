/** The product against the slow oracle of test/support on generated, odd and damaged recordings. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { totalMs } from '../../../src/core/evidence/outages.js';
import type { Finding } from '../../../src/core/finding/finding.js';
import { crowdedRecordings } from '../../support/recording/crowded-recording.js';
import { productDay } from '../../support/day/product-day.js';
import { quotedRecordings } from '../../support/recording/quoted-recording.js';
import {
  mutatedChunks,
  mutatedRecordings,
  plainRecordings,
  recordingOptions,
  recordings,
} from '../../support/recording/recording-arbitrary.js';
import { oracleDay, type OracleDay, type OracleOptions } from '../../support/oracle/oracle-day.js';
import { date, symbol } from '../../support/oracle/raw-text.js';
import { notesOf, type Note } from '../../support/oracle/notes.js';
import type { OracleObject } from '../../support/oracle/reading.js';

const runs = Number(process.env['FLOWBARS_TEST_RUNS'] ?? 24);
/** A day has 86 400 seconds: a run that writes them costs as much as twenty that do not. */
const runsBySecond = Math.ceil(runs / 8);

/** Rows that are decoded together; the last is no bound for these recordings. */
const batchRows = fc.constantFrom(1, 2, 3, 100);

async function compare(
  objects: OracleObject[],
  options: OracleOptions,
  batchRowsMax: number,
): Promise<void> {
  const oracle = oracleDay(objects, options);
  const { bars, evidence } = await productDay(objects, options, [], batchRowsMax);
  const { trades, depth } = evidence;
  expect({
    trades,
    depth,
    seed: evidence.seed?.price,
    missing: evidence.tradeIds.missing,
    outages: evidence.silence.outages,
    quietMs: evidence.silence.quietMs,
    unprovenMs: totalMs(evidence.silence.unproven),
    outageMs: evidence.outageMs,
    status: evidence.status,
    lateRows: lateRowsOf(evidence.findings),
    quotes: evidence.quoteRule,
    doubts: doubtsOf(evidence.findings),
  }).toEqual(expectedOf(oracle));
  expect(notesIn(evidence.findings)).toEqual(notesOf(objects, options).map(noteText));
  for (const [name, csv] of oracle.bars) {
    // Comparing lines keeps a failure readable.
    if (bars.get(name) !== csv) {
      expect(differingLines(bars.get(name) ?? '', csv)).toEqual([]);
    }
  }
  expect([...bars.keys()]).toEqual([...oracle.bars.keys()]);
}

function expectedOf(oracle: OracleDay): object {
  const { trades, depth } = oracle.counts;
  const shared = (counts: typeof trades): object => ({
    rows: counts.rows,
    malformed: counts.malformed,
    neighbour_day: counts.neighbour,
    excluded: counts.excluded,
    duplicate: counts.duplicate,
    used: counts.used,
  });
  const { one_sided, unordered, crossed, short } = depth;
  const { trades: quoted, above, below, ...quotes } = oracle.quotes;
  return {
    trades: shared(trades),
    depth: { ...shared(depth), one_sided, unordered, crossed, short },
    seed: oracle.seed,
    missing: oracle.missingTradeIds,
    outages: oracle.outages,
    quietMs: oracle.quietMs,
    unprovenMs: oracle.unprovenMs,
    outageMs: oracle.coverage.outageMs,
    status: oracle.status,
    lateRows: oracle.lateRows,
    quotes: {
      trades: quoted,
      above,
      above_buyers: quotes.aboveBuyers,
      below,
      below_sellers: quotes.belowSellers,
      clock_trades: quotes.clockTrades,
      clock_agree: quotes.clockAgree,
    },
    doubts: oracle.doubts,
  };
}

const DOUBTS = [
  'clocks_doubtful',
  'overlap_unresolved',
  'rows_elsewhere',
  'rows_unusable',
  'side_doubtful',
  'stream_silent',
  'symbols_mixed',
];

function doubtsOf(findings: readonly Finding[]): string[] {
  const texts = findings
    .filter(({ code }) => DOUBTS.includes(code))
    .map(({ code, severity }) => `${code} ${severity}`);
  return [...new Set(texts)].toSorted();
}

/** Of the findings about chunks: code, place, the first number of the sentence, the names in it. */
function notesIn(findings: readonly Finding[]): string[] {
  const codes = ['columns_ignored', 'ids_absent', 'trades_aggregated', 'no_final_line_feed'];
  return findings
    .filter(({ code }) => codes.includes(code))
    .map(({ code, where, detail }) => {
      const names = code === 'columns_ignored' ? detail.slice(detail.indexOf(': ') + 2) : '';
      return `${code} ${where} ${/\d+/.exec(detail)?.[0]} ${names}`;
    });
}

function cut(name: string): string {
  return name.length > 80 ? `${name.slice(0, 80)}…` : name;
}

function noteText({ code, where, count, names }: Note): string {
  const shown = names.slice(0, 12).map((name) => `'${cut(name).replaceAll(/[^ -~…]/g, escaped)}'`);
  return `${code} ${where} ${count} ${shown.join(', ')}${names.length > 12 ? ' and more' : ''}`;
}

function escaped(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

/** From the finding, as a reader would. */
function lateRowsOf(findings: readonly Finding[]): number {
  const late = findings.find(({ code }) => code === 'rows_late');
  return late === undefined ? 0 : Number.parseInt(late.detail, 10);
}

function differingLines(actual: string, expected: string): string[] {
  const actualLines = actual.split('\n');
  return expected
    .split('\n')
    .flatMap((line, index) =>
      line === actualLines[index] ? [] : [`${line} (oracle) ${actualLines[index]} (product)`],
    )
    .slice(0, 5);
}

const cases: readonly {
  readonly name: string;
  readonly arbitrary: fc.Arbitrary<OracleObject[]>;
  readonly resolutions?: string[];
  readonly numRuns?: number;
}[] = [
  { name: 'plain recordings', arbitrary: plainRecordings() },
  { name: 'recordings with crowded milliseconds', arbitrary: crowdedRecordings() },
  // The rule that these are for has a test of its own, which is much faster.
  {
    name: 'recordings with trades beside snapshots',
    arbitrary: quotedRecordings(),
    numRuns: Math.ceil(runs / 4),
  },
  { name: 'odd recordings', arbitrary: recordings() },
  {
    name: 'odd recordings by the second',
    arbitrary: recordings(),
    resolutions: ['1s', '1m'],
    numRuns: runsBySecond,
  },
  { name: 'recordings with damaged bytes', arbitrary: mutatedRecordings() },
  { name: 'single chunks of trades with damaged bytes', arbitrary: mutatedChunks('trades') },
  { name: 'single chunks of depth with damaged bytes', arbitrary: mutatedChunks('depth') },
];

test.each(cases)('agrees with the oracle on $name', async ({ arbitrary, resolutions, numRuns }) => {
  let usable = 0;
  await fc.assert(
    fc.asyncProperty(arbitrary, recordingOptions(), batchRows, async (objects, options, rows) => {
      const asked = resolutions === undefined ? options : { ...options, resolutions };
      await compare(objects, asked, rows);
      usable += objects.length;
    }),
    { numRuns: numRuns ?? runs },
  );
  expect(usable).toBeGreaterThan(0);
});

test('gives the same bars and evidence however many rows are decoded together', async () => {
  await fc.assert(
    fc.asyncProperty(mutatedRecordings(), batchRows, async (objects, rows) => {
      const options = { symbol, date, resolutions: ['1m'] };
      const inOne = await productDay(objects, options);
      expect(await productDay(objects, options, [], rows)).toEqual(inOne);
    }),
    { numRuns: 10 },
  );
});
