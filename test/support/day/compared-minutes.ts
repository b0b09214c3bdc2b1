/** Minutes of a day with round figures, and a report about them: input for the comparison with klines. */
import { DAY_RULES } from '../../../src/core/rule/rule-table.js';
import { defaultRules, storedRules } from '../../../src/core/rule/rules.js';
import {
  type ComparisonInput,
  compareMinutes,
  type MinuteComparison,
} from '../../../src/core/klines/compare-minutes.js';
import { figureOf, type MinuteFigures } from '../../../src/core/klines/minute-figures.js';
import { type RecordedDay, recordedDay } from '../../../src/core/klines/recorded-day.js';
import type { QualityReport } from '../../../src/core/stored/quality-report.js';
import { dayStartMs, utcDate } from '../../../src/core/unit/utc-date.js';
import { openMemoryStore } from '../memory-store.js';
import { publish, PUBLISHED_DAY } from './published-day.js';

const DATE = utcDate('2025-12-11', '');
const MINUTE_MS = 60_000;
const START_MS = dayStartMs(DATE);

export type ReportChange = Partial<QualityReport>;

/** Trades per minute of the day: [minute, count]. All other minutes have none. */
export interface MinuteCase {
  readonly counts: readonly (readonly [minute: number, count: number])[];
  /** Official counts that differ. */
  readonly official?: readonly (readonly [minute: number, count: number])[];
  /** Official minutes; by default the whole day. */
  readonly minutes?: readonly number[];
  readonly report?: ReportChange;
}

const QUIET: MinuteFigures = figures(0);
export const TRADES_ONLY: QualityReport['options'] = {
  ...storedRules(defaultRules(DAY_RULES), DAY_RULES),
  streams: 'trades',
};

function figures(count: number): MinuteFigures {
  const price = figureOf('100');
  return {
    open: price,
    high: price,
    low: price,
    close: price,
    volume: figureOf(String(count)),
    taker_buy_volume: 0n,
    count: figureOf(String(count)),
    quote_volume: undefined,
    taker_buy_quote_volume: undefined,
  };
}

export function compare({ counts, official = [], minutes, report }: MinuteCase): MinuteComparison {
  const ours = Array.from({ length: 1_440 }, () => QUIET);
  for (const [minute, count] of counts) ours[minute] = figures(count);
  const wanted = [...ours];
  for (const [minute, count] of official) wanted[minute] = figures(count);
  const listed = minutes ?? [...ours.keys()];
  const klines = new Map(
    listed.map((minute) => [START_MS + minute * MINUTE_MS, wanted[minute] ?? QUIET]),
  );
  const recorded = report === undefined ? undefined : recordedBy(report);
  const input: ComparisonInput = {
    days: [{ date: DATE, minutes: ours, recorded }],
    klines,
    fromMs: undefined,
    toMs: undefined,
  };
  return compareMinutes(input);
}

/** A report without outages, malformed rows, ids or findings; with chunks of every minute and of the edges. */
function recordedBy(change: ReportChange): RecordedDay {
  const report = publish(openMemoryStore(), {
    ...PUBLISHED_DAY,
    report: {
      outages: [],
      malformed_rows: [],
      findings: [],
      trade_ids: { ...NO_IDS, gaps: [] },
      inputs: chunks(-2, 1_442),
      ...change,
    },
  });
  return recordedDay(report, 'report.json');
}

export const NO_IDS = {
  rows_with_id: 0,
  first: null,
  last: null,
  missing: 0,
  gap_count: 0,
  proved_share: 0,
};

export function chunks(
  from: number,
  to: number,
  except: readonly number[] = [],
): QualityReport['inputs'] {
  return Array.from({ length: to - from }, (_, index) => from + index)
    .filter((minute) => !except.includes(minute))
    .map((minute) => {
      const stamp = new Date(START_MS + minute * MINUTE_MS).toISOString();
      const name = `BTCUSDT/trades/${stamp.slice(0, 10)}/${stamp.slice(11, 16).replace(':', '-')}.csv`;
      return { name, size: 1, crc32c: '00000000', role: 'chunk' };
    });
}
