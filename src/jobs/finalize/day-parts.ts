/** Stores and reads the parts of a day that several tasks finalize. Only parts of the same run count. */
import { type FinalizedPart, isFinalizedPart } from '../../core/stored/finalized-part.js';
import { parseStored, storedJson } from '../../core/stored/json-shape.js';
import { partName, partsPrefix } from '../../core/stored/output-names.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import { mapBounded } from '../map-bounded.js';
import type { Effects } from '../ports.js';

const PARTS_AT_ONCE = 8;

type PartEffects = Pick<Effects, 'out' | 'codec' | 'log'>;

/** A slice of a day's symbols, by its place among the slices. */
export interface PartPlace {
  readonly runId: string;
  readonly date: UtcDate;
  readonly index: number;
  readonly count: number;
}

/** The part that an earlier attempt stored; undefined if there is no readable one. */
export async function earlierPart(
  place: PartPlace,
  effects: PartEffects,
): Promise<FinalizedPart | undefined> {
  try {
    return await readPart(place, effects);
  } catch (error) {
    if (!(error instanceof FlowbarsError) || error.kind !== 'data') throw error;
    effects.log.event('WARNING', 'part_unreadable', { ...error.parts });
    return undefined;
  }
}

export async function storePart(
  part: FinalizedPart,
  place: PartPlace,
  { out, codec }: PartEffects,
): Promise<void> {
  const { runId, date, index } = place;
  await out.write(partName(runId, date, index), codec.encode(storedJson(part)), 'anything');
}

/** All parts of the day in order; undefined while any is missing. */
export async function wholeDay(
  place: PartPlace,
  effects: PartEffects,
): Promise<readonly FinalizedPart[] | undefined> {
  const { runId, date, count } = place;
  const listed = await effects.out.list(partsPrefix(runId, date));
  const stored = new Set(listed.map(({ name }) => name));
  const places = Array.from({ length: count }, (_, index): PartPlace => ({ ...place, index }));
  if (!places.every(({ index }) => stored.has(partName(runId, date, index)))) return undefined;
  const parts = await mapBounded(places, PARTS_AT_ONCE, (each) => readPart(each, effects));
  const found = parts.filter((part) => part !== undefined);
  return found.length === count ? found : undefined;
}

/** Ignores a part of another slicing of the day (the run was restarted with other slices): its task will replace it. */
async function readPart(
  { runId, date, index, count }: PartPlace,
  { out, codec }: PartEffects,
): Promise<FinalizedPart | undefined> {
  const name = partName(runId, date, index);
  const content = await out.read(name);
  if (content === undefined) return undefined;
  const where = `${out.root}/${name}`;
  const text = codec.decode(content.bytes);
  const part = parseStored(text, isFinalizedPart, { what: 'finalized part', where });
  return part.count === count ? part : undefined;
}
