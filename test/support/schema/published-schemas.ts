/** What docs/schema publishes: a JSON Schema of each declared document, and the columns of each kind of file. */
import { PATTERN_EVENTS } from '../../../src/core/column/pattern-table.js';
import { SIGNALS } from '../../../src/core/column/signal-table.js';
import { CALENDAR_SHAPES } from '../../../src/core/calendar/calendar-shape.js';
import { BARS } from '../../../src/core/column/bar-table.js';
import { DATASET_SHAPES } from '../../../src/core/dataset/card-shape.js';
import { ESTIMATE_SHAPES } from '../../../src/core/cost/estimate-shape.js';
import { EXPLAINED_SHAPES } from '../../../src/core/explain/explained-shape.js';
import { SCORE_SHAPES } from '../../../src/core/forest/score-shape.js';
import { EVALUATION_SHAPES } from '../../../src/core/learned/evaluation-shape.js';
import { MODEL_CARD_SHAPES } from '../../../src/core/learned/model-card-shape.js';
import { PLAN_SHAPES } from '../../../src/core/plan/stored-plan.js';
import { RECORDING_SHAPES } from '../../../src/core/recorded/recording-shape.js';
import { repairShapes } from '../../../src/core/repair/repair-shape.js';
import { PATTERN_DOCUMENTS } from '../../../src/core/score/pattern-documents.js';
import { EXPORT_DOCUMENTS } from '../../../src/core/typed/export-document.js';
import { SIDECAR_SHAPES } from '../../../src/core/sidecar/sidecar.js';
import type { Shapes } from '../../../src/core/shape/shape.js';
import { FINALIZED_PART_SHAPES } from '../../../src/core/stored/finalized-part.js';
import { storedJson } from '../../../src/core/stored/json-shape.js';
import { MANIFEST_SHAPES } from '../../../src/core/stored/manifest.js';
import { REPORT_SHAPES } from '../../../src/core/stored/quality-report.js';
import { SUMMARY_SHAPES } from '../../../src/core/stored/run-summary.js';
import { columnsDocument } from '../column-docs.js';
import { jsonSchema } from './json-schema.js';

const DOCUMENTS: readonly (readonly [name: string, title: string, shapes: Shapes])[] = [
  ['quality', 'Quality report of a symbol-day', REPORT_SHAPES],
  ['manifest', 'Manifest of a day', MANIFEST_SHAPES],
  ['record', 'Record of a symbol-day in a run', MANIFEST_SHAPES],
  ['finalized-part', 'Part of a day that is finalized in slices', FINALIZED_PART_SHAPES],
  ['plan', 'Plan of a run', PLAN_SHAPES],
  ['fan_out', 'Numbers of a plan', PLAN_SHAPES],
  ['summary', 'Summary of a run', SUMMARY_SHAPES],
  ['scoreboard', 'Scoreboard of a symbol-day', PATTERN_DOCUMENTS],
  ['recomputed', 'Document of flowbars patterns', PATTERN_DOCUMENTS],
  ['scores', 'Document of flowbars scoreboard', PATTERN_DOCUMENTS],
  ['events', 'Document of flowbars scoreboard --events', PATTERN_DOCUMENTS],
  ['exported', 'Document of flowbars export', EXPORT_DOCUMENTS],
  ['calendar', 'Calendar', CALENDAR_SHAPES],
  ['estimate', 'Document of flowbars backfill --dry-run and rerun --dry-run', ESTIMATE_SHAPES],
  ['repair', 'Document of flowbars repair', repairShapes()],
  ['recording', 'Document of flowbars ls', RECORDING_SHAPES],
  ['sidecar', 'Sidecar of an hour of a recorder', SIDECAR_SHAPES],
  ['explained', 'Document of flowbars explain', EXPLAINED_SHAPES],
  ['dataset_card', 'Card of a dataset', DATASET_SHAPES],
  ['made_dataset', 'Document of flowbars dataset', DATASET_SHAPES],
  ['evaluation', 'Evaluation of models', EVALUATION_SHAPES],
  ['model_card', 'Card of a model', MODEL_CARD_SHAPES],
  ['day_scores', 'Scores of a symbol-day', SCORE_SHAPES],
  ['scored', 'Document of flowbars score', SCORE_SHAPES],
];

/** Texts by file name. */
export function publishedSchemas(): Map<string, string> {
  const schemas = DOCUMENTS.map(
    ([name, title, shapes]) =>
      [`${name}.json`, storedJson(jsonSchema(title, name, shapes))] as const,
  );
  return new Map([
    ...schemas,
    ['columns.json', storedJson(columnsDocument([BARS, SIGNALS, PATTERN_EVENTS]))],
  ]);
}
