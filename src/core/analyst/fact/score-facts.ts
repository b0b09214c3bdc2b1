/** What followed the patterns, line by line, each beside its control. */
import { HORIZON_SECONDS } from '../../column/pattern-table.js';
import type { OutcomeCounts, Score } from '../../score/scoreboard-shape.js';
import { hasOutcome, verdictWords } from '../../score/verdict-text.js';
import { scoreboardName } from '../../stored/output-names.js';
import { counted } from '../../unit/words.js';
import { amountE18, fixedText, groupedText } from './amount.js';
import type { TracedDay } from './analysed-day.js';
import { type Fact, type FactDraft, factsOf } from './fact.js';
import { PATTERN_TEXTS } from './pattern-facts.js';

/** Ids have no digits: one word for each horizon. */
const HORIZON_WORDS = ['short', 'middle', 'far'] as const;

/** None where no scoreboard is published. */
export function scoreFacts(day: TracedDay): Fact[] {
  const { scoreboard, tracer } = day;
  if (scoreboard === undefined) return [];
  const name = scoreboardName(day);
  const judged = scoreboard.scores.filter(({ events }) => events.n > 0);
  const evident = judged.filter(({ verdict }) => verdict === 'evidence').length;
  const lines = scoreboard.scores.filter(hasOutcome);
  return factsOf('scoreboard', [
    {
      id: 'score.evidence',
      value: String(evident),
      unit: 'lines',
      text: evidenceText(evident, judged.length),
      mandatory: true,
      source: `${name} scores`,
      derivation: 'number of lines with the verdict evidence',
      trace: tracer.file(name),
    },
    ...lines.map((line) =>
      lineFact(line, groupedText(amountE18(scoreboard.fee_bps, name) ?? 0n), day),
    ),
  ]);
}

function evidenceText(evident: number, judged: number): string {
  if (judged === 0) return 'no line with an outcome to judge';
  const of = `of the ${judged} judged lines`;
  if (evident === 0) return `no evidence beyond its control on any ${of}`;
  return `evidence beyond its control on ${evident} ${of}, where lines that mean nothing give at least 1 in 40`;
}

function lineFact(line: Score, feeText: string, day: TracedDay): FactDraft {
  const name = scoreboardName(day);
  const word = HORIZON_WORDS[HORIZON_SECONDS.findIndex((one) => one === line.horizon_seconds)];
  const { events, control, mean_move_bps: mean } = line;
  const moved =
    mean === null
      ? ''
      : `, mean move ${fixedText(amountE18(mean, name) ?? 0n, 10n ** 18n, 2)} bps before a fee of ${feeText} bps`;
  return {
    id: `score.${line.pattern}.${word ?? 'other'}`,
    value: verdictWords(line),
    unit: 'verdict',
    text: `${PATTERN_TEXTS[line.pattern]} after ${line.horizon_seconds} s: ${hitText(events)}, control ${hitText(control)}${moved}; ${verdictWords(line)}`,
    source: `${name} scores ${line.pattern} ${line.horizon_seconds} s`,
    derivation:
      line.verdict === verdictWords(line) ? null : 'no events, and some whose outcome is 0',
    trace: day.tracer.file(name),
  };
}

function hitText({ hits, n, ties }: OutcomeCounts): string {
  if (n === 0) return ties === 0 ? 'none' : `${ties} without a move`;
  return `${counted(hits, 'hit')} of ${n}`;
}
