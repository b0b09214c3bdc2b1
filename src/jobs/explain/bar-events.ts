/** The events of the patterns file that are confirmed within a bar, each by the rule that finds it. */
import {
  explainEvent,
  type ExplainedRule,
  type HeldCondition,
} from '../../core/pattern/explain-event.js';
import { rulesOf } from '../../core/pattern/day-patterns.js';
import { readEvents, type StoredEvent } from '../../core/pattern/read-events.js';
import type { ExplainedEvent } from '../../core/explain/explained-shape.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { RecordedReport } from '../../core/stored/stored-shapes.js';
import { refuse } from '../../core/unit/typed-text.js';
import { isoStamp, type TimeRange } from '../../core/unit/utc-date.js';
import { listedFile, readListed } from '../pattern/listed-file.js';
import type { Effects } from '../ports.js';

type ReadEffects = Pick<Effects, 'out' | 'codec' | 'tables'>;

/** Line 1 is the header. */
const FIRST_LINE = 2;

interface PlacedEvent extends StoredEvent {
  readonly line: number;
}

export interface DayEvents {
  /** Undefined: no patterns are published. */
  readonly file: string | undefined;
  readonly events: readonly PlacedEvent[];
}

/** Throws a FlowbarsError of kind `data` for a damaged file. */
export async function dayEvents(
  { date }: SymbolDay,
  report: RecordedReport,
  effects: ReadEffects,
): Promise<DayEvents> {
  const artifact = listedFile(report.artifacts, 'patterns');
  if (artifact === undefined) return { file: undefined, events: [] };
  const { name } = artifact;
  const bytes = await readListed(artifact, 'quality report', effects);
  const events = readEvents(effects.tables.read(bytes, name), { date, where: name });
  return {
    file: name,
    events: events.map((event, index) => ({ ...event, line: FIRST_LINE + index })),
  };
}

export interface EventsNear {
  /** Confirmed after the begin of the bar, its end included. */
  readonly within: readonly PlacedEvent[];
  /** That the instant is the end of an event's last row. */
  readonly note: string | undefined;
}

/** Throws a usage error where an event is asked for and none is confirmed then. */
export function eventsNear(
  { file, events }: DayEvents,
  {
    bar,
    atMs,
    eventMs,
  }: {
    readonly bar: TimeRange;
    readonly atMs: number;
    readonly eventMs: number | undefined;
  },
): EventsNear {
  const within = events.filter(
    (event) => confirmedMs(event) > bar.fromMs && confirmedMs(event) <= bar.toMs,
  );
  if (eventMs !== undefined && !events.some((event) => confirmedMs(event) === eventMs)) {
    const nearest = events.toSorted(
      (one, two) => Math.abs(confirmedMs(one) - eventMs) - Math.abs(confirmedMs(two) - eventMs),
    )[0];
    const expected =
      nearest === undefined
        ? 'a day with events'
        : `the instant at which one is confirmed, such as ${nearest.cells.confirmed} (flowbars scoreboard --events lists them)`;
    refuse('--at', 'event', file === undefined ? 'no patterns file' : `none in ${file}`, expected);
  }
  const atBegin = eventMs === undefined && events.some((event) => confirmedMs(event) === atMs);
  return {
    within,
    note:
      atBegin && atMs === bar.fromMs
        ? `an event is confirmed at ${isoStamp(atMs)}, by the rows before it: --event explains it, with the bar that ends then`
        : undefined,
  };
}

function confirmedMs({ cells }: PlacedEvent): number {
  return Date.parse(cells.confirmed);
}

/** Empty where the 1s files are not published. */
export async function explainedEvents(
  events: readonly PlacedEvent[],
  {
    day,
    report,
    file,
  }: {
    readonly day: SymbolDay;
    readonly report: RecordedReport;
    readonly file: string | undefined;
  },
  effects: ReadEffects,
): Promise<ExplainedEvent[]> {
  const [bars, signals] = (['bars', 'signals'] as const).map((kind) =>
    listedFile(report.artifacts, kind),
  );
  if (file === undefined || events.length === 0) return [];
  if (bars === undefined || signals === undefined) return [];
  const rules = rulesOf({
    date: day.date,
    streams: report.options.streams,
    bars: { name: bars.name, bytes: await readListed(bars, 'quality report', effects) },
    signals: { name: signals.name, bytes: await readListed(signals, 'quality report', effects) },
  });
  return events.map((event) => eventOf(event, explainEvent(rules, event), file));
}

function eventOf(
  { pattern, direction, cells, fromRow, toRow, line }: PlacedEvent,
  rule: ExplainedRule,
  file: string,
): ExplainedEvent {
  const { isFound, strength, threshold, stepRows } = rule;
  const same = isFound && strength === cells.strength && threshold === cells.threshold;
  return {
    file,
    line,
    pattern,
    direction,
    confirmed: cells.confirmed,
    from: cells.from,
    from_line: fromRow + FIRST_LINE,
    to_line: toRow - 1 + FIRST_LINE,
    price: cells.price,
    strength: cells.strength,
    threshold: cells.threshold,
    same,
    detail: same ? '' : differenceOf(rule),
    conditions: rule.conditions.map((one) => conditionOf(one, stepRows)),
    control_holds: rule.isControl,
    control: rule.control.map((one) => conditionOf(one, stepRows)),
    found_price: rule.outcomes[0]?.from ?? '',
    outcomes: rule.outcomes.map(({ seconds, moved, to }) => ({
      seconds,
      bps: moved === '' ? null : moved,
      price: to === '' ? null : to,
    })),
  };
}

function differenceOf({ isFound, strength, threshold }: ExplainedRule): string {
  return isFound
    ? `its strength is ${strength ?? ''} and its threshold ${threshold ?? ''}`
    : 'the 1s files do not give it';
}

function conditionOf(
  { says, value, relation, threshold, holds, quantile }: HeldCondition,
  stepRows: number,
): ExplainedEvent['conditions'][number] {
  const isEmpty = quantile === undefined || quantile.toStep <= quantile.fromStep;
  return {
    says,
    value,
    relation,
    threshold,
    holds,
    window: isEmpty
      ? null
      : {
          percent: quantile.percent,
          values: quantile.values,
          from_line: quantile.fromStep * stepRows + FIRST_LINE,
          to_line: quantile.toStep * stepRows - 1 + FIRST_LINE,
        },
  };
}
