/** Notes the findings that say: published, but do not trust it (docs/EVIDENCE.md), and the warning beside them. */
import { clocksDoubt, sideDoubt } from '../evidence/quote-rule-doubt.js';
import { unusableRows, usableOf } from '../evidence/unusable-rows.js';
import type { StreamName } from '../rule/symbol-day.js';
import type { DepthRowCounts, QuoteRule, TradeRowCounts } from '../stored/quality-report.js';
import type { DayTally, SeenDay } from '../pass/day-tally.js';

export interface DoubtFacts {
  readonly trades: TradeRowCounts;
  readonly depth: DepthRowCounts;
  readonly quoteRule: QuoteRule;
}

export function noteDoubt({ day, rules, tally }: SeenDay, facts: DoubtFacts): void {
  const { findings } = tally;
  const recorded: readonly StreamName[] =
    rules.streams === 'trades' ? ['trades'] : ['trades', 'depth'];
  for (const stream of recorded) {
    const { admission } = tally.streams[stream];
    const counts = facts[stream];
    const detail = unusableRows({ admission, counts }, rules.usableMin);
    if (detail !== undefined) findings.add('rows_unusable', stream, detail);
    const other = stream === 'trades' ? 'depth' : 'trades';
    if (usableOf(counts) === 0 && usableOf(facts[other]) > 0) {
      const detailOfSilence = `no usable row in the whole day, although ${other} has some`;
      findings.add('stream_silent', stream, detailOfSilence + remedyOf(tally, stream));
    }
  }
  for (const names of tally.overlaps) {
    findings.add(
      'overlap_unresolved',
      names.join(' and '),
      'differing objects of one chunk minute have rows without an id: a row in both counts twice',
    );
  }
  const sides = sideDoubt(facts.quoteRule, rules.sideMin);
  if (sides !== undefined) findings.add('side_doubtful', 'trades', sides);
  const strays = tally.elsewhere.doubt;
  if (strays !== undefined) findings.add('rows_elsewhere', `chunks of ${day.date}`, strays);
  const clocks = clocksDoubt(facts.quoteRule);
  if (clocks !== undefined) findings.add('clocks_doubtful', 'trades and depth', clocks);
}

/** A stream without a single chunk may never have been recorded. */
function remedyOf({ streams }: DayTally, stream: StreamName): string {
  const hasChunks = streams[stream].minutes.counts(undefined).present > 0;
  if (hasChunks) return '';
  return stream === 'depth'
    ? ': it has no chunk, and --streams trades says that no depth was recorded'
    : ': it has no chunk';
}
