/**
 * The daily run and the watch as Terraform deploys them, on the local cloud: the schedule's decoded body
 * starts an execution of the deployed workflow with the deployed environment.
 */
import { setTimeout } from 'node:timers/promises';
import { request } from 'undici';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { isDictionary } from '../../src/core/unit/json.js';
import { startCloudRun } from '../support/cloud/cloud-run.js';
import type { CloudRunJob } from '../support/cloud/job-execution.js';
import { putChunks, tinyDays } from '../support/cloud/tiny-days.js';
import { startHttpStub } from '../support/cloud/workflows/connector/http-stub.js';
import { startWorkflowsService } from '../support/cloud/workflows/api/start-workflows.js';
import { startFakeGcsServer } from '../support/gcs/fake-gcs-server.js';
import { type ManualClock, manualClock } from '../support/manual-clock.js';
import type { Values } from './evaluate.js';
import { type Applied, applyStandIns, standInsAreThere } from './stand-ins.js';

const EXECUTIONS_API = 'https://workflowexecutions.googleapis.com';
const POLL_MS = 20;

/** Two minutes of a day count as good. */
const FOR_TESTS = { FLOWBARS_COVERAGE_MIN: '0', FLOWBARS_PROGRESS_MS: '0' };

const gcs = await startFakeGcsServer();
afterAll(async () => await gcs?.stop());
const canApply = standInsAreThere();

interface WorkflowValues {
  readonly id: string;
  readonly source_contents: string;
  readonly user_env_vars: Readonly<Record<string, string>>;
}

interface ScheduleValues {
  readonly http_target: readonly [
    { readonly uri: string; readonly body: string; readonly http_method: string },
  ];
}

interface JobValues {
  readonly id: string;
  readonly template: readonly [
    {
      readonly task_count: number;
      readonly parallelism: number | null;
      readonly template: readonly [
        {
          readonly max_retries: number;
          readonly timeout: string;
          readonly containers: readonly [
            {
              readonly dynamic_env: readonly [
                readonly { readonly name: string; readonly value: string }[],
              ];
            },
          ];
        },
      ];
    },
  ];
}

interface Deployment {
  readonly clock: ManualClock;
  /** Sends the request of a schedule, and gives the execution at its end. */
  readonly fire: (schedule: 'daily' | 'watch') => Promise<Readonly<Record<string, unknown>>>;
}

describe.skipIf(gcs === undefined || !canApply)('the schedule', () => {
  test('starts a run of yesterday and the days before it, whose manifest the watch finds', async () => {
    const values = { raw_bucket: 'scheduled-raw', out_bucket: 'scheduled-out', lookback_days: 2 };
    const { clock, fire } = await deploy(values);
    if (gcs === undefined) return;
    const dates = ['2024-05-06', '2024-05-07', '2024-05-08'];
    await putChunks(gcs, 'scheduled-raw', 'raw', tinyDays(['AUSDT', 'BUSDT'], dates));

    const before = await fire('watch');
    expect(before['state']).toBe('FAILED');
    expect(raised(before)).toMatchObject({
      message:
        'manifest of 2024-05-08: found nothing, expected gs://scheduled-out/aggregated/_manifest/2024-05-08.json',
      code: 404,
      tags: ['ManifestMissingError'],
    });

    const run = await fire('daily');
    expect([run['state'], run['error']]).toEqual(['SUCCEEDED', undefined]);
    expect(JSON.parse(String(run['argument']))).toEqual({ lookback_days: 2 });
    expect(JSON.parse(String(run['result']))).toMatchObject({
      good: true,
      symbol_days: 6,
      outcomes: { published: 6 },
      arguments: { from: '2024-05-06', to: '2024-05-08', resolutions: '1m,1h' },
    });

    const after = await fire('watch');
    expect(after['state']).toBe('SUCCEEDED');
    expect(JSON.parse(String(after['result']))).toMatchObject({
      date: '2024-05-08',
      manifest: 'gs://scheduled-out/aggregated/_manifest/2024-05-08.json',
    });

    clock.advance(86_400_000);
    expect(raised(await fire('watch'))).toMatchObject({ tags: ['ManifestMissingError'] });
  });

  test('tells a missing manifest from one that it may not read', async () => {
    const stub = await startHttpStub({
      status: 403,
      body: { error: { code: 403, message: 'no rights' } },
    });
    onTestFinished(async () => await stub.close());
    const { fire } = await deploy({ raw_bucket: 'closed-raw', out_bucket: 'closed-out' }, stub.url);
    const ended = await fire('watch');
    expect(ended['state']).toBe('FAILED');
    expect(raised(ended)).toMatchObject({ code: 403, tags: ['StorageError'] });
    expect(stub.asked).toEqual([
      'GET /storage/v1/b/closed-out/o/aggregated%2F_manifest%2F2024-05-08.json',
    ]);
  });
});

/** Deploys to the local services what deploy/ makes of these values. */
async function deploy(values: Values, storageUrl?: string): Promise<Deployment> {
  if (gcs === undefined) throw new Error('no fake-gcs-server');
  const applied = await applyStandIns({ resolutions: '1m,1h', ...values });
  expect(applied.refused).toBe('');
  for (const bucket of [values['raw_bucket'], values['out_bucket']]) {
    await gcs.createBucket(String(bucket));
  }
  const clock = manualClock(Date.parse('2024-05-09T00:20:00Z'));
  const cloudRun = await startCloudRun({ holdsPolls: true });
  onTestFinished(async () => await cloudRun.stop());
  for (const size of ['large', 'small']) {
    const job = resourceOf(applied, `google_cloud_run_v2_job.flowbars[${size}]`) as JobValues;
    cloudRun.deployJob(jobOf(job, { ...FOR_TESTS, FLOWBARS_GCS_ENDPOINT: gcs.endpoint }));
  }
  const urls = { run: cloudRun.endpoint, storage: storageUrl ?? gcs.endpoint };
  const workflows = await startWorkflowsService({ clock, urls });
  onTestFinished(async () => await workflows.close());
  for (const name of ['flowbars', 'watch']) {
    const workflow = resourceOf(applied, `google_workflows_workflow.${name}`) as WorkflowValues;
    const body = { sourceContents: workflow.source_contents, userEnvVars: workflow.user_env_vars };
    const path = workflow.id.replace('/workflows/', '/workflows?workflowId=');
    const answer = await post(`${workflows.url}/v1/${path}`, JSON.stringify(body));
    expect(answer).not.toHaveProperty('error');
  }
  return {
    clock,
    fire: async (name) => {
      const schedule = resourceOf(applied, `google_cloud_scheduler_job.${name}`) as ScheduleValues;
      const [{ uri, body, http_method: method }] = schedule.http_target;
      expect(method).toBe('POST');
      expect(uri.startsWith(EXECUTIONS_API)).toBe(true);
      const url = uri.replace(EXECUTIONS_API, workflows.url);
      return await endOf(workflows.url, url, Buffer.from(body, 'base64').toString());
    },
  };
}

function resourceOf({ resources }: Applied, address: string): unknown {
  const found = resources.get(address);
  if (found === undefined) throw new Error(`no ${address}`);
  return found;
}

/** The job as deployed, with more variables. */
function jobOf(job: JobValues, added: Readonly<Record<string, string>>): CloudRunJob {
  const [{ task_count: taskCount, parallelism, template }] = job.template;
  const [{ max_retries: maxRetries, timeout, containers }] = template;
  const own = containers[0].dynamic_env[0].map(({ name, value }) => [name, value] as const);
  const taskTimeoutMs = Number(/^(\d+)s$/.exec(timeout)?.[1]) * 1_000;
  const env = { ...Object.fromEntries(own), ...added };
  return {
    name: job.id,
    env,
    taskCount,
    parallelism: parallelism ?? undefined,
    maxRetries,
    taskTimeoutMs,
  };
}

/** Creates an execution by this body and waits for its end. */
async function endOf(
  service: string,
  url: string,
  body: string,
): Promise<Readonly<Record<string, unknown>>> {
  const { name } = await post(url, body);
  for (;;) {
    const { body: answer } = await request(`${service}/v1/${String(name)}`);
    const execution: unknown = await answer.json();
    if (!isDictionary(execution)) throw new Error(`no execution ${String(name)}`);
    if (execution['state'] !== 'ACTIVE') return execution;
    await setTimeout(POLL_MS);
  }
}

async function post(url: string, body: string): Promise<Readonly<Record<string, unknown>>> {
  const headers = { 'content-type': 'application/json' };
  const { statusCode, body: answer } = await request(url, { method: 'POST', headers, body });
  const value: unknown = await answer.json();
  if (statusCode !== 200 || !isDictionary(value)) throw new Error(JSON.stringify(value));
  return value;
}

function raised({ error }: Readonly<Record<string, unknown>>): unknown {
  return JSON.parse(isDictionary(error) ? String(error['payload']) : 'null');
}
