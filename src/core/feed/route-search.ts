/** Which route a line uses, and how long it waits before a further attempt on it. */
import { backoffMs, doubledMs, type LineTimes } from './line-times.js';

export class RouteSearch {
  private readonly routes: readonly string[];
  private readonly times: LineTimes;
  private readonly random: () => number;
  private index = 0;
  /** Failures since rows last came for a while. */
  private failures = 0;
  /** Routes left since the last row. */
  private silences = 0;
  /** Connections left since the last one that lacked nothing. */
  private lacks = 0;

  /** `random`: uniform in [0, 1). */
  constructor(routes: readonly string[], times: LineTimes, random: () => number) {
    this.routes = routes;
    this.times = times;
    this.random = random;
  }

  current(): string {
    return this.routes[this.index] ?? '';
  }

  next(): void {
    this.index = (this.index + 1) % this.routes.length;
  }

  backTo(route: string): void {
    this.index = Math.max(0, this.routes.indexOf(route));
  }

  /** The wait after a lost connection: none after a steady one. */
  waitAfterLossMs(): number {
    const waitMs = backoffMs(this.failures, this.times, this.random);
    this.failures += 1;
    return waitMs;
  }

  /** The wait after an attempt that failed. */
  waitAfterFailureMs(): number {
    this.failures += 1;
    return backoffMs(this.failures, this.times, this.random);
  }

  /** The wait before the next route is tried for rows: none for the first one. */
  waitAfterSilenceMs(): number {
    const waitMs = backoffMs(this.silences, this.times, this.random);
    this.silences += 1;
    return waitMs;
  }

  /** The wait after a connection that lacked what another one delivers. */
  waitAfterLackMs(): number {
    const waitMs = doubledMs(this.lacks, this.times.refusedBaseMs, this.times.refusedMaxMs);
    this.lacks += 1;
    return waitMs;
  }

  lacksNothing(): void {
    this.lacks = 0;
  }

  rowCame(): void {
    this.silences = 0;
  }

  isSteady(): void {
    this.failures = 0;
  }
}
