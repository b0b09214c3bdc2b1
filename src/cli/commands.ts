/** Every command, in the order of the help page. */
import { aggregateCommand } from './aggregate.js';
import { checkCommand } from './check.js';
import type { Command } from './command.js';
import { finalizeCommand } from './finalize.js';
import { inspectCommand } from './inspect.js';
import { runCommand } from './run.js';
import { sampleCommand } from './sample.js';
import { summarizeCommand } from './summarize.js';
import { taskCommand } from './task.js';

export const commands: readonly Command[] = [
  runCommand,
  aggregateCommand,
  taskCommand,
  finalizeCommand,
  summarizeCommand,
  sampleCommand,
  checkCommand,
  inspectCommand,
];
