/**
 * Which published files an export reads, and which files it makes of them: one for each of them, or one over all days
 * of a symbol. What is not published is named, so that no gap goes unseen. Reads and writes nothing.
 */
import type { TabularKind } from '../column/kind-tables.js';
import { type ArtifactKind, hasResolutions, type Output } from '../rule/products.js';
import type { SymbolDay } from '../rule/symbol-day.js';
import { fileWords } from '../stored/artifacts.js';
import type { ListedFile, PublishedEntry } from '../stored/manifest.js';
import { compareNames } from '../unit/compare-names.js';
import { distinctResolutions, readResolution, type Resolution } from '../unit/resolution.js';
import type { SymbolName } from '../unit/symbol.js';
import type { UtcDate } from '../unit/utc-date.js';
import type { ExportedLeftOut } from './export-document.js';

/** What an export needs of an entry. */
export interface ExportEntry extends Pick<PublishedEntry, 'status' | 'coverage'> {
  /** Its exact files that have columns. */
  readonly files: readonly TextFileEntry[];
  readonly reportSha256: string;
}

export interface TextFileEntry extends Pick<ListedFile, 'resolution' | 'name' | 'sha256'> {
  readonly kind: TabularKind;
  readonly rows: number;
}

export interface ExportDay extends SymbolDay {
  readonly entry: ExportEntry;
}

export interface ExportChoice {
  /** Undefined: all that are published. */
  readonly outputs: readonly Output[] | undefined;
  readonly resolutions: readonly Resolution[] | undefined;
}

/** A file over the days of a symbol: one kind, or bars and signals side by side. */
export interface JoinedPlan {
  readonly symbol: SymbolName;
  readonly resolution: string | null;
  readonly kinds: readonly TabularKind[];
  /** In order; each has one file of each kind. */
  readonly days: readonly { readonly day: ExportDay; readonly files: readonly TextFileEntry[] }[];
  /** Recorded days that lack one. */
  readonly leftOut: readonly ExportedLeftOut[];
}

export function exportEntry({ status, coverage, files }: PublishedEntry): ExportEntry {
  return {
    status,
    coverage,
    files: files.flatMap(({ kind, format, resolution, name, sha256, rows }) =>
      format === 'csv' && kind !== 'scoreboard' && kind !== 'quality' && rows !== null
        ? [{ kind, resolution, name, sha256, rows }]
        : [],
    ),
    reportSha256: files.find(({ kind }) => kind === 'quality')?.sha256 ?? '',
  };
}

/** Days of which nothing can be exported. `named`: the symbols that were asked for by name. */
export function daysLeftOut(
  days: readonly ExportDay[],
  {
    named,
    dates,
    unreadable,
  }: {
    readonly named: readonly SymbolName[];
    readonly dates: readonly UtcDate[];
    /** Days whose manifest cannot be read: of any symbol something may be published. */
    readonly unreadable: readonly string[];
  },
): ExportedLeftOut[] {
  const known = Map.groupBy(days, ({ symbol }) => symbol);
  const symbols = [...new Set([...named, ...known.keys()])].toSorted(compareNames);
  return symbols.flatMap((symbol) => {
    const byDate = new Map((known.get(symbol) ?? []).map((day) => [day.date, day] as const));
    return dates.flatMap((date): ExportedLeftOut[] => {
      const day = byDate.get(date);
      if (day?.entry.status === 'empty') {
        return [{ symbol, date, reason: 'empty', detail: 'nothing was recorded' }];
      }
      if (day !== undefined) return [];
      if (unreadable.includes(date)) {
        return [{ symbol, date, reason: 'unreadable', detail: 'its manifest cannot be read' }];
      }
      return [{ symbol, date, reason: 'unpublished', detail: 'no manifest lists it' }];
    });
  });
}

/** The files of a day that are asked for, and words for those that it lacks. */
export function chosenFiles(
  { entry: { files } }: ExportDay,
  { outputs, resolutions }: ExportChoice,
): { readonly chosen: readonly TextFileEntry[]; readonly lacking: readonly string[] } {
  const chosen = files.filter(
    ({ kind, resolution }) =>
      (outputs?.includes(kind) ?? true) &&
      (resolution === null || (resolutions?.some(({ name }) => name === resolution) ?? true)),
  );
  const kinds = outputs ?? [...new Set(files.map(({ kind }) => kind))];
  const lacking = kinds.flatMap((kind) => {
    const found = chosen.filter((file) => file.kind === kind).map(({ resolution }) => resolution);
    const asked = hasResolutions(kind) ? resolutions : undefined;
    if (asked === undefined) return found.length === 0 ? [kind] : [];
    const names = asked.map(({ name }) => name).filter((name) => !found.includes(name));
    return names.map((resolution) => wordsOf({ kind, resolution }));
  });
  return { chosen, lacking };
}

/** By symbol, finest rows first, patterns last. Empty days are in none. */
export function joinedPlans(days: readonly ExportDay[], choice: ExportChoice): JoinedPlan[] {
  const recorded = days.filter(({ entry }) => entry.status !== 'empty');
  const bySymbol = Map.groupBy(recorded, ({ symbol }) => symbol);
  const symbols = [...bySymbol].toSorted(([a], [b]) => compareNames(a, b));
  return symbols.flatMap(([symbol, own]) =>
    joinedShapes(own, choice).map((shape): JoinedPlan => {
      const { resolution, kinds } = shape;
      const found = own.map((day) => ({ day, files: filesOf(day, shape) }));
      const leftOut = found.flatMap(({ day: { date }, files }): ExportedLeftOut[] => {
        const lacking = kinds.filter((kind) => !files.some((file) => file.kind === kind));
        if (lacking.length === 0) return [];
        const detail = `no ${lacking.map((kind) => wordsOf({ kind, resolution })).join(', no ')}`;
        return [{ symbol, date, reason: 'not_listed', detail }];
      });
      const whole = found.filter(({ files }) => files.length === kinds.length);
      return { symbol, resolution, kinds, days: whole, leftOut };
    }),
  );
}

type JoinedShape = Pick<JoinedPlan, 'resolution' | 'kinds'>;

/** The joined files of a symbol: what is asked for, else all that any of its days has. */
function joinedShapes(days: readonly ExportDay[], choice: ExportChoice): JoinedShape[] {
  const chosen = days.flatMap((day) => chosenFiles(day, choice).chosen);
  const kinds = choice.outputs ?? [...new Set(chosen.map(({ kind }) => kind))];
  const names = choice.resolutions?.map(({ name }) => name) ?? resolutionNames(chosen);
  const grids = (['bars', 'signals'] as const).filter((kind) => kinds.includes(kind));
  return [
    ...(grids.length === 0 ? [] : names.map((resolution) => ({ resolution, kinds: grids }))),
    ...(kinds.includes('patterns') ? [{ resolution: null, kinds: ['patterns'] as const }] : []),
  ];
}

/** Finest first. */
function resolutionNames(files: readonly TextFileEntry[]): string[] {
  const named = files.flatMap(({ resolution }) => readResolution(resolution ?? '') ?? []);
  return distinctResolutions(named).map(({ name }) => name);
}

function filesOf(
  { entry: { files } }: ExportDay,
  { resolution, kinds }: JoinedShape,
): TextFileEntry[] {
  return kinds.flatMap(
    (kind) => files.find((file) => file.kind === kind && file.resolution === resolution) ?? [],
  );
}

function wordsOf(file: {
  readonly kind: ArtifactKind;
  readonly resolution: string | null;
}): string {
  return fileWords({ ...file, format: 'csv' });
}
