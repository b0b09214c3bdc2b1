/** Whether a published day gets worse by being computed again, and why (docs/EVIDENCE.md, `day_worse`). */
import { DAY_RULES, type RecordingRules } from '../rule/rule-table.js';
import { ruleTexts } from '../rule/rules.js';
import type { DayStatus } from '../stored/quality-report.js';
import type { PublishedReport } from '../stored/stored-shapes.js';
import { publishedRules } from './published-rules.js';
import { describeDifference, isEmptyDifference, type InputDifference } from './input-difference.js';

/** A day's standing: what a worse computation lowers. */
export interface Standing {
  readonly status: DayStatus;
  readonly coverage: number;
}

const WORST_FIRST: readonly DayStatus[] = ['failed', 'empty', 'partial', 'complete'];

export interface Recomputed {
  readonly now: Standing;
  readonly rules: RecordingRules;
  readonly difference: InputDifference;
}

/** One sentence with both standings and what differs; undefined unless the day got worse. */
export function worseThanPublished(
  published: PublishedReport,
  { now, rules, difference }: Recomputed,
): string | undefined {
  const before = publishedRules(published);
  const losesDepth = before.streams === 'both' && rules.streams === 'trades';
  if (!isWorse(now, published) && !losesDepth) return undefined;
  const causes = differingRules(before, rules);
  if (!isEmptyDifference(difference)) causes.push(describeDifference(difference));
  const why = causes.length === 0 ? 'same options and inputs, another version' : causes.join('; ');
  return `was ${described(published)}, is ${described(now)}: ${why}`;
}

function isWorse(now: Standing, before: Standing): boolean {
  return rank(now) < rank(before) || now.coverage < before.coverage;
}

function rank({ status }: Standing): number {
  return WORST_FIRST.indexOf(status);
}

function described({ status, coverage }: Standing): string {
  return `${status} ${Number((coverage * 100).toFixed(4))} %`;
}

/** `--expect was FROM/TO, is not given`, one text per option. */
function differingRules(before: RecordingRules, now: RecordingRules): string[] {
  const was = textsOf(before);
  const is = textsOf(now);
  return Object.values(DAY_RULES).flatMap(({ option }) =>
    was.get(option) === is.get(option)
      ? []
      : [`--${option} was ${was.get(option) ?? 'not given'}, is ${is.get(option) ?? 'not given'}`],
  );
}

function textsOf(rules: RecordingRules): ReadonlyMap<string, string> {
  return new Map(ruleTexts(rules).map(([{ option }, text]) => [option, text]));
}
