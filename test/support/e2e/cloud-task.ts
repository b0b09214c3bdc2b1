/** The commands of the workflow as Cloud Run starts them: everything in the environment, JSON lines out. */
import { isDictionary } from '../../../src/core/unit/json.js';
import type { RunResult, Workdir } from '../workdir.js';
import { type Options, optionVariables } from './run-flowbars.js';
import { TINY_DATE, TINY_EXPECT } from './tiny-recording.js';

export type TaskCommand = 'task' | 'finalize' | 'summarize';

export interface LoggedLine {
  readonly severity: string;
  readonly message: string;
}

export const TASK_RUN_ID = 'execution-1';

/** A task at an index; with options in place of those of the tiny recording. */
export async function runTask(
  workdir: Workdir,
  command: TaskCommand,
  index: number,
  options: Options = {},
): Promise<RunResult> {
  return await workdir.run([command], { env: taskVariables(index, options) });
}

export function taskVariables(index: number, options: Options = {}): Record<string, string> {
  const where = { raw: 'raw', out: 'out', 'run-id': TASK_RUN_ID };
  const what = { from: TINY_DATE, expect: TINY_EXPECT, resolutions: '1m' };
  return {
    ...optionVariables({ ...where, ...what, ...options }),
    CLOUD_RUN_JOB: 'flowbars',
    CLOUD_RUN_EXECUTION: 'execution-of-the-job',
    CLOUD_RUN_TASK_INDEX: String(index),
    CLOUD_RUN_TASK_COUNT: '3',
    CLOUD_RUN_TASK_ATTEMPT: '0',
  };
}

/** Every line of standard output is one JSON object. */
export function loggedLines({ stdout }: RunResult): LoggedLine[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const entry: unknown = JSON.parse(line);
      const { severity, message } = isDictionary(entry) ? entry : {};
      return { severity: String(severity), message: String(message) };
    });
}
