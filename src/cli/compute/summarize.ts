/** `flowbars summarize`: the last step of a run, which says whether it is good. */
import { plannedDays } from '../../core/plan/planned-days.js';
import type { RunSummary } from '../../core/stored/run-summary.js';
import { codeVersion } from '../../edge/process/version.js';
import { summarizeRun } from '../../jobs/finalize/summarize-run.js';
import type { Log } from '../../jobs/ports.js';
import { readRecords } from '../../jobs/stored/read-run.js';
import type { World } from '../command/command.js';
import { EXIT_GOOD, EXIT_NOT_GOOD } from '../command/exit-code.js';
import type { Given } from '../option/option.js';
import * as options from '../option/options.js';
import { openSite } from '../site/open-site.js';
import { writeSiteOfRun } from '../site/site-of-run.js';
import { type OpenedRun, openRun } from './open-run.js';
import { goodRule, summaryArguments } from './plan-request.js';
import { finalizedDates, printResult } from './result.js';
import { askedFormat } from '../screen/output.js';
import { Progress } from '../screen/progress.js';
import { openWatch } from '../screen/watch.js';

export async function executeSummarize(given: Given, world: World): Promise<number> {
  const runId = given.value(options.ownRunIdOption);
  const watch = openWatch(given, world, new Progress(0, world.clock.nowMs(), 'summarize'));
  const summarizing = summarizePlan(given, world, watch.log).finally(watch.close);
  const { run, summary, siteCode } = await summarizing;
  const { task, plan } = run;
  if (task !== undefined) return siteCode;
  const exitCode = siteCode !== EXIT_GOOD || summary.good ? siteCode : EXIT_NOT_GOOD;
  const symbolDays = plannedDays(plan);
  const records = await readRecords(runId, symbolDays, run.effects);
  const outRoot = run.roots.out.root;
  const document = { ...summary, records };
  const result = { runId, outRoot, symbolDays, records, exitCode, document };
  const stored = { hasSummary: true, manifestDates: finalizedDates(records) };
  printResult({ ...result, ...stored }, askedFormat(given), world);
  return exitCode;
}

interface Summarized {
  readonly run: OpenedRun;
  readonly summary: RunSummary;
  /** Exit code of the pages, if any are asked for. */
  readonly siteCode: number;
}

async function summarizePlan(given: Given, world: World, log: Log): Promise<Summarized> {
  const run = await openRun(given, world, log);
  // A place that is refused is, before anything is written.
  openSite(given, run.roots);
  const { plan, effects, roots } = run;
  const made = { symbolDays: plannedDays(plan), goodRule: goodRule(run.given) };
  const summary = await summarizeRun(
    {
      runId: plan.run_id,
      symbolDays: made.symbolDays,
      ...made.goodRule,
      codeVersion: codeVersion(world.environment),
      arguments: summaryArguments(plan, given),
    },
    effects,
  );
  const siteCode = await writeSiteOfRun({ ...made, roots, effects }, given, world);
  return { run, summary, siteCode };
}
