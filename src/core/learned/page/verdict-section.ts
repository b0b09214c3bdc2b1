/** What comes first on the page: the verdict of each model with its reasons, then what the data could show at all. */
import { html, type Content, type Markup } from '../../page/html.js';
import { thousands } from '../../unit/words.js';
import type { Evaluation, JudgedModel } from '../evaluation-shape.js';
import { NO_FIGURE, percent } from '../figure-text.js';
import { costWords, modelVerdict, openFolds, reachWords } from '../verdict-words.js';

export function verdictSection({ models }: Evaluation): Markup {
  return html`<section aria-label="verdicts">
    <div class="verdicts">${models.map((model) => verdictCard(model))}</div>
    <p class="quiet">
      Skill is shown only where the lower ends of log-loss skill and AUC lie above 0 and 0.5 and
      every placebo is clean. No skill shown is no error: it is the usual answer.
    </p>
  </section>`;
}

function verdictCard(model: JudgedModel): Markup {
  const { name, status, verdict } = model;
  const state = status === 'not_judged' ? 'open' : verdict.skill ? 'shown' : 'none';
  const reasons = [...(status === 'judged' ? verdict.reasons : []), ...openFolds(model)];
  return html`<article class="verdict ${state}">
    <h3>${name} <span>${status === 'judged' ? verdict.text : 'not judged'}</span></h3>
    ${status === 'judged' ? undefined : html`<p>${modelVerdict(model)}</p>`}
    ${model.status === 'judged' && model.detail !== '' ? html`<p>${model.detail}</p>` : undefined}
    ${
      reasons.length === 0
        ? undefined
        : html`<ul>
            ${reasons.map((reason) => html`<li>${reason}</li>`)}
          </ul>`
    }
  </article>`;
}

export function reachSection(evaluation: Evaluation): Markup {
  const { dataset, costs, models } = evaluation;
  return html`<section>
    <h2>What these data can show</h2>
    <dl class="facts">
      ${fact('base rate', baseRateWords(models))}
      ${fact(
        'rows',
        `${thousands(dataset.rows)}, of them ${thousands(dataset.flat_rows)} FLAT, which are neither trained on nor judged; ${thousands(dataset.rows_sealed)} more are sealed`,
      )}
      ${reachWords(evaluation).map((line, index) => fact(['trials', 'smallest AUC', 'movement'][index] ?? '', line))}
      ${fact(
        'to break even',
        costs.map((cost) => html`<div>a round trip of ${costWords(cost)}</div>`),
      )}
      ${fact('sealed days', sealWords(evaluation.sealed))}
    </dl>
  </section>`;
}

function sealWords(seal: Evaluation['sealed']): string {
  if (seal === null) return 'not opened';
  const { opening, again } = seal;
  const times = again
    ? `opened ${opening} times, so they are no longer unseen`
    : 'opened for the first time';
  return `${times}: the figures of this page are theirs`;
}

function fact(label: string, value: Content): Markup {
  return html`<dt>${label}</dt>
    <dd>${value}</dd>`;
}

/** Over the folds, which are the same for all models. */
function baseRateWords(models: readonly JudgedModel[]): string {
  const rates = models.flatMap(({ folds }) => folds.flatMap(({ base_rate: rate }) => rate ?? []));
  if (rates.length === 0) return `${NO_FIGURE}: no fold is judged`;
  const [low, high] = [percent(Math.min(...rates)), percent(Math.max(...rates))];
  const range = low === high ? low : `${low} to ${high}`;
  return `${range} of the training rows are UP: what every model has to beat`;
}
