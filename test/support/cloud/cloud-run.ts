/**
 * Cloud Run jobs on this machine, as far as the workflow uses them: `jobs:run` and the operations that
 * it starts, over REST. Tasks are real processes of the built flowbars, unless a test has them in its own.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { operationJson } from './cloud-run-json.js';
import { type CloudRunFaults, type CloudRunJob, JobExecution } from './job-execution.js';
import { readOverrides, RefusedRequest } from './run-request.js';

export interface CloudRun {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  /** For a test to change. */
  readonly faults: CloudRunFaults;
  /** All that were started, in order. */
  readonly executions: readonly JobExecution[];
  /** Replaces a job of that name. Throws for a parallelism above the job's own task count. */
  deployJob(job: CloudRunJob): void;
  stop(): Promise<void>;
}

export interface CloudRunOptions {
  /** Holds the answer to a poll until the operation is done: a workflow on a manual clock waits for it. */
  readonly holdsPolls?: boolean;
  /** Tasks run in this process, but for faults that need one of their own. */
  readonly areTasksHere?: boolean;
  /** Each line that a task writes. */
  readonly onLine?: (execution: JobExecution, line: string) => void;
}

const RUN = /^POST \/v2\/(projects\/[^/]+\/locations\/[^/]+\/jobs\/[^/:]+):run$/;
const POLL = /^GET \/v2\/(projects\/[^/]+\/locations\/[^/]+\/operations\/[^/]+)$/;
/** Below what an HTTP client waits for an answer. */
const HOLD_MS = 100_000;
const BODY_BYTES_MAX = 10_000_000;

export async function startCloudRun(options: CloudRunOptions = {}): Promise<CloudRun> {
  const service = new CloudRunService(options);
  const server = createServer((request, response) => {
    void service.answer(request).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' });
      response.end(`${JSON.stringify(body, null, 2)}\n`);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    faults: service.faults,
    executions: service.executions,
    deployJob: (job) => service.deployJob(job),
    stop: async () => {
      for (const execution of service.executions) execution.stop();
      await Promise.all(service.executions.map(({ idle }) => idle));
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

class CloudRunService {
  readonly faults: CloudRunFaults = {};
  private readonly jobs = new Map<string, CloudRunJob>();
  readonly executions: JobExecution[] = [];
  private readonly operations = new Map<string, JobExecution>();
  private readonly options: CloudRunOptions;

  constructor(options: CloudRunOptions) {
    this.options = options;
  }

  async answer(request: IncomingMessage): Promise<Answer> {
    try {
      const path = decodeURIComponent((request.url ?? '').split('?')[0] ?? '');
      const body = await bodyOf(request);
      return { status: 200, body: await this.route(`${request.method} ${path}`, body) };
    } catch (error) {
      if (error instanceof RefusedRequest) return refusal(error.code, error.message);
      return refusal(500, String(error));
    }
  }

  private async route(call: string, body: unknown): Promise<unknown> {
    const [, job] = RUN.exec(call) ?? [];
    if (job !== undefined) return this.run(job, body);
    const [, operation] = POLL.exec(call) ?? [];
    return operation === undefined ? missing(call) : await this.poll(operation);
  }

  deployJob(job: CloudRunJob): void {
    refuseBelowParallelism('task_count', job.taskCount, job);
    this.jobs.set(job.name, job);
  }

  private run(jobName: string, body: unknown): unknown {
    const job = this.jobs.get(jobName) ?? missing(jobName);
    const { onLine, areTasksHere: areHere = false } = this.options;
    const overrides = readOverrides(body);
    refuseBelowParallelism('overrides.task_count', overrides.taskCount ?? job.taskCount, job);
    const refused = this.faults.refusesRun?.(overrides.args?.[0] ?? '');
    if (refused !== undefined) throw new RefusedRequest(refused.status, refused.message);
    const execution: JobExecution = new JobExecution({
      job,
      overrides,
      faults: this.faults,
      areHere,
      onLine: (line) => onLine?.(execution, line),
    });
    this.executions.push(execution);
    const place = execution.job.name.split('/').slice(0, 4).join('/');
    const operation = `${place}/operations/${randomUUID()}`;
    this.operations.set(operation, execution);
    return operationJson(operation, execution);
  }

  private async poll(name: string): Promise<unknown> {
    const { pollStatus, neverFinishes } = this.faults;
    const execution = this.operations.get(name) ?? missing(name);
    const isEndless = neverFinishes?.(execution.command) === true;
    if (isEndless && pollStatus !== undefined) {
      throw new RefusedRequest(
        pollStatus,
        `Permission 'run.operations.get' denied on resource '${name}' (or resource may not exist).`,
      );
    }
    const isHeld = this.options.holdsPolls === true && !isEndless;
    if (isHeld)
      await Promise.race([execution.finished, setTimeout(HOLD_MS, undefined, { ref: false })]);
    return operationJson(name, execution);
  }
}

/**
 * The API's reference says of a job's parallelism: "Must be <= task_count". A public report has a run
 * that was refused for it: https://github.com/googleapis/google-cloud-node/issues/4908
 */
function refuseBelowParallelism(where: string, taskCount: number, job: CloudRunJob): void {
  const { parallelism = 0 } = job;
  if (taskCount >= parallelism) return;
  const expected = `expected at least the job's parallelism of ${parallelism}`;
  throw new RefusedRequest(400, `${where}: found ${taskCount}, ${expected}`);
}

const STATUS_NAMES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
};

function refusal(code: number, message: string): Answer {
  const error = { code, message, status: STATUS_NAMES[code] ?? 'UNKNOWN' };
  return { status: code, body: { error } };
}

function missing(name: string): never {
  throw new RefusedRequest(404, `Resource '${name}' was not found.`);
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  request.setEncoding('utf8');
  for await (const part of request) {
    text += String(part);
    if (text.length > BODY_BYTES_MAX)
      throw new RefusedRequest(400, 'Request payload is too large.');
  }
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new RefusedRequest(400, 'Invalid JSON payload received.');
  }
}
