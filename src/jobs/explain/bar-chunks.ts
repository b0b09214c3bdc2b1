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
import { unpackedName } from '../aggregate/gone-inputs.js';

export interface BarChunks {
  /** The report's objects alone, one that was compressed or unpacked since in the form that is there. */
  readonly steps: readonly ChunkStep[];
  /** By the name of the form that is there, the object as the report lists it. */
  readonly repacked: ReadonlyMap<string, InputObject>;
  /** Objects of these minutes that came after the day was published. */
  readonly newer: readonly string[];
  /** Objects of the report that are not there in any form. */
  readonly gone: readonly InputObject[];
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
  const objects = now.flatMap((step) => step.objects);
  const there = new Set(objects.map(({ name }) => name));
  const wanted = stepsOfBar(published, place).flatMap((step) => step.objects);
  const missing = wanted.flatMap(({ name }) => (there.has(name) ? [] : (inputs.get(name) ?? [])));
  const repacked = otherForms(missing, objects, inputs);
  const found = new Set([...repacked.values()].map(({ name }) => name));
  const gone = missing.filter(({ name }) => !found.has(name));
  if (gone.length > 0 && !mayBeGone) throw goneError(gone, root);
  const isKnown = ({ name }: { readonly name: string }): boolean =>
    inputs.has(name) || repacked.has(name);
  const steps = now
    .map((step) => ({ ...step, objects: step.objects.filter(isKnown) }))
    .filter((step) => step.objects.length > 0);
  const newer = objects.filter((one) => !isKnown(one));
  return { steps, repacked, newer: newer.map(({ name }) => name), gone };
}

/** What was compressed or unpacked since has another name, and is not gone. */
function otherForms(
  missing: readonly InputObject[],
  objects: readonly { readonly name: string }[],
  inputs: PublishedInputs['inputs'],
): Map<string, InputObject> {
  const byContent = new Map(missing.map((input) => [unpackedName(input.name), input]));
  return new Map(
    objects.flatMap(({ name }): (readonly [string, InputObject])[] => {
      const listed = inputs.has(name) ? undefined : byContent.get(unpackedName(name));
      return listed === undefined ? [] : [[name, listed]];
    }),
  );
}

export function goneError(gone: readonly InputObject[], root: string): FlowbarsError {
  const [first, ...others] = gone;
  const more =
    others.length === 0 ? '' : `, nor ${counted(others.length, 'other chunk')} of these minutes`;
  return new FlowbarsError('data', {
    where: `${root}/${first?.name ?? ''}`,
    what: 'chunk',
    found: `no object${more}`,
    expected: `the chunk that the quality report lists, crc32c ${first?.crc32c ?? ''} (restore it; flowbars run --accept-removed computes the day from what is left)`,
  });
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
