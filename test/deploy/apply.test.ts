/** Applies deploy/ from zero by Terraform itself, on stand-ins for Google's resources. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../support/workdir.js';
import type { Values } from './evaluate.js';
import { type Applied, applyStandIns, type Known, standInsAreThere } from './stand-ins.js';

const IMAGE = `europe-west1-docker.pkg.dev/my-project/flowbars/flowbars@sha256:${'0a'.repeat(32)}`;
const KEY = 'projects/my-keys/locations/europe-west1/keyRings/data/cryptoKeys/flowbars';
const MOST: Values = {
  image: IMAGE,
  create_raw_bucket: true,
  cloud_build: true,
  workflow_acts_as_worker: true,
  raw_delete_days: 365,
  raw_storage_class_after: { days: 60, class: 'NEARLINE' },
  operators: ['group:data@example.com', 'user:me@example.com'],
  recorder_zones: ['b', 'c'],
  recorder_symbols: ['BTCUSDT', 'ETHUSDT'],
  alert_emails: ['on-call@example.com'],
  alert_channels: ['projects/my-project/notificationChannels/77'],
  settings: {
    FLOWBARS_RAW_LAYOUT: "{symbol}/it's/{stream}/{date}/{hour}-{minute}.csv",
    FLOWBARS_SEED_MINUTES: '30',
  },
};

describe.skipIf(!standInsAreThere())('one apply', () => {
  test('from zero makes a job on a placeholder and paused schedules, and says what to do', async () => {
    const applied = await applyGood({});
    expect(applied.warned).toBe('');
    const job = applied.resources.get('google_cloud_run_v2_job.flowbars[large]');
    expect(job).toMatchObject({
      name: 'flowbars',
      deletion_protection: true,
      template: [
        {
          task_count: 10,
          parallelism: 10,
          template: [
            {
              max_retries: 3,
              timeout: '3600s',
              service_account: 'flowbars-worker@my-project.iam.gserviceaccount.com',
              containers: [
                {
                  image: 'us-docker.pkg.dev/cloudrun/container/job:latest',
                  resources: [{ limits: { cpu: '1', memory: '1Gi' } }],
                  dynamic_env: [
                    [
                      { name: 'FLOWBARS_OUT', value: 'gs://my-bars/aggregated' },
                      { name: 'FLOWBARS_RAW', value: 'gs://my-recordings/raw' },
                    ],
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
    for (const name of ['daily', 'watch']) {
      const schedule = applied.resources.get(`google_cloud_scheduler_job.${name}`);
      expect(schedule).toMatchObject({ paused: true, time_zone: 'Etc/UTC' });
    }
    expect(applied.outputs['next']).toContain('  deploy/build.sh\n  terraform -chdir=deploy apply');
    expect(names(applied, 'google_storage_bucket.')).toEqual(['out[0]']);
  });

  test('makes a second job that differs only in name, tasks and parallelism', async () => {
    const { resources } = await applyGood(MOST);
    const [large, small] = ['large', 'small'].map((size) =>
      jobValues(resources.get(`google_cloud_run_v2_job.flowbars[${size}]`)),
    );
    expect(large).toMatchObject({ name: 'flowbars', template: [{ parallelism: 10 }] });
    const [template] = large?.template ?? [];
    expect(small).toEqual({
      ...large,
      id: 'projects/my-project/locations/europe-west1/jobs/flowbars-small',
      name: 'flowbars-small',
      template: [{ ...template, task_count: 1, parallelism: null }],
    });
  });

  test('gives the workflow its file and its settings', async () => {
    const { resources } = await applyGood({});
    expect(resources.get('google_workflows_workflow.flowbars')).toMatchObject({
      source_contents: readFileSync(join(projectRoot, 'workflows/flowbars.yaml'), 'utf8'),
      user_env_vars: {
        JOB_NAME: 'projects/my-project/locations/europe-west1/jobs/flowbars',
        SMALL_JOB_NAME: 'projects/my-project/locations/europe-west1/jobs/flowbars-small',
        PARALLELISM: '10',
        RAW_ROOT: 'gs://my-recordings/raw',
        OUT_ROOT: 'gs://my-bars/aggregated',
      },
    });
  });

  test('with every variable starts the schedules and keeps the names', async () => {
    const applied = await applyGood(MOST);
    const { outputs, resources } = applied;
    expect(resources.get('google_cloud_scheduler_job.daily')).toMatchObject({
      paused: false,
      schedule: '20 0 * * *',
      http_target: [
        {
          http_method: 'POST',
          uri: 'https://workflowexecutions.googleapis.com/v1/projects/my-project/locations/europe-west1/workflows/flowbars/executions',
          oauth_token: [
            { service_account_email: 'flowbars-scheduler@my-project.iam.gserviceaccount.com' },
          ],
        },
      ],
    });
    expect(names(applied, 'google_storage_bucket.')).toEqual(['out[0]', 'raw[0]', 'sources[0]']);
    expect(names(applied, 'google_cloud_run_v2_job_iam_member.')).toEqual([
      'operators_cancel[group:data@example.com large]',
      'operators_cancel[group:data@example.com small]',
      'operators_cancel[user:me@example.com large]',
      'operators_cancel[user:me@example.com small]',
      'workflow_starts_job[large]',
      'workflow_starts_job[small]',
    ]);
    // Two people, five roles each.
    expect(names(applied, 'google_project_iam_member.operators[')).toHaveLength(10);
    expect(outputs['image']).toBe(IMAGE);
    // In the map's order; a quote must not end the text in a shell.
    expect(outputs['environment']).toBe(
      "export FLOWBARS_OUT='gs://my-bars/aggregated'\n" +
        "export FLOWBARS_PARALLELISM='10'\n" +
        "export FLOWBARS_RAW='gs://my-recordings/raw'\n" +
        "export FLOWBARS_RAW_LAYOUT='{symbol}/it'\\''s/{stream}/{date}/{hour}-{minute}.csv'\n" +
        "export FLOWBARS_WORKFLOW='projects/my-project/locations/europe-west1/workflows/flowbars'\n",
    );
    expect(outputs['next']).toContain('npx flowbars backfill --from DAY --to DAY --dry-run');
    expect(outputs['builder']).toContain('flowbars-builder@');
  });

  test('counts failures of the right workflow, and notifies every address', async () => {
    const { resources } = await applyGood(MOST);
    const channels = [
      'projects/my-project/notificationChannels/1',
      ...(MOST['alert_channels'] as string[]),
    ];
    for (const [policy, workflow] of [
      ['run_failed', 'flowbars'],
      ['no_manifest', 'flowbars-watch'],
    ] as const) {
      const filter =
        'resource.type = "workflows.googleapis.com/Workflow" AND resource.labels.location = "europe-west1" ' +
        `AND resource.labels.workflow_id = "${workflow}" ` +
        'AND metric.type = "workflows.googleapis.com/finished_execution_count" AND metric.labels.status = "FAILED"';
      expect(resources.get(`google_monitoring_alert_policy.${policy}`)).toMatchObject({
        conditions: [{ condition_threshold: [{ filter, threshold_value: 0 }] }],
        notification_channels: channels,
      });
    }
    const silent = resources.get('google_monitoring_alert_policy.watch_silent[0]');
    expect(silent).toMatchObject({ enabled: true });
    expect(JSON.stringify(silent)).toContain('\\"flowbars-watch\\"');
  });

  test('encrypts with a customer key only when one is set, and after Google may use it', async () => {
    const { resources } = await applyGood({ ...MOST, kms_key: KEY });
    const granted = [...resources].filter(([address]) => address.includes('kms_crypto_key'));
    expect(granted.map(([, values]) => [values['crypto_key_id'], values['member']])).toEqual([
      [KEY, 'serviceAccount:service-1@run.googleapis.com.iam.gserviceaccount.com'],
      [KEY, 'serviceAccount:service-1@gs-project-accounts.iam.gserviceaccount.com'],
      [KEY, 'serviceAccount:service-1@workflows.googleapis.com.iam.gserviceaccount.com'],
    ]);
    const encrypted = (all: Applied['resources']) =>
      [...all].flatMap(([address, values]) =>
        !address.includes('_iam_') && JSON.stringify(values).includes(KEY) ? [address] : [],
      );
    expect(encrypted(resources).sort()).toEqual([
      'google_cloud_run_v2_job.flowbars[large]',
      'google_cloud_run_v2_job.flowbars[small]',
      'google_storage_bucket.out[0]',
      'google_storage_bucket.raw[0]',
      'google_storage_bucket.sources[0]',
      'google_workflows_workflow.flowbars',
      'google_workflows_workflow.watch',
    ]);
    const without = await applyGood(MOST);
    expect(JSON.stringify([...without.resources])).not.toContain('cryptoKeys');
    expect(names(without, 'google_project_service_identity.')).toEqual([
      'agents[workflows.googleapis.com]',
    ]);
  });

  test.for<[string, Known, string]>([
    ['the region of the bucket', { rawLocation: 'EUROPE-WEST1' }, ''],
    ['one of a dual-region', { rawLocation: 'EUR5' }, ''],
    [
      'one of two regions that were put together',
      { rawLocation: 'EU', rawRegions: ['EUROPE-WEST1', 'EUROPE-WEST4'] },
      '',
    ],
    [
      'another region',
      { rawLocation: 'US-CENTRAL1' },
      'found europe-west1 with the bucket my-recordings in US-CENTRAL1, expected the region of the bucket',
    ],
    ['none of a dual-region', { rawLocation: 'EUR4' }, 'my-recordings in EUR4, expected'],
    ['one inside of a multi-region', { rawLocation: 'EU' }, 'my-recordings in EU, expected'],
  ])('says what %s costs in transfer', async ([, known, warning]) => {
    const { warned, refused, resources } = await applyStandIns({}, known);
    expect([refused, warned === '']).toEqual(['', warning === '']);
    expect(warned).toContain(warning);
    expect(resources.size).toBeGreaterThan(20);
  });

  test('of a second name leaves the first deployment alone', async () => {
    const first = await applyGood({});
    const second = await applyGood({ name: 'flowbars-test', out_bucket: 'my-other-bars' });
    expect(nameValues(first).length).toBeGreaterThan(10);
    expect(nameValues(second).filter((each) => nameValues(first).includes(each))).toEqual([]);
  });
});

interface JobValues {
  readonly template?: readonly Readonly<Record<string, unknown>>[];
}

function jobValues(values: unknown): JobValues {
  return values as JobValues;
}

/** Names of the resources in the project, by address. */
function nameValues({ resources }: Applied): string[] {
  const own = ['name', 'account_id', 'repository_id', 'role_id'];
  return [...resources].flatMap(([address, values]) => {
    if (/_iam_member\.|project_service|^data/.test(address)) return [];
    const given = own.map((key) => values[key]).filter((value) => typeof value === 'string');
    return given.map((value) => `${address} ${value}`);
  });
}

async function applyGood(values: Values): Promise<Applied> {
  const applied = await applyStandIns(values);
  expect(applied.refused).toBe('');
  return applied;
}

function names({ resources }: Applied, prefix: string): string[] {
  const found = [...resources.keys()].filter((address) => address.startsWith(prefix));
  return found.map((address) => address.slice(prefix.length)).sort();
}
