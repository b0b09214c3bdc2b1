/** Options of a task that aggregates, the same for each of its symbol-days. */
import type { DayRules } from '../../core/rule/rule-table.js';

export interface AggregateOptions {
  readonly rules: DayRules;
  readonly runId: string;
  /** Also computes unchanged symbol-days. */
  readonly force: boolean;
  /** Also computes days of which chunks are gone, from what is left. */
  readonly acceptRemoved: boolean;
  /** Version and git revision of this build, as reports and manifests list it. */
  readonly codeVersion: string;
  /** `_dataset.json` of the raw root; undefined if it has none. */
  readonly dataset: Readonly<Record<string, unknown>> | undefined;
}
