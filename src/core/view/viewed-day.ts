/** A published symbol-day as a page needs it: what its files say, as texts. */
import type { StoredEvent } from '../pattern/read-events.js';
import type { Scoreboard } from '../score/scoreboard-shape.js';
import type { PublishedEntry } from '../stored/manifest.js';
import type { Resolution } from '../unit/resolution.js';
import type { UtcDate } from '../unit/utc-date.js';
import type { TextColumn } from './packed-rows.js';
import type { ViewedReport } from './viewed-report.js';

/** Bars and the signals beside them; `timestamp` stands in neither, the row says it. */
export interface DayTable {
  readonly resolution: Resolution;
  readonly columns: readonly TextColumn[];
}

export interface ViewedDay {
  readonly date: UtcDate;
  readonly entry: PublishedEntry;
  readonly report: ViewedReport;
  /** Finest first; none of an empty day. */
  readonly tables: readonly DayTable[];
  /** Undefined where no patterns are published. */
  readonly events: readonly StoredEvent[] | undefined;
  readonly scoreboard: Scoreboard | undefined;
}
