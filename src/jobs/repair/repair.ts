/**
 * Computes stale symbol-days again, one run after the other, and reports the outcome of each. The
 * rerunner starts the runs; find-stale found the days.
 */
import type { RepairGroup } from '../../core/repair/group-days.js';
import { symbolDayKey } from '../../core/rule/symbol-day.js';
import { firstFinding } from '../../core/run/manifest-update.js';
import type { RunRecord } from '../../core/stored/manifest.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { readManifest } from '../stored/day-manifest.js';
import { type DayState, dayStateOf } from '../look/day-state.js';
import {
  comparePublished,
  type FileComparison,
  keepPublished,
  type KeptFiles,
  type ResolutionComparison,
} from './compare-published.js';
import type { StaleDay } from '../look/find-stale.js';
import { mapBounded } from '../map-bounded.js';
import type { Effects } from '../ports.js';
import { readRecord } from '../stored/run-record.js';
import { readPublishedReport } from '../stored/read-report.js';

export interface RerunEnd {
  /** Undefined if no run was started. */
  readonly runId: string | undefined;
  /**
   * `done`: the run ended, and its records tell the outcomes. `world_failed`: storage, network or machine
   * failed and work is left undone. `broken`: a bug or a usage error. `stopped`: stopped by a signal.
   */
  readonly end: 'done' | 'world_failed' | 'broken' | 'stopped';
  /** Explains an end other than `done`. */
  readonly message: string | undefined;
}

/** Computes the symbol-days of a group by its rules as one run, with the final step and the manifests. */
export interface Rerunner {
  rerun(group: RepairGroup): Promise<RerunEnd>;
}

export interface RepairRun {
  readonly group: RepairGroup;
  /** Undefined: not started, because an earlier run failed or the repair was stopped. */
  readonly end: RerunEnd | undefined;
}

export interface RepairedDay {
  readonly stale: StaleDay;
  readonly runId: string | undefined;
  /** `failed`: the data is bad and the published files stay. `undone`: a second start finishes it. */
  readonly outcome: 'repaired' | 'failed' | 'undone' | 'not_started';
  /** Why it was not repaired. */
  readonly problem: string | undefined;
  /** Undefined if nothing is published. */
  readonly after: DayState | undefined;
  /** For a repaired day: each resolution published now. */
  readonly bars: readonly ResolutionComparison[];
  /** For a repaired day: each other file published now. */
  readonly files: readonly FileComparison[];
}

export interface Repair {
  readonly runs: readonly RepairRun[];
  /** In the order they were found. */
  readonly days: readonly RepairedDay[];
}

export interface RepairEffects {
  readonly stores: Pick<Effects, 'out' | 'codec' | 'tables' | 'log'>;
  readonly kept: KeptFiles;
  readonly rerunner: Rerunner;
  /** Checked between two steps; only a run takes long. */
  readonly isStopped: () => boolean;
}

/** Symbol-days whose files are copied at once. */
const DAYS_KEPT_AT_ONCE = 4;

/** `groups`: the stale symbol-days, each in exactly one. */
export async function repairStale(
  stale: readonly StaleDay[],
  groups: readonly RepairGroup[],
  effects: RepairEffects,
): Promise<Repair> {
  const staleByKey = new Map(stale.map((one) => [symbolDayKey(one.day), one]));
  const repairedByKey = new Map<string, RepairedDay>();
  const runs: RepairRun[] = [];
  let goesOn = true;
  for (const [index, group] of groups.entries()) {
    goesOn &&= !effects.isStopped();
    if (!goesOn) {
      runs.push({ group, end: undefined });
      continue;
    }
    const days = group.symbols.flatMap((symbol) =>
      group.dates.flatMap((date) => staleByKey.get(symbolDayKey({ symbol, date })) ?? []),
    );
    sayRun(group, { number: index + 1, of: groups.length }, effects);
    const { end, repaired } = await repairGroup(group, days, effects);
    for (const day of repaired) repairedByKey.set(symbolDayKey(day.stale.day), day);
    runs.push({ group, end });
    goesOn = end.end === 'done' || end.end === 'broken';
  }
  return {
    runs,
    days: stale.map((one) => repairedByKey.get(symbolDayKey(one.day)) ?? notStarted(one)),
  };
}

async function repairGroup(
  group: RepairGroup,
  days: readonly StaleDay[],
  effects: RepairEffects,
): Promise<{ end: RerunEnd; repaired: readonly RepairedDay[] }> {
  let end: RerunEnd = { runId: undefined, end: 'stopped', message: undefined };
  try {
    await mapBounded(days, DAYS_KEPT_AT_ONCE, async ({ before, change }) => {
      // With a lagging manifest the files themselves are unchanged.
      if (effects.isStopped() || change.cause === 'manifest') return;
      await keepPublished(before, effects.kept, effects.stores.out);
    });
    if (effects.isStopped()) return { end, repaired: [] };
    end = await effects.rerunner.rerun(group);
    const repaired: RepairedDay[] = [];
    const listed = await listedFingerprints(group, effects);
    for (const one of days) {
      if (effects.isStopped()) break;
      repaired.push(await repairedDay(one, end, listed.get(symbolDayKey(one.day)), effects));
    }
    await effects.kept.clear();
    return { end, repaired };
  } catch (error) {
    if (!(error instanceof FlowbarsError)) throw error;
    const { message } = error;
    const repaired = days.map((one) => undone(one, end.runId, message));
    return { end: { runId: end.runId, end: 'world_failed', message }, repaired };
  }
}

/** SHA-256 of the quality reports that the manifests list now. */
async function listedFingerprints(
  { dates }: RepairGroup,
  { stores }: RepairEffects,
): Promise<Map<string, string>> {
  const listed = new Map<string, string>();
  for (const date of dates) {
    const stored = await readManifest(date, stores);
    for (const { symbol, published } of stored?.manifest.symbols ?? []) {
      const quality = published?.files.find(({ kind }) => kind === 'quality');
      if (quality !== undefined) listed.set(symbolDayKey({ symbol, date }), quality.fingerprint);
    }
  }
  return listed;
}

async function repairedDay(
  stale: StaleDay,
  { runId, message }: RerunEnd,
  listedFingerprint: string | undefined,
  { stores, kept }: RepairEffects,
): Promise<RepairedDay> {
  const { day, before } = stale;
  const record = runId === undefined ? undefined : await readRecord(runId, day, stores);
  const { report } = await readPublishedReport(day, stores);
  const after = report === undefined ? undefined : dayStateOf(day, report);
  if (record === undefined || record.outcome === 'error') {
    return { ...undone(stale, runId, problemOf(record) ?? message ?? NO_RECORD), after };
  }
  if (record.outcome === 'failed') {
    return { ...undone(stale, runId, problemOf(record)), outcome: 'failed', after };
  }
  const isListed = report !== undefined && report.fingerprint === listedFingerprint;
  if (!record.finalized || !isListed || after === undefined) {
    return { ...undone(stale, runId, message ?? NOT_LISTED), after };
  }
  const compared = await comparePublished({ before, after }, kept, stores);
  return { stale, runId, outcome: 'repaired', problem: undefined, after, ...compared };
}

const NO_RECORD = 'the run stored no record of it';
const NOT_LISTED = 'the manifest does not list what the run stored';

function problemOf(record: RunRecord | undefined): string | undefined {
  const first = firstFinding(record?.findings ?? []);
  return first === null ? undefined : `${first.code}: ${first.detail} (${first.where})`;
}

function undone(
  stale: StaleDay,
  runId: string | undefined,
  problem: string | undefined,
): RepairedDay {
  return { stale, runId, outcome: 'undone', problem, after: undefined, bars: [], files: [] };
}

function notStarted(stale: StaleDay): RepairedDay {
  return { ...undone(stale, undefined, undefined), outcome: 'not_started', after: stale.before };
}

function sayRun(
  { symbols, dates }: RepairGroup,
  { number, of }: { readonly number: number; readonly of: number },
  { stores }: RepairEffects,
): void {
  const days = { symbols: symbols.length, from: dates.at(0), to: dates.at(-1) };
  stores.log.event('INFO', 'repair_run', { number, of, ...days });
}
