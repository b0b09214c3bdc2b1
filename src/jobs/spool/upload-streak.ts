/** Logs failing uploads when they begin to fail, now and then while they do, and once when none fails any more. */
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Log } from '../ports.js';
import type { SpoolClock } from './spool-clock.js';

export interface StreakEffects {
  readonly clock: SpoolClock;
  readonly log: Log;
}

interface Streak {
  readonly sinceMs: number;
  toldMs: number;
  failures: number;
  /** An error that only a person can mend was reported. */
  isBlocked: boolean;
}

/** How often a streak is told again. */
const TELL_MS = 300_000;

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
    const nowMs = clock.steadyMs();
    if (isFirst) this.failing += 1;
    const isBlocked = !(error instanceof FlowbarsError) || error.kind !== 'world';
    const before = this.streak;
    const isWorse = before === undefined || (isBlocked && !before.isBlocked);
    const streak = before ?? { sinceMs: nowMs, toldMs: nowMs, failures: 0, isBlocked };
    this.streak = streak;
    streak.failures += 1;
    streak.isBlocked ||= isBlocked;
    if (!isWorse && nowMs - streak.toldMs < TELL_MS) return;
    streak.toldMs = nowMs;
    const { failures, isBlocked: isError } = streak;
    const counts = { files: this.failing, failures };
    log.event(isError ? 'ERROR' : 'WARNING', 'upload_failing', { ...fieldsOf(error), ...counts });
  }

  /** A file that failed is stored. */
  recovered(): void {
    const { clock, log } = this.effects;
    this.failing -= 1;
    if (this.failing > 0 || this.streak === undefined) return;
    const { sinceMs, failures } = this.streak;
    this.streak = undefined;
    const seconds = Math.round((clock.steadyMs() - sinceMs) / 1_000);
    log.event('INFO', 'upload_recovered', { failures, seconds });
  }
}

function fieldsOf(error: unknown): Readonly<Record<string, unknown>> {
  if (error instanceof FlowbarsError) return { kind: error.kind, ...error.parts };
  return { found: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
