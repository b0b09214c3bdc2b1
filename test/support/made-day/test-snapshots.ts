/**
 * Made-up snapshots of a day for its tables of bars and signals: two a second apart at the start of each quarter
 * of an hour, so that the second one ends a step. Every third hour has none, every fifth none of 20 levels.
 */

export interface TestSnapshot {
  /** Second of the day. */
  readonly second: number;
  /** Its place among the day's 192. */
  readonly place: number;
  /** Levels of each side. */
  readonly levels: 3 | 5 | 20;
  /** Best prices; their difference is always 10. */
  readonly bidCents: number;
  readonly askCents: number;
  /** Quantities in thousandths: of the best levels and of all. */
  readonly bidBest: number;
  readonly askBest: number;
  readonly bids: number;
  readonly asks: number;
  /** It ends a step. */
  readonly endsStep: boolean;
}

const QUARTER_SECONDS = 900;
const QUARTERS_OF_HOUR = 4;
const QUARTERS = 96;

/** Those of the seconds `from` to `to`, end exclusive. */
export function snapshotsOf(
  { isTradesOnly = false }: { readonly isTradesOnly?: boolean },
  from: number,
  to: number,
): readonly TestSnapshot[] {
  if (isTradesOnly) return [];
  if (to - from > 2) return SNAPSHOTS.filter(({ second }) => second >= from && second < to);
  return from % QUARTER_SECONDS > 1
    ? []
    : SNAPSHOTS.filter(({ second }) => second >= from && second < to);
}

const SNAPSHOTS: readonly TestSnapshot[] = Array.from({ length: 2 * QUARTERS }, (_, place) =>
  snapshot(place),
).filter(({ second }) => Math.floor(second / QUARTER_SECONDS / QUARTERS_OF_HOUR) % 3 !== 0);

function snapshot(place: number): TestSnapshot {
  const quarter = Math.floor(place / 2);
  const hour = Math.floor(quarter / QUARTERS_OF_HOUR);
  const bidCents = 10_000 + ((place * 7) % 50);
  return {
    second: quarter * QUARTER_SECONDS + (place % 2),
    place,
    levels: hour % 10 === 0 ? 3 : hour % 5 === 0 ? 5 : 20,
    bidCents,
    askCents: bidCents + 10,
    bidBest: 1 + ((place * 31) % 977),
    askBest: 1 + ((place * 53) % 977),
    bids: 10_000 + ((place * 331) % 7_919),
    asks: 10_000 + ((place * 557) % 7_919),
    endsStep: place % 2 === 1,
  };
}
