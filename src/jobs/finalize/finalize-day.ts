/**
 * The final step of a day: verifies every symbol of the run, then writes the day's manifest, which
 * is what readers trust. Entries of other symbols stay as they are, whoever writes at the same time.
 */
import { manifestName } from '../../core/stored/output-names.js';
import { storedJson } from '../../core/stored/json-shape.js';
import { updateManifest } from '../../core/run/manifest-update.js';
import type { RunRecord } from '../../core/stored/manifest.js';
import type { Resolution } from '../../core/unit/resolution.js';
import type { SymbolName } from '../../core/unit/symbol.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import { readManifest } from '../stored/day-manifest.js';
import { type FinalizedSymbol, finalizeSymbol } from './finalize-symbol.js';
import { mapBounded } from '../map-bounded.js';
import type { Effects, Replaces } from '../ports.js';
import { retryConflict } from '../retry-conflict.js';

/** While one symbol's file is checked, the next ones are read: this many files are in memory. */
export const SYMBOLS_AT_ONCE = 4;

export interface FinalizeOptions {
  readonly runId: string;
  /** Version and git revision of this build, as it stands in manifests. */
  readonly codeVersion: string;
  /** Resolutions that each published day has to list; none: whatever it lists is checked. */
  readonly resolutions: readonly Resolution[];
}

export interface FinalizedDay {
  readonly date: UtcDate;
  readonly manifest: 'written' | 'unchanged';
  /** The completed records, in the order of the symbols. */
  readonly records: readonly RunRecord[];
}

export async function finalizeDay(
  date: UtcDate,
  symbols: readonly SymbolName[],
  options: FinalizeOptions,
  effects: Effects,
): Promise<FinalizedDay> {
  const { runId, resolutions } = options;
  const before = (await readManifest(date, effects))?.manifest.symbols ?? [];
  const publishedBefore = new Map(before.map((entry) => [entry.symbol, entry.published]));
  const finalized = await mapBounded([...new Set(symbols)], SYMBOLS_AT_ONCE, async (symbol) => {
    const published = publishedBefore.get(symbol) ?? null;
    const symbolOptions = { runId, resolutions, publishedBefore: published };
    const attempt = () => finalizeSymbol({ symbol, date }, symbolOptions, effects);
    return await retryConflict(attempt, effects.clock);
  });
  const manifest = await retryConflict(
    () => changeManifest(date, finalized, options, effects),
    effects.clock,
  );
  const records = finalized.map(({ record }) => record);
  effects.log.event('INFO', 'day_finalized', { date, manifest, symbols: records.length });
  return { date, manifest, records };
}

async function changeManifest(
  date: UtcDate,
  finalized: readonly FinalizedSymbol[],
  { codeVersion }: FinalizeOptions,
  effects: Effects,
): Promise<FinalizedDay['manifest']> {
  const stored = await readManifest(date, effects);
  const dataset = finalized.find((symbol) => symbol.dataset !== null)?.dataset ?? null;
  const symbols = finalized.map(({ update }) => update);
  const next = updateManifest(stored?.manifest, { date, codeVersion, dataset, symbols });
  if (next === stored?.manifest) return 'unchanged';
  const replaces: Replaces = stored === undefined ? 'nothing' : { content: stored.content };
  const bytes = effects.codec.encode(storedJson(next));
  const { outcome } = await effects.out.write(manifestName(date), bytes, replaces);
  return outcome;
}
