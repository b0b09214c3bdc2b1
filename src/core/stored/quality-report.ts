/**
 * The stored quality report of a symbol-day, declared once; docs/OUTPUT.md explains it.
 * Fields have the names and the order of the file.
 */
import { FINDING_SHAPES } from '../finding/finding.js';
import { DAY_RULES, type RulesShape, type RuleTable } from '../rule/rule-table.js';
import { rulesShape } from '../rule/rules.js';
import type { ValueOf } from '../shape/shape.js';
import { DAY_SHAPES, REPORT_PARTS } from './report-parts.js';

export const QUALITY_REPORT = {
  quality: {
    is: 'object',
    about:
      'What was recorded of a symbol on a UTC day, the outcome of every row, and the files made from it.',
    fields: {
      schema_version: { is: 'ref', to: 'schema_version' },
      code_version: { is: 'ref', to: 'code_version' },
      symbol: { is: 'ref', to: 'symbol' },
      date: { is: 'ref', to: 'date' },
      status: {
        is: 'ref',
        to: 'published_status',
        about: 'complete, partial or empty; a failed day has no stored report.',
      },
      dataset: { is: 'ref', to: 'dataset' },
      options: { is: 'ref', to: 'rules', about: 'The options of the computation.' },
      rows: {
        is: 'object',
        about: "Rows of the day's readable chunks and edges, each in exactly one count.",
        fields: {
          trades: { is: 'ref', to: 'trade_rows', about: 'Rows of the trades stream.' },
          depth: { is: 'ref', to: 'depth_rows', about: 'Rows of the depth stream.' },
        },
      },
      chunk_minutes: {
        is: 'object',
        about: 'Chunk minutes by stream.',
        fields: {
          trades: { is: 'ref', to: 'chunk_minutes', about: 'Those of the trades stream.' },
          depth: { is: 'ref', to: 'chunk_minutes', about: 'Those of the depth stream.' },
        },
      },
      levels: {
        is: 'ref',
        to: 'levels',
        orNull: true,
        about: "Levels per side in the day's well-formed snapshots; null without any.",
      },
      seed: {
        is: 'ref',
        to: 'seed',
        orNull: true,
        about: 'The price carried into 00:00; null if none was found.',
      },
      trade_ids: { is: 'ref', to: 'trade_ids', about: 'What consecutive trade ids prove.' },
      quote_rule: {
        is: 'ref',
        to: 'quote_rule',
        about: 'Whether the book confirms the recorded aggressors.',
      },
      outages: {
        is: 'list',
        of: { is: 'ref', to: 'outage' },
        about: 'Times in which a stream was not recorded.',
      },
      quiet_seconds: {
        is: 'amount',
        about: 'Seconds of holes in trades in which nothing was traded.',
      },
      unproven_seconds: {
        is: 'amount',
        about: 'Seconds of holes in trades that may be quiet or lost: nothing proves either.',
      },
      expected_seconds: {
        is: 'amount',
        about: 'Seconds in which a recording was expected.',
      },
      outage_seconds: { is: 'amount', about: 'Seconds of outage.' },
      coverage: { is: 'share', about: '1 - outage ÷ expected, cut to six decimals.' },
      malformed_rows: {
        is: 'list',
        of: { is: 'ref', to: 'malformed_row' },
        max: 20,
        about: 'The first ten malformed rows of each stream in reading order.',
      },
      findings: {
        is: 'list',
        of: { is: 'ref', to: 'finding' },
        about: 'Everything doubtful about the day.',
      },
      inputs: {
        is: 'list',
        of: { is: 'ref', to: 'input' },
        about: 'The chunks that were read, in reading order.',
      },
      sidecars: {
        is: 'list',
        of: { is: 'ref', to: 'sidecar_object' },
        about: "The recorders' sidecars that were read for the causes of outages.",
      },
      artifacts: {
        is: 'list',
        of: { is: 'ref', to: 'artifact' },
        about:
          'The files of the day: bars, signals, patterns, scoreboard; finest first, the formats of a file together.',
      },
      fingerprint: {
        is: 'name',
        about: "Digest of this report's inputs and options.",
      },
      content_sha256: {
        is: 'sha256',
        about: "SHA-256 of this file with this field's text empty: the report's seal.",
      },
    },
  },
} as const;

/** All shapes of a report; `rules` follow from their table. */
export type ReportShapes<Table> = typeof DAY_SHAPES &
  typeof FINDING_SHAPES &
  typeof REPORT_PARTS &
  typeof QUALITY_REPORT & { readonly rules: RulesShape<Table> };

export function reportShapes<Table extends RuleTable>(table: Table): ReportShapes<Table> {
  return {
    ...DAY_SHAPES,
    ...FINDING_SHAPES,
    ...REPORT_PARTS,
    ...QUALITY_REPORT,
    rules: rulesShape(table),
  };
}

type Named = ReportShapes<typeof DAY_RULES>;

export const REPORT_SHAPES: Named = reportShapes(DAY_RULES);

export type QualityReport = ValueOf<Named['quality'], Named>;
export type DayStatus = ValueOf<Named['day_status'], Named>;
export type TradeRowCounts = ValueOf<Named['trade_rows'], Named>;
export type DepthRowCounts = ValueOf<Named['depth_rows'], Named>;
export type ChunkMinuteCounts = ValueOf<Named['chunk_minutes'], Named>;
export type MalformedRow = ValueOf<Named['malformed_row'], Named>;
export type TradeIdEvidence = ValueOf<Named['trade_ids'], Named>;
export type QuoteRule = ValueOf<Named['quote_rule'], Named>;
export type Outage = ValueOf<Named['outage'], Named>;
export type OutageKind = Outage['kind'];
export type OutageCause = ValueOf<Named['outage_cause'], Named>['cause'];
export type SidecarObject = ValueOf<Named['sidecar_object'], Named>;
export type InputObject = ValueOf<Named['input'], Named>;
export type InputRole = InputObject['role'];
export type Artifact = ValueOf<Named['artifact'], Named>;
export type Levels = ValueOf<Named['levels'], Named>;
