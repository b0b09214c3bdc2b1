/**
 * The summary of a run from its records, in at most SUMMARY_BYTES_MAX bytes whatever the run's size.
 * Long arguments are shortened, then the list of worst symbol-days is cut; both show how much is left out.
 */
import { estimatedCostUsd } from '../cost/cost.js';
import { SCHEMA_VERSION } from '../shape/shape.js';
import { storedJson } from '../stored/json-shape.js';
import type { RunOutcome, RunRecord } from '../stored/manifest.js';
import type { DayStatus } from '../stored/quality-report.js';
import {
  type RunSummary,
  SUMMARY_BYTES_MAX,
  SUMMARY_SHAPES,
  type WorstDay,
} from '../stored/run-summary.js';
import { compareNames } from '../unit/compare-names.js';
import { counted } from '../unit/words.js';
import { abbreviated } from './abbreviated.js';
import { type GoodRule, isGoodRun, shortfall } from './good.js';
import { firstFinding } from './manifest-update.js';

/** Most entries of `worst`, however short. */
export const WORST_MAX = 40;
/** Symbol-days that `message` names. */
const NAMED_MAX = 3;
export const WORST_FINDING_CHARACTERS_MAX: number =
  SUMMARY_SHAPES.worst_day.fields.finding.charactersMax;

export interface SummaryFacts {
  readonly runId: string;
  readonly codeVersion: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly rule: GoodRule;
  /** One per symbol-day of the run, in any order. */
  readonly records: readonly RunRecord[];
}

/** `sizeBytes`: the size of a text when stored. */
export function runSummary(facts: SummaryFacts, sizeBytes: (text: string) => number): RunSummary {
  const { records, rule } = facts;
  const worst = worstDays(records, rule);
  const notGood = records.filter((record) => shortfall(record, rule) !== undefined).length;
  const whole: RunSummary = {
    schema_version: SCHEMA_VERSION,
    code_version: facts.codeVersion,
    run_id: facts.runId,
    good: isGoodRun(records, rule),
    arguments: facts.arguments,
    symbol_days: records.length,
    not_good: notGood,
    outcomes: countOutcomes(records),
    statuses: countStatuses(records),
    totals: {
      trades: sum(records, (record) => record.trades),
      snapshots: sum(records, (record) => record.snapshots),
      input_objects: sum(records, (record) => record.input_objects),
      input_bytes: sum(records, (record) => record.input_bytes),
      output_bytes: sum(records, (record) => record.output_bytes),
      task_seconds: Number(sum(records, (record) => record.seconds).toFixed(3)),
    },
    estimated_cost_usd: estimatedCostUsd(records),
    worst: worst.slice(0, WORST_MAX),
    worst_omitted: Math.max(0, worst.length - WORST_MAX),
    message: messageOf(records, worst.slice(0, Math.min(NAMED_MAX, notGood))),
  };
  return fitted(whole, sizeBytes);
}

function fitted(whole: RunSummary, sizeBytes: (text: string) => number): RunSummary {
  const isFit = (summary: RunSummary): boolean =>
    sizeBytes(storedJson(summary)) <= SUMMARY_BYTES_MAX;
  const withArguments = { ...whole, arguments: abbreviated(whole.arguments, sizeBytes) };
  for (let kept = whole.worst.length; kept >= 0; kept -= 1) {
    const cut = {
      ...withArguments,
      worst: whole.worst.slice(0, kept),
      worst_omitted: whole.worst_omitted + whole.worst.length - kept,
    };
    if (isFit(cut)) return cut;
  }
  throw new Error('invariant broken: a summary without lists fits its limit');
}

function countOutcomes(records: readonly RunRecord[]): Record<RunOutcome, number> {
  const counts: Record<RunOutcome, number> = { published: 0, unchanged: 0, failed: 0, error: 0 };
  for (const { outcome } of records) counts[outcome] += 1;
  return counts;
}

/** Counts published symbol-days by status, and those with outcome `failed` as `failed`; `error` does not count. */
function countStatuses(records: readonly RunRecord[]): Record<DayStatus, number> {
  const counts: Record<DayStatus, number> = { complete: 0, partial: 0, empty: 0, failed: 0 };
  for (const { outcome, status } of records) {
    if (outcome === 'error') continue;
    counts[outcome === 'failed' ? 'failed' : (status ?? 'failed')] += 1;
  }
  return counts;
}

function sum(records: readonly RunRecord[], figure: (record: RunRecord) => number): number {
  return records.reduce((total, record) => total + figure(record), 0);
}

interface Judged {
  readonly record: RunRecord;
  readonly reason: string | undefined;
}

/** Symbol-days that are not complete or have a finding above info: not good first, then by coverage. */
function worstDays(records: readonly RunRecord[], rule: GoodRule): WorstDay[] {
  return records
    .map((record): Judged => ({ record, reason: shortfall(record, rule) }))
    .filter(({ record, reason }) => reason !== undefined || isNotable(record))
    .toSorted(compareJudged)
    .map(({ record, reason }) => ({
      symbol: record.symbol,
      date: record.date,
      outcome: record.outcome,
      status: record.status,
      coverage: record.coverage,
      finding: findingText(record, reason),
    }));
}

/** Takes symbol-days that are not good: `worst` lists these first. */
function messageOf(records: readonly RunRecord[], named: readonly WorstDay[]): string {
  const [first] = records;
  if (first !== undefined && records.every(({ status }) => status === 'empty')) {
    const days = counted(records.length, 'symbol-day');
    return `Nothing is recorded: ${days}, all empty, the first ${first.symbol} ${first.date}`;
  }
  if (named.length === 0) return '';
  const days = named.map(({ symbol, date, outcome, status, finding }) => {
    const isStored = outcome === 'published' || outcome === 'unchanged';
    const word = isStored ? (status ?? 'without status') : outcome;
    return `${symbol} ${date} ${word}: ${finding}`;
  });
  return `Worst symbol-days: ${days.join('; ')}`;
}

function isNotable({ status, findings }: RunRecord): boolean {
  return status !== 'complete' || findings.some(({ severity }) => severity !== 'info');
}

function compareJudged(a: Judged, b: Judged): number {
  return (
    Number(a.reason === undefined) - Number(b.reason === undefined) ||
    (a.record.coverage ?? -1) - (b.record.coverage ?? -1) ||
    compareNames(a.record.date, b.record.date) ||
    compareNames(a.record.symbol, b.record.symbol)
  );
}

function findingText({ findings }: RunRecord, reason: string | undefined): string {
  const first = firstFinding(findings);
  const text = first === null ? (reason ?? '') : `${first.code}: ${first.detail}`;
  return text.length <= WORST_FINDING_CHARACTERS_MAX
    ? text
    : `${text.slice(0, WORST_FINDING_CHARACTERS_MAX - 1)}…`;
}
