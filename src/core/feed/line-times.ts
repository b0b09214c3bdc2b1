/** Every duration of a line, in milliseconds, and what is waited before a further attempt. */

export interface LineTimes {
  /** Until a connection must be open. */
  readonly connectMs: number;
  /** Until a request must be answered. */
  readonly acknowledgeMs: number;
  /** Between two requests: four a second, of the ten messages that the exchange takes. */
  readonly requestEveryMs: number;
  readonly backoffBaseMs: number;
  readonly backoffMaxMs: number;
  /** Before a refused name is asked for again, and before a further connection that may have it: doubled up to the second. */
  readonly refusedBaseMs: number;
  readonly refusedMaxMs: number;
  /** A connection that lacks what the one before it delivers is left for a further one. */
  readonly incompleteMs: number;
  /** Rows for so long, and earlier failures are forgotten. */
  readonly steadyAfterMs: number;
  /** Age at which a connection is replaced, before the exchange cuts it after 24 hours; less up to the jitter. */
  readonly renewAfterMs: number;
  readonly renewJitterMs: number;
  /** A replaced connection goes on for so long beside the new one that delivers. */
  readonly overlapMs: number;
  /** Until the exchange must have answered a close frame. */
  readonly closeMs: number;
  readonly pingEveryMs: number;
  /** A connection without any byte for so long is dead. */
  readonly deadAfterMs: number;
  /** No row on the whole line. */
  readonly silentAfterMs: number;
  /** The same at most, for a line that was seen to be quiet for longer. Books change where nothing is traded. */
  readonly quietDepthMaxMs: number;
  readonly quietTradesMaxMs: number;
  /** No row of one symbol while others come. Quiet markets trade less often than that books change. */
  readonly idleDepthMs: number;
  readonly idleTradesMs: number;
  readonly resubscribeEveryMs: number;
  /** One content of a book. */
  readonly frozenAfterMs: number;
  readonly frozenEveryMs: number;
}

export const LINE_TIMES: LineTimes = {
  connectMs: 10_000,
  acknowledgeMs: 10_000,
  requestEveryMs: 250,
  backoffBaseMs: 250,
  backoffMaxMs: 30_000,
  refusedBaseMs: 5_000,
  refusedMaxMs: 300_000,
  incompleteMs: 30_000,
  steadyAfterMs: 60_000,
  renewAfterMs: 23 * 3_600_000,
  renewJitterMs: 1_800_000,
  overlapMs: 5_000,
  closeMs: 5_000,
  pingEveryMs: 15_000,
  deadAfterMs: 30_000,
  silentAfterMs: 30_000,
  quietDepthMaxMs: 120_000,
  quietTradesMaxMs: 600_000,
  idleDepthMs: 20_000,
  idleTradesMs: 600_000,
  resubscribeEveryMs: 300_000,
  frozenAfterMs: 120_000,
  frozenEveryMs: 1_800_000,
};

const DOUBLINGS_MAX = 30;

/** Full jitter: anything up to a bound that doubles. The first attempt, 0, waits for nothing. `random`: uniform in [0, 1). */
export function backoffMs(attempt: number, times: LineTimes, random: () => number): number {
  if (attempt === 0) return 0;
  return doubledMs(attempt - 1, times.backoffBaseMs, times.backoffMaxMs) * random();
}

export function doubledMs(doublings: number, baseMs: number, mostMs: number): number {
  return Math.min(baseMs * 2 ** Math.min(doublings, DOUBLINGS_MAX), mostMs);
}
