/** Reads the chunks around a bar and passes over them once more, with a fold that watches the bar. */
import type { DayFeatures } from '../../core/pass/day-folds.js';
import { SymbolDayPass } from '../../core/pass/symbol-day-pass.js';
import type { ChunkStep } from '../../core/plan/day-plan.js';
import type { DayRules } from '../../core/rule/rule-table.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { InputObject } from '../../core/stored/quality-report.js';
import { BarTrace } from '../../core/trace/bar-trace.js';
import { LeftOut } from '../../core/trace/left-out.js';
import { nearBar } from '../../core/trace/minutes.js';
import { clocksOf, hasClocks } from '../../core/trace/row-clocks.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { TimeRange } from '../../core/unit/utc-date.js';
import type { OtherForm } from '../../core/explain/notes.js';
import type { ChunkContent } from '../../core/pass/decode-step.js';
import type { ClocksByPlace } from '../../core/explain/listed-rows.js';
import { readChunks } from '../aggregate/read-chunks.js';
import type { Effects } from '../ports.js';
import type { BarChunks } from './bar-chunks.js';

export interface TraceEffects extends Pick<Effects, 'raw' | 'codec' | 'tables' | 'clock'> {
  /** Eight lower-case hex digits, as the quality report lists them. */
  readonly crc32c: (bytes: Uint8Array) => string;
}

export interface BarTask {
  readonly day: SymbolDay;
  readonly rules: DayRules;
  readonly bar: TimeRange;
  /** As the report lists them, by name. */
  readonly inputs: ReadonlyMap<string, InputObject>;
  readonly onRead: (steps: number, all: number) => void;
}

export interface TracedBar {
  readonly trace: BarTrace;
  readonly leftOut: LeftOut;
  readonly features: DayFeatures;
  /** The objects as they were read, by name. */
  readonly read: ReadonlyMap<string, InputObject>;
  readonly otherForms: readonly OtherForm[];
  /** Ids between two that no row read has. */
  readonly missingBetween: (idBefore: number, idAfter: number) => number;
}

/** Throws a FlowbarsError of kind `data` for a chunk that is not the one of the report. */
export async function traceBar(
  task: BarTask,
  chunks: BarChunks,
  effects: TraceEffects,
  idlessMs?: ReadonlySet<number>,
): Promise<TracedBar> {
  const { day, rules, bar, inputs, onRead } = task;
  const { raw, codec, tables, clock } = effects;
  const { steps, repacked } = chunks;
  const seen = new Map<string, InputObject>();
  const otherForms: OtherForm[] = [];
  const leftOut = new LeftOut(bar, nearBar(bar, rules, day.date));
  const trace = new BarTrace(bar, rules.largeOrder, leftOut.repeatedIds);
  const pass = new SymbolDayPass(day, rules, (line) => tables.splitLine(line), {
    further: [trace],
    onStep: (step) => leftOut.take(step),
    malformedKeptMax: Number.POSITIVE_INFINITY,
    ...(idlessMs === undefined ? {} : { idlessMs }),
  });
  let done = 0;
  for await (const read of readChunks(steps, raw, codec)) {
    for (const one of read.inputs) {
      seen.set(one.name, one);
      const listed = repacked.get(one.name);
      if (listed === undefined) refuseChanged(one, inputs, raw.root);
      else otherForms.push(otherForm({ one, listed, contents: read.contents }, effects));
    }
    pass.take(read.step, read.contents);
    done += 1;
    onRead(done, steps.length);
    await clock.turn();
  }
  const result = pass.finish();
  // Whether ids order a millisecond may be known only at the end; a day is then computed once more, and so is a bar.
  const late = idlessMs === undefined ? result.idlessMs : new Set<number>();
  if (late.size > 0) return await traceBar(task, chunks, effects, late);
  trace.finish();
  const { tradeIds } = result.tally;
  return {
    trace,
    leftOut,
    features: result.features(),
    read: seen,
    otherForms,
    missingBetween: (idBefore, idAfter) =>
      tradeIds.missingIn({ idBefore, idAfter, fromMs: bar.fromMs, toMs: bar.toMs }),
  };
}

/** The other clocks of the rows that a document lists, from a second look at their chunks where these have them. */
export async function clocksOfRows(
  { trace, leftOut }: TracedBar,
  steps: readonly ChunkStep[],
  { raw, codec, tables }: TraceEffects,
): Promise<ClocksByPlace> {
  const { places } = leftOut;
  const wanted = new Map<string, Set<number>>();
  const plans = places.plans();
  const rows = [...trace.trades.all(), ...trace.snapshots.all(), ...leftOut.rows];
  for (const { row } of rows) {
    const { object, line } = places.placeOf(row);
    const plan = plans.get(object);
    if (plan === undefined || !hasClocks(plan)) continue;
    const lines = wanted.get(object) ?? new Set();
    wanted.set(object, lines.add(line));
  }
  const found = new Map<string, ReturnType<typeof clocksOf>>();
  const again = steps.filter(({ objects }) => objects.some(({ name }) => wanted.has(name)));
  for await (const { contents } of readChunks(again, raw, codec)) {
    for (const content of contents) {
      const [lines, plan] = [wanted.get(content.name), plans.get(content.name)];
      if (lines === undefined || plan === undefined || !('bytes' in content)) continue;
      const split = (line: string): string[] | undefined => tables.splitLine(line);
      found.set(content.name, clocksOf(content.bytes, plan, lines, split));
    }
  }
  return found;
}

/** Throws a FlowbarsError of kind `data` where the content cannot be the published one. */
function otherForm(
  {
    one,
    listed,
    contents,
  }: {
    readonly one: InputObject;
    readonly listed: InputObject;
    readonly contents: readonly ChunkContent[];
  },
  { raw, crc32c }: Pick<TraceEffects, 'raw' | 'crc32c'>,
): OtherForm {
  const content = contents.find(({ name }) => name === one.name);
  const unpacked = content !== undefined && 'bytes' in content ? crc32c(content.bytes) : '';
  const isProven = one.crc32c === listed.crc32c || unpacked === listed.crc32c;
  // Of a chunk that was published compressed the report knows the compressed bytes alone.
  if (isProven || listed.name.endsWith('.gz')) {
    return { name: one.name, listed: listed.name, isProven };
  }
  throw new FlowbarsError('data', {
    where: `${raw.root}/${one.name}`,
    what: `crc32c of the content, in place of ${listed.name}`,
    found: `${unpacked === '' ? 'unreadable content' : unpacked}: it was changed after the day was published`,
    expected: `${listed.crc32c}, as the quality report lists it (flowbars repair computes the day again)`,
  });
}

function refuseChanged(
  { name, crc32c }: InputObject,
  inputs: ReadonlyMap<string, InputObject>,
  root: string,
): void {
  const listed = inputs.get(name);
  if (listed === undefined || listed.crc32c === crc32c) return;
  throw new FlowbarsError('data', {
    where: `${root}/${name}`,
    what: 'crc32c of the chunk',
    found: `${crc32c}: it was changed after the day was published`,
    expected: `${listed.crc32c}, as the quality report lists it (flowbars repair computes the day again)`,
  });
}
