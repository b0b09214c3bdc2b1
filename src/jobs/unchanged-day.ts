/**
 * Decides whether a symbol-day would come out as it is published: same inputs, same rules, stored
 * files intact (SPEC section 7). It compares the cheapest evidence first and writes nothing.
 */
import type { DayPlan, ListedChunk } from '../core/plan/day-plan.js';
import { qualityName } from '../core/plan/output-names.js';
import { barsFingerprint, inputsDigest, reportFingerprint } from '../core/report/fingerprint.js';
import type { SymbolDay } from '../core/report/options.js';
import type { InputObject } from '../core/report/quality-report.js';
import { parseReport } from '../core/report/report-seal.js';
import type { PublishedReport } from '../core/report/stored-shapes.js';
import { FlowbarsError } from '../core/unit/errors.js';
import type { AggregateOptions } from './aggregate-symbol-day.js';
import { mapBounded } from './map-bounded.js';
import { digestBy } from './digest.js';
import type { Effects, Store } from './ports.js';

/** Objects whose checksum is taken at once where the listing knows none. */
const CHECKSUMS_AT_ONCE = 8;

/** The published report; undefined where there is none, or none that can be read. */
export async function readPublishedReport(
  day: SymbolDay,
  { out, codec }: Pick<Effects, 'out' | 'codec'>,
): Promise<PublishedReport | undefined> {
  const name = qualityName(day);
  const stored = await out.read(name);
  if (stored === undefined) return undefined;
  try {
    return parseReport(codec.decode(stored.bytes), name, digestBy(codec));
  } catch (error) {
    if (error instanceof FlowbarsError) return undefined;
    throw error;
  }
}

export async function isUnchanged(
  day: SymbolDay,
  plan: DayPlan,
  published: PublishedReport,
  options: AggregateOptions,
  effects: Effects,
): Promise<boolean> {
  const names = options.day.resolutions.map(({ name }) => name);
  const listed = published.artifacts.map(({ resolution }) => resolution);
  if (published.status !== 'empty' && !names.every((name) => listed.includes(name))) return false;
  if (!hasFingerprints(day, published, options, effects)) return false;
  return (
    (await inputsAreThose(plan, published.inputs, effects.raw)) &&
    (await filesAreIntact(day, published, effects.out))
  );
}

/** The rules are those of the published artifacts: the same inputs would give the same fingerprints. */
function hasFingerprints(
  { symbol, date }: SymbolDay,
  published: PublishedReport,
  options: AggregateOptions,
  { codec }: Effects,
): boolean {
  const digest = digestBy(codec);
  const inputs = inputsDigest(published.inputs, digest);
  const resolutionNames = published.artifacts.map(({ resolution }) => resolution);
  const subject = { symbol, date, resolutionNames, dataset: options.dataset };
  return (
    published.fingerprint === reportFingerprint(inputs, subject, options.day, digest) &&
    published.artifacts.every(
      ({ resolution, fingerprint }) =>
        fingerprint === barsFingerprint(inputs, resolution, options.day, digest),
    )
  );
}

async function inputsAreThose(
  plan: DayPlan,
  inputs: readonly InputObject[],
  raw: Store,
): Promise<boolean> {
  const objects = plan.steps.flatMap((step) =>
    step.objects.map((object) => ({ object, role: step.role })),
  );
  if (objects.length !== inputs.length) return false;
  const looksEqual = objects.every(({ object, role }, index) => {
    const input = inputs[index];
    return input?.name === object.name && input.size === object.sizeBytes && input.role === role;
  });
  if (!looksEqual) return false;
  let equal = true;
  await mapBounded([...objects.entries()], CHECKSUMS_AT_ONCE, async ([index, { object }]) => {
    if (equal && (await checksumOf(object, raw)) !== inputs[index]?.crc32c) equal = false;
  });
  return equal;
}

/** From the listing where it says so; a folder knows no checksums, so there the content is read. */
async function checksumOf(object: ListedChunk, store: Store): Promise<string | undefined> {
  return object.crc32c ?? (await store.read(object.name, object))?.crc32c;
}

async function filesAreIntact(
  { symbol, date }: SymbolDay,
  published: PublishedReport,
  out: Store,
): Promise<boolean> {
  const stored = new Map(
    (await out.list(`${symbol}/${date}_`)).map((object) => [object.name, object]),
  );
  for (const { name, bytes, crc32c } of published.artifacts) {
    const object = stored.get(name);
    if (object?.sizeBytes !== bytes || (await checksumOf(object, out)) !== crc32c) return false;
  }
  return true;
}
