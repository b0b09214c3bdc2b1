/**
 * Gives reads their places: as many at once as the pace allows, in the order in which they were asked for. Places are
 * numbered from 0, and the one that was given up last is taken first.
 */
import type { ReadPace } from './read-pace.js';

interface Waiting {
  readonly order: number;
  readonly start: (place: number) => void;
}

export class ReadPlaces {
  private readonly pace: ReadPace;
  private readonly nowMs: () => number;
  private readonly waiting: Waiting[] = [];
  private taken = 0;
  private readonly free: number[] = [];

  constructor(pace: ReadPace, nowMs: () => number) {
    this.pace = pace;
    this.nowMs = nowMs;
  }

  /** `order`: a read that was asked for earlier has a smaller one, and keeps it when it is tried again. */
  async at<Result>(
    order: number,
    read: (place: number) => Promise<Result>,
    bytesOf: (result: Result) => number,
    isRefusal: (error: unknown) => boolean,
  ): Promise<Result> {
    const place = await this.take(order);
    try {
      const result = await read(place);
      this.pace.ended(this.nowMs(), bytesOf(result), this.waiting.length > 0);
      return result;
    } catch (error) {
      if (isRefusal(error)) this.pace.refused();
      throw error;
    } finally {
      this.taken -= 1;
      this.free.push(place);
      this.startNext();
    }
  }

  private async take(order: number): Promise<number> {
    const { promise, resolve } = Promise.withResolvers<number>();
    const before = this.waiting.findLastIndex((other) => other.order < order);
    this.waiting.splice(before + 1, 0, { order, start: resolve });
    this.startNext();
    return await promise;
  }

  private startNext(): void {
    while (this.taken < this.pace.atOnce) {
      const next = this.waiting.shift();
      if (next === undefined) return;
      // All below the number taken are in use or free.
      const place = this.free.pop() ?? this.taken;
      this.taken += 1;
      next.start(place);
    }
  }
}
