/** Whether a symbol-day is good enough for its run (docs/EVIDENCE.md), and if not, why. */
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
  switch (status) {
    case 'complete':
      return undefined;
    case 'partial':
      return errorShortfall(record) ?? coverageShortfall(record.coverage ?? 0, rule.coverageMin);
    case 'empty':
      if (!mayBeEmpty(record.symbol, rule.allowEmpty)) return 'the day is empty';
      return errorShortfall(record);
    case 'failed':
    case null:
      return 'no published status is known';
    default:
      return unreachable(status);
  }
}

/** An error says: published, but not to be trusted. */
function errorShortfall({ findings }: RunRecord): string | undefined {
  const error = findings.find(({ severity }) => severity === 'error');
  return error === undefined ? undefined : `the finding ${error.code} is an error`;
}

function coverageShortfall(coverage: number, coverageMin: number): string | undefined {
  return coverage >= coverageMin ? undefined : `coverage ${coverage} is below ${coverageMin}`;
}

export function mayBeEmpty(symbol: string, allowEmpty: AllowEmpty): boolean {
  return allowEmpty === 'found' || allowEmpty.includes(symbol);
}
