/** Starts or estimates a workflow execution, for `backfill` and `rerun`. */
import type { RunPlan } from '../../core/plan/stored-plan.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { StopSignal } from '../../edge/process/stop-signal.js';
import type { Terminal } from '../../edge/process/terminal.js';
import type { World } from '../command/command.js';
import { EXIT_GOOD, EXIT_NOT_GOOD, exitCodeOfSignal } from '../command/exit-code.js';
import { untilStopped } from '../command/until-stopped.js';
import { dryRunOption, waitOption } from '../option/operator-options.js';
import type { Given } from '../option/option.js';
import { formatCounted } from '../screen/figures.js';
import { draftExecution } from './draft-execution.js';
import { estimatePlan } from './dry-run.js';
import { printEstimate } from './estimate-page.js';
import type { ExecutionRequest } from './execution-request.js';
import { askedFormat, formatFor, printOutput } from '../screen/output.js';
import { followExecution } from './follow-execution.js';
import { publishedFiles, sayCompared } from './published-files.js';

/**
 * Returns the exit code of the run with --wait, else EXIT_GOOD once it is started. `comparedDay`: the
 * symbol-day whose files are compared with those before.
 */
export async function startExecution(
  request: ExecutionRequest,
  given: Given,
  world: World,
  comparedDay?: SymbolDay,
): Promise<number> {
  const drafted = await untilStopped(draftExecution(request, given, world), world);
  if (typeof drafted === 'string') return sayNothingStarted(drafted, world);
  const { plan, deployment, declared } = drafted;
  if (given.value(dryRunOption)) {
    const { resolutions, outputs, formats } = request;
    const estimating = estimatePlan(
      plan,
      { resolutions, outputs, formats },
      deployment,
      declared,
      world,
    );
    const estimate = await untilStopped(estimating, world);
    if (typeof estimate === 'string') return sayNothingStarted(estimate, world);
    printEstimate(estimate, askedFormat(given), world);
    return EXIT_GOOD;
  }
  const { out } = deployment.roots;
  const isWatched = given.value(waitOption);
  const day = isWatched ? comparedDay : undefined;
  const before = day === undefined ? undefined : await publishedFiles(day, out);
  // Ignores signals until it is known whether an execution runs.
  const id = await deployment.workflow.start(plan.arguments);
  sayStarted(id, plan, given, world);
  if (!isWatched) return EXIT_GOOD;
  const exitCode = await followExecution(id, deployment, given, world);
  const hasEnded = exitCode === EXIT_GOOD || exitCode === EXIT_NOT_GOOD;
  if (day !== undefined && before !== undefined && hasEnded) {
    sayCompared(before, await publishedFiles(day, out), world);
  }
  return exitCode;
}

function sayNothingStarted(signal: StopSignal, { stderr }: World): number {
  stderr.redraw([]);
  stderr.write(`stopped by ${signal}; nothing was started\n`);
  return exitCodeOfSignal(signal);
}

function sayStarted(
  id: string,
  { symbols, from, to, arguments: argument }: RunPlan,
  given: Given,
  world: World,
): void {
  const { stdout, stderr } = world;
  const isWatched = given.value(waitOption);
  const days = from === to ? from : `${from}..${to}`;
  const about = symbols.length === 1 ? String(symbols[0]) : formatCounted(symbols.length, 'symbol');
  const line = `started ${id}: ${about}, ${days}`;
  const asked = askedFormat(given);
  const closing = ({ write }: Terminal): void => {
    write(`${line}\n`);
    if (!isWatched) write(`follow it: flowbars follow ${id}\n`);
  };
  if (isWatched) {
    // The result of the run comes at its end.
    closing(formatFor(asked, stdout) === 'table' ? stdout : stderr);
    return;
  }
  const document = { execution: id, argument };
  printOutput({ document, rows: [document], page: () => undefined, closing }, asked, world);
}
