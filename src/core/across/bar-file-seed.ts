/**
 * Compares a day's last price with the seed of the next day. Days are computed in any order, so a
 * mismatch means that the later day is stale, not wrong: a warning, never a failure.
 */
import type { Finding } from '../finding/finding.js';
import { finding } from '../finding/finding-list.js';
import type { CheckResult } from '../stored/manifest.js';
import { plainPrice } from '../check/bar-file-checks.js';
import { quoted } from '../check/file-tally.js';

export interface SeedPair {
  /** Object names: the earlier day's file with the last bar, and the later day's report. */
  readonly earlier: string;
  readonly later: string;
  /** Both prices: undefined if the object does not exist or has no price. */
  readonly lastPrice: string | undefined;
  readonly seedPrice: string | undefined;
}

/** A warning that the later day is stale; undefined if both prices agree or one is unknown. */
export function seedFinding({
  earlier,
  later,
  lastPrice,
  seedPrice,
}: SeedPair): Finding | undefined {
  if (lastPrice === undefined || seedPrice === undefined) return undefined;
  if (plainPrice(lastPrice) === plainPrice(seedPrice)) return undefined;
  return finding(
    'seed_mismatch',
    later,
    `the seed ${quoted(seedPrice)} is not the last price ${quoted(lastPrice)} of ${earlier}: ` +
      'the later day is stale and has to be computed again',
  );
}

/** The result for the list of checks. It is the only check that may fail in a published entry. */
export function seedCheck(findings: readonly Finding[]): CheckResult {
  return {
    check: 'seed_continuity',
    ok: findings.length === 0,
    detail: findings.map(({ where, detail }) => `${where}: ${detail}`).join('; '),
  };
}
