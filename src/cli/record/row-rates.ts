/** Rows a second of each stream, over the last few seconds. */
import type { StreamFigures } from '../../jobs/feed/count-rows.js';
import type { SessionFigures } from '../../jobs/record/record-session.js';

interface Counted {
  readonly atUs: number;
  readonly rows: ReadonlyMap<string, number>;
  readonly total: number;
}

const WINDOW_US = 5_000_000;
/** Counts closer than this are not kept. */
const STEP_US = 500_000;

export class RowRates {
  /** Oldest first; the first is at least a window old, once there is one. */
  private readonly counted: Counted[] = [];

  add({ nowUs, feed, spool }: Pick<SessionFigures, 'nowUs' | 'feed' | 'spool'>): void {
    const last = this.counted.at(-1);
    if (last !== undefined && nowUs - last.atUs < STEP_US) return;
    const rows = new Map(feed.streams.map((stream) => [keyOf(stream), stream.rows]));
    this.counted.push({ atUs: nowUs, rows, total: spool.rows });
    while ((this.counted[1]?.atUs ?? nowUs) <= nowUs - WINDOW_US) this.counted.shift();
  }

  of(stream: Pick<StreamFigures, 'symbol' | 'stream'>): number {
    return this.rate(({ rows }) => rows.get(keyOf(stream)) ?? 0);
  }

  total(): number {
    return this.rate(({ total }) => total);
  }

  private rate(rowsOf: (counted: Counted) => number): number {
    const [first] = this.counted;
    const last = this.counted.at(-1);
    if (first === undefined || last === undefined || first === last) return 0;
    return ((rowsOf(last) - rowsOf(first)) * 1e6) / (last.atUs - first.atUs);
  }
}

function keyOf({ symbol, stream }: Pick<StreamFigures, 'symbol' | 'stream'>): string {
  return `${stream} ${symbol}`;
}
