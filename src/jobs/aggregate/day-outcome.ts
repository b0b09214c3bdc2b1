/** Types of a symbol-day between its steps: as computed, and its outcome. */
import type { DayEvidence } from '../../core/day/day-evidence.js';
import type { DayFeatures } from '../../core/pass/day-folds.js';
import type { Finding } from '../../core/finding/finding.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type {
  InputObject,
  QualityReport,
  SidecarObject,
} from '../../core/stored/quality-report.js';
import type { PublishedReport } from '../../core/stored/stored-shapes.js';

export interface ComputedDay {
  readonly day: SymbolDay;
  readonly features: DayFeatures;
  readonly evidence: DayEvidence;
  /** The objects read, in reading order. */
  readonly inputs: readonly InputObject[];
  /** The recorders' sidecars read for the causes of its outages, in order of their names. */
  readonly sidecars: readonly SidecarObject[];
}

export type DayOutcome =
  | { readonly outcome: 'unchanged'; readonly report: PublishedReport }
  | {
      readonly outcome: 'published';
      readonly report: QualityReport;
      /** Findings of this run alone: the report's bytes do not depend on what was there before. */
      readonly notes?: readonly Finding[];
      readonly computed: ComputedDay;
    }
  | {
      readonly outcome: 'failed';
      readonly findings: readonly Finding[];
      readonly computed?: ComputedDay;
    };
