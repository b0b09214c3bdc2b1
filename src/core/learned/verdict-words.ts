/** What an evaluation says, in sentences: the verdicts, what costs ask for, and what could not be judged. */
import type { Evaluation, JudgedModel, Placebo } from './evaluation-shape.js';
import { counted, fixed, NO_FIGURE, percent, signedFixed } from './figure-text.js';

/** `no skill shown by 5 models` or `skill shown by lightgbm; none by 4 models`. */
export function verdictSentence({ models }: Evaluation): string {
  const judged = models.filter(({ status }) => status === 'judged');
  const skilled = judged.filter(({ verdict }) => verdict.skill).map(({ name }) => name);
  const others = counted(judged.length - skilled.length, 'model');
  const open = models.length - judged.length;
  const parts = [
    ...(skilled.length > 0 ? [`skill shown by ${skilled.join(', ')}`] : []),
    ...(judged.length > skilled.length
      ? [skilled.length > 0 ? `none by ${others}` : `no skill shown by ${others}`]
      : []),
    ...(open > 0 ? [`${counted(open, 'model')} not judged`] : []),
  ];
  return parts.length === 0 ? 'no model' : parts.join('; ');
}

/** How to read the verdicts, on page and screen. */
export const VERDICT_RULE =
  'Skill is shown only where the lower ends of log-loss skill and AUC lie above 0 and 0.5 and every placebo is clean. No skill shown is no error: it is the usual answer.';

/** Whether the figures are those of sealed days, and how unseen these still are. */
export function sealWords(seal: Evaluation['sealed']): string {
  if (seal === null) return 'not opened';
  const { opening, again } = seal;
  const times = again
    ? `opened ${opening} times, so they are no longer unseen`
    : 'opened for the first time';
  return `${times}: the figures are theirs`;
}

/** The verdict of one model in words, a sentence that also holds for one that was not judged. */
export function modelVerdict({ status, detail, verdict }: JudgedModel): string {
  if (status === 'judged') return verdict.text;
  return `not judged${detail === '' ? '' : `: ${detail}`}`;
}

/** What a cost asks for: `10 bps: 149 % of directions right, which is impossible`. */
export function costWords(cost: Evaluation['costs'][number]): string {
  const { round_trip_bps: bps, break_even_accuracy: share } = cost;
  const odd = share !== null && share > 1 ? ', which is impossible' : '';
  const needed = share === null ? 'not known' : `${neededText(share)} of directions right${odd}`;
  return `${bps} bps: ${needed}`;
}

/** The same for a cell: `149 %: impossible`. */
export function costNeeds({ break_even_accuracy: share }: Evaluation['costs'][number]): string {
  if (share === null) return NO_FIGURE;
  return share > 1 ? `${neededText(share)}: impossible` : neededText(share);
}

function neededText(share: number): string {
  return percent(share, share > 1 ? 0 : 1);
}

/** `4 of 4 clean`, `1 of 4 not clean`, `not run`. */
export function placebosWords(placebos: readonly Placebo[]): string {
  const run = placebos.filter(({ status }) => status !== 'not_run');
  if (run.length === 0) return 'not run';
  const dirty = run.filter(({ status }) => status === 'not_clean').length;
  const rest = run.length < placebos.length ? `, ${placebos.length - run.length} not run` : '';
  const all = `${dirty === 0 ? run.length : dirty} of ${run.length}`;
  return `${all} ${dirty === 0 ? 'clean' : 'not clean'}${rest}`;
}

/** What was to be seen in each placebo, for a person who does not know its name. */
const PLACEBO_WORDS: ReadonlyMap<string, string> = new Map([
  ['shuffled', 'shuffled labels'],
  ['day_old', 'features of another day'],
  ['martingale', 'a market turned by coins'],
  ['planted_leak', 'a planted leak'],
]);

export function placeboName(kind: string): string {
  return PLACEBO_WORDS.get(kind) ?? kind.replaceAll('_', ' ');
}

/** `clean`, `not clean`, `not run`; of a leak whether it was found. */
export function statusWords(placebo: Placebo): string {
  if (placebo.status === 'not_run') return 'not run';
  const isClean = placebo.status === 'clean';
  if (isLeak(placebo)) return isClean ? 'found' : 'not found';
  return isClean ? 'clean' : 'not clean';
}

/** A planted leak must be found; in all others nothing may be. */
export function isLeak({ kind }: Placebo): boolean {
  return kind === 'planted_leak';
}

/** Folds of a model that were not judged, each with its reason. */
export function openFolds({ folds }: JudgedModel): string[] {
  return folds
    .filter(({ status }) => status === 'not_judged')
    .map(({ fold, detail }) => `fold ${fold} is not judged: ${reasonOf(detail)}`);
}

export function reasonOf(detail: string): string {
  return detail === '' ? 'no reason is given' : detail;
}

/** What the data could show at all: trials, smallest AUC, how far the price moves. */
export function reachWords({
  trials,
  smallest_auc: auc,
  mean_abs_return_bps: moved,
}: Evaluation): string[] {
  return [
    `${counted(trials, 'trial')} on this dataset so far: the more there are, the likelier one looks good by chance.`,
    auc === null
      ? `The smallest AUC that these rows can tell from 0.5 is not known (${NO_FIGURE}).`
      : `These rows can tell an AUC of ${fixed(auc)} or more from 0.5; what is smaller stays unseen.`,
    moved === null
      ? `How far the price moves is not known (${NO_FIGURE}).`
      : `In the horizon the price moves ${signedFixed(moved, 1).replace('+', '')} bps on average.`,
  ];
}
