/**
 * Explains one bar and its signals down to raw rows: reads what is published of it, computes it again from the
 * chunks of its minutes alone, forms each cell by hand, and compares the three.
 */
import { comparedCells } from '../../core/explain/compared.js';
import type { BarContext } from '../../core/explain/context.js';
import { explained, isOfDepth } from '../../core/explain/explained.js';
import type { Explained } from '../../core/explain/explained-shape.js';
import { notesOf, readObjects } from '../../core/explain/notes.js';
import { passRow } from '../../core/explain/pass-row.js';
import { silenceOf } from '../../core/explain/silence.js';
import type { DayPlan } from '../../core/plan/day-plan.js';
import type { StreamName, SymbolDay } from '../../core/rule/symbol-day.js';
import { SCHEMA_VERSION } from '../../core/shape/shape.js';
import { edgeAround } from '../../core/trace/minutes.js';
import { DAY_MINUTES, dayRange, isoStamp, isoStampMs } from '../../core/unit/utc-date.js';
import { counted } from '../../core/unit/words.js';
import { listDay } from '../plan/list-day.js';
import type { Effects } from '../ports.js';
import { type AskedColumn, refuseUnpublished } from './asked-column.js';
import { absentChunks, barChunks, type BarChunks, publishedPlan, goneError } from './bar-chunks.js';
import { contextOf, rulesOfBar } from './bar-context.js';
import { dayEvents, eventsNear, explainedEvents } from './bar-events.js';
import { type BarChoice, type PublishedBar, publishedBar } from './published-bar.js';
import {
  type BarTask,
  clocksOfRows,
  traceBar,
  type TracedBar,
  type TraceEffects,
} from './trace-bar.js';

export type ExplainEffects = TraceEffects & Pick<Effects, 'out'>;

/** Minutes on either side of a bar without rows of a stream in which those beside it are looked for. */
export const SILENCE_MINUTES_MAX = 60;

export interface BarRequest extends BarChoice, AskedColumn {
  readonly day: SymbolDay;
  /** An event is confirmed then, so the bar that ends there is meant. */
  readonly eventMs: number | undefined;
  /** Called after each chunk minute. */
  readonly onRead: BarTask['onRead'];
}

/** Throws usage errors for what is not published, and errors of kind `data` for what was changed or is gone. */
export async function explainBar(request: BarRequest, effects: ExplainEffects): Promise<Explained> {
  const { day, column, atMs, eventMs, onRead } = request;
  const published = await publishedBar(day, request, effects);
  refuseUnpublished(day, request, published);
  const { report, bar, resolution } = published;
  const rules = rulesOfBar(published);
  const events = await dayEvents(day, report, effects);
  const { within, note } = eventsNear(events, { bar, atMs, eventMs });
  const inputs = new Map(report.inputs.map((input) => [input.name, input]));
  const plan = publishedPlan(day, rules, report.inputs);
  const task = { day, rules, bar, inputs, onRead };
  const context = contextOf(day, published, rules);
  const compare: Compare = (traced) => cellsOf({ traced, published, context, day });
  const {
    traced,
    chunks,
    cells,
    further,
    within: looked,
  } = await comparedBar(task, { plan, compare }, effects);
  const { trace, leftOut } = traced;
  const absent = absentChunks(plan, { bar, rules, day });
  const facts = { ...traced, context, report, places: leftOut.places, absentChunks: absent };
  const isAll = column === undefined;
  // Of a bar with trades only the book can be silent, which says nothing of a column of trades.
  const isTold = isAll || trace.facts.trades.count === 0 || isOfDepth(column);
  return explained({
    trace,
    leftOut,
    clocks: await clocksOfRows(traced, chunks.steps, effects),
    cells,
    published: published.rows,
    head: {
      schema_version: SCHEMA_VERSION,
      raw: effects.raw.root,
      out: effects.out.root,
      ...day,
      at: isoStampMs(eventMs ?? atMs),
      resolution: resolution.name,
      from: isoStamp(bar.fromMs),
      to: isoStamp(bar.toMs),
      column: column ?? null,
      notes: [
        ...(note === undefined || !isAll ? [] : [note]),
        ...(further === undefined ? [] : [further]),
        ...notesOf({ report, trace, leftOut, ...chunks, otherForms: traced.otherForms, cells }),
      ],
      silence: isTold
        ? silenceOf({ ...facts, within: looked, read: readWords(chunks), gone: chunks.gone })
        : [],
      // A column narrows the bar; an event that was asked for stays.
      events:
        isAll || eventMs !== undefined
          ? await explainedEvents(within, { day, report, file: events.file }, effects)
          : [],
      read: readObjects(chunks.steps, { inputs: traced.read, silent: leftOut.silent }),
    },
  });
}

interface Traced {
  readonly traced: TracedBar;
  readonly chunks: BarChunks;
}

type Compare = (traced: TracedBar) => ReturnType<typeof comparedCells>;

interface Compared extends Traced {
  readonly cells: ReturnType<Compare>;
  /** What the chunks of the bar's minutes alone did not give. */
  readonly further: string | undefined;
  /** How far from the bar rows were looked for, in words. */
  readonly within: string;
}

/** Where the minutes of the bar alone do not give what is published, the whole day is read: rows of it may lie far away. */
async function comparedBar(
  task: BarTask,
  { plan, compare }: { readonly plan: DayPlan; readonly compare: Compare },
  effects: ExplainEffects,
): Promise<Compared> {
  const listed = await listDay(task.day, task.rules, effects.raw);
  const trace = async (aroundMinutes: number, mayBeGone: boolean): Promise<Traced> => {
    const { day, rules, bar, inputs } = task;
    const place = { bar, rules, date: day.date, aroundMinutes };
    const { root } = effects.raw;
    const chunks = barChunks(listed, place, { published: plan, inputs, root, mayBeGone });
    return { traced: await traceBar(task, chunks, effects), chunks };
  };
  const edge = edgeAround(task.rules);
  const near = await trace(edge, false);
  const cells = compare(near.traced);
  const differing = cells.filter(({ same }) => !same).map(({ column }) => column);
  if (differing.length > 0) {
    const whole = await trace(2 * DAY_MINUTES, true);
    const all = compare(whole.traced);
    const { gone } = whole.chunks;
    // What is left of the day cannot say that what was published of all of it is wrong.
    if (gone.length > 0 && all.some(({ same }) => !same)) throw goneError(gone, effects.raw.root);
    return { ...whole, cells: all, further: furtherWords(differing), within: 'in the day' };
  }
  const isAlone = needsNeighbours(near.traced, task);
  const found = isAlone ? await trace(SILENCE_MINUTES_MAX, true) : near;
  const within = `within ${SILENCE_MINUTES_MAX} minutes`;
  return { ...found, cells, further: undefined, within };
}

function furtherWords(columns: readonly string[]): string {
  return `the chunks of these minutes alone do not give ${columns.join(', ')}: the whole day was read, since late rows of a bar, and rows whose id one of it repeats, may lie in any chunk`;
}

/** Around a bar without rows of a stream it looks further, for those on both sides. */
function needsNeighbours({ trace }: TracedBar, { bar, rules }: BarTask): boolean {
  const { facts, quotes, tradeBefore, tradeAfter } = trace;
  const lacksTrade = tradeBefore === undefined || tradeAfter === undefined;
  if (facts.trades.count === 0 && lacksTrade) return true;
  if (rules.streams === 'trades' || facts.book.count > 0) return false;
  const isBetween =
    quotes.some(({ timeMs }) => timeMs < bar.fromMs) &&
    quotes.some(({ timeMs }) => timeMs >= bar.toMs);
  return !isBetween;
}

function cellsOf({
  traced,
  published,
  context,
  day,
}: {
  readonly traced: TracedBar;
  readonly published: PublishedBar;
  readonly context: BarContext;
  readonly day: SymbolDay;
}): ReturnType<typeof comparedCells> {
  const { outages, expected } = context;
  const gaps = { silence: { outages, unproven: [] }, expected };
  const pass = passRow(traced.features, { day: dayRange(day.date), bar: published.bar, gaps });
  return comparedCells(traced.trace, context, { published: published.rows, pass });
}

/** `2 chunks, …/00-03.csv to …/00-05.csv`, of each stream. */
function readWords({ steps }: BarChunks): Readonly<Record<StreamName, string>> {
  const wordsOf = (stream: StreamName): string => {
    const names = steps
      .filter((step) => step.stream === stream)
      .flatMap(({ objects }) => objects.map(({ name }) => name));
    const [first, last] = [names.at(0), names.at(-1)];
    if (first === undefined || last === undefined) return 'no chunk, as none is listed there';
    return first === last
      ? `1 chunk, ${first}`
      : `${counted(names.length, 'chunk')}, ${first} to ${last}`;
  };
  return { trades: wordsOf('trades'), depth: wordsOf('depth') };
}
