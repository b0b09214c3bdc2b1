/**
 * Compares a published symbol-day with the raw root, by the rules under which it was published, so the
 * caller needs none of the deployment's options.
 */
import { describeDifference, plannedInputs } from '../../core/stale/input-difference.js';
import type { DayPlan } from '../../core/plan/day-plan.js';
import type { ListedFile } from '../../core/stored/manifest.js';
import type { DayRules } from '../../core/rule/rule-table.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { publishedRules } from '../../core/stale/published-rules.js';
import type { PublishedReport } from '../../core/stored/stored-shapes.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Dataset } from '../plan/dataset.js';
import { listDay } from '../plan/list-day.js';
import type { Effects } from '../ports.js';
import { readPublishedReport } from '../stored/read-report.js';
import {
  damagedFile,
  hasFingerprints,
  inputDifference,
  sidecarDifference,
} from '../stored/unchanged-day.js';

/**
 * `unpublished`: nothing is published. `inputs`: the raw objects differ. `rules`: another dataset or
 * schema. `files`: stored files differ from the report. `manifest`: the day's manifest differs from the report.
 */
export type ChangeCause = 'unpublished' | 'inputs' | 'rules' | 'files' | 'manifest';

/** Why computing a symbol-day again would change something. */
export interface DayChange {
  readonly cause: ChangeCause;
  /** Lower case, for a person: `2 objects added (…)`. */
  readonly detail: string;
  /**
   * Removed objects, if none was added or changed: a raw root that deletes old chunks does not make a
   * day wrong. Else 0.
   */
  readonly gone: number;
  /** With `goneObjects`: what else differs from the published day. Computing again would not restore it. */
  readonly damage?: string;
}

/** The published part of a manifest entry, as far as it is compared. */
export interface ListedDay {
  /** Only the fingerprint of the quality report is compared. */
  readonly files: readonly (Pick<ListedFile, 'kind' | 'format' | 'resolution'> &
    Partial<Pick<ListedFile, 'fingerprint'>>)[];
}

export interface RawComparison {
  readonly day: SymbolDay;
  /** Undefined if none can be read. */
  readonly published: PublishedReport | undefined;
  /** Raw objects that a task would read: the day's chunks, its edges and its seed. */
  readonly inputObjects: number;
  readonly inputBytes: number;
  /** The day itself has a chunk; edges and seed belong to its neighbours. */
  readonly hasChunk: boolean;
  /** Undefined if computing now would give what is published. */
  readonly change: DayChange | undefined;
}

export interface ComparisonOptions {
  /** For a symbol-day of which nothing is published. */
  readonly rules: DayRules;
  /** The raw root's dataset; undefined if it has none. */
  readonly dataset: Dataset | undefined;
}

/** `listed`: the manifest's entry; null or undefined if it has none. Throws FlowbarsErrors of kind `world` and `limit`. */
export async function compareWithRaw(
  day: SymbolDay,
  listed: ListedDay | null | undefined,
  { rules: unpublished, dataset }: ComparisonOptions,
  effects: Pick<Effects, 'raw' | 'out' | 'codec'>,
): Promise<RawComparison> {
  const { report: published } = await readPublishedReport(day, effects);
  const rules = published === undefined ? unpublished : publishedRules(published);
  const plan = await listDay(day, rules, effects.raw);
  const inputs = plannedInputs(plan);
  const inputBytes = inputs.reduce((sum, { object }) => sum + object.sizeBytes, 0);
  const hasChunk = inputs.some(({ role }) => role === 'chunk');
  const facts = { day, published, inputObjects: inputs.length, inputBytes, hasChunk };
  if (published === undefined) {
    const change =
      listed === null || listed === undefined
        ? changeOf('unpublished', 'nothing is published')
        : changeOf('files', 'the quality report is missing or unreadable');
    return { ...facts, change };
  }
  const known = { plan, published, listed, options: { rules, dataset } };
  return { ...facts, change: await publishedChange(day, known, effects) };
}

interface Known {
  readonly plan: DayPlan;
  readonly published: PublishedReport;
  readonly listed: ListedDay | null | undefined;
  readonly options: { readonly rules: DayRules; readonly dataset: Dataset | undefined };
}

/** True for an error of one symbol-day, which does not affect the others. */
export function isOfDay(error: unknown): error is FlowbarsError {
  return error instanceof FlowbarsError && (error.kind === 'data' || error.kind === 'limit');
}

const NO_DIFFERENCE = { added: [], changed: [], removed: [] };

/** The cheapest evidence first. */
async function publishedChange(
  day: SymbolDay,
  known: Known,
  effects: Pick<Effects, 'raw' | 'out' | 'codec'>,
): Promise<DayChange | undefined> {
  const chunks = await inputDifference(known.plan, known.published.inputs, effects.raw);
  // A day whose chunks are gone cannot be computed again, so a late sidecar does not ask for it.
  const sidecars =
    chunks.removed.length > 0
      ? NO_DIFFERENCE
      : await sidecarDifference(known.published, effects.raw);
  const added = [...chunks.added, ...sidecars.added];
  const changed = [...chunks.changed, ...sidecars.changed];
  const { removed } = chunks;
  const difference = { added, changed, removed };
  const change = changeOf('inputs', describeDifference(difference));
  if (added.length + changed.length > 0) return change;
  const stored = await storedChange(day, known, effects);
  if (removed.length === 0) return stored;
  const forgotten = { ...change, gone: removed.length };
  return stored === undefined ? forgotten : { ...forgotten, damage: stored.detail };
}

/** Checks the stored files as if their inputs still existed. */
async function storedChange(
  day: SymbolDay,
  { published, listed, options }: Known,
  { out, codec }: Pick<Effects, 'out' | 'codec'>,
): Promise<DayChange | undefined> {
  if (!hasFingerprints(day, published, options, codec)) {
    return changeOf('rules', 'published with another dataset or other rules');
  }
  const damaged = await damagedFile(day, published, out);
  if (damaged !== undefined) {
    return changeOf('files', `${damaged} differs from the quality report`);
  }
  const quality = listed?.files.find(({ kind }) => kind === 'quality');
  if (quality?.fingerprint === published.fingerprint) return undefined;
  return changeOf('manifest', 'the manifest does not match the stored files');
}

function changeOf(cause: ChangeCause, detail: string): DayChange {
  return { cause, detail, gone: 0 };
}
