/** Failures of a cloud: tasks that fail, die or never end, and requests without an answer. */
import { describe, expect, test } from 'vitest';
import type { TaskAttempt } from '../../support/cloud/job-execution.js';
import {
  endAtAggregate,
  jobsOf,
  type LocalCloud,
  startServices,
} from '../../support/cloud/local/local-cloud.js';
import { printCases } from '../../support/e2e/print-cases.js';

const services = await startServices();
const report = printCases('a failure');
const SYMBOLS = ['AUSDT', 'BUSDT', 'CUSDT'];
const DATE = '2024-05-06';
const DAY = { start_date: DATE, end_date: DATE };
const EXIT_WORLD = 3;
const SHOWS_WHAT_RUNS =
  'The job may still be writing. This shows what runs: gcloud run jobs executions list --job=flowbars --region=europe-west1 --project=local';

const isSecondTask = ({ command, index }: TaskAttempt): boolean =>
  command === 'task' && index === 1;

describe.skipIf(!services.areThere)('a task', () => {
  test('that always fails costs its symbol, and the run is not good', async () => {
    const cloud = await recorded();
    cloud.cloudRun.faults.taskFault = (attempt) =>
      isSecondTask(attempt) ? { kind: 'exit', code: EXIT_WORLD } : undefined;
    const ended = await cloud.run(DAY);
    expect(ended).toMatchObject({ state: 'FAILED', error: { tags: ['RunNotGoodError'] } });
    expect(ended.message).toContain(
      `run ${ended.id} is not good. Phases that failed: task ${DATE}`,
    );
    expect(ended.message).toContain(`Worst symbol-days: BUSDT ${DATE} error: record_missing`);
    expect(ended.message).toContain('1 of 3 tasks failed');
    report('a task that always fails', ended.state, [ended.message]);
    expect(jobsOf(cloud).map((job) => job.split(' ')[0])).toEqual([
      'plan',
      'task',
      'finalize',
      'summarize',
    ]);
    expect(await cloud.manifest(DATE)).toEqual({
      AUSDT: 'partial',
      BUSDT: null,
      CUSDT: 'partial',
    });
  });

  test('that always fails may cancel its siblings', async () => {
    const cloud = await recorded();
    cloud.cloudRun.faults.cancelsSiblings = true;
    cloud.cloudRun.faults.taskFault = ({ command }) =>
      command === 'task' ? { kind: 'exit', code: EXIT_WORLD } : undefined;
    const ended = await cloud.run(DAY);
    expect(ended).toMatchObject({ state: 'FAILED', error: { tags: ['RunNotGoodError'] } });
    for (const symbol of SYMBOLS) expect(ended.message).toContain(`${symbol} ${DATE} error`);
    expect(await cloud.manifest(DATE)).toEqual({ AUSDT: null, BUSDT: null, CUSDT: null });
  });

  test('that fails twice and then succeeds costs nothing', async () => {
    const cloud = await recorded();
    cloud.cloudRun.faults.taskFault = (attempt) =>
      isSecondTask(attempt) && attempt.attempt < 2 ? { kind: 'exit', code: EXIT_WORLD } : undefined;
    const { result } = await cloud.runWell(DAY);
    expect(result).toMatchObject({ outcomes: { published: 3 } });
    expect(cloud.cloudRun.executions[1]?.tasks.map(({ retried }) => retried)).toEqual([0, 2, 0]);
  });

  test.for([
    ['killed', 'kill'],
    ['told to stop', 'stop'],
  ] as const)('that is %s midway is finished by its retry', async ([, kind]) => {
    const undisturbed = await recorded();
    await undisturbed.runWell(DAY);
    const cloud = await recorded();
    cloud.cloudRun.faults.taskFault = (attempt) =>
      isSecondTask(attempt) && attempt.attempt === 0
        ? { kind, onLine: '"event":"progress"' }
        : undefined;
    await cloud.runWell(DAY);
    const [, aggregate] = cloud.cloudRun.executions;
    expect(aggregate?.tasks.map(({ retried }) => retried)).toEqual([0, 1, 0]);
    expect(await cloud.bars()).toEqual(await undisturbed.bars());
  });

  test('that runs out of time is stopped and counts as failed', async () => {
    const cloud = await recorded({ taskTimeoutMs: 1, areProcesses: true });
    const ended = await cloud.run(DAY);
    expect(ended).toMatchObject({ state: 'FAILED', error: { tags: ['RunNotGoodError'] } });
    for (const symbol of SYMBOLS) {
      expect(ended.message).toContain(`${symbol} ${DATE} error: record_missing`);
    }
    const ends = cloud.cloudRun.executions[1]?.tasks.map(({ last }) => last) ?? [];
    expect(ends.length).toBe(3);
    for (const end of ends) expect([end?.signal, end?.exitCode]).not.toContain(0);
    report('tasks out of time', ended.state, [ended.message]);
  });

  test('of the final step that fails leaves the manifest as it was', async () => {
    const cloud = await recorded();
    cloud.cloudRun.faults.taskFault = ({ command }) =>
      command === 'finalize' ? { kind: 'exit', code: EXIT_WORLD } : undefined;
    const ended = await cloud.run(DAY);
    expect(ended.message).toContain(`Phases that failed: finalize ${DATE}`);
    expect((await cloud.generations()).has(`agg/_manifest/${DATE}.json`)).toBe(false);
    report('the final step fails', ended.state, [ended.message]);
  });
});

describe.skipIf(!services.areThere)('an execution ends at once, and says what runs', () => {
  test('when the job outlives the wait for it', async () => {
    const cloud = await recorded();
    cloud.cloudRun.faults.neverFinishes = (command) => command === 'task';
    const startedMs = cloud.nowMs();
    const ended = await cloud.run(DAY);
    expect(ended).toMatchObject({ state: 'FAILED', error: { code: 504 } });
    expect(ended.error).toMatchObject({ tags: ['TimeoutError', 'PhaseError'] });
    expect(ended.message).toContain(SHOWS_WHAT_RUNS);
    expect(jobsOf(cloud)).toEqual(['plan 1', 'task 3 of window 1']);
    expect(cloud.nowMs() - startedMs).toBeGreaterThanOrEqual(172_800_000);
    report('the job outlives the wait', ended.state, [ended.message]);
  });

  test('when polling the operation is refused', async () => {
    const cloud = await recorded();
    endAtAggregate(cloud);
    const ended = await cloud.run(DAY);
    expect(ended).toMatchObject({ state: 'FAILED', error: { code: 403 } });
    expect(ended.message).toContain("403: Permission 'run.operations.get' denied");
    expect(ended.message).toContain(SHOWS_WHAT_RUNS);
    expect(jobsOf(cloud)).toEqual(['plan 1', 'task 3 of window 1']);
    report('the poll is refused', ended.state, [ended.message]);
  });

  test('when there is no such job', async () => {
    const cloud = await recorded({ jobName: 'projects/local/locations/europe-west1/jobs/other' });
    const ended = await cloud.run(DAY);
    expect(ended).toMatchObject({ state: 'FAILED', error: { code: 404 } });
    expect(ended.message).toMatch(/^task \S+: .+ was not found\.\. The job was not started$/u);
    expect(jobsOf(cloud)).toEqual(['plan 1']);
    report('there is no such job', ended.state, [ended.message]);
  });

  test.for([
    [400, 'The job was not started', "overrides.task_count: found 3, expected at least the job's"],
    [403, 'The job was not started', "Permission 'run.jobs.runWithOverrides' denied on resource"],
    [403, 'The job was not started', "Permission 'iam.serviceaccounts.actAs' denied on resource"],
    [403, SHOWS_WHAT_RUNS, 'denied'],
    [404, SHOWS_WHAT_RUNS, "Resource 'projects/local/operations/1' was not found"],
    [429, SHOWS_WHAT_RUNS, 'quota'],
    [500, SHOWS_WHAT_RUNS, 'internal'],
  ] as const)('when starting it answers %i: %s, for %s', async ([status, says, message]) => {
    const cloud = await recorded();
    cloud.cloudRun.faults.refusesRun = (command) =>
      command === 'task' ? { status, message } : undefined;
    const ended = await cloud.run(DAY);
    expect(ended.error).toMatchObject({ code: status, tags: ['HttpError', 'PhaseError'] });
    expect(ended.message).toContain(message);
    expect(ended.message.endsWith(`. ${says}`), ended.message).toBe(true);
    expect(jobsOf(cloud)).toEqual(['plan 1']);
  });

  test('when it cannot be planned', async () => {
    const cloud = await recorded();
    cloud.cloudRun.faults.taskFault = ({ command }) =>
      command === 'plan' ? { kind: 'exit', code: EXIT_WORLD } : undefined;
    const ended = await cloud.run(DAY);
    expect(ended.error).toMatchObject({ code: 500, tags: ['PhaseError'] });
    expect(ended.message).toMatch(
      /^plan \(flowbars-small-\S+\): Task .+ failed .+\. No symbol-day was begun$/u,
    );
    expect(jobsOf(cloud)).toEqual(['plan 1']);
    report('the plan fails', ended.state, [ended.message]);
  });

  test('when the plan stores no numbers for the workflow', async () => {
    const cloud = await recorded();
    cloud.cloudRun.faults.taskFault = () => ({ kind: 'exit', code: 0 });
    const ended = await cloud.run(DAY);
    expect(ended.error).toMatchObject({ code: 404, tags: ['StorageError'] });
    expect(ended.message).toContain(`/_manifest/runs/${ended.id}/fan_out.json: HTTP server`);
    expect(jobsOf(cloud)).toEqual(['plan 1']);
  });
});

async function recorded(
  options: Parameters<(typeof services)['fresh']>[0] = {},
): Promise<LocalCloud> {
  const cloud = await services.fresh(options);
  await cloud.record(SYMBOLS, [DATE]);
  return cloud;
}
