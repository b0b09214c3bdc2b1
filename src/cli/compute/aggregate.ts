/** `flowbars aggregate`: some symbols in this process, without the final step. */
import { plannedDates, plannedDays, symbolTasks } from '../../core/plan/planned-days.js';
import type { RunPlan } from '../../core/plan/stored-plan.js';
import type { RunRecord } from '../../core/stored/manifest.js';
import { recordName } from '../../core/stored/output-names.js';
import { codeVersion } from '../../edge/process/version.js';
import { aggregateSymbol, isStored } from '../../jobs/aggregate/aggregate-symbol.js';
import { agreeOnDataset } from '../../jobs/plan/dataset.js';
import { draftPlan } from '../../jobs/plan/plan-run.js';
import { probeOutput } from '../../jobs/plan/probe-output.js';
import type { ComputeEffects } from '../../jobs/ports.js';
import type { World } from '../command/command.js';
import { declaredGiven } from '../command/declared-given.js';
import { EXIT_GOOD, EXIT_NOT_GOOD, EXIT_WORLD } from '../command/exit-code.js';
import type { Given } from '../option/option.js';
import * as options from '../option/options.js';
import { namedRoots } from './named-roots.js';
import { effectsOf } from './open-run.js';
import { optionsRequest } from './plan-request.js';
import { givenCrew } from '../thread/given-crew.js';
import { openRoots, readRules } from './request.js';
import { printResult } from './result.js';
import { askedFormat } from '../screen/output.js';
import { openWatch } from '../screen/watch.js';

export async function executeAggregate(given: Given, world: World): Promise<number> {
  const asked = askedFormat(given);
  const roots = openRoots(given);
  const watch = openWatch(given, world, 0);
  const effects = { ...effectsOf(roots, world, watch.log), crew: givenCrew(given) };
  const work = aggregatePlan(given, world, effects);
  const { plan, records } = await work.finally(watch.close);
  const result = { runId: plan.run_id, outRoot: roots.out.root, records };
  const stored = { symbolDays: plannedDays(plan), hasSummary: false, manifestDates: [] };
  const document = { run_id: plan.run_id, records };
  const exitCode = exitCodeOfRecords(records);
  // Only the final step and the summary can call it good.
  const goodWord = 'computed';
  printResult({ ...result, ...stored, exitCode, goodWord, document }, asked, world);
  return exitCode;
}

interface Aggregated {
  readonly plan: RunPlan;
  readonly records: readonly RunRecord[];
}

async function aggregatePlan(
  given: Given,
  world: World,
  effects: ComputeEffects,
): Promise<Aggregated> {
  const { codec, log } = effects;
  const { raw, out } = namedRoots(effects);
  const declared = await declaredGiven(given, raw);
  const request = optionsRequest(declared, world.clock);
  const { runId } = request;
  const plan = await draftPlan(request, { raw, out, codec, log });
  const dataset = await agreeOnDataset({ raw, out, codec });
  // Finds an output root that is not writable before hours of work, not after.
  for (const symbolDay of plannedDays(plan).slice(0, 1)) {
    await probeOutput(recordName(runId, symbolDay), out, codec);
  }
  const rules = readRules(declared, plannedDates(plan));
  const aggregate = {
    rules,
    runId,
    force: given.value(options.forceOption),
    acceptRemoved: given.value(options.acceptRemovedOption),
    codeVersion: codeVersion(world.environment),
    dataset,
  };
  const records: RunRecord[] = [];
  for (const { symbol, dates } of symbolTasks(plan)) {
    records.push(...(await aggregateSymbol(symbol, dates, aggregate, effects)));
  }
  return { plan, records };
}

/** Only the summary decides whether days with holes are good enough. */
function exitCodeOfRecords(records: readonly RunRecord[]): number {
  if (!records.every(isStored)) return EXIT_WORLD;
  return records.some(({ outcome }) => outcome === 'failed') ? EXIT_NOT_GOOD : EXIT_GOOD;
}
