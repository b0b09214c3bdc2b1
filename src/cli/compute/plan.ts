/**
 * `flowbars plan`: the first task of a run. It reads the arguments of an execution and stores a plan
 * or a refusal, which the workflow and all later tasks read.
 */
import { fanOut, isPlanned } from '../../core/plan/run-plan.js';
import type { FanOut, StoredPlan } from '../../core/plan/stored-plan.js';
import { planName } from '../../core/stored/output-names.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { cloudRunTask, isCloudRunJob } from '../../edge/process/cloud-run.js';
import { type PlanEffects, planRun, storeRefusal } from '../../jobs/plan/plan-run.js';
import type { Command, World } from '../command/command.js';
import { EXIT_GOOD } from '../command/exit-code.js';
import { declaredGiven } from '../command/declared-given.js';
import { refuseUnreadable } from '../command/given.js';

import type { Given } from '../option/option.js';
import * as options from '../option/options.js';
import { formatCount, formatCounted } from '../screen/figures.js';
import { tableLines } from '../screen/table.js';
import { askedFormat, printOutput } from '../screen/output.js';
import { openWatch } from '../screen/watch.js';
import { namedRoots, namedRootsOfTask } from './named-roots.js';
import { effectsOf } from './open-run.js';
import type { Terminal } from '../../edge/process/terminal.js';
import { argumentsOption } from '../option/plan-options.js';
import { argumentsRequest } from './plan-arguments.js';
import { openRoots } from './request.js';

const COLUMNS = [
  { title: 'window', align: 'right' },
  { title: 'from', align: 'left' },
  { title: 'to', align: 'left' },
  { title: 'tasks to aggregate', align: 'right' },
  { title: 'tasks to finalize', align: 'right' },
] as const;

/** `command`: its own declaration, whose options it reads late. */
export async function executePlan(command: Command, given: Given, world: World): Promise<number> {
  const runId = given.value(options.ownRunIdOption);
  const asked = askedFormat(given);
  const roots = openRoots(given);
  const watch = openWatch(given, world, 0);
  const isTask = cloudRunTask(world.environment) !== undefined;
  const places = isTask ? namedRootsOfTask(roots) : namedRoots(roots);
  const effects = effectsOf(places, world, watch.log);
  const stored = await planOrRefuse(runId, command, given, world, effects).finally(watch.close);
  const numbers = fanOut(stored);
  const plan = `${roots.out.root}/${planName(runId)}`;
  const says =
    numbers.refused ??
    `${formatCounted(numbers.symbols, 'symbol')}, ${numbers.from}..${numbers.to}`;
  watch.log.event('INFO', 'planned', { plan, says });
  if (!isCloudRunJob(world.environment)) {
    const { windows } = numbers;
    const page = (terminal: Terminal): void => printPlan(numbers, plan, terminal);
    printOutput({ document: numbers, rows: windows, page }, asked, world);
  }
  return EXIT_GOOD;
}

/** A task stores a refusal, since the workflow waits for it; a command line prints it. */
async function planOrRefuse(
  runId: string,
  command: Command,
  given: Given,
  world: World,
  effects: PlanEffects,
): Promise<StoredPlan> {
  const isTask = cloudRunTask(world.environment) !== undefined;
  try {
    refuseUnreadable(command, given);
    const declared = await declaredGiven(given, effects.raw);
    return await planRun(argumentsRequest(declared, world.clock), effects);
  } catch (error) {
    const isRefusal = error instanceof FlowbarsError && error.kind === 'usage';
    if (!isTask || !isRefusal) throw error;
    const said = given.text(argumentsOption) ?? '';
    const stored = await storeRefusal(runId, said, error, effects);
    // The run already has another plan, which stays: only this task fails.
    if (isPlanned(stored)) throw error;
    return stored;
  }
}

function printPlan({ windows, symbols }: FanOut, plan: string, terminal: Terminal): void {
  const rows = windows.map((window, index) => [
    formatCount(index + 1),
    window.from,
    window.to,
    formatCount(window.aggregate_tasks),
    formatCount(window.finalize_tasks),
  ]);
  for (const line of tableLines(COLUMNS, rows)) terminal.write(`${line}\n`);
  const noun = symbols === 1 ? 'symbol' : 'symbols';
  terminal.write(`${formatCount(symbols)} ${noun}; plan ${plan}\n`);
}
