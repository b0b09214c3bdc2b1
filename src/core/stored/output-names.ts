/** Names below the output root. A name depends on what it holds, never on a time or an attempt (docs/OUTPUT.md). */
import { ARTIFACT_KINDS, type ArtifactKind } from '../rule/products.js';
import type { SymbolDay } from '../rule/symbol-day.js';
import { parseUtcDate, type UtcDate } from '../unit/utc-date.js';
import type { FileName } from './artifacts.js';

/** The kinds whose word ends their names; bars go without one. */
const NAMED_KINDS = [...ARTIFACT_KINDS, 'quality'] as const;

export const DATASET_NAME = '_dataset.json';
/** The list of a deployment's symbols, written by hand. */
export const SYMBOLS_NAME = '_symbols.json';

export function barsName(day: SymbolDay, resolutionName: string): string {
  return artifactName(day, { kind: 'bars', resolution: resolutionName, format: 'csv' });
}

export function signalsName(day: SymbolDay, resolutionName: string): string {
  return artifactName(day, { kind: 'signals', resolution: resolutionName, format: 'csv' });
}

export function patternsName(day: SymbolDay): string {
  return artifactName(day, { kind: 'patterns', resolution: null, format: 'csv' });
}

export function scoreboardName(day: SymbolDay): string {
  return artifactName(day, { kind: 'scoreboard', resolution: null, format: 'json' });
}

/** `BTCUSDT/2025-12-11_1s_signals.csv`: bars alone go without their word. */
export function artifactName({ symbol, date }: SymbolDay, file: FileName): string {
  const { kind, resolution, format } = file;
  const words = [date, resolution, kind === 'bars' ? null : kind].filter((word) => word !== null);
  return `${symbol}/${words.join('_')}.${format}`;
}

/** What a file of a symbol-day holds, by its name. */
export function kindOfName(name: string): ArtifactKind | 'quality' {
  const end = /_([a-z]+)\.\w+$/u.exec(name)?.[1];
  return NAMED_KINDS.find((kind) => kind === end) ?? 'bars';
}

export function qualityName({ symbol, date }: SymbolDay): string {
  return `${symbol}/${date}_quality.json`;
}

export function manifestName(date: UtcDate): string {
  return `_manifest/${date}.json`;
}

/** Prefix of the manifests since 2000, without the records of runs. */
export const MANIFESTS_PREFIX = '_manifest/2';

/** The day whose manifest has the name; undefined for any other name. */
export function dateOfManifest(name: string): UtcDate | undefined {
  const date = parseUtcDate(name.slice('_manifest/'.length, -'.json'.length));
  return date !== undefined && manifestName(date) === name ? date : undefined;
}

/** Prefix of a run's records, plan and summary. */
export function runPrefix(runId: string): string {
  return `_manifest/runs/${runId}/`;
}

export function recordName(runId: string, { symbol, date }: SymbolDay): string {
  return `_manifest/runs/${runId}/${symbol}/${date}.json`;
}

/** Prefix of the parts of a day that is finalized in slices. */
export function partsPrefix(runId: string, date: UtcDate): string {
  return `_manifest/runs/${runId}/finalized/${date}/`;
}

export function partName(runId: string, date: UtcDate, index: number): string {
  return `${partsPrefix(runId, date)}${index}.json`;
}

export function summaryName(runId: string): string {
  return `_manifest/runs/${runId}/summary.json`;
}

/** The plan of the run, written before its first task. */
export function planName(runId: string): string {
  return `_manifest/runs/${runId}/plan.json`;
}

/** The numbers of the plan that the workflow needs. */
export function fanOutName(runId: string): string {
  return `_manifest/runs/${runId}/fan_out.json`;
}
