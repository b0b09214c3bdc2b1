/**
 * Decides whether computing a symbol-day would give what is published: same inputs, same rules, stored
 * files intact (docs/OUTPUT.md). It compares the cheapest evidence first and writes nothing.
 */
import type { DayPlan, ListedChunk } from '../../core/plan/day-plan.js';
import {
  fileFingerprint,
  inputsDigest,
  reportFingerprint,
  sidecarsDigest,
} from '../../core/stored/fingerprint.js';
import {
  type InputDifference,
  isEmptyDifference,
  listedDifference,
  plannedInputs,
} from '../../core/stale/input-difference.js';
import { wantedFiles } from '../../core/rule/products.js';
import { areListed } from '../../core/stored/artifacts.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { InputObject } from '../../core/stored/quality-report.js';
import type { PublishedReport } from '../../core/stored/stored-shapes.js';
import type { AggregateOptions } from '../plan/aggregate-options.js';
import { mapBounded } from '../map-bounded.js';
import { digestBy } from './digest.js';
import { listSidecars } from './list-sidecars.js';
import type { Codec, Effects, Store } from '../ports.js';

/** Checksums computed at once, for objects whose listing has none. */
const CHECKSUMS_AT_ONCE = 8;

export async function isUnchanged(
  day: SymbolDay,
  plan: DayPlan,
  published: PublishedReport,
  options: AggregateOptions,
  effects: Effects,
): Promise<boolean> {
  const wanted = wantedFiles(options.rules);
  if (published.status !== 'empty' && !areListed(published.artifacts, wanted)) return false;
  if (!hasFingerprints(day, published, options, effects.codec)) return false;
  return (
    isEmptyDifference(await inputDifference(plan, published.inputs, effects.raw)) &&
    isEmptyDifference(await sidecarDifference(published, effects.raw)) &&
    (await damagedFile(day, published, effects.out)) === undefined
  );
}

/** True if the rules give the published fingerprints for the published inputs. */
export function hasFingerprints(
  { symbol, date }: SymbolDay,
  published: PublishedReport,
  options: Pick<AggregateOptions, 'rules' | 'dataset'>,
  codec: Codec,
): boolean {
  const digest = digestBy(codec);
  const inputs = inputsDigest(published.inputs, digest);
  const subject = {
    symbol,
    date,
    files: published.artifacts,
    dataset: options.dataset,
    sidecars: sidecarsDigest(published.sidecars, digest),
  };
  return (
    published.fingerprint === reportFingerprint(inputs, subject, options.rules, digest) &&
    published.artifacts.every(
      (artifact) => artifact.fingerprint === fileFingerprint(inputs, artifact, options, digest),
    )
  );
}

/** How the inputs differ from those of the report. Reads contents only if all else is equal and the listing has no checksums. */
export async function inputDifference(
  plan: DayPlan,
  inputs: readonly InputObject[],
  raw: Store,
): Promise<InputDifference> {
  const planned = plannedInputs(plan);
  const listed = listedDifference(planned, inputs);
  if (!isEmptyDifference(listed)) return listed;
  const objects = planned.map(({ object }) => object);
  return { ...listed, changed: await changedContents(objects, inputs, raw) };
}

/**
 * How the sidecars of the outages differ from those of the report. One that is gone is no difference: what it said stays
 * said. Lists nothing for a day without outages.
 */
export async function sidecarDifference(
  { outages, sidecars }: PublishedReport,
  raw: Store,
): Promise<InputDifference> {
  const ranges = outages.map(({ from, to }) => ({
    fromMs: Date.parse(from),
    toMs: Date.parse(to),
  }));
  const { wanted } = await listSidecars(ranges, raw);
  const planned = wanted.map((object) => ({ object, role: undefined }));
  const listed = listedDifference(
    planned,
    sidecars.map((one) => ({ ...one, role: undefined })),
  );
  const difference = { ...listed, removed: [] };
  if (!isEmptyDifference(difference)) return difference;
  return { ...difference, changed: await changedContents(wanted, sidecars, raw) };
}

/** Names of those whose listing has no checksum, and whose content has another. */
async function changedContents(
  objects: readonly ListedChunk[],
  known: readonly Pick<InputObject, 'name' | 'crc32c'>[],
  raw: Store,
): Promise<string[]> {
  const crc32cByName = new Map(known.map(({ name, crc32c }) => [name, crc32c]));
  const unknown = objects.filter(({ crc32c }) => crc32c === undefined);
  const changed = await mapBounded(unknown, CHECKSUMS_AT_ONCE, async (object) => {
    const isSame = (await checksumOf(object, raw)) === crc32cByName.get(object.name);
    return isSame ? [] : [object.name];
  });
  return changed.flat();
}

/** From the listing if it has one; a folder lists no checksums, so its content is read. */
async function checksumOf(object: ListedChunk, store: Store): Promise<string | undefined> {
  if (object.crc32c !== undefined) return object.crc32c;
  if (store.checksum !== undefined) return await store.checksum(object);
  return (await store.read(object.name, object))?.crc32c;
}

/** The first file that differs from the report; undefined if none does. */
export async function damagedFile(
  { symbol, date }: SymbolDay,
  published: PublishedReport,
  out: Store,
): Promise<string | undefined> {
  const stored = new Map(
    (await out.list(`${symbol}/${date}_`)).map((object) => [object.name, object]),
  );
  for (const { name, bytes, crc32c } of published.artifacts) {
    const object = stored.get(name);
    if (object?.sizeBytes !== bytes || (await checksumOf(object, out)) !== crc32c) return name;
  }
  return undefined;
}
