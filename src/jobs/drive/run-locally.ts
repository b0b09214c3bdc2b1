/**
 * Runs the phases of a plan on one machine as Cloud Workflows and Cloud Run do: one after the other,
 * even after failures, unless what failed would fail again. The runner decides what a task is and how it starts.
 */
import type { PlannedPhase } from '../../core/plan/run-plan.js';
import type { FourParts } from '../../core/unit/errors.js';
import { mapBounded } from '../map-bounded.js';
import type { Clock, Log } from '../ports.js';

/** What Cloud Run tells a task about itself. */
export interface TaskPosition {
  readonly index: number;
  /** 0 on the first try. */
  readonly attempt: number;
}

export interface TaskEnd {
  /** Undefined if a signal ended the task or it could not be started. */
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  /** What no retry mends (a full disk, a missing right), and every other task would meet as well. */
  readonly blocked?: FourParts;
}

export interface RunningTask {
  /** Never rejects. */
  readonly ended: Promise<TaskEnd>;
  /** Asks the task to end. */
  readonly stop: () => void;
  /** Kills the task. */
  readonly kill: () => void;
}

export interface TaskRunner {
  start(phase: PlannedPhase, position: TaskPosition): RunningTask;
  /** True if a retry may succeed: false for a usage error and for a bug. */
  isWorldsFault(end: TaskEnd): boolean;
}

export interface LocalRun {
  readonly phases: readonly PlannedPhase[];
  /** Tasks at once. */
  readonly jobs: number;
  /** Retries of a task after storage, network or machine failed. */
  readonly retries: number;
}

export interface LocalRunEffects<Signal extends string> {
  readonly runner: TaskRunner;
  readonly clock: Clock;
  readonly log: Log;
  /** Settles with the reason when the run has to stop. */
  readonly stopped: Promise<Signal>;
}

export interface FailedTask extends Pick<PlannedPhase, 'command' | 'window'> {
  readonly index: number;
  /** End of its last attempt. */
  readonly end: TaskEnd;
}

export interface LocalRunResult<Signal extends string> {
  /** Tasks out of retries, or that no retry would help; their work is left undone. */
  readonly failed: readonly FailedTask[];
  readonly stoppedBy: Signal | undefined;
  /** Why all tasks were stopped before the end. */
  readonly blocked: FourParts | undefined;
}

/** Time between SIGTERM and SIGKILL, as in Cloud Run. */
export const STOP_WAIT_MS = 10_000;
/** Wait before the first retry; doubles with each further one. */
export const RETRY_WAIT_MS = 1_000;

export async function runLocally<Signal extends string>(
  run: LocalRun,
  effects: LocalRunEffects<Signal>,
): Promise<LocalRunResult<Signal>> {
  const { runner, clock, log, stopped } = effects;
  const running = new Set<RunningTask>();
  const failed: FailedTask[] = [];
  let stoppedBy: Signal | undefined;
  let blocked: FourParts | undefined;
  const ending = Promise.withResolvers<void>();
  const isEnding = (): boolean => stoppedBy !== undefined || blocked !== undefined;
  const endAll = (): void => {
    ending.resolve();
    for (const task of running) task.stop();
    void clock.waitMs(STOP_WAIT_MS).then(() => {
      for (const task of running) task.kill();
    });
  };
  void stopped.then((signal) => {
    stoppedBy = signal;
    log.event('WARNING', 'stopping', { signal, tasks: running.size });
    endAll();
  });
  const runTask = async (phase: PlannedPhase, index: number): Promise<void> => {
    const { command, window } = phase;
    for (let attempt = 0; ; attempt += 1) {
      if (isEnding()) return;
      const task = runner.start(phase, { index, attempt });
      running.add(task);
      const end = await task.ended;
      const { exitCode, signal } = end;
      running.delete(task);
      if (exitCode === 0 || isEnding()) return;
      if (end.blocked !== undefined) {
        blocked = end.blocked;
        failed.push({ command, window, index, end });
        endAll();
        return;
      }
      const isLast = attempt >= run.retries || !runner.isWorldsFault(end);
      const position = {
        step: command,
        index,
        attempt,
        exit_code: exitCode ?? null,
        signal: signal ?? null,
      };
      log.event(isLast ? 'ERROR' : 'WARNING', isLast ? 'task_failed' : 'task_retried', position);
      if (isLast) {
        failed.push({ command, window, index, end });
        return;
      }
      await Promise.race([clock.waitMs(RETRY_WAIT_MS * 2 ** attempt), ending.promise]);
    }
  };
  for (const phase of run.phases) {
    const { command: step, count } = phase;
    if (isEnding()) break;
    log.event('INFO', 'step_started', { step, count });
    const indexes = Array.from({ length: count }, (_, index) => index);
    await mapBounded(indexes, run.jobs, async (index) => await runTask(phase, index));
  }
  return { failed, stoppedBy, blocked };
}
