/** One connection of a line: connected, subscribed and acknowledged within limits, and alive by pings. */
import type { OpenedNote } from './feed-note.js';
import type { LineAction } from './line-action.js';
import type { LineTimes } from './line-times.js';
import { Subscription } from './subscription.js';

interface ConnectionStart {
  readonly id: number;
  readonly route: string;
  readonly why: OpenedNote['why'];
  readonly names: readonly string[];
  readonly nowUs: number;
}

export class LineConnection {
  readonly id: number;
  readonly route: string;
  readonly why: OpenedNote['why'];
  readonly subscription: Subscription;
  /** All names were answered; undefined before. */
  acknowledgedUs: number | undefined;
  /** Undefined before its first row. */
  firstRowUs: number | undefined;
  lastRowUs = 0;
  /** Text frames of any kind. */
  frames = 0;
  /** Why it is being closed, and since when. */
  closing: { readonly why: string; sinceUs: number } | undefined;
  private readonly times: LineTimes;
  private readonly nameCount: number;
  private startedUs: number;
  private openedUs: number | undefined;
  private lastByteUs: number;
  /** The first one goes out at once: how far the exchange is away is worth knowing from the beginning. */
  private lastPingUs: number = Number.NEGATIVE_INFINITY;
  private isPongDue = false;

  constructor({ id, route, why, names, nowUs }: ConnectionStart, times: LineTimes) {
    this.id = id;
    this.route = route;
    this.why = why;
    this.times = times;
    this.nameCount = names.length;
    this.subscription = new Subscription(names, times);
    this.startedUs = nowUs;
    this.lastByteUs = nowUs;
  }

  opened(nowUs: number): void {
    this.openedUs = nowUs;
    this.lastByteUs = nowUs;
  }

  /** Something came in. */
  heard(nowUs: number): void {
    this.lastByteUs = nowUs;
  }

  frame(nowUs: number): void {
    this.frames += 1;
    this.heard(nowUs);
  }

  /** The time since its ping; undefined for a pong that nobody asked for. */
  pong(nowUs: number): number | undefined {
    this.lastByteUs = nowUs;
    if (!this.isPongDue) return undefined;
    this.isPongDue = false;
    return nowUs - this.lastPingUs;
  }

  /** True when this makes it acknowledged. */
  acknowledge(nowUs: number): boolean {
    if (this.acknowledgedUs !== undefined || !this.subscription.isSettled()) return false;
    if (this.isRefused()) return false;
    this.acknowledgedUs = nowUs;
    return true;
  }

  /** Since when it is acknowledged and delivers; undefined before. */
  readyUs(): number | undefined {
    if (this.acknowledgedUs === undefined || this.firstRowUs === undefined) return undefined;
    return Math.max(this.acknowledgedUs, this.firstRowUs);
  }

  /** What it sends now. */
  due(nowUs: number): LineAction[] {
    if (this.openedUs === undefined || this.closing !== undefined) return [];
    const actions: LineAction[] = [];
    const text = this.subscription.due(nowUs);
    if (text !== undefined) actions.push({ do: 'send', connection: this.id, text });
    if (nowUs - this.lastPingUs >= this.times.pingEveryMs * 1_000) {
      this.lastPingUs = nowUs;
      this.isPongDue = true;
      actions.push({ do: 'ping', connection: this.id });
    }
    return actions;
  }

  /** The exchange refuses every name. */
  isRefused(): boolean {
    return this.firstRowUs === undefined && this.subscription.refused.size === this.nameCount;
  }

  /** A request is overdue. */
  isUnanswered(nowUs: number): boolean {
    return this.closing === undefined && this.subscription.isOverdue(nowUs);
  }

  /** Why it has to be dropped; undefined while it is well. */
  trouble(nowUs: number): string | undefined {
    const { connectMs, acknowledgeMs, deadAfterMs, closeMs } = this.times;
    const isPast = (sinceUs: number, limitMs: number): boolean =>
      nowUs - sinceUs >= limitMs * 1_000;
    if (this.closing !== undefined) {
      return isPast(this.closing.sinceUs, closeMs) ? this.closing.why : undefined;
    }
    if (this.openedUs === undefined) {
      return isPast(this.startedUs, connectMs) ? `not open after ${connectMs} ms` : undefined;
    }
    if (this.isRefused()) return 'every name was refused';
    if (this.isUnanswered(nowUs) && this.firstRowUs === undefined) {
      return `no answer within ${acknowledgeMs} ms`;
    }
    return isPast(this.lastByteUs, deadAfterMs) ? `nothing came for ${deadAfterMs} ms` : undefined;
  }

  /** Nothing was read until now, by intent. */
  resumed(nowUs: number): void {
    this.startedUs = nowUs;
    this.lastByteUs = nowUs;
    this.isPongDue = false;
    if (this.closing !== undefined) this.closing.sinceUs = nowUs;
    this.subscription.resumed(nowUs);
  }
}

export interface ConnectionEnd {
  readonly why: string;
  /** The exchange says that there is nothing at this address. */
  readonly isNoRoute: boolean;
}
