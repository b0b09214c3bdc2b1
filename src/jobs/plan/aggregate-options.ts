/** What a task that aggregates is asked for, the same for each of its symbol-days. */
import type { DayRules } from '../../core/rule/rule-table.js';

export interface AggregateOptions {
  readonly rules: DayRules;
  readonly runId: string;
  /** Computes even what is unchanged. */
  readonly force: boolean;
  /** Version and git revision of this build, as it stands in reports and manifests. */
  readonly codeVersion: string;
  /** `_dataset.json` of the raw root; undefined where there is none. */
  readonly dataset: Readonly<Record<string, unknown>> | undefined;
}
