/** Options of the commands that start a workflow execution. */
import {
  dryRunOption,
  parallelismOption,
  waitOption,
  workflowOptions,
} from './operator-options.js';
import type { Option } from './option.js';
import * as options from './options.js';
import { readingRuleOptions } from './rule-options.js';

/** Options that `backfill` and `rerun` share. */
export const startOptions: readonly Option<unknown>[] = [
  ...workflowOptions,
  ...readingRuleOptions(),
  options.forceOption,
  options.acceptRemovedOption,
  dryRunOption,
  waitOption,
  parallelismOption,
  ...options.outputOptions,
  options.noColorOption,
];
