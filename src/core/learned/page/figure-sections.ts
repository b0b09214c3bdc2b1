/** The drawings of an evaluation by question, one of each model side by side, with their figures as tables. */
import { html, type Content, type Markup } from '../../page/html.js';
import { thousands } from '../../unit/words.js';
import type { Evaluation, JudgedModel, Placebo } from '../evaluation-shape.js';
import { percent, signedFixed } from '../figure-text.js';
import { costNeeds, openFolds, placeboName, reasonOf, statusWords } from '../verdict-words.js';
import { calibrationPlot } from './calibration-plot.js';
import { decilePlot } from './decile-plot.js';
import { foldPlot, foldScale } from './fold-plot.js';
import { IMPORTANCE_ROWS_MAX, importancePlot } from './importance-plot.js';
import { placeboPlot } from './placebo-plot.js';
import { figureOf } from './plot.js';

export function foldSection(models: readonly JudgedModel[]): Markup {
  const judged = models.filter(({ status }) => status === 'judged');
  const scale = foldScale(judged);
  return section('Skill by fold', {
    says: 'Log-loss skill of each test block with its interval of 95 %, by blocks of days where there are enough. Skill that is real does not live in one fold.',
    figures: judged.map((model) => figureOf(model.name, foldPlot(model, scale), foldNotes(model))),
  });
}

export function calibrationSection(models: readonly JudgedModel[]): Markup {
  const known = models.filter(({ calibration }) => calibration.length > 0);
  return section('Calibration', {
    says: 'Predicted beside happened: on the dashed line a probability is right, and a flat curve means that it says nothing. The area of a dot is its number of rows.',
    figures: known.map((model) =>
      figureOf(model.name, calibrationPlot(model), calibrationTable(model)),
    ),
  });
}

export function placeboSection(models: readonly JudgedModel[]): Markup {
  const known = models.filter(({ placebos }) => placebos.length > 0);
  return section('Placebos', {
    says: 'The same training where nothing can be found: each dot is the AUC of one run with its interval; the blue line is the model itself with its own. A planted leak is the reverse: it must be found.',
    figures: known.map((model) =>
      figureOf(model.name, placeboPlot(model), placeboList(model.placebos)),
    ),
  });
}

export function decileSection({ models, costs }: Evaluation): Markup {
  const known = models.filter(({ confidence }) => confidence.length > 0);
  return section('By confidence', {
    says: 'Mean return in basis points in the predicted direction, before costs; the dashed lines are what a round trip costs. What does not reach its line loses money.',
    figures: known.map((model) =>
      figureOf(model.name, decilePlot(model, costs), decileTable(model, costs)),
    ),
  });
}

export function importanceSection(models: readonly JudgedModel[]): Markup {
  const known = models.filter(({ importance }) => importance.length > 0);
  return section('What the models look at', {
    says: 'Share of each feature in what a model has learned, not in what is true: a model without skill has important features, too.',
    figures: known.map((model) => figureOf(model.name, importancePlot(model), moreFeatures(model))),
  });
}

function section(
  title: string,
  { says, figures }: { readonly says: string; readonly figures: readonly Markup[] },
): Markup {
  const content =
    figures.length === 0
      ? html`<p class="note">Of no model: none was judged.</p>`
      : html`<div class="figures">${figures}</div>`;
  return html`<section>
    <h2>${title}</h2>
    <p class="quiet">${says}</p>
    ${content}
  </section>`;
}

/** Why folds were not judged, and what was different in others. */
function foldNotes(model: JudgedModel): Content {
  const told = model.folds.filter(({ status, detail }) => status === 'judged' && detail !== '');
  return [
    openFolds(model).map((line) => html`<p class="note">${line}</p>`),
    told.length === 0
      ? undefined
      : html`<details>
          <summary>how it was trained</summary>
          ${told.map(({ fold, detail }) => html`<p>fold ${fold}: ${detail}</p>`)}
        </details>`,
  ];
}

function calibrationTable({ name, calibration }: JudgedModel): Markup {
  return tableOf(`calibration of ${name}`, {
    header: ['predicted', 'happened', 'rows'],
    rows: calibration.map(({ p_mean: p, up_share: up, rows }) => [
      percent(p),
      percent(up),
      thousands(rows),
    ]),
  });
}

function placeboList(placebos: readonly Placebo[]): Markup {
  return html`<ul class="placebos">
    ${placebos.map(
      (placebo) =>
        html`<li>
          ${placeboName(placebo.kind)}:
          <span class="${placebo.status === 'not_clean' ? 'bad' : 'good'}"
            >${statusWords(placebo)}</span
          >.
          <span class="quiet">${ruleWords(placebo)}</span>
        </li>`,
    )}
  </ul>`;
}

function ruleWords({ status, rule, detail }: Placebo): string {
  if (status === 'not_run') return reasonOf(detail);
  return [`Rule: ${rule}`, ...(detail === '' ? [] : [`found: ${detail}`])].join('; ');
}

function decileTable({ name, confidence }: JudgedModel, costs: Evaluation['costs']): Markup {
  return tableOf(`returns of ${name} by confidence`, {
    header: ['decile', 'rows', 'right', ...costs.map(({ round_trip_bps: bps }) => `net at ${bps}`)],
    rows: [
      ...confidence.map(({ decile, rows, accuracy, net_bps: net }) => [
        String(decile),
        thousands(rows),
        percent(accuracy),
        ...net.map((bps) => signedFixed(bps)),
      ]),
      ['needed', '', '', ...costs.map((cost) => costNeeds(cost))],
    ],
  });
}

function moreFeatures({ importance }: JudgedModel): Content {
  const more = importance.length - IMPORTANCE_ROWS_MAX;
  return more > 0 ? html`<p class="quiet">and ${more} more in evaluation.json</p>` : undefined;
}

/** Folded away, as the drawing says the same. */
function tableOf(
  label: string,
  {
    header,
    rows,
  }: { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] },
): Markup {
  return html`<details>
    <summary>the figures</summary>
    <div class="wide" tabindex="0" role="region" aria-label="${label}">
      <table>
        <thead>
          <tr>
            ${header.map((title) => html`<th scope="col" class="number">${title}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (cells) =>
              html`<tr>
                ${cells.map((cell) => html`<td class="number">${cell}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}
