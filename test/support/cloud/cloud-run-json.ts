/**
 * Operations and their executions as Cloud Run's API shows them (google.cloud.run.v2): counts are
 * numbers and absent when zero, 64-bit integers are texts.
 */
import type { JobExecution } from './job-execution.js';

type Json = Readonly<Record<string, unknown>>;

const PREFIX = 'type.googleapis.com/google.cloud.run.v2';
/** google.rpc.Code UNKNOWN, as a failed job has it. */
const CODE_UNKNOWN = 2;

export function operationJson(name: string, execution: JobExecution): Json {
  const shown = { '@type': `${PREFIX}.Execution`, ...executionJson(execution) };
  const head = { name, metadata: shown };
  if (execution.completionTime === undefined) return head;
  if (!execution.isFailed) return { ...head, done: true, response: shown };
  const message = failureMessage(execution);
  return { ...head, done: true, error: { code: CODE_UNKNOWN, message } };
}

function executionJson(execution: JobExecution): Json {
  const { name, job, completionTime, createTime } = execution;
  const [, project, , location] = name.split('/');
  const id = name.split('/').at(-1);
  return {
    name,
    uid: id,
    generation: '1',
    observedGeneration: '1',
    job: job.name.split('/').at(-1),
    createTime,
    startTime: createTime,
    ...(completionTime === undefined ? {} : { completionTime }),
    taskCount: execution.tasks.length,
    ...(job.parallelism === undefined ? {} : { parallelism: job.parallelism }),
    ...counts({
      runningCount: execution.count('running'),
      succeededCount: execution.count('succeeded'),
      failedCount: execution.count('failed'),
      cancelledCount: execution.count('cancelled'),
      retriedCount: execution.tasks.reduce((sum, { retried }) => sum + retried, 0),
    }),
    logUri: `https://console.cloud.google.com/logs/viewer?project=${project}&advancedFilter=${location}/${id}`,
    conditions: [conditionOf(execution)],
  };
}

function conditionOf(execution: JobExecution): Json {
  if (execution.completionTime === undefined) {
    return { type: 'Completed', state: 'CONDITION_RECONCILING' };
  }
  if (!execution.isFailed) return { type: 'Completed', state: 'CONDITION_SUCCEEDED' };
  const executionReason = 'NON_ZERO_EXIT_CODE';
  const message = failureMessage(execution);
  return { type: 'Completed', state: 'CONDITION_FAILED', message, executionReason };
}

function failureMessage(execution: JobExecution): string {
  const id = execution.name.split('/').at(-1);
  const failed = execution.tasks.find(({ state }) => state === 'failed');
  const how = failed?.last?.signal ?? `exit code ${failed?.last?.exitCode}`;
  return (
    `Task ${id}-task${failed?.index} failed with message: The container exited with an error (${how}); ` +
    `${execution.count('failed')} of ${execution.tasks.length} tasks failed`
  );
}

/** The API leaves out a field with its default, zero. */
function counts(values: Readonly<Record<string, number>>): Json {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== 0));
}
