/** Watches the symbols of one line: one that stays away while others come, and a book whose content stands still. */
import type { DepthFrame, Level, RowFrame } from '../frame/frame.js';
import type { LineTimes } from './line-times.js';
import type { StreamKind } from './stream-kind.js';

/** Symbols are looked at so often. */
const LOOK_EVERY_US = 1_000_000;

interface Watched {
  lastRowUs: number;
  /** A row came on this carrier. */
  hasRow: boolean;
  isRefused: boolean;
  isIdle: boolean;
  resubscribedUs: number;
  book: DepthFrame | undefined;
  bookSinceUs: number;
  isFrozen: boolean;
}

export interface SymbolDoubt {
  readonly doubt: 'idle' | 'frozen' | 'refused';
  /** Index in the line. */
  readonly symbol: number;
  readonly sinceUs: number;
}

export interface SymbolFindings {
  /** New since the last look. */
  readonly doubts: readonly SymbolDoubt[];
  readonly resubscribe: readonly number[];
  readonly hasFrozen: boolean;
}

export class SymbolWatch {
  private readonly times: LineTimes;
  private readonly idleMs: number;
  private readonly isDepth: boolean;
  private readonly watched: Watched[] = [];
  private lookUs = 0;

  constructor(kind: StreamKind, symbolCount: number, times: LineTimes) {
    this.times = times;
    this.isDepth = kind === 'depth';
    this.idleMs = this.isDepth ? times.idleDepthMs : times.idleTradesMs;
    for (let symbol = 0; symbol < symbolCount; symbol++) {
      this.watched.push({
        lastRowUs: 0,
        hasRow: false,
        isRefused: false,
        isIdle: false,
        resubscribedUs: 0,
        book: undefined,
        bookSinceUs: 0,
        isFrozen: false,
      });
    }
  }

  row(symbol: number, frame: RowFrame, nowUs: number): void {
    const watched = this.watched[symbol];
    if (watched === undefined) return;
    watched.lastRowUs = nowUs;
    watched.hasRow = true;
    watched.isIdle = false;
    if (frame.is !== 'depth') return;
    if (watched.book !== undefined && isSameBook(watched.book, frame)) return;
    watched.book = frame;
    watched.bookSinceUs = nowUs;
    watched.isFrozen = false;
  }

  /** A connection took over. */
  begin(nowUs: number): void {
    for (const watched of this.watched) watched.hasRow = false;
    this.resumed(nowUs);
  }

  /** Nothing was read until now: what was waited for begins again. */
  resumed(nowUs: number): void {
    for (const watched of this.watched) {
      watched.lastRowUs = nowUs;
      watched.bookSinceUs = nowUs;
    }
  }

  /** The connection that is watched delivers this symbol. */
  isDelivered(symbol: number, nowUs: number): boolean {
    const watched = this.watched[symbol];
    return watched?.hasRow === true && !this.isAway(watched, nowUs);
  }

  isDue(nowUs: number): boolean {
    if (nowUs < this.lookUs) return false;
    this.lookUs = nowUs + LOOK_EVERY_US;
    return true;
  }

  /** `isRefused`: symbols that nothing is expected of. */
  look(nowUs: number, lineRowUs: number, isRefused: (symbol: number) => boolean): SymbolFindings {
    const doubts: SymbolDoubt[] = [];
    const resubscribe: number[] = [];
    let hasFrozen = false;
    // Silence of the whole line is no idleness of its symbols.
    const isLineAlive = nowUs - lineRowUs < (this.idleMs * 1_000) / 2;
    for (const [symbol, watched] of this.watched.entries()) {
      if (isRefused(symbol)) {
        const sinceUs = watched.lastRowUs;
        if (!watched.isRefused) doubts.push({ doubt: 'refused', symbol, sinceUs });
        watched.isRefused = true;
        continue;
      }
      if (watched.isRefused) watched.lastRowUs = nowUs;
      watched.isRefused = false;
      const isAway = this.isAway(watched, nowUs);
      if (isAway && isLineAlive) {
        if (!watched.isIdle) doubts.push({ doubt: 'idle', symbol, sinceUs: watched.lastRowUs });
        watched.isIdle = true;
        if (
          this.isDepth &&
          nowUs - watched.resubscribedUs >= this.times.resubscribeEveryMs * 1_000
        ) {
          watched.resubscribedUs = nowUs;
          resubscribe.push(symbol);
        }
      }
      if (!isAway && this.isStill(watched, nowUs)) {
        if (!watched.isFrozen)
          doubts.push({ doubt: 'frozen', symbol, sinceUs: watched.bookSinceUs });
        watched.isFrozen = true;
        hasFrozen = true;
      }
    }
    return { doubts, resubscribe, hasFrozen };
  }

  private isAway({ lastRowUs }: Watched, nowUs: number): boolean {
    return nowUs - lastRowUs >= this.idleMs * 1_000;
  }

  private isStill({ book, bookSinceUs }: Watched, nowUs: number): boolean {
    return book !== undefined && nowUs - bookSinceUs >= this.times.frozenAfterMs * 1_000;
  }
}

function isSameBook(one: DepthFrame, other: DepthFrame): boolean {
  return isSameSide(one.bids, other.bids) && isSameSide(one.asks, other.asks);
}

function isSameSide(one: readonly Level[], other: readonly Level[]): boolean {
  if (one.length !== other.length) return false;
  return one.every(([price, quantity], index) => {
    const level = other[index];
    return level?.[0] === price && level[1] === quantity;
  });
}
