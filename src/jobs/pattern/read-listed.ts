/** Reads one file of each published symbol-day, and names the days without it. */
import type { ArtifactKind } from '../../core/rule/products.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { LeftOutDay, UnreadableManifest } from '../../core/score/pattern-documents.js';
import type { ListedFile, PublishedEntry } from '../../core/stored/manifest.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { mapBounded } from '../map-bounded.js';
import type { Effects } from '../ports.js';
import { damaged, listedFile, readListed } from './listed-file.js';
import { type PublishedDay, publishedDays, type PublishedSearch } from './published-days.js';

const DAYS_AT_ONCE = 8;

/** A file whose bytes are those that the manifest lists. */
export interface ReadFile {
  readonly day: SymbolDay;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The day's files of the asked kinds. */
  readonly files: readonly FileOfDay[];
}

export type FileOfDay = Pick<ListedFile, 'kind' | 'format' | 'resolution' | 'name' | 'sha256'>;

export interface FileReading<Value> extends PublishedSearch {
  /** The file to read. */
  readonly kind: ArtifactKind;
  /** Other files that are named only, and have to be there. */
  readonly beside?: readonly ArtifactKind[];
  /** An error of kind `data` that it throws leaves the day out. */
  readonly read: (file: ReadFile) => Value;
  /** Called after each symbol-day. */
  readonly onDone: (done: number, total: number) => void;
}

export interface ReadDays<Value> {
  /** By date, then by symbol. */
  readonly values: readonly Value[];
  readonly leftOut: readonly LeftOutDay[];
  readonly unreadable: readonly UnreadableManifest[];
}

/** What is needed of a symbol-day. */
interface Kept {
  readonly isEmpty: boolean;
  readonly files: readonly FileOfDay[];
}

/** Reads nothing but what the manifests list. Throws what publishedDays and the store throw. */
export async function readListedFiles<Value>(
  { kind, beside = [], read, onDone, ...search }: FileReading<Value>,
  effects: Pick<Effects, 'out' | 'codec'>,
): Promise<ReadDays<Value>> {
  const keep = (published: PublishedEntry): Kept => keptOf(published, [kind, ...beside]);
  const { days, unreadable } = await publishedDays(search, keep, effects);
  let done = 0;
  const found = await mapBounded(days, DAYS_AT_ONCE, async (day) => {
    const value = await readDay(day, kind, read, effects);
    done += 1;
    onDone(done, days.length);
    return value;
  });
  return {
    values: found.flatMap((day) => ('reason' in day ? [] : [day.value])),
    leftOut: found.filter((day) => 'reason' in day),
    unreadable,
  };
}

function keptOf({ status, files }: PublishedEntry, kinds: readonly ArtifactKind[]): Kept {
  const kept = kinds.flatMap((kind) => listedFile(files, kind) ?? []);
  return {
    isEmpty: status === 'empty',
    files: kept.map(({ kind, format, resolution, name, sha256 }) => ({
      kind,
      format,
      resolution,
      name,
      sha256,
    })),
  };
}

async function readDay<Value>(
  { symbol, date, kept: { isEmpty, files } }: PublishedDay<Kept>,
  kind: ArtifactKind,
  read: (file: ReadFile) => Value,
  effects: Pick<Effects, 'out' | 'codec'>,
): Promise<{ readonly value: Value } | LeftOutDay> {
  const day = { symbol, date };
  if (isEmpty) return { ...day, reason: 'empty', detail: 'nothing was recorded' };
  const file = listedFile(files, kind);
  if (file === undefined) {
    return { ...day, reason: 'not_listed', detail: 'published without patterns' };
  }
  try {
    const bytes = await readListed(file, 'manifest', effects);
    // A single file is known by its bytes.
    if (files.length > 1) await refuseLost(day, files, effects.out);
    return { value: read({ day, name: file.name, bytes, files }) };
  } catch (error) {
    if (!(error instanceof FlowbarsError) || error.kind !== 'data') throw error;
    return { ...day, reason: 'damaged', detail: error.message };
  }
}

/** Throws a FlowbarsError of kind `data` if one of the files is not stored any more, by a listing without reads. */
async function refuseLost(
  { symbol, date }: SymbolDay,
  files: readonly FileOfDay[],
  out: Effects['out'],
): Promise<void> {
  const stored = new Set((await out.list(`${symbol}/${date}_`)).map(({ name }) => name));
  const lost = files.find(({ name }) => !stored.has(name));
  if (lost !== undefined) throw damaged(out, lost.name, 'nothing', 'manifest');
}

/** A day without patterns is a choice; one that cannot be read is a fault. */
export function areGood<Value>({ values, leftOut, unreadable }: ReadDays<Value>): boolean {
  const isWhole = unreadable.length === 0 && leftOut.every(({ reason }) => reason !== 'damaged');
  return isWhole && values.length > 0;
}
