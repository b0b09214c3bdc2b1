/** The fewest and the most levels per side among well-formed snapshots of the day. */
import type { DepthRows } from '../event/depth-rows.js';
import { NEIGHBOUR_DAY } from '../event/row-columns.js';
import type { Levels } from '../stored/quality-report.js';

export class SeenLevels {
  private seen: Levels | null = null;

  /** Takes the snapshots of a chunk, whatever their outcome; rows of a neighbour day do not count. */
  take(rows: DepthRows): void {
    for (let row = 0; row < rows.count; row++) {
      if (rows.outcome[row] === NEIGHBOUR_DAY) continue;
      const bids = rows.bidLevels[row] ?? 0;
      const asks = rows.askLevels[row] ?? 0;
      const { seen } = this;
      const isWithin =
        seen !== null &&
        bids >= seen.bid_min &&
        bids <= seen.bid_max &&
        asks >= seen.ask_min &&
        asks <= seen.ask_max;
      if (isWithin) continue;
      this.seen = {
        bid_min: Math.min(bids, seen?.bid_min ?? bids),
        bid_max: Math.max(bids, seen?.bid_max ?? bids),
        ask_min: Math.min(asks, seen?.ask_min ?? asks),
        ask_max: Math.max(asks, seen?.ask_max ?? asks),
      };
    }
  }

  /** Adds the snapshots of another part of the day. */
  merge({ seen }: this): void {
    if (seen === null) return;
    const own = this.seen ?? seen;
    this.seen = {
      bid_min: Math.min(own.bid_min, seen.bid_min),
      bid_max: Math.max(own.bid_max, seen.bid_max),
      ask_min: Math.min(own.ask_min, seen.ask_min),
      ask_max: Math.max(own.ask_max, seen.ask_max),
    };
  }

  /** Null before the first snapshot. */
  get found(): Levels | null {
    return this.seen;
  }
}
