/** Estimates an execution by looking at every symbol-day of its plan. Starts nothing. */
import { estimateRun } from '../../core/cost/estimate.js';
import { plannedDates, plannedDays } from '../../core/plan/planned-days.js';
import type { RunPlan } from '../../core/plan/stored-plan.js';
import { DAY_RULES } from '../../core/rule/rule-table.js';
import { SCHEMA_VERSION } from '../../core/shape/shape.js';
import type { AskedProducts } from '../../core/rule/products.js';
import { surveyRun } from '../../jobs/drive/survey-run.js';
import { readDataset } from '../../jobs/plan/dataset.js';
import type { World } from '../command/command.js';
import { effectsOf } from '../compute/open-run.js';
import { parallelismOption } from '../option/operator-options.js';
import type { Given } from '../option/option.js';
import { forceOption } from '../option/options.js';
import { givenRules } from '../option/rule-options.js';
import { openWatch } from '../screen/watch.js';
import type { Deployment } from './deployment.js';
import type { EstimateDocument } from '../../core/cost/estimate-shape.js';
import { SurveyDisplay } from './execution-progress.js';

export async function estimatePlan(
  plan: RunPlan,
  asked: AskedProducts,
  { workflow, roots }: Deployment,
  given: Given,
  world: World,
): Promise<EstimateDocument> {
  const watch = openWatch(given, world, new SurveyDisplay(world.clock.nowMs()));
  const effects = effectsOf(roots, world, watch.log);
  const options = {
    rules: givenRules(given, DAY_RULES),
    dataset: await readDataset(effects),
    force: given.value(forceOption),
    asked,
  };
  const survey = await surveyRun(plan, options, effects).finally(watch.close);
  const parallelism = given.value(parallelismOption);
  return {
    schema_version: SCHEMA_VERSION,
    workflow: workflow.name,
    raw: roots.raw.root,
    out: roots.out.root,
    from: plan.from,
    to: plan.to,
    symbols: plan.symbols.length,
    days: plannedDates(plan).length,
    symbol_days: plannedDays(plan).length,
    to_compute: survey.toCompute,
    unchanged: survey.unchanged,
    without_data: survey.withoutData,
    lost_inputs: survey.lostInputs,
    input_objects: survey.inputObjects,
    input_bytes: survey.inputBytes,
    output_files: survey.outputFiles,
    output_bytes: survey.outputBytes,
    parallelism,
    ...estimateRun(survey.windows, parallelism),
    argument: plan.arguments,
  };
}
