/** Follows a workflow execution to its end and prints the result of its run. */
import type { StopSignal } from '../../edge/process/stop-signal.js';
import { watchExecution } from '../../jobs/drive/watch-execution.js';
import { readRunView } from '../../jobs/stored/run-view.js';
import type { World } from '../command/command.js';
import { exitCodeOfSignal } from '../command/exit-code.js';
import { untilStopped } from '../command/until-stopped.js';
import { effectsOf } from '../compute/open-run.js';
import { finalizedDates, printResult } from '../compute/result.js';
import type { Given } from '../option/option.js';
import { askedFormat } from '../screen/output.js';
import { openWatch } from '../screen/watch.js';
import type { Deployment } from './deployment.js';
import { exitCodeOfRun, sayEnd } from './execution-end.js';
import { ExecutionDisplay } from './execution-progress.js';
import { openDeployment } from './deployment.js';
import { executionArgument } from './follow.js';
import { parseRunId } from '../option/option-forms.js';

export async function executeFollow(given: Given, world: World): Promise<number> {
  // gcloud lists full names.
  const name = given.argument(executionArgument).split('/executions/').at(-1) ?? '';
  const id = parseRunId(name, 'flowbars follow');
  const opened = await untilStopped(openDeployment(given, world), world);
  if (typeof opened === 'string') return leave(id, opened, world);
  return await followExecution(id, opened, given, world);
}

/** Returns the exit code of the run. A signal stops only the following; the execution continues. */
export async function followExecution(
  id: string,
  { workflow, roots }: Deployment,
  given: Given,
  world: World,
): Promise<number> {
  const begun = await untilStopped(workflow.look(id), world);
  if (typeof begun === 'string') return leave(id, begun, world);
  const watch = openWatch(given, world, new ExecutionDisplay(begun.startedMs));
  const effects = { ...effectsOf(roots, world, watch.log), workflow };
  const watching = watchExecution(id, { ...effects, stopped: world.stopped });
  const watched = await untilStopped(watching, world).finally(watch.close);
  if (typeof watched === 'string') return leave(id, watched, world);
  const { end, plan } = watched;
  sayEnd(end, world);
  const view = await untilStopped(readRunView(id, plan, effects), world);
  if (typeof view === 'string') return exitCodeOfSignal(view);
  const { symbolDays, records, summary } = view;
  const exitCode = exitCodeOfRun(end, view);
  const { state, error } = end;
  const document = { execution: id, state, error: error ?? null, good: false, ...summary, records };
  const result = { runId: id, outRoot: roots.out.root, symbolDays, records, exitCode, document };
  const stored = { hasSummary: summary !== undefined, manifestDates: finalizedDates(records) };
  printResult({ ...result, ...stored }, askedFormat(given), world);
  return exitCode;
}

export function leave(id: string, signal: StopSignal, { stderr }: World): number {
  stderr.write(`stopped following; execution ${id} continues: flowbars follow ${id}\n`);
  return exitCodeOfSignal(signal);
}
