/**
 * Decides how many reads of a bucket are in flight, from what the last ones brought: more while more bring more
 * bytes a second, fewer where fewer bring as many, half after a refusal. Pure; the caller has the clock.
 */

export interface ReadPaceLimits {
  readonly atOnceMin: number;
  /** No trial goes below it; only refusals do. */
  readonly atOnceTrialMin: number;
  readonly atOnceMax: number;
  /** In flight to begin with. */
  readonly atOnceFirst: number;
}

/** How much a trial changes the number in flight, up and down. */
const UP = 1.5;
const DOWN = 0.75;
/**
 * A trial with more has to bring this much more, and one with fewer at least this share. UP, DOWN and these let
 * chance alone raise the number rather than lower it: too many reads cost memory, too few cost time.
 */
const GAIN_MIN = 1.05;
const KEEP_MIN = 0.99;
/** Rounds between trials, in which the number stays; more after a refusal, since a trial costs others. */
const ROUNDS_BETWEEN_TRIALS = 12;
const ROUNDS_AFTER_REFUSAL = 48;
/** Reads that a round measures at least. */
const ROUND_READS_MIN = 8;

type Trial = 'up' | 'down' | 'none';

export class ReadPace {
  /** Reads that may be in flight now. */
  atOnce: number;
  private readonly limits: ReadPaceLimits;
  private trial: Trial = 'up';
  /** Before the trial: the number and its bytes a millisecond. */
  private heldAtOnce: number;
  private heldRate = 0;
  private roundsToHold = 0;
  private nextTrial: Trial = 'down';
  /** The present round: reads of the former number that are still to end, then its own. */
  private readsToSettle = 0;
  private reads = 0;
  private bytes = 0;
  private startMs: number | undefined;

  constructor(limits: ReadPaceLimits) {
    this.limits = limits;
    this.atOnce = this.inRange(limits.atOnceFirst);
    this.heldAtOnce = this.atOnce;
  }

  /** A read ended. `isBusy`: another one waited for its place, so the number was what held them up. */
  ended(nowMs: number, bytes: number, isBusy: boolean): void {
    if (!isBusy) {
      this.startRound(0);
      return;
    }
    if (this.readsToSettle > 0) {
      this.readsToSettle -= 1;
      return;
    }
    if (this.startMs === undefined) {
      this.startMs = nowMs;
      return;
    }
    this.reads += 1;
    this.bytes += bytes;
    const elapsedMs = nowMs - this.startMs;
    if (this.reads < Math.max(this.atOnce, ROUND_READS_MIN) || elapsedMs <= 0) return;
    this.endRound(this.bytes / elapsedMs);
  }

  /** The server said that it is busy, or did not answer in time. */
  refused(): void {
    // Reads of one burst are refused together and count once; those sent after it count again.
    if (this.readsToSettle > 0 && this.trial === 'none') {
      this.readsToSettle -= 1;
      return;
    }
    this.trial = 'none';
    this.roundsToHold = ROUNDS_AFTER_REFUSAL;
    this.heldRate = 0;
    this.nextTrial = 'up';
    this.change(this.atOnce / 2);
    this.heldAtOnce = this.atOnce;
  }

  private endRound(rate: number): void {
    switch (this.trial) {
      case 'up':
        if (rate > this.heldRate * GAIN_MIN) this.keep(rate, 'up');
        else this.giveUp('down');
        return;
      case 'down':
        if (rate >= this.heldRate * KEEP_MIN) this.keep(this.heldRate, 'down');
        else this.giveUp('up');
        return;
      case 'none':
        this.heldRate = this.heldRate === 0 ? rate : (this.heldRate * 3 + rate) / 4;
        this.roundsToHold -= 1;
        if (this.roundsToHold <= 0) this.tryNext(this.nextTrial);
        else this.startRound(0);
        return;
      default:
        this.trial satisfies never;
    }
  }

  /** The trial was good: holds its number and goes on in its direction. */
  private keep(rate: number, direction: 'up' | 'down'): void {
    this.heldAtOnce = this.atOnce;
    this.heldRate = rate;
    this.tryNext(direction);
  }

  private giveUp(next: 'up' | 'down'): void {
    this.trial = 'none';
    this.roundsToHold = ROUNDS_BETWEEN_TRIALS;
    this.nextTrial = next;
    this.change(this.heldAtOnce);
  }

  private tryNext(direction: Trial): void {
    const fewer = Math.min(this.atOnce, Math.max(this.limits.atOnceTrialMin, this.atOnce * DOWN));
    const wanted = direction === 'up' ? this.atOnce * UP : fewer;
    this.trial = direction;
    if (this.inRange(wanted) !== this.atOnce) this.change(wanted);
    else this.giveUp(direction === 'up' ? 'down' : 'up');
  }

  private change(atOnce: number): void {
    const before = this.atOnce;
    this.atOnce = this.inRange(atOnce);
    this.startRound(before);
  }

  private startRound(readsToSettle: number): void {
    this.readsToSettle = readsToSettle;
    this.reads = 0;
    this.bytes = 0;
    this.startMs = undefined;
  }

  private inRange(atOnce: number): number {
    const { atOnceMin, atOnceMax } = this.limits;
    return Math.max(1, Math.min(atOnceMax, Math.max(atOnceMin, Math.round(atOnce))));
  }
}
