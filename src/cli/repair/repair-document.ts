/** The document of `flowbars repair --json`; see docs/schema/repair.json and docs/COMMANDS.md. */
import type { LargestChange } from '../../core/repair/compare-bars.js';
import type { RepairGroup } from '../../core/repair/group-days.js';
import type { RepairDocument } from '../../core/repair/repair-shape.js';
import { DAY_RULES, type DayRules } from '../../core/rule/rule-table.js';
import { storedRules } from '../../core/rule/rules.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import type { ResolutionComparison } from '../../jobs/repair/compare-published.js';
import type { DayState } from '../../jobs/look/day-state.js';
import type { FoundStale, NotedDay } from '../../jobs/look/find-stale.js';
import type { RepairedDay, RepairRun } from '../../jobs/repair/repair.js';

/** What a repair found and did; for a dry run, what it would start. */
export interface RepairResult {
  readonly isDry: boolean;
  /** Its runs are workflow executions, which use the job's rules. */
  readonly isByWorkflow: boolean;
  readonly dates: readonly UtcDate[];
  readonly found: FoundStale;
  readonly runs: readonly RepairRun[];
  /** Empty for a dry run. */
  readonly days: readonly RepairedDay[];
  readonly exitCode: number;
}

type Fields = RepairDocument['runs'][number]['rules'];
type DayFields = RepairDocument['days'][number];

export function repairDocument({
  isDry,
  isByWorkflow,
  dates,
  found,
  runs,
  days,
  exitCode,
}: RepairResult): RepairDocument {
  const count = (outcome: RepairedDay['outcome']): number =>
    days.filter((day) => day.outcome === outcome).length;
  return {
    good: exitCode === 0,
    dry_run: isDry,
    ...bounds(dates),
    symbol_days: found.looked,
    stale: found.stale.length,
    outcomes: {
      repaired: count('repaired'),
      failed: count('failed'),
      undone: count('undone'),
      not_started: count('not_started'),
    },
    days: isDry ? found.stale.map((stale) => foundFields({ stale })) : days.map(dayFields),
    runs: runs.map((run) => runFields(run, isByWorkflow)),
    left: found.left.map(notedFields),
    unreadable: found.unreadable.map(notedFields),
  };
}

/** Trades after minus before; undefined if either is unknown. */
export function tradesAdded({
  stale,
  after,
}: Pick<RepairedDay, 'stale' | 'after'>): number | undefined {
  const before = stale.change.cause === 'unpublished' ? 0 : stale.before?.trades;
  return before === undefined || after === undefined ? undefined : after.trades - before;
}

function foundFields({ stale }: Pick<RepairedDay, 'stale'>): DayFields {
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
    files: [],
  };
}

function dayFields(repaired: RepairedDay): DayFields {
  const { outcome, runId, problem, after, bars, files } = repaired;
  return {
    ...foundFields(repaired),
    outcome,
    run_id: runId ?? null,
    problem: problem ?? null,
    after: stateFields(after),
    trades_added: tradesAdded(repaired) ?? null,
    bars: bars.map(barsFields),
    files: files.map(({ kind, format, resolution, changed }) => ({
      kind,
      format,
      resolution,
      changed,
    })),
  };
}

function stateFields(state: DayState | undefined): DayFields['before'] {
  if (state === undefined) return null;
  const { status, coverage, trades } = state;
  return { status, coverage, trades };
}

function barsFields({
  resolution,
  bars,
  different,
  close,
  volume,
}: ResolutionComparison): DayFields['bars'][number] {
  return { resolution, bars, different, close: changeFields(close), volume: changeFields(volume) };
}

function changeFields(change: LargestChange | null): DayFields['bars'][number]['close'] {
  if (change === null) return null;
  const { time: stamp, before, after, difference, share } = change;
  return { time: stamp, before, after, difference, share };
}

function runFields(
  { group, end }: RepairRun,
  isByWorkflow: boolean,
): RepairDocument['runs'][number] {
  const { symbols, dates, rules } = group;
  return {
    run_id: end?.runId ?? null,
    end: end?.end ?? null,
    message: end?.message ?? null,
    ...bounds(dates),
    symbols,
    symbol_days: symbolDaysOf(group),
    rules: isByWorkflow ? jobsRules(rules) : rulesFields(rules),
  };
}

/** First and last day of a repair or a run, which has at least one. */
function bounds(dates: readonly UtcDate[]): { readonly from: string; readonly to: string } {
  return { from: dates.at(0) ?? '', to: dates.at(-1) ?? '' };
}

export function symbolDaysOf({ symbols, dates }: RepairGroup): number {
  return symbols.length * dates.length;
}

/** As the options in a quality report, with the requested products. */
function rulesFields(rules: DayRules): Fields {
  return { ...productFields(rules), ...storedRules(rules, DAY_RULES) };
}

/** For an execution: null for the rules, which only the job knows. */
function jobsRules(rules: DayRules): Fields {
  const known = productFields(rules);
  const unknown = Object.values(DAY_RULES).map(({ stored }) => [stored, null] as const);
  return { ...known, ...Object.fromEntries(unknown) };
}

function productFields({
  resolutions,
  outputs,
  formats,
}: DayRules): Pick<Fields, 'resolutions' | 'outputs' | 'formats'> {
  return { resolutions: resolutions.map(({ name }) => name), outputs, formats };
}

function notedFields({ symbol, date, detail }: NotedDay): RepairDocument['left'][number] {
  return { symbol: symbol ?? null, date, detail };
}
