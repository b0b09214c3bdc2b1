/** Every command, in the order of the help page. */
import { aggregateCommand } from './aggregate.js';
import { backfillCommand } from './backfill.js';
import { checkCommand } from './check.js';
import type { Command } from './command.js';
import { finalizeCommand } from './finalize.js';
import { followCommand } from './follow.js';
import { inspectCommand } from './inspect.js';
import { repairCommand } from './repair.js';
import { rerunCommand } from './rerun.js';
import { runCommand } from './run.js';
import { sampleCommand } from './sample.js';
import { statusCommand } from './status.js';
import { summarizeCommand } from './summarize.js';
import { taskCommand } from './task.js';

export const commands: readonly Command[] = [
  runCommand,
  aggregateCommand,
  taskCommand,
  finalizeCommand,
  summarizeCommand,
  statusCommand,
  backfillCommand,
  rerunCommand,
  followCommand,
  repairCommand,
  sampleCommand,
  checkCommand,
  inspectCommand,
];
