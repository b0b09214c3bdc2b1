/**
 * `flowbars run`: the whole workflow on this machine. It stores the same plan, starts the same
 * `task`, `finalize` and `summarize` as Cloud Run, and prints the result.
 */
import { plannedDays } from '../../core/plan/planned-days.js';
import type { RunPlan } from '../../core/plan/stored-plan.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { RunRecord } from '../../core/stored/manifest.js';
import type { RunSummary } from '../../core/stored/run-summary.js';
import { INDEX_NAME } from '../../core/site/links.js';
import type { StopSignal } from '../../edge/process/stop-signal.js';
import type { LocalRunResult } from '../../jobs/drive/run-locally.js';
import { planRun } from '../../jobs/plan/plan-run.js';
import type { Effects } from '../../jobs/ports.js';
import { recordedLine } from '../../jobs/recorded/recorded-line.js';
import { withWhatLiesThere } from '../../jobs/recorded/say-what-lies.js';
import { readRecords, readSummary } from '../../jobs/stored/read-run.js';
import type { World } from '../command/command.js';
import { declaredGiven } from '../command/declared-given.js';
import { EXIT_WORLD } from '../command/exit-code.js';
import { untilStopped } from '../command/until-stopped.js';
import type { Given } from '../option/option.js';
import { exitCodeOfRun, manifestDates } from './local-run-end.js';
import { namedRoots } from './named-roots.js';
import { effectsOf } from './open-run.js';
import { optionsRequest, plannedGiven } from './plan-request.js';
import { openRoots, readRules } from './request.js';
import { printResult } from './result.js';
import { runPhases } from './run-phases.js';
import { askedFormat } from '../screen/output.js';
import { openSite } from '../site/open-site.js';
import { printLine } from '../screen/page.js';
import { openWatch, sayStopped } from '../screen/watch.js';

export async function executeRun(given: Given, world: World): Promise<number> {
  const asked = askedFormat(given);
  const roots = openRoots(given);
  const opened = openSite(given, roots);
  const watch = openWatch(given, world, 0);
  const effects = effectsOf(roots, world, watch.log);
  const ran = await runPlan(given, world, effects).finally(watch.close);
  if ('stoppedBy' in ran) return sayStopped(ran.stoppedBy, world);
  const { plan, done, symbolDays, summary } = ran;
  const runId = plan.run_id;
  const rules = readRules(plannedGiven(plan, given), []);
  const records = await withWhatLiesThere(ran.records, rules, roots.raw);
  const exitCode = exitCodeOfRun(done, summary);
  const document = { run_id: runId, good: false, ...summary, records };
  const outRoot = roots.out.root;
  const result = { runId, outRoot, symbolDays, records, exitCode, document };
  const stored = { hasSummary: summary !== undefined, manifestDates: manifestDates(plan, done) };
  printResult({ ...result, ...stored }, asked, world);
  if (opened !== undefined && exitCode !== EXIT_WORLD) {
    printLine(`pages: ${opened.site.root}/${INDEX_NAME}`, world.stderr);
  }
  if (summary !== undefined && summary.statuses.empty === summary.symbol_days) {
    const symbols = plan.symbols_found ? undefined : plan.symbols;
    const search = { layout: rules, symbols, from: undefined, to: undefined };
    printLine(await recordedLine(search, roots.raw), world.stderr);
  }
  return exitCode;
}

interface Ran {
  readonly plan: RunPlan;
  readonly done: LocalRunResult<StopSignal>;
  readonly symbolDays: readonly SymbolDay[];
  readonly summary: RunSummary | undefined;
  readonly records: readonly RunRecord[];
}

/** Stores the plan, runs its phases, then reads what they stored. */
async function runPlan(
  given: Given,
  world: World,
  effects: Effects,
): Promise<Ran | { readonly stoppedBy: StopSignal }> {
  const plan = await untilStopped(planOf(given, world, effects), world);
  if (typeof plan === 'string') return { stoppedBy: plan };
  const done = await runPhases(plan, given, world, effects.log);
  if (done.stoppedBy !== undefined) return { stoppedBy: done.stoppedBy };
  const symbolDays = plannedDays(plan);
  const summary = await readSummary(plan.run_id, effects);
  const records = await readRecords(plan.run_id, symbolDays, effects);
  return { plan, done, symbolDays, summary, records };
}

async function planOf(given: Given, world: World, effects: Effects): Promise<RunPlan> {
  const roots = namedRoots(effects);
  const request = optionsRequest(await declaredGiven(given, roots.raw), world.clock);
  return await planRun(request, { ...effects, ...roots });
}
