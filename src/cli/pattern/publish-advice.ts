/** The commands that publish symbol-days with their patterns, by the rules of their reports. */
import {
  joinedProducts,
  PATTERN_SECONDS,
  type Products,
  USUAL_PRODUCTS,
} from '../../core/rule/products.js';
import { DAY_RULES, type DayRules } from '../../core/rule/rule-table.js';
import { defaultRules } from '../../core/rule/rules.js';
import { resolutionOf } from '../../core/unit/resolution.js';
import type { Terminal } from '../../edge/process/terminal.js';
import {
  type NamedDay,
  RULED_DAYS_MAX,
  type RuledDay,
  ruledDays,
} from '../../jobs/pattern/ruled-days.js';
import type { Effects } from '../../jobs/ports.js';
import { ruleWords } from '../option/rule-texts.js';
import { formatCount } from '../screen/figures.js';
import { printCommand, printFolded } from '../screen/page.js';
import { shellWord } from '../screen/shell-word.js';

/** With more symbols the command takes all. */
const SYMBOLS_NAMED = 5;
/** Commands shown where rules differ. */
const COMMANDS_MAX = 5;

/** What patterns are read off, and they themselves. */
const PATTERN_PRODUCTS: Products = {
  resolutions: [resolutionOf(PATTERN_SECONDS)],
  outputs: USUAL_PRODUCTS.outputs,
  formats: USUAL_PRODUCTS.formats,
};

/** For days of the same rules. */
interface Stretch {
  readonly days: readonly NamedDay[];
  readonly rules: DayRules | undefined;
}

export interface Advice {
  readonly stretches: readonly Stretch[];
  /** Days that no stretch covers. */
  readonly left: number;
  /** Days that are taken to have the rules of those whose reports were read. */
  readonly unread: number;
}

/** Reads some of their reports. */
export async function publishAdvice(
  days: readonly NamedDay[],
  effects: Pick<Effects, 'out' | 'codec'>,
): Promise<Advice> {
  const ruled = await ruledDays(days, effects);
  const [first] = ruled;
  if (first === undefined) return { stretches: [], left: 0, unread: 0 };
  const areAlike = ruled.every((day) => wordsOf(day) === wordsOf(first));
  if (areAlike) {
    const unread = days.length - ruled.length;
    return { stretches: [{ days, rules: first.rules }], left: 0, unread };
  }
  const stretches = [...Map.groupBy(ruled, ({ symbol }) => symbol).values()].flatMap(alikeRuns);
  const shown = stretches.slice(0, COMMANDS_MAX);
  const covered = shown.reduce((count, { days: some }) => count + some.length, 0);
  return { stretches: shown, left: days.length - covered, unread: 0 };
}

/** `out` is the output root; `head` says what the command is for. A folder has no workflow, so there `run` takes its place. */
export function printAdvice(
  { stretches, left, unread }: Advice,
  head: string,
  out: string,
  terminal: Terminal,
): void {
  for (const { days, rules } of stretches) {
    const isBucket = out.startsWith('gs://');
    const products = rules === undefined ? '' : productWords(rules);
    const recording = rules === undefined ? '' : recordingWords(rules);
    const words = [
      isBucket ? 'flowbars backfill' : `flowbars run --raw RAW --out ${shellWord(out)}`,
      rangeWords(days),
      products,
      '--outputs bars,signals,patterns',
      isBucket ? '' : recording,
    ];
    printCommand(head, words.filter((word) => word !== '').join(' '), terminal);
    // The rules of a workflow are those of its job.
    if (isBucket && recording !== '') {
      printFolded(`published with ${recording}: the job needs the same options`, terminal);
    }
  }
  if (unread > 0) {
    const said = `its options are those of ${RULED_DAYS_MAX} symbol-days; ${formatCount(unread)} more were not looked at`;
    printFolded(said, terminal);
  }
  if (left > 0) printFolded(`… and ${formatCount(left)} more symbol-days`, terminal);
}

function rangeWords(days: readonly NamedDay[]): string {
  const names = [...new Set(days.map(({ symbol }) => symbol))];
  const symbols = names.length > SYMBOLS_NAMED ? 'all' : names.join(',');
  const dates = days.map(({ date }) => date).toSorted();
  return `--symbols ${symbols} --from ${dates.at(0) ?? ''} --to ${dates.at(-1) ?? ''}`;
}

/** Of days in order: those that follow each other with the same rules. */
function alikeRuns(days: readonly RuledDay[]): Stretch[] {
  const runs: { days: RuledDay[]; rules: DayRules | undefined }[] = [];
  for (const day of days) {
    const last = runs.at(-1);
    const [first] = last?.days ?? [];
    if (first !== undefined && wordsOf(first) === wordsOf(day)) last?.days.push(day);
    else runs.push({ days: [day], rules: day.rules });
  }
  return runs;
}

function wordsOf({ rules }: RuledDay): string {
  return rules === undefined ? '' : `${productWords(rules)} ${recordingWords(rules)}`.trim();
}

function productWords(rules: DayRules): string {
  return ruleWords({ ...defaultRules(DAY_RULES), ...joinedProducts(rules, PATTERN_PRODUCTS) });
}

function recordingWords(rules: DayRules): string {
  return ruleWords({ ...rules, ...USUAL_PRODUCTS });
}
