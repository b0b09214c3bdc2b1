/** The requests of one connection, paced and answered: SUBSCRIBE in batches, and again for what stays away or was refused. */
import type { ReplyFrame } from '../frame/frame.js';
import type { LineTimes } from './line-times.js';
import { RefusedNames } from './refused-names.js';

/** Names in a request, so that one message stays small. */
export const REQUEST_NAMES_MAX = 50;

interface Request {
  readonly method: 'SUBSCRIBE' | 'UNSUBSCRIBE';
  readonly names: readonly string[];
}

interface SentRequest extends Request {
  readonly sentUs: number;
}

/** What a refused request says of names that were not refused before. */
export interface Refusal {
  readonly names: readonly string[];
  readonly why: string;
}

export class Subscription {
  /** Names that the exchange refused one by one. */
  readonly refused: RefusedNames;
  /** Names that a row came of since they were asked for. */
  private readonly came: Set<string> = new Set();
  private readonly times: LineTimes;
  private readonly waiting: Request[] = [];
  private readonly unanswered = new Map<number, SentRequest>();
  private lastId = 0;
  private nextUs = 0;

  constructor(names: readonly string[], times: LineTimes) {
    this.times = times;
    this.refused = new RefusedNames(times);
    for (let start = 0; start < names.length; start += REQUEST_NAMES_MAX) {
      const batch = names.slice(start, start + REQUEST_NAMES_MAX);
      this.waiting.push({ method: 'SUBSCRIBE', names: batch });
    }
  }

  /** Every request was answered. */
  isSettled(): boolean {
    return this.waiting.length === 0 && this.unanswered.size === 0;
  }

  /** A request was not answered in time. */
  isOverdue(nowUs: number): boolean {
    const [oldest] = this.unanswered.values();
    return oldest !== undefined && this.isLate(oldest, nowUs);
  }

  /** Waits no longer for answers that are overdue: names without a row count as refused. */
  giveUp(nowUs: number): readonly string[] {
    const late = [...this.unanswered].filter(([, request]) => this.isLate(request, nowUs));
    for (const [id] of late) this.unanswered.delete(id);
    const names = late.flatMap(([, request]) =>
      request.method === 'SUBSCRIBE' ? request.names.filter((name) => !this.came.has(name)) : [],
    );
    for (const name of names) this.refused.add(name, nowUs);
    return names;
  }

  /** The text of the next request, when it is due. */
  due(nowUs: number): string | undefined {
    if (nowUs < this.nextUs) return undefined;
    if (this.isSettled()) this.askAgain(nowUs);
    const request = this.waiting.shift();
    if (request === undefined) return undefined;
    this.nextUs = nowUs + this.times.requestEveryMs * 1_000;
    this.lastId += 1;
    this.unanswered.set(this.lastId, { ...request, sentUs: nowUs });
    return JSON.stringify({ method: request.method, params: request.names, id: this.lastId });
  }

  again(name: string): void {
    this.came.delete(name);
    const names = [name];
    this.waiting.push({ method: 'UNSUBSCRIBE', names }, { method: 'SUBSCRIBE', names });
  }

  /** A row of this name came, so it is subscribed, whatever was answered. */
  delivered(name: string): void {
    this.came.add(name);
    if (this.refused.size > 0) this.refused.remove(name);
  }

  /** Nothing was read until now, by intent. */
  resumed(nowUs: number): void {
    for (const [id, request] of this.unanswered) {
      this.unanswered.set(id, { ...request, sentUs: nowUs });
    }
  }

  /** An error without an id is about the oldest request. A refused batch is split until the names are known that are refused. */
  answered({ id, error }: Omit<ReplyFrame, 'is'>, nowUs: number): Refusal | undefined {
    const [oldest] = this.unanswered.keys();
    const key = id ?? oldest;
    const request = key === undefined ? undefined : this.unanswered.get(key);
    if (key === undefined || request === undefined) return undefined;
    this.unanswered.delete(key);
    const { method, names } = request;
    if (method === 'UNSUBSCRIBE') return undefined;
    if (error === undefined) {
      for (const name of names) this.refused.remove(name);
      return undefined;
    }
    const half = Math.ceil(names.length / 2);
    if (names.length > 1) {
      this.waiting.push({ method, names: names.slice(0, half) });
      this.waiting.push({ method, names: names.slice(half) });
      return undefined;
    }
    const news = names.filter((name) => this.refused.add(name, nowUs));
    return news.length === 0 ? undefined : { names: news, why: error };
  }
  private isLate({ sentUs }: SentRequest, nowUs: number): boolean {
    return nowUs - sentUs >= this.times.acknowledgeMs * 1_000;
  }

  private askAgain(nowUs: number): void {
    const names = this.refused.takeDue(nowUs, REQUEST_NAMES_MAX);
    if (names.length > 0) this.waiting.push({ method: 'SUBSCRIBE', names });
  }
}
