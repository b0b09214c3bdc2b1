/**
 * The price carried over midnight: a day's last price against the seed of the day after it. Days
 * are computed in any order, so one that disagrees is stale, not wrong: a warning, never a failure.
 */
import type { CheckResult } from '../stored/manifest.js';
import type { Finding } from '../finding/finding.js';
import { plainPrice } from './bar-file-checks.js';
import { quoted } from './file-tally.js';

export interface SeedPair {
  /** Object names of the earlier day's last bar and of the later day's report. */
  readonly earlier: string;
  readonly later: string;
  /** Undefined where one of the two does not exist. */
  readonly lastPrice: string | undefined;
  readonly seedPrice: string | undefined;
}

/** A warning that the later day is stale; undefined where both agree or one does not exist. */
export function seedFinding({
  earlier,
  later,
  lastPrice,
  seedPrice,
}: SeedPair): Finding | undefined {
  if (lastPrice === undefined || seedPrice === undefined) return undefined;
  if (plainPrice(lastPrice) === plainPrice(seedPrice)) return undefined;
  return {
    code: 'seed_mismatch',
    severity: 'warning',
    where: later,
    detail:
      `the seed ${quoted(seedPrice)} is not the last price ${quoted(lastPrice)} of ${earlier}: ` +
      'the later day is stale and has to be computed again',
  };
}

/** The result that stands beside the other checks. The only one that may be not ok in what is published. */
export function seedCheck(findings: readonly Finding[]): CheckResult {
  return {
    check: 'seed_continuity',
    ok: findings.length === 0,
    detail: findings.map(({ where, detail }) => `${where}: ${detail}`).join('; '),
  };
}
