/** Every command, in the order of the help page. */
import { aggregateCommand } from './steps/aggregate.js';
import { completionCommand } from './about/completion.js';
import { helpCommand } from './about/help.js';
import { versionCommand } from './about/version.js';
import { backfillCommand } from './execution/backfill.js';
import { datasetCommand } from './dataset/dataset.js';
import { exportCommand } from './export/export.js';
import { checkCommand } from './examine/check.js';
import type { Command } from './command/command.js';
import { patternsCommand } from './pattern/patterns.js';
import { scoreboardCommand } from './pattern/scoreboard.js';
import { planCommand } from './steps/plan.js';
import { finalizeCommand } from './steps/finalize.js';
import { explainCommand } from './explain/explain.js';
import { followCommand } from './execution/follow.js';
import { inspectCommand } from './examine/inspect.js';
import { importCommand } from './import/import.js';
import { lsCommand } from './ls/ls.js';
import { recordCommand } from './record/record.js';
import { repairCommand } from './repair/repair.js';
import { reportCommand } from './report/report.js';
import { rerunCommand } from './execution/rerun.js';
import { runCommand } from './steps/run.js';
import { sampleCommand } from './sample/sample.js';
import { statusCommand } from './status/status.js';
import { summarizeCommand } from './steps/summarize.js';
import { taskCommand } from './steps/task.js';
import { evaluateCommand } from './train/evaluate.js';
import { trainCommand } from './train/train.js';
import { scoreCommand } from './score/score.js';
import { viewCommand } from './view/view.js';

const working: readonly Command[] = [
  importCommand,
  runCommand,
  aggregateCommand,
  planCommand,
  taskCommand,
  finalizeCommand,
  summarizeCommand,
  statusCommand,
  patternsCommand,
  scoreboardCommand,
  exportCommand,
  datasetCommand,
  trainCommand,
  evaluateCommand,
  scoreCommand,
  viewCommand,
  reportCommand,
  backfillCommand,
  rerunCommand,
  followCommand,
  repairCommand,
  recordCommand,
  lsCommand,
  sampleCommand,
  checkCommand,
  inspectCommand,
  explainCommand,
  helpCommand,
  versionCommand,
];

export const commands: readonly Command[] = [...working, completionCommand(working)];
