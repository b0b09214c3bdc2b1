/** What is known of a bar beside its rows: the published rows before it, and what the report says of its time. */
import { difference, intersection, joined, totalMs } from '../evidence/outages.js';
import type { OutageRange } from '../evidence/outages.js';
import type { QualityReport } from '../stored/quality-report.js';
import type { TimeRange } from '../unit/utc-date.js';

/** A row of a published file, by its columns. */
export interface PublishedRow {
  readonly file: string;
  /** From 1, which is the header. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

export interface BarContext {
  readonly bar: TimeRange;
  readonly streams: 'both' | 'trades';
  /** The rows right before the bar's; undefined for the first bar of the day, or where none is published. */
  readonly previous: {
    readonly bars: PublishedRow | undefined;
    readonly signals: PublishedRow | undefined;
  };
  readonly isFirst: boolean;
  readonly seed: QualityReport['seed'];
  readonly outages: readonly OutageRange[];
  /** The report counts seconds of which nothing proves that they were quiet; it does not say which. */
  readonly hasUnproven: boolean;
  /** The part of the day that is expected to be recorded. */
  readonly expected: TimeRange;
  /** In plain notation. */
  readonly largeOrder: string;
}

/** Times of the bar, by why nothing is known of them. */
export interface MissingTime {
  readonly notExpected: readonly TimeRange[];
  /** Those of the report that touch the bar, whole. */
  readonly outages: readonly OutageRange[];
  readonly tradesMs: number;
  readonly depthMs: number;
}

export function missingTime({ bar, expected, outages }: BarContext): MissingTime {
  const notExpected = difference([bar], [expected]);
  const touching = outages.filter(({ fromMs, toMs }) => fromMs < bar.toMs && toMs > bar.fromMs);
  const lengthOf = (kind: OutageRange['kind']): number => {
    const down = touching
      .filter((one) => one.kind === 'feed_down' || one.kind === kind)
      .flatMap((outage) => intersection([bar], [outage]));
    const all = [...notExpected, ...down].toSorted((one, two) => one.fromMs - two.fromMs);
    return totalMs(joined(all));
  };
  return {
    notExpected,
    outages: touching,
    tradesMs: lengthOf('trades_missing'),
    depthMs: lengthOf('depth_missing'),
  };
}
