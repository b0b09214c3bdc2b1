/** The chunks of a bar as the raw root holds them now, beside those that its day was made from. */
import { type ChunkStep, type DayPlan, planDay, planListings } from '../../core/plan/day-plan.js';
import { chunkName, chunkSpanMinutes } from '../../core/rule/layout.js';
import type { DayRules } from '../../core/rule/rule-table.js';
import { STREAMS, type SymbolDay } from '../../core/rule/symbol-day.js';
import type { InputObject } from '../../core/stored/quality-report.js';
import { type BarPlace, nearBar, stepsOfBar } from '../../core/trace/minutes.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { DAY_MINUTES, type TimeRange } from '../../core/unit/utc-date.js';
import { counted } from '../../core/unit/words.js';

export interface BarChunks {
  /** The report's objects alone. */
  readonly steps: readonly ChunkStep[];
  /** Objects of these minutes that came after the day was published. */
  readonly newer: readonly string[];
}

export interface PublishedInputs {
  /** The plan of the report's own objects. */
  readonly published: DayPlan;
  readonly inputs: ReadonlyMap<string, InputObject>;
  readonly root: string;
  /** Chunks that only tell more of what lies beside the bar may be gone. */
  readonly mayBeGone: boolean;
}

/** The plan of a day as its report lists the objects. */
export function publishedPlan(
  day: SymbolDay,
  rules: DayRules,
  inputs: readonly InputObject[],
): DayPlan {
  const chunks = inputs.map(({ name, size, crc32c }) => ({
    name,
    sizeBytes: size,
    crc32c,
    generation: undefined,
  }));
  const listed = planListings(day, rules).map((listing) => {
    const prefix = listing.prefix.normalize('NFC');
    return {
      listing,
      objects: chunks.filter(({ name }) => name.normalize('NFC').startsWith(prefix)),
    };
  });
  return planDay(rules, listed);
}

/** Throws a FlowbarsError of kind `data` for an object of the report that is gone. */
export function barChunks(
  listed: DayPlan,
  place: BarPlace,
  { published, inputs, root, mayBeGone }: PublishedInputs,
): BarChunks {
  const now = stepsOfBar(listed, place);
  const there = new Set(now.flatMap(({ objects }) => objects.map(({ name }) => name)));
  const wanted = stepsOfBar(published, place).flatMap(({ objects }) => objects);
  const gone = wanted.filter(({ name }) => !there.has(name));
  const [first] = gone;
  if (first !== undefined && !mayBeGone) {
    const more =
      gone.length === 1 ? '' : `, nor ${counted(gone.length - 1, 'other chunk')} of these minutes`;
    throw new FlowbarsError('data', {
      where: `${root}/${first.name}`,
      what: 'chunk',
      found: `no object${more}`,
      expected: `the chunk that the quality report lists, crc32c ${inputs.get(first.name)?.crc32c ?? ''}: without it the bar cannot be explained`,
    });
  }
  const isKnown = ({ name }: { readonly name: string }): boolean => inputs.has(name);
  const steps = now
    .map((step) => ({ ...step, objects: step.objects.filter(isKnown) }))
    .filter(({ objects }) => objects.length > 0);
  const newer = now.flatMap(({ objects }) => objects.filter((one) => !isKnown(one)));
  return { steps, newer: newer.map(({ name }) => name) };
}

/** The chunks of the bar's own minutes, of each recorded stream, that the report does not list. */
export function absentChunks(
  published: DayPlan,
  {
    bar,
    rules,
    day,
  }: { readonly bar: TimeRange; readonly rules: DayRules; readonly day: SymbolDay },
): string[] {
  const isOfBar = nearBar(bar, rules, day.date);
  const span = chunkSpanMinutes(rules.rawLayout);
  const streams = STREAMS.filter((stream) => stream === 'trades' || rules.streams === 'both');
  const minutes = Array.from({ length: DAY_MINUTES / span }, (_, index) => index * span);
  return streams.flatMap((stream) =>
    minutes
      .filter((minute) => isOfBar({ minute }))
      .filter(
        (minute) =>
          !published.steps.some((step) => step.stream === stream && step.minute === minute),
      )
      .map((minute) => chunkName(rules, { ...day, stream }, minute)),
  );
}
