/**
 * The tasks of a run on this machine: the same `task`, `finalize` and `summarize` as in Cloud Run,
 * with the same environment. Each is a process of this program, unless it is the only one of the final
 * step or the summary; its JSON lines become events again.
 */
import type { FourParts } from '../../core/unit/errors.js';
import { type Child, type ChildEnd, startFlowbars } from '../../edge/process/child-process.js';
import { cloudRunVariables, machineVariables } from '../../edge/process/cloud-run.js';
import { blockedParts, parseLogLine } from '../../edge/process/log.js';
import type { StopSignal } from '../../edge/process/stop-signal.js';
import { lineTerminal } from '../../edge/process/terminal.js';
import { REVISION_VARIABLE } from '../../edge/process/version.js';
import type { Log } from '../../jobs/ports.js';
import type { TaskEnd, TaskRunner } from '../../jobs/drive/run-locally.js';
import type { World } from '../command/command.js';
import { EXIT_BUG, isWorldsFault } from '../command/exit-code.js';
import type { Given } from '../option/option.js';
import * as options from '../option/options.js';
import { siteOfRunOptions } from '../site/site-options.js';

/** How often a task reports its progress, and so how often a terminal is redrawn. */
const PROGRESS_MS = 250;
/** Characters shown of a stack trace. */
const TRACE_CHARACTERS_MAX = 20_000;
/** In place of the name of a Cloud Run job. */
const JOB_NAME = 'flowbars-run';
/** Where a task finds its plan and its work, and where the last one writes pages. */
const PLACE_OPTIONS = [
  options.rawOption,
  options.outOption,
  options.gcsEndpointOption,
  ...siteOfRunOptions,
];

/** The environment that all tasks of a run share. */
export function taskVariables(runId: string, given: Given, world: World): Record<string, string> {
  const places = PLACE_OPTIONS.flatMap((option) => {
    const text = given.text(option);
    return text === undefined ? [] : [[option.env, text] as const];
  });
  return {
    ...machineVariables(world.environment),
    ...Object.fromEntries(places),
    [options.runIdOption.env]: runId,
    [options.progressMsOption.env]: String(PROGRESS_MS),
    [REVISION_VARIABLE]: world.environment[REVISION_VARIABLE] ?? '',
  };
}

/** What the tasks of a run are started with. */
export interface TaskStart {
  readonly variables: Readonly<Record<string, string>>;
  /** Threads of each task of a phase with so many tasks. */
  readonly threads: (tasks: number) => number;
}

export function taskRunner(
  { variables, threads }: TaskStart,
  runId: string,
  log: Log,
  world: World,
): TaskRunner {
  return {
    isWorldsFault,
    start: ({ command, window, count }, position) => {
      const task = { job: JOB_NAME, execution: runId, count, ...position };
      const place = window === undefined ? {} : { [options.windowOption.env]: String(window) };
      const environment = {
        ...variables,
        ...place,
        ...cloudRunVariables(task),
        [options.threadsOption.env]: String(threads(count)),
      };
      const output = taskOutput(log);
      const { take } = output;
      // A symbol's memory is its own; what follows needs little, and a process takes longer to start.
      const isAlone = command !== 'task' && count === 1;
      const child =
        isAlone && world.runHere !== undefined
          ? startHere(world.runHere, command, { ...world, environment }, output)
          : startFlowbars([command], environment, { onStdout: take, onStderr: take });
      const ended = child.ended.then((end): TaskEnd => {
        const blocked = output.blocked();
        return blocked === undefined ? end : { ...end, blocked };
      });
      return { ...child, ended };
    },
  };
}

/** A task in this process. It ends with the stop, though a request under way may end later. */
function startHere(
  runHere: NonNullable<World['runHere']>,
  command: string,
  { environment, clock }: Pick<World, 'environment' | 'clock'>,
  { take, bug }: TaskOutput,
): Child {
  const stopping = Promise.withResolvers<StopSignal>();
  const terminal = lineTerminal(take);
  const { promise: stopped } = stopping;
  const running = runHere([command], {
    environment,
    clock,
    stdout: terminal,
    stderr: terminal,
    stopped,
  });
  const ended = running.then(
    (exitCode): ChildEnd => ({ exitCode, signal: undefined }),
    (error: unknown): ChildEnd => {
      bug(error);
      return { exitCode: EXIT_BUG, signal: undefined };
    },
  );
  return { ended, stop: () => stopping.resolve('SIGTERM'), kill: () => undefined };
}

interface TaskOutput {
  readonly take: (line: string) => void;
  /** As main reports it. */
  readonly bug: (error: unknown) => void;
  /** The error that no retry mends, if the task has logged one. */
  readonly blocked: () => FourParts | undefined;
}

/** Makes events of a task's lines. What no retry mends is reported once, by the run, and not by each task. */
function taskOutput(log: Log): TaskOutput {
  let blocked: FourParts | undefined;
  const take = (line: string): void => {
    const logged = parseLogLine(line);
    if (logged === undefined) {
      log.event('WARNING', 'task_output', { line });
      return;
    }
    blocked ??= blockedParts(logged);
    // The run reports a stop once, too.
    if (blocked === undefined && logged.name !== 'stopped') {
      log.event(logged.severity, logged.name, logged.fields);
    }
  };
  const bug = (error: unknown): void => {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log.event('ERROR', 'bug', { stack_trace: trace.slice(0, TRACE_CHARACTERS_MAX) });
  };
  return { take, bug, blocked: () => blocked };
}
