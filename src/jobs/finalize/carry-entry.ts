/**
 * Carries a symbol's manifest entry over without checking its files again, if the entry was fully
 * verified and the store still holds exactly what it lists: the generations, or in a folder the bytes.
 */
import { isEntryOf, isSoundEntry, isStoredAsListed } from '../../core/check/settled-entry.js';
import { seedCheck } from '../../core/across/bar-file-seed.js';
import type { Finding } from '../../core/finding/finding.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { PublishedEntry } from '../../core/stored/manifest.js';
import type { PublishedReport } from '../../core/stored/stored-shapes.js';
import { qualityName } from '../../core/stored/output-names.js';
import type { WantedFile } from '../../core/rule/products.js';
import type { SymbolName } from '../../core/unit/symbol.js';
import { addDays, type UtcDate } from '../../core/unit/utc-date.js';
import type { Store } from '../ports.js';
import { type DayEntries, readEntries } from '../stored/read-entries.js';
import { readPublishedReport } from '../stored/read-report.js';
import { comparePublished, type NeighbourEffects } from './compare-neighbours.js';

const MONTH_CHARACTERS = 'YYYY-MM'.length;

/** What the manifests listed of one symbol before the run, for this day and its neighbours; null: nothing. */
export interface ListedAround {
  readonly before: PublishedEntry | null;
  readonly day: PublishedEntry | null;
  readonly after: PublishedEntry | null;
}

export interface CarriedEntry {
  readonly entry: PublishedEntry;
  readonly seedFindings: readonly Finding[];
  /** The report's; null where none was read, or it has none. */
  readonly dataset: PublishedReport['dataset'];
}

/** Throws if the day's own manifest cannot be read; an unreadable neighbour counts as nothing listed. */
export async function readListedAround(
  date: UtcDate,
  symbols: readonly SymbolName[],
  effects: NeighbourEffects,
): Promise<(symbol: SymbolName) => ListedAround> {
  const reading = {
    symbols,
    keep: ({ published }: { readonly published: PublishedEntry | null }) => published,
    onRead: () => undefined,
  };
  const dates = [addDays(date, -1), date, addDays(date, 1)];
  const { days } = await readEntries(dates, reading, effects);
  const [before, own, after] = days.map(({ day }) => day);
  if (own?.found === 'unreadable') throw own.error;
  return (symbol) => ({
    before: entryOf(before, symbol),
    day: entryOf(own, symbol),
    after: entryOf(after, symbol),
  });
}

function entryOf(
  day: DayEntries<PublishedEntry | null> | undefined,
  symbol: SymbolName,
): PublishedEntry | null {
  return day?.found === 'manifest' ? (day.entries.get(symbol) ?? null) : null;
}

/** Undefined if the files have to be read. */
export async function carryEntry(
  symbolDay: SymbolDay,
  listed: ListedAround,
  wanted: readonly WantedFile[],
  effects: NeighbourEffects,
): Promise<CarriedEntry | undefined> {
  const entry = listed.day;
  if (entry === null || !isSoundEntry(entry, wanted)) return undefined;
  const generations = await generationsAround(symbolDay, effects.out);
  const isKept = isStoredAsListed(entry, generations);
  const isInFolder = !isKept && lacksGenerations(entry, generations);
  const report = isInFolder ? await reportOfBytes(symbolDay, entry, effects) : undefined;
  if (!isKept && report === undefined) return undefined;
  const dataset = report?.dataset ?? null;
  const carried = { entry, seedFindings: [], dataset };
  if (areNeighboursSettled(symbolDay, listed, generations)) return carried;
  const seedFindings = await comparePublished(symbolDay, effects);
  if (seedFindings.length === 0) return carried;
  const check = seedCheck(seedFindings);
  const checks = entry.checks.map((made) => (made.check === check.check ? check : made));
  const findings = [...entry.findings, ...seedFindings];
  return { entry: { ...entry, findings, checks }, seedFindings, dataset };
}

/** True in a folder that has every file. */
function lacksGenerations(
  { files }: PublishedEntry,
  generations: ReadonlyMap<string, string | undefined>,
): boolean {
  return files.every(({ name }) => generations.has(name) && generations.get(name) === undefined);
}

/** The report if it and the files are the bytes that the entry lists, which passed its checks, and the entry says what the report says. */
async function reportOfBytes(
  symbolDay: SymbolDay,
  entry: PublishedEntry,
  effects: NeighbourEffects,
): Promise<PublishedReport | undefined> {
  const { report } = await readPublishedReport(symbolDay, effects);
  if (report === undefined || !isEntryOf(entry, report)) return undefined;
  for (const { name, bytes, crc32c, sha256 } of entry.files) {
    const content = await effects.out.read(name);
    const isListed =
      content?.bytes.length === bytes &&
      content.crc32c === crc32c &&
      effects.codec.sha256(content.bytes) === sha256;
    if (!isListed) return undefined;
  }
  return report;
}

/**
 * Finalizing either day of a pair compares both, as stored at that time. The later comparison
 * therefore still holds if both days are unchanged since and neither entry has a finding.
 */
function areNeighboursSettled(
  { symbol, date }: SymbolDay,
  { before, after }: ListedAround,
  generations: ReadonlyMap<string, string | undefined>,
): boolean {
  const isSettled = (entry: PublishedEntry | null, offset: number): boolean => {
    const report = qualityName({ symbol, date: addDays(date, offset) });
    if (!generations.has(report)) return true;
    return entry !== null && isSoundEntry(entry, []) && isStoredAsListed(entry, generations);
  };
  return isSettled(before, -1) && isSettled(after, 1);
}

/** Generations of the symbol's files in the month or two months of the three days: usually one listing of one page. */
async function generationsAround(
  { symbol, date }: SymbolDay,
  out: Store,
): Promise<ReadonlyMap<string, string | undefined>> {
  const months = [-1, 0, 1].map((offset) => addDays(date, offset).slice(0, MONTH_CHARACTERS));
  const generations = new Map<string, string | undefined>();
  for (const month of new Set(months)) {
    const objects = await out.list(`${symbol}/${month}-`);
    for (const { name, generation } of objects) generations.set(name, generation);
  }
  return generations;
}
