/** How long rows of a sample take from the exchange to the recorder, and when snapshots are taken. */
import type { Random } from '../unit/random.js';

/** Snapshots follow each 100 ms by less than this. */
const JITTER_MS = 12;
const LATENCY_MS_MIN = 55;
const LATENCY_MS_MAX = 145;

export class Wire {
  private readonly random: Random;
  private tradeTimeMs = 0;
  private tradeLatencyMs = 0;

  constructor(random: Random) {
    this.random = random;
  }

  jitterMs(): number {
    return this.random.below(JITTER_MS);
  }

  latencyMs(): number {
    return this.random.between(LATENCY_MS_MIN, LATENCY_MS_MAX);
  }

  /** Rows of one millisecond have one latency. */
  tradeLatency(eventTimeMs: number): number {
    if (eventTimeMs !== this.tradeTimeMs) {
      this.tradeTimeMs = eventTimeMs;
      this.tradeLatencyMs = this.latencyMs();
    }
    return this.tradeLatencyMs;
  }
}
