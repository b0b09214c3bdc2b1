/**
 * Cloud Run jobs on this machine, as far as a workflow, a person and the tests use them: `jobs:run`,
 * operations, executions and tasks over REST. Tasks are real processes of the built flowbars.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { executionJson, operationJson, taskJson } from './cloud-run-json.js';
import { type CloudRunFaults, type CloudRunJob, JobExecution } from './job-execution.js';
import { type Overrides, readOverrides, RefusedRequest } from './run-request.js';

export interface CloudRun {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  /** For a test to change. */
  readonly faults: CloudRunFaults;
  /** All that were started, in order. */
  readonly executions: readonly JobExecution[];
  /** Replaces a job of that name. */
  deployJob(job: CloudRunJob): void;
  stop(): Promise<void>;
}

export interface CloudRunOptions {
  /**
   * Answers a poll only when the operation is done, so that a workflow with a clock of its own
   * neither runs ahead of real processes nor asks in a circle.
   */
  readonly holdsPolls?: boolean;
  /** Each line that a task writes. */
  readonly onLine?: (execution: JobExecution, line: string) => void;
}

const JOB = 'projects/[^/]+/locations/[^/]+/jobs/[^/:]+';
const ROUTES = {
  run: new RegExp(`^/v2/(${JOB}):run$`),
  job: new RegExp(`^/v2/(${JOB})$`),
  operation: /^\/v2\/(projects\/[^/]+\/locations\/[^/]+\/operations\/[^/]+)$/,
  executions: new RegExp(`^/v2/(${JOB})/executions$`),
  execution: new RegExp(`^/v2/(${JOB}/executions/[^/:]+)$`),
  cancel: new RegExp(`^/v2/(${JOB}/executions/[^/:]+):cancel$`),
  tasks: new RegExp(`^/v2/(${JOB}/executions/[^/:]+)/tasks$`),
  task: new RegExp(`^/v2/(${JOB}/executions/[^/:]+)/tasks/([^/:]+)$`),
};
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
    deployJob: (job) => service.jobs.set(job.name, job),
    stop: async () => {
      for (const execution of service.executions) execution.cancel();
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
  readonly jobs = new Map<string, CloudRunJob>();
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
      return { status: 200, body: await this.route(request.method ?? '', path, body) };
    } catch (error) {
      if (error instanceof RefusedRequest) return refusal(error.code, error.message);
      return refusal(500, String(error));
    }
  }

  private async route(method: string, path: string, body: unknown): Promise<unknown> {
    const matched = Object.entries(ROUTES).flatMap(([route, pattern]) => {
      const [, name, id] = pattern.exec(path) ?? [];
      return name === undefined ? [] : [{ call: `${method} ${route}`, name, id: id ?? '' }];
    })[0];
    const { call, name, id } = matched ?? { call: '', name: '', id: '' };
    switch (call) {
      case 'POST run':
        return this.run(name, body);
      case 'GET operation':
        return await this.poll(name);
      case 'GET job': {
        const { taskTimeoutMs, ...job } = this.job(name);
        return { ...job, timeout: `${taskTimeoutMs / 1_000}s` };
      }
      case 'GET executions': {
        const ofJob = this.executions.filter(({ job }) => job.name === name);
        return ofJob.length === 0 ? {} : { executions: ofJob.map((one) => executionJson(one)) };
      }
      case 'GET execution':
        return executionJson(this.execution(name));
      case 'POST cancel':
        return this.cancel(name);
      case 'GET tasks': {
        const execution = this.execution(name);
        return { tasks: execution.tasks.map((task) => taskJson(execution, task)) };
      }
      case 'GET task': {
        const execution = this.execution(name);
        const index = Number(/-task(\d+)$/.exec(id)?.[1]);
        const task = execution.tasks[index] ?? missing(`${name}/tasks/${id}`);
        return taskJson(execution, task);
      }
      default:
        return missing(`${method} ${path}`);
    }
  }

  private run(jobName: string, body: unknown): unknown {
    const job = this.job(jobName);
    const { onLine } = this.options;
    const overrides = readOverrides(body);
    refuseBelowParallelism(overrides, job);
    const refused = this.faults.refusesRun?.(overrides.args?.[0] ?? '');
    if (refused !== undefined) throw new RefusedRequest(refused.status, refused.message);
    const execution: JobExecution = new JobExecution({
      job,
      overrides,
      faults: this.faults,
      onLine: (line) => onLine?.(execution, line),
    });
    this.executions.push(execution);
    return this.operationOf(execution);
  }

  private cancel(name: string): unknown {
    const execution = this.execution(name);
    execution.cancel();
    return this.operationOf(execution);
  }

  /** A new operation that is done when the execution is. */
  private operationOf(execution: JobExecution): unknown {
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

  private job(name: string): CloudRunJob {
    return this.jobs.get(name) ?? missing(name);
  }

  private execution(name: string): JobExecution {
    return this.executions.find((execution) => execution.name === name) ?? missing(name);
  }
}

/**
 * The API says that a parallelism has to be at most the number of tasks, and a public report has a
 * run that was refused for it: https://github.com/googleapis/google-cloud-node/issues/4908
 */
function refuseBelowParallelism({ taskCount = 1 }: Overrides, { parallelism }: CloudRunJob): void {
  if (parallelism === undefined || taskCount >= parallelism) return;
  const found = `task_count: found ${taskCount}, expected at least the job's parallelism`;
  throw new RefusedRequest(400, `overrides.${found} of ${parallelism}`);
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
