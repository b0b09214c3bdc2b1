/** The document of `flowbars repair --json`, as docs/schema/repair.json and docs/DATA.md have it. */
import type { LargestChange } from '../../core/repair/compare-bars.js';
import type { RepairGroup } from '../../core/repair/group-days.js';
import type { DayRules } from '../../core/rule/day-rules.js';
import { isoStampMs, type UtcDate } from '../../core/unit/utc-date.js';
import type { ResolutionComparison } from '../../jobs/repair/compare-published.js';
import type { DayState } from '../../jobs/look/day-state.js';
import type { FoundStale, NotedDay } from '../../jobs/look/find-stale.js';
import type { RepairedDay, RepairRun } from '../../jobs/repair/repair.js';

/** What a repair found and did; of a dry run, what it would start. */
export interface RepairResult {
  readonly isDry: boolean;
  /** Its runs are executions, to which the job's rules apply. */
  readonly isByWorkflow: boolean;
  readonly dates: readonly UtcDate[];
  readonly found: FoundStale;
  readonly runs: readonly RepairRun[];
  /** None of a dry run. */
  readonly days: readonly RepairedDay[];
  readonly exitCode: number;
}

type Fields = Readonly<Record<string, unknown>>;

const OUTCOMES = ['repaired', 'failed', 'undone', 'not_started'] as const;

export function repairDocument({
  isDry,
  isByWorkflow,
  dates,
  found,
  runs,
  days,
  exitCode,
}: RepairResult): Fields {
  const outcomes = OUTCOMES.map((outcome) => [
    outcome,
    days.filter((day) => day.outcome === outcome).length,
  ]);
  return {
    good: exitCode === 0,
    dry_run: isDry,
    from: dates.at(0) ?? null,
    to: dates.at(-1) ?? null,
    symbol_days: found.looked,
    stale: found.stale.length,
    outcomes: Object.fromEntries(outcomes),
    days: isDry ? found.stale.map((stale) => foundFields({ stale })) : days.map(dayFields),
    runs: runs.map((run) => runFields(run, isByWorkflow)),
    left: found.left.map(notedFields),
    unreadable: found.unreadable.map(notedFields),
  };
}

/** Trades more than before; undefined where one of the two is not known. */
export function tradesAdded({
  stale,
  after,
}: Pick<RepairedDay, 'stale' | 'after'>): number | undefined {
  const before = stale.change.cause === 'unpublished' ? 0 : stale.before?.trades;
  return before === undefined || after === undefined ? undefined : after.trades - before;
}

function foundFields({ stale }: Pick<RepairedDay, 'stale'>): Fields {
  const { day, change, before } = stale;
  return {
    symbol: day.symbol,
    date: day.date,
    cause: change.cause,
    detail: change.detail,
    outcome: null,
    run_id: null,
    problem: null,
    before: stateFields(before),
    after: null,
    trades_added: null,
    bars: [],
  };
}

function dayFields(repaired: RepairedDay): Fields {
  const { outcome, runId, problem, after, bars } = repaired;
  return {
    ...foundFields(repaired),
    outcome,
    run_id: runId ?? null,
    problem: problem ?? null,
    after: stateFields(after),
    trades_added: tradesAdded(repaired) ?? null,
    bars: bars.map(barsFields),
  };
}

function stateFields(state: DayState | undefined): Fields | null {
  if (state === undefined) return null;
  const { status, coverage, trades } = state;
  return { status, coverage, trades };
}

function barsFields({ resolution, bars, different, close, volume }: ResolutionComparison): Fields {
  return { resolution, bars, different, close: changeFields(close), volume: changeFields(volume) };
}

function changeFields(change: LargestChange | null): Fields | null {
  if (change === null) return null;
  const { time: stamp, before, after, difference, share } = change;
  return { time: stamp, before, after, difference, share };
}

function runFields({ group, end }: RepairRun, isByWorkflow: boolean): Fields {
  const { symbols, dates, rules } = group;
  return {
    run_id: end?.runId ?? null,
    end: end?.end ?? null,
    message: end?.message ?? null,
    from: dates.at(0) ?? null,
    to: dates.at(-1) ?? null,
    symbols,
    symbol_days: symbolDaysOf(group),
    rules: isByWorkflow
      ? { ...jobsRules, resolutions: resolutionNames(rules) }
      : rulesFields(rules),
  };
}

export function symbolDaysOf({ symbols, dates }: RepairGroup): number {
  return symbols.length * dates.length;
}

/** As the options of a quality report, with the resolutions that are asked for. */
function rulesFields(rules: DayRules): Fields {
  const { expect } = rules;
  return {
    resolutions: resolutionNames(rules),
    streams: rules.streams,
    edge_minutes: rules.edgeMinutes,
    seed_minutes: rules.seedMinutes,
    raw_layout: rules.rawLayout,
    sparse_trades: rules.sparseTrades,
    hole_min_ms: rules.holeMinMs,
    malformed_max: rules.malformedMax,
    expect:
      expect === undefined
        ? null
        : { from: isoStampMs(expect.fromMs), to: isoStampMs(expect.toMs) },
  };
}

/** What only the job knows. */
const jobsRules: Fields = {
  resolutions: [],
  streams: null,
  edge_minutes: null,
  seed_minutes: null,
  raw_layout: null,
  sparse_trades: null,
  hole_min_ms: null,
  malformed_max: null,
  expect: null,
};

function resolutionNames({ resolutions }: DayRules): string[] {
  return resolutions.map(({ name }) => name);
}

function notedFields({ symbol, date, detail }: NotedDay): Fields {
  return { symbol: symbol ?? null, date, detail };
}
