/** The figures of all models as a table, each with the intervals of both kinds of blocks. */
import { html, type Markup } from '../../page/html.js';
import type { Interval, JudgedModel, Metrics } from '../evaluation-shape.js';
import { fixed, NO_FIGURE, rangeText, signedPercent } from '../figure-text.js';
import { reasonOf } from '../verdict-words.js';
import { thousands } from '../../unit/words.js';

interface Column {
  readonly title: string;
  readonly says: string;
  readonly intervalOf: (metrics: Metrics) => Interval;
  readonly text: (value: number | null) => string;
}

const COLUMNS: readonly Column[] = [
  {
    title: 'log-loss skill',
    says: '0: the base rate',
    intervalOf: (metrics) => metrics.log_loss_skill,
    text: (value) => signedPercent(value),
  },
  {
    title: 'Brier skill',
    says: '0: the base rate',
    intervalOf: (metrics) => metrics.brier_skill,
    text: (value) => signedPercent(value),
  },
  {
    title: 'AUC',
    says: '0.5: a coin',
    intervalOf: (metrics) => metrics.auc,
    text: (value) => fixed(value),
  },
  {
    title: 'accuracy lift',
    says: 'over one side',
    intervalOf: (metrics) => metrics.accuracy_lift,
    text: (value) => signedPercent(value),
  },
];

export function metricsTable(models: readonly JudgedModel[]): Markup {
  return html`<div class="wide" tabindex="0" role="region" aria-label="metrics of all models">
      <table class="metrics">
        <thead>
          <tr>
            <th scope="col">model</th>
            <th scope="col" class="number">rows</th>
            ${COLUMNS.map(({ title, says }) => html`<th scope="col" class="number">${title}<small>${says}</small></th>`)}
            <th scope="col" class="number">slope<small>1: right</small></th>
            <th scope="col" class="number">error<small>0: right</small></th>
            <th scope="col" class="number">p<small>by rotation</small></th>
          </tr>
        </thead>
        <tbody>
          ${models.map((model) => modelRow(model))}
        </tbody>
      </table>
    </div>
    <p class="quiet">
      Below each figure its intervals of 95 %: by blocks of 4 hours, then by blocks of days. Rows
      that follow each other are alike, so intervals that ignore it would be much too narrow. Slope
      and error are those of calibration: below 1 a model is too sure of itself. p: the share of
      rotations of the predictions within their days that are at least as good. ${NO_FIGURE}: there
      is no such figure, since the rows do not suffice for it or the model has nothing of the kind.
    </p>`;
}

function modelRow({ name, status, pooled, detail, p_value: p }: JudgedModel): Markup {
  if (status === 'not_judged') {
    const cells = COLUMNS.length + 4;
    return html`<tr>
      <th scope="row">${name}</th>
      <td colspan="${cells}" class="quiet">not judged: ${reasonOf(detail)}</td>
    </tr>`;
  }
  const { rows, calibration_slope: slope, calibration_error: error } = pooled;
  return html`<tr>
    <th scope="row">${name}</th>
    <td class="number">${thousands(rows)}</td>
    ${COLUMNS.map(({ intervalOf, text }) => intervalCell(intervalOf(pooled), text))}
    <td class="number">${fixed(slope, 2)}</td>
    <td class="number">${fixed(error)}</td>
    <td class="number">${fixed(p)}</td>
  </tr>`;
}

function intervalCell(interval: Interval, text: (value: number | null) => string): Markup {
  const { value, low_4h: low4h, high_4h: high4h, low_day: low, high_day: high } = interval;
  return html`<td class="number">
    ${text(value)}<small>${rangeText(low4h, high4h, text)}</small
    ><small>${rangeText(low, high, text)}</small>
  </td>`;
}
