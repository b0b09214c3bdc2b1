/** What the evaluation of models says, verdict by verdict. Texts of its file reach no report. */
import type { Evaluation, JudgedModel } from './evaluation.js';
import { type Fact, type FactDraft, factsOf } from './fact.js';

export const EVALUATION_NAME = 'evaluation.json';
/** Models of a sheet: the letters of their ids. */
export const MODEL_LETTERS = 'abcdefghij';
const SKILL_DECIMALS = 4;

/** A name that a report prints; any other one is left out. */
const NAMES = /^[a-z][a-z0-9_-]{0,31}$/u;
/** The project's own models, by whose words a name is known to be a name and no sentence. */
const KNOWN = /^(?:lightgbm|xgboost|logistic|last_sign|constant|(?:chronos|moirai)[a-z0-9_-]*)$/u;

/** `root`: the folder of the evaluation as a shell reads it. */
export function modelFacts(evaluation: Evaluation | undefined, root: string): Fact[] {
  const models = evaluation?.models.slice(0, MODEL_LETTERS.length) ?? [];
  return factsOf(
    'model',
    models.map((model, index) => modelFact(model, index, root)),
  );
}

function modelFact(model: JudgedModel, index: number, root: string): FactDraft {
  const name =
    NAMES.test(model.name) && KNOWN.test(model.name) ? model.name : 'a model of another name';
  const isJudged = model.status === 'judged';
  const verdict = !isJudged ? 'not judged' : model.verdict.skill ? 'skill shown' : 'no skill shown';
  return {
    id: `model.${MODEL_LETTERS[index] ?? ''}`,
    value: verdict,
    unit: 'verdict',
    text: `${name}: ${verdict}${isJudged ? skillText(model) : ''}`,
    mandatory: true,
    source: `${EVALUATION_NAME} models ${index}`,
    derivation: 'verdict.skill in words; skill and interval rounded to 4 decimals',
    trace: `python3 -m json.tool ${root}/${EVALUATION_NAME}`,
  };
}

function skillText({ pooled }: JudgedModel): string {
  if (pooled === null) return '';
  const { value, low_4h: low, high_4h: high } = pooled.log_loss_skill;
  if (value === null) return '';
  const range =
    low === null || high === null
      ? ''
      : `, 95 % interval ${decimalText(low)} to ${decimalText(high)}`;
  return ` (log-loss skill ${decimalText(value)}${range})`;
}

/** Without the sign of a zero. */
function decimalText(value: number): string {
  return value.toFixed(SKILL_DECIMALS).replace(/^-(?=[0.]+$)/u, '');
}
