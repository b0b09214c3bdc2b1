/**
 * What an uploader does next. A task that failed comes back at its own time and holds up no other: new tasks and those that failed take
 * turns, so that what fails for ever gets half of the attempts at most.
 */

export interface Task {
  /** What it takes into memory. */
  readonly sizeBytes: number;
  readonly act: () => Promise<void>;
  failures: number;
}

interface Delayed {
  readonly task: Task;
  /** By the steady clock. */
  readonly dueMs: number;
}

export class UploadQueue {
  private fresh: Task[] = [];
  /** In the order of their failures. */
  private readonly delayed: Delayed[] = [];
  private isTurnOfDelayed = false;

  get hasFresh(): boolean {
    return this.fresh.length > 0;
  }

  add(tasks: readonly Task[]): void {
    this.fresh.push(...tasks);
  }

  delay(task: Task, dueMs: number): void {
    this.delayed.push({ task, dueMs });
  }

  /** Undefined if nothing is due. */
  take(nowMs: number): Task | undefined {
    const due = this.delayed.findIndex(({ dueMs }) => dueMs <= nowMs);
    if (due !== -1 && (this.isTurnOfDelayed || this.fresh.length === 0)) {
      this.isTurnOfDelayed = false;
      return this.delayed.splice(due, 1)[0]?.task;
    }
    this.isTurnOfDelayed = true;
    return this.fresh.shift();
  }

  /** Infinite if nothing failed. */
  nextDueMs(): number {
    return this.delayed.reduce((next, { dueMs }) => Math.min(next, dueMs), Infinity);
  }
}
