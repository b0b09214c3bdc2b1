/** Whether a run and each of its symbol-days is good (docs/EVIDENCE.md), and if not, why. */
import type { Finding } from '../finding/finding.js';
import type { RunRecord } from '../stored/manifest.js';
import { unreachable } from '../unit/errors.js';

/** `found`: all symbols were found in the raw root (`--symbols all`), so any may be empty. */
export type AllowEmpty = 'found' | readonly string[];

/** Lowest coverage at which a partial symbol-day is good, by default. */
export const COVERAGE_MIN_DEFAULT = 0.99;

export interface GoodRule {
  /** Lowest coverage at which a partial symbol-day is good. */
  readonly coverageMin: number;
  readonly allowEmpty: AllowEmpty;
}

/** Why a symbol-day makes its run not good; undefined when it is good. */
export function shortfall(record: RunRecord, rule: GoodRule): string | undefined {
  const { outcome, status } = record;
  if (outcome === 'failed' || outcome === 'error') return `the outcome is ${outcome}`;
  if (!record.finalized) return 'the final step has not checked it';
  if (status === null || status === 'failed') return 'no published status is known';
  const { symbol, coverage, findings } = record;
  return publishedShortfall({ symbol, status, coverage, error: doubtIn(status, findings) }, rule);
}

/** What a manifest says of a published symbol-day. */
export interface PublishedState {
  readonly symbol: string;
  readonly status: 'complete' | 'partial' | 'empty';
  readonly coverage: number | null;
  /** Code of a finding because of which it is not to be trusted. */
  readonly error: string | undefined;
}

export function publishedShortfall(
  { symbol, status, coverage, error }: PublishedState,
  { coverageMin, allowEmpty }: GoodRule,
): string | undefined {
  if (error !== undefined) {
    return status === 'empty' && error === 'chunk_unreadable'
      ? 'the day is empty, its chunks are unreadable'
      : `published with the error ${error}`;
  }
  switch (status) {
    case 'complete':
      return undefined;
    case 'partial':
      return coverageShortfall(coverage ?? 0, coverageMin);
    case 'empty':
      return mayBeEmpty(symbol, allowEmpty) ? undefined : 'the day is empty';
    default:
      return unreachable(status);
  }
}

/** A run that recorded nothing at all is not good, whichever of its symbol-days may be empty. */
export function isGoodRun(records: readonly RunRecord[], rule: GoodRule): boolean {
  const isEveryGood = records.every((record) => shortfall(record, rule) === undefined);
  return isEveryGood && records.some(({ status }) => status !== 'empty');
}

/**
 * Code of the first finding because of which a published day is not to be trusted: an error, or
 * unreadable chunks of a day that would else be empty, where something was recorded.
 */
export function doubtIn(
  status: string,
  findings: readonly Pick<Finding, 'code' | 'severity'>[],
): string | undefined {
  return findings.find(
    ({ code, severity }) =>
      severity === 'error' || (status === 'empty' && code === 'chunk_unreadable'),
  )?.code;
}

function coverageShortfall(coverage: number, coverageMin: number): string | undefined {
  return coverage >= coverageMin ? undefined : `coverage ${coverage} is below ${coverageMin}`;
}

export function mayBeEmpty(symbol: string, allowEmpty: AllowEmpty): boolean {
  return allowEmpty === 'found' || allowEmpty.includes(symbol);
}
