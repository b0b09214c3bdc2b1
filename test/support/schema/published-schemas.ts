/** What docs/schema publishes: a JSON Schema of each declared document, under its name. */
import { CALENDAR_SHAPES } from '../../../src/core/calendar/calendar-shape.js';
import { ESTIMATE_SHAPES } from '../../../src/core/cost/estimate-shape.js';
import { repairShapes } from '../../../src/core/repair/repair-shape.js';
import { storedJson } from '../../../src/core/stored/json-shape.js';
import { MANIFEST_SHAPES } from '../../../src/core/stored/manifest.js';
import { REPORT_SHAPES } from '../../../src/core/stored/quality-report.js';
import { SUMMARY_SHAPES } from '../../../src/core/stored/run-summary.js';
import type { Shapes } from '../../../src/core/shape/shape.js';
import { jsonSchema } from './json-schema.js';

const DOCUMENTS: readonly (readonly [name: string, title: string, shapes: Shapes])[] = [
  ['quality', 'Quality report of a symbol-day', REPORT_SHAPES],
  ['manifest', 'Manifest of a day', MANIFEST_SHAPES],
  ['record', 'Record of a symbol-day in a run', MANIFEST_SHAPES],
  ['summary', 'Summary of a run', SUMMARY_SHAPES],
  ['calendar', 'Calendar', CALENDAR_SHAPES],
  ['estimate', 'Document of flowbars backfill --dry-run and rerun --dry-run', ESTIMATE_SHAPES],
  ['repair', 'Document of flowbars repair', repairShapes()],
];

/** Texts by file name. */
export function publishedSchemas(): Map<string, string> {
  return new Map(
    DOCUMENTS.map(([name, title, shapes]) => [
      `${name}.json`,
      storedJson(jsonSchema(title, name, shapes)),
    ]),
  );
}
