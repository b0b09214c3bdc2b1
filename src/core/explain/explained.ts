/** Puts the explanation of a bar together: one value, which its page, its JSON and its HTML show. */
import { BARS } from '../column/bar-table.js';
import { type SignalColumn, SIGNALS } from '../column/signal-table.js';
import type { OutcomeCounts } from '../trace/left-out.js';
import { isoStampMs } from '../unit/utc-date.js';
import type { StreamName } from '../rule/symbol-day.js';
import type { ComparedCell } from './compared.js';
import type { PublishedRow } from './context.js';
import type { Explained, ExplainedCell, ExplainedCounts } from './explained-shape.js';
import { listedSnapshots, listedSteps, listedTrades, type RowSource } from './listed-rows.js';

/** What is shown of a bar: all of it, or what one column needs. */
export interface Seen {
  readonly trades: boolean;
  readonly snapshots: boolean;
  readonly steps: boolean;
}

const ALL: Seen = { trades: true, snapshots: true, steps: true };
const MISSING_DEPTH: SignalColumn = 'depth_missing_ms';
const OF_STEPS = /^ofi_|_(?:added|pulled)$/u;

/** Every column of bars and signals. */
export const EXPLAINED_COLUMNS: readonly string[] = [
  ...new Set<string>([...BARS.header, ...SIGNALS.header]),
];

export interface ExplainedBar extends RowSource {
  readonly head: Omit<
    Explained,
    | 'good'
    | 'differs'
    | 'bars'
    | 'signals'
    | 'cells'
    | 'trades'
    | 'snapshots'
    | 'steps'
    | 'malformed'
    | 'left_out_omitted'
  >;
  readonly cells: readonly ComparedCell[];
  readonly published: {
    readonly bars: PublishedRow | undefined;
    readonly signals: PublishedRow | undefined;
  };
}

export function explained(bar: ExplainedBar): Explained {
  const { head, published, trace, leftOut } = bar;
  const { notes, silence, events, read, ...asked } = head;
  const { column } = asked;
  const cells = bar.cells.filter((one) => column === null || one.column === column);
  const differs = [
    ...cells.filter(({ same }) => !same).map(differenceWords),
    ...eventWords(events),
  ];
  const seen = seenFor(column);
  const { steps } = trace.facts;
  return {
    ...asked,
    good: differs.length === 0,
    differs,
    notes,
    bars: lineOf(published.bars),
    signals: lineOf(published.signals),
    cells: cells.map((one) => cellOf(one, bar)),
    silence,
    events,
    trades: {
      counts: countsOf('trades', bar),
      omitted: seen.trades ? trace.trades.omitted : trace.trades.count,
      rows: seen.trades ? listedTrades(bar) : [],
    },
    snapshots: {
      counts: countsOf('depth', bar),
      omitted: seen.snapshots ? trace.snapshots.omitted : trace.snapshots.count,
      rows: seen.snapshots ? listedSnapshots(bar) : [],
    },
    malformed: leftOut.malformed.filter(({ stream }) =>
      stream === 'trades' ? seen.trades : seen.snapshots || seen.steps,
    ),
    left_out_omitted: leftOut.omitted,
    steps: {
      count: steps.count,
      omitted: seen.steps ? steps.steps.omitted : steps.count,
      list: seen.steps ? listedSteps(steps.steps.all(), leftOut.places) : [],
    },
    read,
  };
}

export function seenFor(column: string | null): Seen {
  if (column === null) return ALL;
  const steps = OF_STEPS.test(column);
  const isOfBook = [...BARS.columns, ...SIGNALS.columns].some(
    ({ name, nothing }) => name === column && nothing === 'empty',
  );
  return { trades: steps || !isOfBook, snapshots: isOfBook && !steps, steps };
}

/** A column that the snapshots decide, or that says how long they were missing. */
export function isOfDepth(column: string): boolean {
  const { snapshots, steps } = seenFor(column);
  return snapshots || steps || column === MISSING_DEPTH;
}

function lineOf(row: PublishedRow | undefined): Explained['bars'] {
  return row === undefined ? null : { file: row.file, line: row.line };
}

function cellOf(cell: ComparedCell, { leftOut }: ExplainedBar): ExplainedCell {
  const { file, column, published, value, pass, same, how, terms, rows } = cell;
  return {
    file,
    column,
    published: published ?? null,
    arithmetic: value ?? null,
    pass: pass ?? null,
    same,
    how,
    terms,
    rows: rows.map(({ what, row }) => ({
      what,
      ...leftOut.places.placeOf(row),
      time: isoStampMs(row.timeMs),
      id: row.id === '' ? null : row.id,
    })),
  };
}

function differenceWords({ file, column, published, value, pass }: ComparedCell): string {
  const known = [
    ['published', published],
    ['from the rows', value],
    ['computed again', pass],
  ].flatMap(([what, text]) =>
    text === undefined ? [] : [`${what ?? ''} ${text === '' ? 'empty' : text}`],
  );
  return `${file} ${column}: ${known.join(', ')}`;
}

function eventWords(events: Explained['events']): string[] {
  return events
    .filter(({ same }) => !same)
    .map(({ pattern, direction, detail }) => `event ${pattern} ${direction}: ${detail}`);
}

function countsOf(stream: StreamName, { leftOut }: ExplainedBar): ExplainedCounts {
  const { neighbour_day: _within, ...counts }: OutcomeCounts = leftOut.counts(stream);
  return { ...counts, ...leftOut.unplaced[stream] };
}
