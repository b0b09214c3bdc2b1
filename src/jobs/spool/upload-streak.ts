/** Logs failing uploads once when they begin to fail, and once when none fails any more. */
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Clock, Log } from '../ports.js';

export interface StreakEffects {
  readonly clock: Clock;
  readonly log: Log;
}

interface Streak {
  readonly sinceMs: number;
  failures: number;
  /** An error that only a person can mend was reported. */
  isBlocked: boolean;
}

export class UploadStreak {
  private readonly effects: StreakEffects;
  private streak: Streak | undefined;
  /** What fails at present. */
  private failing = 0;

  constructor(effects: StreakEffects) {
    this.effects = effects;
  }

  get isOpen(): boolean {
    return this.streak !== undefined;
  }

  /** `isFirst`: of this file. */
  failed(error: unknown, isFirst: boolean): void {
    const { clock, log } = this.effects;
    if (isFirst) this.failing += 1;
    const isBlocked = !(error instanceof FlowbarsError) || error.kind !== 'world';
    const isTold = this.streak !== undefined && (this.streak.isBlocked || !isBlocked);
    this.streak ??= { sinceMs: clock.nowMs(), failures: 0, isBlocked };
    this.streak.failures += 1;
    this.streak.isBlocked ||= isBlocked;
    if (!isTold) log.event(isBlocked ? 'ERROR' : 'WARNING', 'upload_failing', fieldsOf(error));
  }

  /** A file that failed is stored. */
  recovered(): void {
    const { clock, log } = this.effects;
    this.failing -= 1;
    if (this.failing > 0 || this.streak === undefined) return;
    const { sinceMs, failures } = this.streak;
    this.streak = undefined;
    const seconds = Math.round((clock.nowMs() - sinceMs) / 1_000);
    log.event('INFO', 'upload_recovered', { failures, seconds });
  }
}

function fieldsOf(error: unknown): Readonly<Record<string, unknown>> {
  if (error instanceof FlowbarsError) return { kind: error.kind, ...error.parts };
  return { found: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
