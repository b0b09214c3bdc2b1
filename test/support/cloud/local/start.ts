/**
 * `npm run cloud`: runs the local cloud with a small recording until Ctrl-C. It prints how to start an
 * execution, shows the messages of the workflow and its tasks, and keeps nothing.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isDictionary } from '../../../../src/core/unit/json.js';
import { parseLogLine } from '../../../../src/edge/process/log.js';
import { startFakeGcsServer } from '../../gcs/fake-gcs-server.js';
import { type CloudRun, startCloudRun } from '../cloud-run.js';
import { deployFlowbars, JOB_NAME, SMALL_JOB_NAME } from '../deploy-flowbars.js';
import type { JobExecution } from '../job-execution.js';
import { binaryPath } from '../places.js';
import { saying } from './saying.js';
import { guide, summaryCommand } from './start-guide.js';
import type { ExecutionNews } from '../workflows/api/executions-api.js';
import { textOrEmpty } from '../workflows/expression/values.js';
import { startWorkflowsService } from '../workflows/api/start-workflows.js';

const RAW_ROOT = 'gs://recordings/raw';
const OUT_ROOT = 'gs://bars/aggregated';
const SYMBOLS = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'];
const SAMPLE_MINUTES = 3;
const DAY_MS = 86_400_000;
const PARENT_CHECK_MS = 1_000;
const PARALLELISM = 2;

const print = (line: string): void => say('cloud', line);
const gcs = await saying('starting storage (fake-gcs-server)', startFakeGcsServer, { print });
if (gcs === undefined) throw new Error('npm run cloud needs fake-gcs-server');
for (const bucket of ['recordings', 'bars']) await gcs.createBucket(bucket);
const dates = [2, 1].map((days) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10));
const recordAll = async (): Promise<void> => await recordSample(gcs.endpoint, dates);
await saying(`recording ${SAMPLE_MINUTES} minutes of ${SYMBOLS.join(', ')}`, recordAll, { print });

const cloudRun = await startCloudRun({ onLine: sayLine });
deployJobs(cloudRun, gcs.endpoint);
const workflows = await startWorkflowsService({
  urls: { run: cloudRun.endpoint, storage: gcs.endpoint },
  onExecution: (news) => sayExecution(news, gcs.endpoint),
  onLog: ({ severity, payload }) => {
    say(`workflow ${severity}`, textOrEmpty(payload['message']));
  },
});
const roots = { rawRoot: RAW_ROOT, outRoot: OUT_ROOT };
const workflow = await deployFlowbars(workflows.url, {
  jobName: JOB_NAME,
  parallelism: PARALLELISM,
  ...roots,
});
const endpoints = { gcs: gcs.endpoint, cloudRun: cloudRun.endpoint, workflows: workflows.url };
const sample = { symbols: SYMBOLS, dates, minutes: SAMPLE_MINUTES };
const executionsUrl = `${workflows.url}/v1/${workflow}/executions`;
process.stdout.write(guide({ ...roots, workflow, executions: executionsUrl, endpoints, sample }));

let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
// npm can end without a signal to its script.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) stop();
}, PARENT_CHECK_MS).unref();

function stop(): void {
  // Ctrl-C reaches the child processes too; a second one must not leave them behind.
  if (isStopping) return;
  isStopping = true;
  process.stdout.write('\nstopping\n');
  void Promise.all([workflows.close(), cloudRun.stop()]).then(async () => await gcs?.stop());
}

async function recordSample(endpoint: string, days: readonly string[]): Promise<void> {
  for (const date of days) {
    const recording = ['--symbols', SYMBOLS.join(','), '--date', date, '--faults', 'none'];
    const place = ['--raw', RAW_ROOT, '--gcs-endpoint', endpoint];
    const length = ['--minutes', String(SAMPLE_MINUTES)];
    const args = [binaryPath, 'sample', ...recording, ...place, ...length];
    await promisify(execFile)(process.execPath, args);
  }
}

function deployJobs(service: CloudRun, endpoint: string): void {
  const env = {
    FLOWBARS_GCS_ENDPOINT: endpoint,
    // The sample is a few minutes of each day.
    FLOWBARS_COVERAGE_MIN: '0',
  };
  const job = { env, maxRetries: 3, taskTimeoutMs: 600_000 };
  const large = { ...job, taskCount: PARALLELISM, parallelism: PARALLELISM };
  service.deployJob({ ...large, name: JOB_NAME });
  service.deployJob({ ...job, name: SMALL_JOB_NAME, taskCount: 1, parallelism: undefined });
}

function sayExecution({ id, state, json }: ExecutionNews, endpoint: string): void {
  const who = `execution ${id}`;
  if (state === 'ACTIVE') {
    say(who, `started with ${json}, see: curl -s ${executionsUrl}/${id}`);
    return;
  }
  const outcome: unknown = JSON.parse(json);
  const { message, symbol_days: days, outcomes } = isDictionary(outcome) ? outcome : {};
  if (state === 'SUCCEEDED') {
    const counts = Object.entries(isDictionary(outcomes) ? outcomes : {});
    const some = counts.filter(([, count]) => count !== 0);
    const figures = some.map(([name, count]) => `${name} ${String(count)}`);
    say(who, `${state}: ${String(days)} symbol-days, ${figures.join(', ')}`);
  } else {
    say(who, `${state}: ${String(message)}`);
  }
  const hasSummary = state === 'SUCCEEDED' || String(message).endsWith('/summary.json');
  if (hasSummary) say(who, `its summary: ${summaryCommand(endpoint, OUT_ROOT, id)}`);
}

function sayLine(execution: JobExecution, line: string): void {
  const event = parseLogLine(line);
  if (event?.severity === 'DEBUG') return;
  const parsed: unknown = event === undefined ? line : JSON.parse(line);
  const hasMessage = typeof parsed === 'object' && parsed !== null && 'message' in parsed;
  const id = execution.name.split('/').at(-1) ?? '';
  say(`${id} ${execution.command}`, hasMessage ? String(parsed.message) : line);
}

function say(who: string, what: string): void {
  process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${who}: ${what}\n`);
}
