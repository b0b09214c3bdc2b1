/**
 * `npm run cloud`: the cloud of this folder, running until Ctrl-C, with a small recording in it. It
 * prints how to start an execution, shows what the workflow and its tasks say, and keeps nothing.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { parseLogLine } from '../../../src/edge/log.js';
import { startFakeGcsServer } from '../gcs/fake-gcs-server.js';
import { type CloudRun, startCloudRun } from './cloud-run.js';
import { deployFlowbars, JOB_NAME, LOCATION, WORKFLOW_ID } from './deploy-flowbars.js';
import type { JobExecution } from './job-execution.js';
import { binaryPath } from './places.js';
import { jsonText } from './workflows/json-text.js';
import { startWorkflowsService } from './workflows/start-workflows.js';
import { isMap } from './workflows/values.js';

const RAW_ROOT = 'gs://recordings/raw';
const OUT_BUCKET = 'bars';
const OUT_ROOT = `gs://${OUT_BUCKET}/aggregated`;
const SYMBOLS = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'];
const SAMPLE_MINUTES = 3;
const DAY_MS = 86_400_000;

const gcs = await startFakeGcsServer();
if (gcs === undefined) throw new Error('no fake-gcs-server, and nothing to show without it');
for (const bucket of ['recordings', OUT_BUCKET]) await gcs.createBucket(bucket);
const dates = [2, 1].map((days) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10));
await recordSample(gcs.endpoint, dates);

const cloudRun = await startCloudRun({ onLine: sayLine });
deployJob(cloudRun, gcs.endpoint);
const workflows = await startWorkflowsService({
  urls: { run: cloudRun.endpoint, storage: gcs.endpoint },
  onLog: ({ severity, payload }) => {
    const message = isMap(payload) ? payload.get('message') : undefined;
    say(`workflow ${severity}`, typeof message === 'string' ? message : jsonText(payload));
  },
});
const roots = { rawRoot: RAW_ROOT, outRoot: OUT_ROOT };
const workflow = await deployFlowbars(workflows.url, { jobName: JOB_NAME, ...roots });
process.stdout.write(guide(`${workflows.url}/v1/${workflow}/executions`));

let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // Ctrl-C reaches the child processes as well; a second one must not leave them behind.
    if (isStopping) return;
    isStopping = true;
    process.stdout.write('\nstopping\n');
    void Promise.all([workflows.close(), cloudRun.stop()]).then(async () => await gcs.stop());
  });
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

function deployJob(service: CloudRun, endpoint: string): void {
  const env = {
    FLOWBARS_GCS_ENDPOINT: endpoint,
    FLOWBARS_RESOLUTIONS: '1m',
    // The sample is a few minutes of each day.
    FLOWBARS_COVERAGE_MIN: '0',
  };
  const taskTimeoutMs = 600_000;
  service.deployJob({ name: JOB_NAME, env, parallelism: 2, maxRetries: 3, taskTimeoutMs });
}

function guide(executions: string): string {
  const endpoint = gcs?.endpoint ?? '';
  const [before = '', yesterday = ''] = dates;
  const start = (data: string): string =>
    `curl -s ${executions} -d '${JSON.stringify({ argument: data })}'`;
  return `
Google Cloud on this machine, with workflows/flowbars.yaml deployed as it is:
  Storage    ${endpoint}  ${SAMPLE_MINUTES} minutes of ${SYMBOLS.join(', ')} on ${before} and ${yesterday} in ${RAW_ROOT}
  Cloud Run  ${cloudRun.endpoint}  job ${JOB_NAME}
  Workflows  ${workflows.url}

Start the daily run, of yesterday and every symbol, and in Google Cloud what follows it:
  ${start('{}')}
  gcloud workflows run ${WORKFLOW_ID} --location=${LOCATION} --data='{}'

Or both days of one symbol, even if nothing has changed:
  ${start(`{"start_date":"${before}","symbols":["BTCUSDT"],"force":true}`)}

Look at the executions, with state, result and error (the workflow asks for its job every five seconds):
  curl -s '${executions}?view=FULL'

Look at what they wrote below ${OUT_ROOT}:
  curl -s '${endpoint}/storage/v1/b/${OUT_BUCKET}/o' | grep '"name"'
  npx flowbars inspect ${OUT_ROOT}/_manifest/${yesterday}.json --gcs-endpoint ${endpoint}
  npx flowbars inspect ${OUT_ROOT}/BTCUSDT/${yesterday}_1m.csv --gcs-endpoint ${endpoint}

Ctrl-C stops everything; nothing is kept. What is done is shown here:
`;
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
