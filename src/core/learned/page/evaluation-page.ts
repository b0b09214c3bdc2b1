/** The page of an evaluation: `report.html`, in one file that asks for nothing else. */
import { pageDocument } from '../../page/document.js';
import { html, type Markup } from '../../page/html.js';
import type { Evaluation } from '../evaluation-shape.js';
import { minutesText } from '../figure-text.js';
import { verdictSentence } from '../verdict-words.js';
import { EVALUATION_STYLE } from './evaluation-style.js';
import {
  calibrationSection,
  decileSection,
  foldSection,
  importanceSection,
  placeboSection,
} from './figure-sections.js';
import { metricsTable } from './metrics-table.js';
import { reachSection, verdictSection } from './verdict-section.js';

export interface EvaluationPage {
  readonly evaluation: Evaluation;
  /** The command that had it made. */
  readonly command: 'train' | 'evaluate';
  /** Of evaluation.json. */
  readonly sha256: string;
}

export function evaluationPage({ evaluation, command, sha256 }: EvaluationPage): string {
  const { dataset, models } = evaluation;
  const { symbols, from, to, horizon_ms: horizonMs } = dataset;
  const title = `${symbols.join(', ')} ${from} to ${to}`;
  return pageDocument({
    command,
    title: `Evaluation of ${title}`,
    style: EVALUATION_STYLE,
    body: html`<header>
        <h1>${title}: UP or DOWN in the next ${minutesText(horizonMs)}?</h1>
        <p><strong>${sentence(verdictSentence(evaluation))}</strong></p>
      </header>
      <main>
        ${verdictSection(evaluation)} ${reachSection(evaluation)}
        <section>
          <h2>Metrics</h2>
          ${metricsTable(models)}
        </section>
        ${foldSection(models)} ${calibrationSection(models)} ${placeboSection(models)}
        ${decileSection(evaluation)} ${importanceSection(models)}
      </main>
      ${footerOf(evaluation, sha256)}`,
  });
}

/** With a capital letter and a full stop. */
function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

/** What it was made by and from. */
function footerOf({ created_by: by, dataset, models }: Evaluation, sha256: string): Markup {
  const packages = Object.entries(by.packages).map(([name, version]) => `${name} ${version}`);
  const seconds = models.map(({ name, seconds: each }) => `${name} ${each.toFixed(1)} s`);
  return html`<footer>
    <h2>How it was made</h2>
    <dl class="facts">
      <dt>flowbars</dt>
      <dd>${by.flowbars}</dd>
      <dt>Python</dt>
      <dd>${[by.python, ...packages].join(', ')}</dd>
      <dt>time</dt>
      <dd>${seconds.join(', ')}</dd>
      <dt>dataset, card.json</dt>
      <dd><code>${dataset.card_sha256}</code></dd>
      <dt>evaluation.json</dt>
      <dd><code>${sha256}</code></dd>
    </dl>
    <p>All times are UTC. This page holds no figure that evaluation.json does not hold.</p>
  </footer>`;
}
