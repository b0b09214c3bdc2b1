/** Gives reads their places: as many at once as the pace allows, in the order in which they were asked for. */
import type { ReadPace } from './read-pace.js';

interface Waiting {
  readonly order: number;
  readonly start: () => void;
}

export class ReadPlaces {
  private readonly pace: ReadPace;
  private readonly nowMs: () => number;
  private readonly waiting: Waiting[] = [];
  private taken = 0;

  constructor(pace: ReadPace, nowMs: () => number) {
    this.pace = pace;
    this.nowMs = nowMs;
  }

  /** `order`: a read that was asked for earlier has a smaller one, and keeps it when it is tried again. */
  async at<Result>(
    order: number,
    read: () => Promise<Result>,
    bytesOf: (result: Result) => number,
    isRefusal: (error: unknown) => boolean,
  ): Promise<Result> {
    await this.take(order);
    try {
      const result = await read();
      this.pace.ended(this.nowMs(), bytesOf(result), this.waiting.length > 0);
      return result;
    } catch (error) {
      if (isRefusal(error)) this.pace.refused();
      throw error;
    } finally {
      this.taken -= 1;
      this.startNext();
    }
  }

  private async take(order: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const before = this.waiting.findLastIndex((other) => other.order < order);
    this.waiting.splice(before + 1, 0, { order, start: resolve });
    this.startNext();
    await promise;
  }

  private startNext(): void {
    while (this.taken < this.pace.atOnce) {
      const next = this.waiting.shift();
      if (next === undefined) return;
      this.taken += 1;
      next.start();
    }
  }
}
