/**
 * The local cloud of a test: fake-gcs-server, the Cloud Run double, and the interpreter with the deployed
 * workflow, on a clock that moves only when the workflow waits.
 */
import { afterAll, onTestFinished } from 'vitest';
import { isPlanned } from '../../../../src/core/plan/run-plan.js';
import type { RunPlan } from '../../../../src/core/plan/stored-plan.js';
import { isStoredPlan } from '../../../../src/core/plan/stored-plan.js';
import { isManifest } from '../../../../src/core/stored/stored-shapes.js';
import { type FakeGcsServer, startFakeGcsServer } from '../../gcs/fake-gcs-server.js';
import { manualClock } from '../../manual-clock.js';
import { generations, objectJson, objectText } from '../bucket.js';
import { type CloudRun, startCloudRun } from '../cloud-run.js';
import { deployFlowbars, JOB_NAME, SMALL_JOB_NAME } from '../deploy-flowbars.js';
import { type EndedExecution, openExecutionsClient, runExecution } from '../executions-client.js';
import { putChunks, tinyDays } from '../tiny-days.js';
import type { OpenForms } from '../workflows/connector/connector.js';
import { startWorkflowsService } from '../workflows/api/start-workflows.js';

const TASK_TIMEOUT_MS = 60_000;
const PRODUCTS = {
  'minutes of bars': { FLOWBARS_RESOLUTIONS: '1m', FLOWBARS_OUTPUTS: 'bars' },
  bars: { FLOWBARS_OUTPUTS: 'bars' },
  usual: {},
};

export interface CloudOptions {
  /** Where runs write pages, by the name of the output bucket; nowhere by default. */
  readonly siteOf?: (outBucket: string) => string;
  /** The time at which the workflow's clock starts. */
  readonly now?: string;
  readonly parallelism?: number;
  /** Of the job with a parallelism, where tasks are processes. */
  readonly taskTimeoutMs?: number;
  /** Tasks are processes of the built flowbars. By default they run in the test's own, since a start costs most of a small task. */
  readonly areProcesses?: boolean;
  /** What the jobs make of a day: `usual` is what they do unless told. By default minutes of bars, which are quick to make. */
  readonly products?: keyof typeof PRODUCTS;
  /** Another address of storage for the workflow. */
  readonly storageUrl?: string;
  readonly forms?: Partial<OpenForms>;
  /** The workflow's JOB_NAME, for a test of a job that is not deployed. */
  readonly jobName?: string;
}

export interface LocalCloud {
  readonly gcs: FakeGcsServer;
  /** Buckets; below them the roots are `raw` and `agg`. */
  readonly raw: string;
  readonly out: string;
  readonly cloudRun: CloudRun;
  /** Of the deployed workflow, by REST. */
  readonly executionsUrl: string;
  /** Of the workflow's clock. */
  nowMs(): number;
  /** Stores two minutes of each symbol and day. */
  record(symbols: readonly string[], dates: readonly string[]): Promise<void>;
  put(bucket: string, name: string, text: string): Promise<void>;
  /** Runs the workflow to its end. */
  run(args: unknown): Promise<EndedExecution>;
  /** The same, but throws its message unless it succeeds. */
  runWell(args: unknown): Promise<EndedExecution>;
  /** Of the output bucket, by name. */
  generations(): Promise<Map<string, string>>;
  /** The text of every CSV file by name. */
  bars(): Promise<Map<string, string>>;
  /** Status by symbol in a day's manifest; null for an unpublished symbol. */
  manifest(date: string): Promise<Record<string, string | null>>;
}

export interface Services {
  /** False where there is no fake-gcs-server; the reason was printed. */
  readonly areThere: boolean;
  /** Empty buckets and a new deployment, for one test. */
  fresh(options?: CloudOptions): Promise<LocalCloud>;
}

/** Call it once in a test file: everything stops with the file. */
export async function startServices(): Promise<Services> {
  const gcs = await startFakeGcsServer();
  let deployments = 0;
  if (gcs !== undefined) afterAll(async () => await gcs.stop());
  return {
    areThere: gcs !== undefined,
    fresh: async (options = {}) => {
      if (gcs === undefined) throw new Error('no fake-gcs-server');
      deployments += 1;
      return await freshCloud(gcs, deployments, options);
    },
  };
}

/** `task 3 of window 1` for each job execution, in order; `plan 1` and `summarize 1` have no window. */
export function jobsOf({ cloudRun }: LocalCloud): string[] {
  return cloudRun.executions.map(({ command, tasks, env }) => {
    const { FLOWBARS_WINDOW: window } = env;
    return `${command} ${tasks.length}${window === undefined ? '' : ` of window ${window}`}`;
  });
}

/** Ends the execution at the first poll of the phase aggregate, none of whose tasks starts. */
export function endAtAggregate({ cloudRun }: LocalCloud): void {
  cloudRun.faults.neverFinishes = (command) => command === 'task';
  cloudRun.faults.pollStatus = 403;
}

/** The plan that an execution has stored. */
export async function planOf({ gcs, out }: LocalCloud, id: string): Promise<RunPlan> {
  const plan = await objectJson(gcs, out, `agg/_manifest/runs/${id}/plan.json`);
  if (!isStoredPlan(plan) || !isPlanned(plan)) throw new Error(`no plan of ${id}`);
  return plan;
}

async function freshCloud(
  gcs: FakeGcsServer,
  number: number,
  options: CloudOptions,
): Promise<LocalCloud> {
  const {
    now = '2024-06-01T00:20:00Z',
    parallelism = 2,
    taskTimeoutMs = TASK_TIMEOUT_MS,
  } = options;
  const raw = `recordings-${number}`;
  const out = `bars-${number}`;
  await gcs.createBucket(raw);
  await gcs.createBucket(out);
  const clock = manualClock(Date.parse(now));
  const cloudRun = await startCloudRun({
    holdsPolls: true,
    areTasksHere: options.areProcesses !== true,
  });
  onTestFinished(async () => await cloudRun.stop());
  const env = {
    FLOWBARS_GCS_ENDPOINT: gcs.endpoint,
    ...PRODUCTS[options.products ?? 'minutes of bars'],
    // The tiny recording is two minutes of a day.
    FLOWBARS_COVERAGE_MIN: '0',
    FLOWBARS_PROGRESS_MS: '0',
    ...(options.siteOf === undefined ? {} : { FLOWBARS_SITE: options.siteOf(out) }),
  };
  const job = { env, maxRetries: 3, taskTimeoutMs: TASK_TIMEOUT_MS };
  const large = { ...job, taskCount: parallelism, parallelism, taskTimeoutMs };
  cloudRun.deployJob({ ...large, name: JOB_NAME });
  cloudRun.deployJob({ ...job, name: SMALL_JOB_NAME, taskCount: 1, parallelism: undefined });
  const urls = { run: cloudRun.endpoint, storage: options.storageUrl ?? gcs.endpoint };
  const workflows = await startWorkflowsService({ clock, urls, forms: options.forms ?? {} });
  onTestFinished(async () => await workflows.close());
  const jobName = options.jobName ?? JOB_NAME;
  const roots = { rawRoot: `gs://${raw}/raw`, outRoot: `gs://${out}/agg` };
  const workflow = await deployFlowbars(workflows.url, { jobName, parallelism, ...roots });
  const client = openExecutionsClient(workflows.url);
  onTestFinished(async () => await client.close());
  return {
    gcs,
    raw,
    out,
    cloudRun,
    executionsUrl: `${workflows.url}/v1/${workflow}/executions`,
    nowMs: () => clock.nowMs(),
    record: async (symbols, dates) => await putChunks(gcs, raw, 'raw', tinyDays(symbols, dates)),
    put: async (bucket, name, text) => {
      await gcs.putObject(bucket, name, new TextEncoder().encode(text));
    },
    run: async (args) => await runExecution(client, workflow, args),
    runWell: async (args) => {
      const ended = await runExecution(client, workflow, args);
      if (ended.state === 'SUCCEEDED') return ended;
      throw new Error(`${ended.state}: ${ended.message}`);
    },
    generations: async () => await generations(gcs, out),
    bars: async () => await barsOf(gcs, out),
    manifest: async (date) => await manifestOf(gcs, out, date),
  };
}

async function barsOf(gcs: FakeGcsServer, bucket: string): Promise<Map<string, string>> {
  const names = [...(await generations(gcs, bucket)).keys()];
  const bars = new Map<string, string>();
  for (const name of names.filter((each) => each.endsWith('.csv'))) {
    bars.set(name, await objectText(gcs, bucket, name));
  }
  if (bars.size === 0) throw new Error(`no bars in ${bucket}`);
  return bars;
}

async function manifestOf(
  gcs: FakeGcsServer,
  bucket: string,
  date: string,
): Promise<Record<string, string | null>> {
  const manifest = await objectJson(gcs, bucket, `agg/_manifest/${date}.json`);
  if (!isManifest(manifest)) throw new Error(`no manifest of ${date}`);
  const entries = manifest.symbols.map(({ symbol, published }): [string, string | null] => {
    return [symbol, published?.status ?? null];
  });
  return Object.fromEntries(entries);
}
