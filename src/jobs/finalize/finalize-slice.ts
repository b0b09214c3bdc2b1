/**
 * The final step of a day, or of one slice of its symbols: verifies them, then writes the day's
 * manifest, which readers trust. With several slices, the one that finds the day complete writes it.
 */
import { updateManifest } from '../../core/run/manifest-update.js';
import { SCHEMA_VERSION } from '../../core/shape/shape.js';
import type { FinalizedPart } from '../../core/stored/finalized-part.js';
import { storedJson } from '../../core/stored/json-shape.js';
import type { RunRecord } from '../../core/stored/manifest.js';
import { manifestName } from '../../core/stored/output-names.js';
import { assert } from '../../core/unit/errors.js';
import type { WantedFile } from '../../core/rule/products.js';
import type { SymbolName } from '../../core/unit/symbol.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import { mapBounded } from '../map-bounded.js';
import type { Effects, Replaces } from '../ports.js';
import { retryConflict } from '../retry-conflict.js';
import { readManifest } from '../stored/day-manifest.js';
import { readListedAround } from './carry-entry.js';
import { earlierPart, type PartPlace, storePart, wholeDay } from './day-parts.js';
import { finalizeSymbol } from './finalize-symbol.js';

/** Symbols in flight: while one file is checked, the next are read, so this many are in memory. */
export const SYMBOLS_AT_ONCE = 4;

export interface FinalizeSlice {
  readonly date: UtcDate;
  /** Symbols of this slice only. */
  readonly symbols: readonly SymbolName[];
  /** Index of the slice in the day, from 0, and the number of slices. */
  readonly index: number;
  readonly count: number;
}

export interface FinalizeOptions {
  readonly runId: string;
  /** Version and git revision of this build, as manifests list it. */
  readonly codeVersion: string;
  /** Files that each published day has to list; empty: checks whatever it lists. */
  readonly wanted: readonly WantedFile[];
}

export interface FinalizedDay {
  readonly date: UtcDate;
  /** `awaited`: another slice of the day is not done yet, and its task writes the manifest. */
  readonly manifest: 'written' | 'unchanged' | 'awaited';
  /** The slice's completed records, in the order of its symbols. */
  readonly records: readonly RunRecord[];
}

export async function finalizeSlice(
  { date, symbols, index, count }: FinalizeSlice,
  options: FinalizeOptions,
  effects: Effects,
): Promise<FinalizedDay> {
  assert(index >= 0 && index < count, 'a slice is one of its day');
  const place: PartPlace = { runId: options.runId, date, index, count };
  const earlier = count === 1 ? undefined : await earlierPart(place, effects);
  const { part, records } = await verifySlice(place, symbols, { options, earlier }, effects);
  if (count > 1) await storePart(part, place, effects);
  const manifest = await retryConflict(
    () => changeManifest(part, place, options, effects),
    effects.clock,
  );
  effects.log.event('INFO', 'day_finalized', { date, manifest, symbols: records.length });
  return { date, manifest, records };
}

/** Verifies every symbol and completes its record. Does not repeat what an earlier attempt stored. */
async function verifySlice(
  { runId, date, index, count }: PartPlace,
  symbols: readonly SymbolName[],
  known: { readonly options: FinalizeOptions; readonly earlier: FinalizedPart | undefined },
  effects: Effects,
): Promise<{ readonly part: FinalizedPart; readonly records: readonly RunRecord[] }> {
  const unique = [...new Set(symbols)];
  const { wanted } = known.options;
  const listedOf = await readListedAround(date, unique, effects);
  const updates = new Map(known.earlier?.symbols.map((update) => [update.symbol, update]));
  const finalized = await mapBounded(unique, SYMBOLS_AT_ONCE, async (symbol) => {
    const earlier = updates.get(symbol);
    const symbolOptions = { runId, wanted, listed: listedOf(symbol), earlier };
    const attempt = () => finalizeSymbol({ symbol, date }, symbolOptions, effects);
    const done = await retryConflict(attempt, effects.clock);
    const { outcome, status } = done.record;
    effects.log.event('DEBUG', 'symbol_day_finalized', { symbol, date, outcome, status });
    return done;
  });
  const read = finalized.find(({ dataset }) => dataset !== null);
  const part: FinalizedPart = {
    schema_version: SCHEMA_VERSION,
    run_id: runId,
    date,
    index,
    count,
    dataset: read?.dataset ?? known.earlier?.dataset ?? null,
    symbols: finalized.map(({ update }) => update),
  };
  return { part, records: finalized.map(({ record }) => record) };
}

/**
 * Invariant: the manifest is read before the parts. If another task stores a newer part and changes
 * the manifest in between, this write is a conflict, so an older part never wins.
 */
async function changeManifest(
  part: FinalizedPart,
  place: PartPlace,
  { codeVersion }: FinalizeOptions,
  effects: Effects,
): Promise<FinalizedDay['manifest']> {
  const { date } = place;
  const stored = await readManifest(date, effects);
  const parts = place.count === 1 ? [part] : await wholeDay(place, effects);
  if (parts === undefined) return 'awaited';
  const dataset = parts.find((each) => each.dataset !== null)?.dataset ?? null;
  const symbols = parts.flatMap((each) => each.symbols);
  const next = updateManifest(stored?.manifest, { date, codeVersion, dataset, symbols });
  if (next === stored?.manifest) return 'unchanged';
  const replaces: Replaces = stored === undefined ? 'nothing' : { content: stored.content };
  const bytes = effects.codec.encode(storedJson(next));
  const { outcome } = await effects.out.write(manifestName(date), bytes, replaces);
  return outcome;
}
