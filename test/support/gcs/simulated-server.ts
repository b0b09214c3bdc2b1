/** A server on a virtual clock: each read takes its latency, then its turn on a shared wire. */
import type { ReadPace } from '../../../src/edge/gcs/read-pace.js';

export interface SimulatedServer {
  readonly latencyMs: number;
  /** In [0, 1): with it, each latency grows up to fourfold. */
  readonly random?: () => number;
  /** Undefined: the wire takes no time. */
  readonly megabytesPerSecond?: number;
  readonly objectBytes: number;
  readonly reads: number;
  /** Refuses a read while more are in flight; it is tried again after RETRY_WAIT_MS. */
  readonly refusesAbove?: number;
}

const RETRY_WAIT_MS = 500;

export interface Simulated {
  readonly seconds: number;
  readonly megabytesPerSecond: number;
  readonly peak: number;
  readonly refusals: number;
}

/** Reads everything, as many at once as the pace allows. */
export function simulate(pace: ReadPace, server: SimulatedServer): Simulated {
  const { latencyMs, objectBytes, reads, random = () => 0 } = server;
  const { refusesAbove = Number.POSITIVE_INFINITY } = server;
  const wireMs = objectBytes / 1e3 / (server.megabytesPerSecond ?? Number.POSITIVE_INFINITY);
  const flights: { readonly endMs: number; readonly isRefused: boolean }[] = [];
  const waitingUntilMs: number[] = [];
  let nowMs = 0;
  let wireFreeMs = 0;
  let left = reads;
  let peak = 0;
  let refusals = 0;
  const start = (): void => {
    const isRefused = flights.length >= refusesAbove;
    const sentMs = nowMs + latencyMs * 4 ** random();
    // A wire is shared first come, first served.
    const isSent = !isRefused && wireMs > 0;
    if (isSent) wireFreeMs = Math.max(wireFreeMs, sentMs) + wireMs;
    const endMs = isSent ? wireFreeMs : sentMs;
    const after = flights.findIndex((flight) => flight.endMs > endMs);
    flights.splice(after < 0 ? flights.length : after, 0, { endMs, isRefused });
    left -= 1;
    peak = Math.max(peak, flights.length);
  };
  while (left + flights.length + waitingUntilMs.length > 0) {
    while ((waitingUntilMs[0] ?? Number.POSITIVE_INFINITY) <= nowMs) {
      waitingUntilMs.shift();
      left += 1;
    }
    const places = Math.min(left, pace.atOnce - flights.length);
    for (let place = 0; place < places; place += 1) start();
    const flight = flights.shift();
    if (flight === undefined) {
      nowMs = waitingUntilMs[0] ?? nowMs;
      continue;
    }
    nowMs = flight.endMs;
    if (flight.isRefused) {
      refusals += 1;
      waitingUntilMs.push(nowMs + RETRY_WAIT_MS);
      pace.refused();
    } else {
      pace.ended(nowMs, objectBytes, left > 0);
    }
  }
  const seconds = nowMs / 1_000;
  return { seconds, megabytesPerSecond: (reads * objectBytes) / 1e6 / seconds, peak, refusals };
}
