/**
 * The tasks of a run on this machine: the same `task`, `finalize` and `summarize` as in Cloud Run,
 * with the same environment. Each is a process of this program; its JSON lines become events again.
 */
import type { FourParts } from '../../core/unit/errors.js';
import { startFlowbars } from '../../edge/process/child-process.js';
import { cloudRunVariables, machineVariables } from '../../edge/process/cloud-run.js';
import { blockedParts, parseLogLine } from '../../edge/process/log.js';
import { REVISION_VARIABLE } from '../../edge/process/version.js';
import type { Log } from '../../jobs/ports.js';
import type { TaskEnd, TaskRunner } from '../../jobs/drive/run-locally.js';
import type { World } from '../command/command.js';
import { isWorldsFault } from '../command/exit-code.js';
import type { Given } from '../option/option.js';
import * as options from '../option/options.js';

/** How often a task reports its progress, and so how often a terminal is redrawn. */
const PROGRESS_MS = 250;
/** In place of the name of a Cloud Run job. */
const JOB_NAME = 'flowbars-run';
/** Where a task finds its plan and its work. */
const PLACE_OPTIONS = [options.rawOption, options.outOption, options.gcsEndpointOption];

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

export function taskRunner({ variables, threads }: TaskStart, runId: string, log: Log): TaskRunner {
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
      const child = startFlowbars([command], environment, { onStdout: take, onStderr: take });
      const ended = child.ended.then((end): TaskEnd => {
        const blocked = output.blocked();
        return blocked === undefined ? end : { ...end, blocked };
      });
      return { ...child, ended };
    },
  };
}

interface TaskOutput {
  readonly take: (line: string) => void;
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
  return { take, blocked: () => blocked };
}
