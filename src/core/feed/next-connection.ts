/** The next connection of a line: why and when one is wanted, over which route, and how long is waited before a further attempt on it. */
import type { OpenedNote } from './feed-note.js';
import { LineConnection } from './line-connection.js';
import type { LineOptions } from './line-plan.js';
import { backoffMs, doubledMs, type LineTimes } from './line-times.js';

interface Want {
  readonly why: OpenedNote['why'];
  readonly atUs: number;
}

export class NextConnection {
  readonly search: RouteSearch;
  private readonly options: LineOptions;
  private want: Want | undefined;

  constructor(options: LineOptions) {
    this.options = options;
    this.search = new RouteSearch(options.routes, options.times, options.random);
  }

  isWanted(): boolean {
    return this.want !== undefined;
  }

  wish(why: OpenedNote['why'], nowUs: number, waitMs: number): void {
    this.want = { why, atUs: nowUs + waitMs * 1_000 };
  }

  cancel(): void {
    this.want = undefined;
  }

  /** To be opened now, once it is due. */
  take(names: readonly string[], nowUs: number): LineConnection | undefined {
    if (this.want === undefined || nowUs < this.want.atUs) return undefined;
    const { why } = this.want;
    this.want = undefined;
    const start = { id: this.options.nextConnection(), route: this.search.current(), why };
    return new LineConnection({ ...start, names, nowUs }, this.options.times);
  }
}

class RouteSearch {
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
