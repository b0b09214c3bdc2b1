/**
 * Reads the variables that Cloud Run sets for a job task, and writes them for a task that this machine
 * starts itself. See https://cloud.google.com/run/docs/container-contract#jobs-env-vars.
 */
import { FlowbarsError } from '../../core/unit/errors.js';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface CloudRunTask {
  readonly job: string;
  readonly execution: string;
  /** From 0. */
  readonly index: number;
  readonly count: number;
  /** 0 on the first try. */
  readonly attempt: number;
}

const PREFIX = 'CLOUD_RUN_';

/** The task of this process; undefined outside of Cloud Run. Throws a usage error for malformed numbers. */
export function cloudRunTask(environment: Environment): CloudRunTask | undefined {
  if (environment['CLOUD_RUN_TASK_INDEX'] === undefined) return undefined;
  return {
    job: environment['CLOUD_RUN_JOB'] ?? '',
    execution: environment['CLOUD_RUN_EXECUTION'] ?? '',
    index: numberOf(environment, 'CLOUD_RUN_TASK_INDEX', '0'),
    count: numberOf(environment, 'CLOUD_RUN_TASK_COUNT', '1'),
    attempt: numberOf(environment, 'CLOUD_RUN_TASK_ATTEMPT', '0'),
  };
}

/** True in a task of a Cloud Run job or of `flowbars run`. */
export function isCloudRunJob(environment: Environment): boolean {
  return (environment['CLOUD_RUN_JOB'] ?? environment['CLOUD_RUN_TASK_INDEX']) !== undefined;
}

/** The variables that Cloud Run sets for a task. */
export function cloudRunVariables(task: CloudRunTask): Record<string, string> {
  return {
    CLOUD_RUN_JOB: task.job,
    CLOUD_RUN_EXECUTION: task.execution,
    CLOUD_RUN_TASK_INDEX: String(task.index),
    CLOUD_RUN_TASK_COUNT: String(task.count),
    CLOUD_RUN_TASK_ATTEMPT: String(task.attempt),
  };
}

/** The environment without variables of Cloud Run or flowbars, for tasks to inherit. */
export function machineVariables(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && !entry[0].startsWith(PREFIX) && !entry[0].startsWith('FLOWBARS_'),
    ),
  );
}

function numberOf(environment: Environment, name: string, absent: string): number {
  const text = environment[name] ?? absent;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new FlowbarsError('usage', {
    where: name,
    what: 'number',
    found: `'${text}'`,
    expected: 'a whole number, as Cloud Run sets it',
  });
}
