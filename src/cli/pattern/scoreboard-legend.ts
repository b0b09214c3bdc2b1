/** What the columns of the scoreboard mean, for somebody who reads it for the first time, and what is said against evidence. */
import type { Scores } from '../../core/score/pattern-documents.js';
import type { Score } from '../../core/score/scoreboard-shape.js';
import { hasOutcome } from '../../core/score/verdict-text.js';
import { parseDecimal } from '../../core/unit/decimal.js';
import type { Fact } from '../screen/page.js';

/** Whether the mean move covers the fee. */
export function isAboveFee({ mean_move_bps: mean }: Score, fee: string): boolean {
  return mean !== null && isAbove(mean, fee);
}

/** Of columns that are shown. */
export function legend(pooled: Scores): Fact[] {
  const byPattern = [...Map.groupBy(pooled.scores, ({ pattern }) => pattern).values()];
  const isSilent = byPattern.some((lines) => !lines.some(hasOutcome));
  const reasons = {
    label: 'no events',
    value: 'none whose outcome is known. docs/SIGNALS.md#patterns says what each pattern needs',
  };
  return [
    ...(pooled.scores.some(hasOutcome) ? columnFacts(pooled) : []),
    ...(isSilent ? [reasons] : []),
  ];
}

function columnFacts({ scores, resampled, fee_bps: fee }: Scores): Fact[] {
  const blocks = resampled === 'days' ? 'whole days' : 'half hours';
  const evident = scores.filter(({ verdict }) => verdict === 'evidence');
  const doubtful = evident.filter(
    ({ interval, expected_hit_rate: expected }) => (interval?.low ?? 0) <= (expected ?? 0),
  );
  return [
    {
      label: 'events, ties',
      value: 'those after which the price had moved, and those after which it had not',
    },
    { label: 'hits', value: 'share of events after which it had moved where the pattern points' },
    {
      label: 'interval',
      value: `where the true rate plausibly lies, in percent: 95 % of draws of ${blocks}; – if fewer than six of them hold events`,
    },
    { label: 'control', value: 'hits of the same rule without its order-flow half' },
    {
      label: 'expected',
      value: 'hits of random moments that point up and down as often as the events',
    },
    {
      label: 'mean, median',
      value: `move where the pattern points, in basis points before the fee; a trade costs ${fee} bps both ways, and ${aboveFee(scores, fee)}`,
    },
    {
      label: 'evidence',
      value:
        'the whole interval lies above control (above expected where there is no control). Otherwise the order flow in the pattern adds nothing that can be seen',
    },
    ...(evident.length === 0
      ? []
      : [
          { label: 'luck', value: 'of lines that mean nothing, at least one in 40 shows evidence' },
        ]),
    ...(doubtful.length === 0
      ? []
      : [{ label: 'doubt', value: `above control, and not above expected: ${namesOf(doubtful)}` }]),
  ];
}

function aboveFee(scores: readonly Score[], fee: string): string {
  const larger = scores.filter((score) => isAboveFee(score, fee));
  return larger.length === 0
    ? 'no mean covers it'
    : `only these means cover it: ${namesOf(larger)}`;
}

/** `absorption at 10 s, whale at 300 s`. */
function namesOf(scores: readonly Score[]): string {
  return scores
    .map(({ pattern, horizon_seconds: seconds }) => `${pattern} at ${seconds} s`)
    .join(', ');
}

function isAbove(one: string, other: string): boolean {
  const [a, b] = [parseDecimal(one), parseDecimal(other)];
  if (a === undefined || b === undefined) return false;
  return a.mantissa * 10n ** BigInt(b.decimals) > b.mantissa * 10n ** BigInt(a.decimals);
}
