/** The page and the closing line of a repair, at common terminal widths. */
import { describe, expect, test } from 'vitest';
import { repairDocument, type RepairResult } from '../../../src/cli/repair/repair-document.js';
import { printRepair, repairSentence } from '../../../src/cli/repair/repair-page.js';
import { closingLine } from '../../../src/cli/screen/verdict.js';
import { textWidth } from '../../../src/cli/screen/text-width.js';
import { outputsFor } from '../../../src/core/rule/products.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { datesBetween, utcDate } from '../../../src/core/unit/utc-date.js';
import type { Terminal } from '../../../src/edge/process/terminal.js';
import type { DayState } from '../../../src/jobs/look/day-state.js';
import type { StaleDay } from '../../../src/jobs/look/find-stale.js';
import type { DayChange } from '../../../src/jobs/look/compare-with-raw.js';
import type { RepairedDay, RepairRun } from '../../../src/jobs/repair/repair.js';
import { aggregateOptions } from '../../support/day/aggregating.js';
import { productsFrom } from '../../support/day/products.js';
import { schemaErrors } from '../../support/schema/schemas.js';

const DATES = datesBetween(utcDate('2025-12-01', 'test'), utcDate('2025-12-11', 'test'));
const DAY = { symbol: symbolName('BTCUSDT', 'test'), date: utcDate('2025-12-11', 'test') };
const PARTIAL: DayState = { status: 'partial', coverage: 0.999306, trades: 100, artifacts: [] };
const COMPLETE: DayState = { status: 'complete', coverage: 1, trades: 161, artifacts: [] };

const { resolutions } = productsFrom('6h');
const RULES = aggregateOptions({ rules: { edgeMinutes: 7 } }).rules;

const STALE: StaleDay = {
  day: DAY,
  change: {
    cause: 'inputs',
    detail: '2 objects added (BTCUSDT/depth/2025-12-11/00-05.csv …)',
    gone: 0,
  },
  rules: { ...RULES, resolutions, outputs: outputsFor(resolutions) },
  before: PARTIAL,
  keptBytes: 9e6,
};
const REPAIRED: RepairedDay = {
  stale: STALE,
  runId: '20251212T002000Z-1a2b3c',
  outcome: 'repaired',
  problem: undefined,
  after: COMPLETE,
  bars: [
    {
      resolution: '1s',
      bars: 86_400,
      different: 61,
      close: changed('2025-12-11T00:05:03Z', '90012.4', '90000', '-12.4', '-0.00013776'),
      volume: changed('2025-12-11T00:05:17Z', '0', '3.251', '3.251', null),
    },
    { resolution: '1m', bars: 1_440, different: 0, close: null, volume: null },
  ],
  files: [],
};
const FAILED: RepairedDay = {
  ...REPAIRED,
  outcome: 'failed',
  problem: 'too_many_malformed: 40 of 90 rows (trades)',
  after: PARTIAL,
  bars: [],
};
const RUN: RepairRun = {
  group: { rules: STALE.rules, symbols: [DAY.symbol], dates: [DAY.date] },
  end: { runId: REPAIRED.runId, end: 'done', message: undefined },
};

function changed(
  stamp: string,
  before: string,
  after: string,
  difference: string,
  share: string | null,
) {
  return { time: stamp, before, after, difference, share };
}

function result(given: Partial<RepairResult> = {}): RepairResult {
  return {
    isDry: false,
    isByWorkflow: false,
    dates: DATES,
    found: { looked: 60, stale: [STALE], left: [], unreadable: [] },
    runs: [RUN],
    days: [REPAIRED],
    exitCode: 0,
    ...given,
  };
}

function page(shown: RepairResult, columns: number): string[] {
  let text = '';
  const terminal: Terminal = {
    isTty: true,
    columns: () => columns,
    rows: () => 40,
    write: (written) => {
      text += written;
    },
    paint: (_style, painted) => `\u0001${painted}\u0002`,
    redraw: () => undefined,
  };
  printRepair(shown, terminal);
  // Escape sequences of styles pass unchanged; in a recording's own text they would be escaped.
  const lines = text
    .replaceAll(/[\u0001\u0002]/gu, '')
    .trimEnd()
    .split('\n');
  for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(columns);
  expect(schemaErrors('repair', JSON.parse(JSON.stringify(repairDocument(shown))))).toEqual([]);
  return lines;
}

describe('the page of a repair', () => {
  test('shows what changed and when', () => {
    expect(page(result(), 110)).toEqual([
      'symbol   date        bars that differ  largest Δ close    largest Δ volume    trades',
      '───────  ──────────  ────────────────  ─────────────────  ──────────────────  ──────',
      'BTCUSDT  2025-12-11  1s  61 of 86,400  -12.4 at 00:05:03  +3.251 at 00:05:17     +61',
      '                     1m  0 of 1,440    –                  –',
      '  └ inputs: 2 objects added (BTCUSDT/depth/2025-12-11/00-05.csv …)',
      '  └ partial 99.9306% → complete 100%',
    ]);
  });

  test('says which other files changed', () => {
    const files: RepairedDay['files'] = [
      { kind: 'signals', resolution: '1s', format: 'csv', changed: true },
      { kind: 'signals', resolution: '1m', format: 'csv', changed: false },
      { kind: 'patterns', resolution: null, format: 'csv', changed: true },
      { kind: 'scoreboard', resolution: null, format: 'json', changed: null },
    ];
    expect(page(result({ days: [{ ...REPAIRED, files }] }), 110).slice(4)).toEqual([
      '  └ inputs: 2 objects added (BTCUSDT/depth/2025-12-11/00-05.csv …)',
      '  └ partial 99.9306% → complete 100%',
      '  └ changed: 1s signals, patterns; not compared: scoreboard; as before: 1m signals',
    ]);
  });

  test('leaves out when where the terminal is narrow', () => {
    expect(page(result(), 80).slice(0, 3)).toEqual([
      'symbol   date        bars that differ  Δ close  Δ volume  trades',
      '───────  ──────────  ────────────────  ───────  ────────  ──────',
      'BTCUSDT  2025-12-11  1s  61 of 86,400  -12.4    +3.251       +61',
    ]);
  });

  test('says why a symbol-day is not repaired, and what stands', () => {
    const end = { runId: 'r1', end: 'world_failed', message: '1 task given up' } as const;
    const lines = page(result({ days: [FAILED], runs: [{ ...RUN, end }], exitCode: 3 }), 120);
    expect(lines.slice(2)).toEqual([
      'BTCUSDT  2025-12-11  –                 –                –                      0',
      '  └ inputs: 2 objects added (BTCUSDT/depth/2025-12-11/00-05.csv …)',
      '  └ failed: too_many_malformed: 40 of 90 rows (trades); published: partial 99.9306%',
      'world failed: run r1: BTCUSDT, 2025-12-11, 1 symbol-day, --resolutions 6h --streams trades',
      '  --edge-minutes 7 --sparse-trades: 1 task given up',
    ]);
  });

  test('shows a symbol-day that was never published as that', () => {
    const change: DayChange = { cause: 'unpublished', detail: 'nothing is published', gone: 0 };
    const stale: StaleDay = { ...STALE, change, before: undefined };
    const bars = [{ resolution: '1m', bars: 1_440, different: null, close: null, volume: null }];
    const day: RepairedDay = { ...REPAIRED, bars, stale };
    expect(page(result({ days: [day] }), 100).slice(2)).toEqual([
      'BTCUSDT  2025-12-11  1m  – of 1,440    –                –                   +161',
      '  └ unpublished: nothing is published',
      '  └ nothing → complete 100%',
    ]);
  });

  test('of a dry run lists what is stale and the runs to start', () => {
    const runs = [{ group: RUN.group, end: undefined }];
    expect(page(result({ isDry: true, days: [], runs, exitCode: 1 }), 80)).toEqual([
      'BTCUSDT 2025-12-11  inputs: 2 objects added',
      '  (BTCUSDT/depth/2025-12-11/00-05.csv …)',
      'to start: BTCUSDT, 2025-12-11, 1 symbol-day, --resolutions 6h --streams trades',
      '  --edge-minutes 7 --sparse-trades',
    ]);
  });

  test('names what was left and what could not be looked at', () => {
    const detail = '3 raw objects gone since publication, none added';
    const found = {
      looked: 60,
      stale: [],
      left: [
        { ...DAY, detail, isDamaged: false },
        { ...DAY, detail, isDamaged: false },
      ],
      unreadable: [{ date: DAY.date, symbol: undefined, detail: 'day manifest: found no JSON' }],
    };
    const lines = page(result({ found, days: [], runs: [], exitCode: 1 }), 100);
    expect(lines).toEqual([
      'not compared: 2025-12-11: day manifest: found no JSON',
      'left as published: 2 symbol-days (BTCUSDT 2025-12-11: 3 raw objects gone since publication, none',
      '  added); --removed computes from the remaining chunks',
    ]);
  });

  test('is cut after its two hundredth symbol-day', () => {
    const found = { ...result().found, stale: Array.from({ length: 201 }, () => STALE) };
    const days = Array.from({ length: 201 }, () => REPAIRED);
    expect(page(result({ found, days }), 100).at(-1)).toBe('… and 1 more, --json shows all');
  });
});

describe('the closing line of a repair', () => {
  test.for<[string, Partial<RepairResult>]>([
    [
      'good (exit code 0): 1 of 60 symbol-days from 2025-12-01 to 2025-12-11 were stale; ' +
        '1 repaired in 1 run 20251212T002000Z-1a2b3c',
      {},
    ],
    [
      'not good (exit code 1): 1 of 60 symbol-days from 2025-12-01 to ' +
        '2025-12-11 were stale; 1 repaired, 1 failed in 2 runs',
      { days: [REPAIRED, FAILED], runs: [RUN, RUN], exitCode: 1 },
    ],
    [
      'not good (exit code 1): 1 of 60 symbol-days from 2025-12-01 to ' +
        '2025-12-11 stale; 1 run to start',
      { isDry: true, days: [], runs: [{ group: RUN.group, end: undefined }], exitCode: 1 },
    ],
    [
      'good (exit code 0): 0 of 1,200 symbol-days from 2025-12-01 to 2025-12-11 were stale',
      { found: { looked: 1_200, stale: [], left: [], unreadable: [] }, days: [], runs: [] },
    ],
  ])('%s', ([line, given]) => {
    const shown = result(given);
    expect(closingLine(shown.exitCode, repairSentence(shown))).toBe(line);
  });
});
