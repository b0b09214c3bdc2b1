/** The page of an evaluation on a terminal: what was judged, a row per model, then why. */
import type { Evaluation, JudgedModel } from '../../core/learned/evaluation-shape.js';
import {
  fixed,
  mainRange,
  minutesText,
  pText,
  rangeText,
  signedPercent,
} from '../../core/learned/figure-text.js';
import {
  costWords,
  modelVerdict,
  openFolds,
  placebosWords,
  reachWords,
  sealWords,
  VERDICT_RULE,
} from '../../core/learned/verdict-words.js';
import type { Terminal } from '../../edge/process/terminal.js';
import { formatCount } from '../screen/figures.js';
import { pageColumns, printFacts, printFolded, printHanging } from '../screen/page.js';
import { type TableColumn, tableLines } from '../screen/table.js';
import { cutToWidth, printable } from '../screen/text-width.js';

const COLUMNS: readonly TableColumn[] = [
  { title: 'model', align: 'left' },
  { title: 'skill', align: 'right' },
  { title: '95 %', align: 'left' },
  { title: 'AUC', align: 'right' },
  { title: '95 %', align: 'left' },
  { title: 'p', align: 'right' },
  { title: 'placebos', align: 'left' },
];

export function printEvaluation(evaluation: Evaluation, terminal: Terminal): void {
  printFacts(factsOf(evaluation), terminal);
  terminal.write('\n');
  const width = pageColumns(terminal);
  const [header = '', rule = '', ...lines] = tableLines(COLUMNS, evaluation.models.map(cellsOf));
  terminal.write(`${terminal.paint('bold', cutToWidth(header, width))}\n`);
  for (const line of [rule, ...lines]) terminal.write(`${cutToWidth(line, width)}\n`);
  terminal.write('\n');
  for (const model of evaluation.models) printVerdict(model, terminal);
  terminal.write('\n');
  printFolded(VERDICT_RULE, terminal);
  terminal.write('\n');
}

function factsOf(evaluation: Evaluation): Parameters<typeof printFacts>[0] {
  const { dataset, costs } = evaluation;
  const { symbols, from, to, rows, flat_rows: flat, rows_sealed: sealed } = dataset;
  const asked = `UP or DOWN in ${minutesText(dataset.horizon_ms)}, log-loss skill against the base rate of training`;
  return [
    { label: 'dataset', value: `${symbols.join(', ')} ${from} to ${to}` },
    {
      label: 'rows',
      value: `${formatCount(rows)}, ${formatCount(flat)} FLAT, ${formatCount(sealed)} sealed`,
    },
    { label: 'judged', value: asked },
    { label: 'reach', value: reachWords(evaluation) },
    { label: 'to break even', value: costs.map(costWords) },
    { label: 'sealed days', value: sealWords(evaluation.sealed) },
  ];
}

function cellsOf({ name, pooled, p_value: p, placebos }: JudgedModel): string[] {
  const { log_loss_skill: skill, auc } = pooled;
  return [
    printable(name),
    signedPercent(skill.value),
    rangeText(...mainRange(skill), signedPercent),
    fixed(auc.value),
    rangeText(...mainRange(auc), fixed),
    pText(p),
    placebosWords(placebos),
  ];
}

function printVerdict(model: JudgedModel, terminal: Terminal): void {
  const { name, verdict } = model;
  printHanging(`${printable(name)}: `, modelVerdict(model), terminal);
  for (const line of [...verdict.reasons, ...openFolds(model)]) printHanging('  ', line, terminal);
}
