/**
 * Collects the check results of one file: which checks ran, how often each was broken, and the first
 * breach in full. The checks decide what a breach is.
 */
import { type CheckResult, MANIFEST_SHAPES } from '../stored/manifest.js';

/** The checks of the final step (docs/OUTPUT.md), in the order of their results. */
export const CHECK_NAMES: (typeof MANIFEST_SHAPES)['check']['fields']['check']['of'] =
  MANIFEST_SHAPES.check.fields.check.of;
export type CheckName = (typeof CHECK_NAMES)[number];

/** Longest text quoted from a file, in characters. */
export const QUOTED_CHARACTERS_MAX = 60;

export interface Breach {
  /** Row, column, object. */
  readonly where: string;
  readonly found: string;
  readonly expected: string;
}

interface Count {
  readonly first: Breach;
  breaches: number;
}

/** Owns the counts of one file while its rows are checked. */
export class CheckTally<Name extends string = CheckName> {
  private readonly file: string;
  private readonly broken = new Map<string, Count>();
  private readonly made: readonly string[];

  /** `made`: the checks that run. Those without a breach are listed as ok. */
  constructor(file: string, made: readonly Name[]) {
    this.file = file;
    this.made = made;
  }

  breach(check: Name, breach: Breach): void {
    const count = this.broken.get(check);
    if (count === undefined) this.broken.set(check, { first: breach, breaches: 1 });
    else count.breaches += 1;
  }

  isBroken(check: Name): boolean {
    return this.broken.has(check);
  }

  results(): CheckResult[] {
    return this.made.map((check) => {
      const count = this.broken.get(check);
      return { check, ok: count === undefined, detail: this.detail(count) };
    });
  }

  private detail(count: Count | undefined): string {
    if (count === undefined) return '';
    const { where, found, expected } = count.first;
    const place = where === '' ? this.file : `${this.file} ${where}`;
    const more = count.breaches > 1 ? ` (the first of ${count.breaches})` : '';
    return `${place}: found ${found}, expected ${expected}${more}`;
  }
}

/** Merges the results of several files into one for each check; a check that never ran is absent. */
export function mergeChecks(results: readonly CheckResult[]): CheckResult[] {
  return CHECK_NAMES.flatMap((check) => {
    const same = results.filter((result) => result.check === check);
    const details = same.filter(({ ok }) => !ok).map(({ detail }) => detail);
    if (same.length === 0) return [];
    return [{ check, ok: details.length === 0, detail: details.join('; ') }];
  });
}

/** Quotes a text from a file for a detail. */
export function quoted(text: string = ''): string {
  const shown =
    text.length > QUOTED_CHARACTERS_MAX ? `${text.slice(0, QUOTED_CHARACTERS_MAX)}…` : text;
  return `'${shown}'`;
}
