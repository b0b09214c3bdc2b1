/**
 * One execution of a job: runs flowbars once per task, with retries, a timeout per
 * attempt and bounded parallelism, and counts tasks as Cloud Run does.
 */
import { randomUUID } from 'node:crypto';
import { cloudRunVariables } from '../../../src/edge/process/cloud-run.js';
import { mapBounded } from '../../../src/jobs/map-bounded.js';
import type { Overrides } from './run-request.js';
import { runAttempt, type AttemptEnd, type TaskFault } from './task-attempt.js';

export interface CloudRunJob {
  /** `projects/P/locations/L/jobs/J`. */
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  /** Tasks of a run that does not say how many. */
  readonly taskCount: number;
  /** Tasks at once; undefined: as many as the service likes. At most `taskCount`. */
  readonly parallelism: number | undefined;
  /** 0 to 10. */
  readonly maxRetries: number;
  /** Of one attempt. */
  readonly taskTimeoutMs: number;
}

/** For a job without a parallelism. */
const UNBOUNDED_TASKS_AT_ONCE = 4;

export interface TaskAttempt {
  /** `plan`, `task`, `finalize` or `summarize`. */
  readonly command: string;
  readonly index: number;
  /** 0 on the first try. */
  readonly attempt: number;
}

/** What a test does to executions. It may change between two of them. */
export interface CloudRunFaults {
  /** Answers the start of a job with this error. */
  refusesRun?: (
    command: string,
  ) => { readonly status: number; readonly message: string } | undefined;
  taskFault?: (attempt: TaskAttempt) => TaskFault | undefined;
  /** Tasks of these commands never start, and their operation is never done. */
  neverFinishes?: (command: string) => boolean;
  /** The status of polls of those operations. */
  pollStatus?: number;
  /** Cancels the tasks that have not started when one has spent its retries. Google does either. */
  cancelsSiblings?: boolean;
}

export interface TaskState {
  readonly index: number;
  state: 'pending' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  retried: number;
  last: AttemptEnd | undefined;
  /** What its attempts wrote, line by line. */
  readonly lines: string[];
}

export interface ExecutionRequest {
  readonly job: CloudRunJob;
  readonly overrides: Overrides;
  readonly faults: CloudRunFaults;
  readonly areHere: boolean;
  readonly onLine: (line: string) => void;
}

export class JobExecution {
  readonly job: CloudRunJob;
  readonly name: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly tasks: readonly TaskState[];
  readonly createTime: string = new Date().toISOString();
  completionTime: string | undefined;
  /** Settles when all tasks have ended; never with the fault neverFinishes. */
  readonly finished: Promise<void>;
  /** Settles when none of its processes is left. */
  readonly idle: Promise<void>;
  private readonly request: ExecutionRequest;
  private readonly stopping = new AbortController();

  constructor(request: ExecutionRequest) {
    const { job, overrides, faults } = request;
    this.request = request;
    this.job = job;
    this.name = `${job.name}/executions/${job.name.split('/')[5]}-${randomUUID().slice(0, 5)}`;
    this.args = overrides.args;
    this.env = { ...job.env, ...overrides.env };
    const count = overrides.taskCount ?? job.taskCount;
    this.tasks = Array.from({ length: count }, (_, index): TaskState => {
      return { index, state: 'pending', retried: 0, last: undefined, lines: [] };
    });
    const isEndless = faults.neverFinishes?.(this.command) === true;
    this.idle = isEndless ? Promise.resolve() : this.runTasks();
    this.finished = isEndless ? new Promise(() => undefined) : this.idle;
  }

  get command(): string {
    return this.args[0] ?? '';
  }

  /** Tasks in a state. */
  count(state: TaskState['state']): number {
    return this.tasks.filter((task) => task.state === state).length;
  }

  get isFailed(): boolean {
    return this.count('succeeded') < this.tasks.length;
  }

  /** Ends the running tasks and starts no more. */
  stop(): void {
    this.stopping.abort();
  }

  private async runTasks(): Promise<void> {
    const atOnce = this.job.parallelism ?? UNBOUNDED_TASKS_AT_ONCE;
    await mapBounded(this.tasks, atOnce, async (task) => await this.runTask(task));
    this.completionTime = new Date().toISOString();
  }

  private async runTask(task: TaskState): Promise<void> {
    const { faults } = this.request;
    for (let attempt = 0; attempt <= this.job.maxRetries; attempt += 1) {
      const givesUp = faults.cancelsSiblings === true && this.count('failed') > 0;
      if (this.stopping.signal.aborted || givesUp) {
        task.state = 'cancelled';
        return;
      }
      task.state = 'running';
      task.retried = attempt;
      task.last = await this.runAttempt(task, attempt);
      if (task.last.exitCode === 0) {
        task.state = 'succeeded';
        return;
      }
    }
    task.state = 'failed';
  }

  private async runAttempt(task: TaskState, attempt: number): Promise<AttemptEnd> {
    const { job, faults, areHere, onLine } = this.request;
    const position = { index: task.index, count: this.tasks.length, attempt };
    const [, , , , , jobName = '', , execution = ''] = this.name.split('/');
    return await runAttempt({
      args: this.args,
      env: { ...this.env, ...cloudRunVariables({ job: jobName, execution, ...position }) },
      timeoutMs: job.taskTimeoutMs,
      isHere: areHere,
      fault: faults.taskFault?.({ command: this.command, index: task.index, attempt }),
      stopped: this.stopping.signal,
      onLine: (line) => {
        task.lines.push(line);
        onLine(line);
      },
    });
  }
}
