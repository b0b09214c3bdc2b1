/**
 * Names that the exchange refused on a connection, each with when it is asked for again: a refusal may be for ever, or for as long as
 * the exchange is busy, and nothing tells which.
 */
import { doubledMs, type LineTimes } from './line-times.js';

interface Wait {
  readonly tries: number;
  /** Infinite while it is asked for. */
  readonly againUs: number;
}

export class RefusedNames {
  private readonly times: LineTimes;
  private readonly waits = new Map<string, Wait>();

  constructor(times: LineTimes) {
    this.times = times;
  }

  get size(): number {
    return this.waits.size;
  }

  has(name: string): boolean {
    return this.waits.has(name);
  }

  names(): string[] {
    return [...this.waits.keys()];
  }

  /** True if it was not refused before. */
  add(name: string, nowUs: number): boolean {
    const tries = this.waits.get(name)?.tries ?? 0;
    const waitMs = doubledMs(tries, this.times.refusedBaseMs, this.times.refusedMaxMs);
    this.waits.set(name, { tries: tries + 1, againUs: nowUs + waitMs * 1_000 });
    return tries === 0;
  }

  remove(name: string): void {
    this.waits.delete(name);
  }

  /** Names to ask for again now, at most so many. */
  takeDue(nowUs: number, namesMax: number): string[] {
    const due = [...this.waits].filter(([, { againUs }]) => nowUs >= againUs).slice(0, namesMax);
    for (const [name, { tries }] of due) this.waits.set(name, { tries, againUs: Infinity });
    return due.map(([name]) => name);
  }
}
