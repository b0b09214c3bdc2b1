/** Which published files of a day a dataset is made from, and what keeps a day out of it. */
import type { SymbolDay } from '../rule/symbol-day.js';
import { isSameFile } from '../stored/artifacts.js';
import type { ListedFile, PublishedEntry } from '../stored/manifest.js';
import type { DatasetDay } from './card-shape.js';

/** The files that are needed, in the order of the card. */
export const INPUT_FILES = [
  { kind: 'bars', resolution: '1s' },
  { kind: 'signals', resolution: '1s' },
  { kind: 'bars', resolution: '1m' },
] as const;

export type InputFile = DatasetDay['files'][number];

/** What is kept of the manifest's entry of a symbol-day. */
export interface DayEntry extends Pick<PublishedEntry, 'status' | 'coverage'> {
  /** Undefined where one of INPUT_FILES is not listed. */
  readonly files: readonly (InputFile | undefined)[];
  readonly reportSha256: string;
}

export function dayEntry({ status, coverage, files }: PublishedEntry): DayEntry {
  return {
    status,
    coverage,
    files: INPUT_FILES.map((file) => inputOf(file, files)),
    reportSha256: files.find(({ kind }) => kind === 'quality')?.sha256 ?? '',
  };
}

function inputOf(
  { kind, resolution }: (typeof INPUT_FILES)[number],
  files: readonly ListedFile[],
): InputFile | undefined {
  const listed = files.find((file) => isSameFile(file, { kind, resolution, format: 'csv' }));
  if (listed === undefined) return undefined;
  const { name, bytes, sha256 } = listed;
  return { kind, resolution, name, bytes, sha256 };
}

export function unusedDay(
  { symbol, date }: SymbolDay,
  state: DatasetDay['state'],
  detail: string,
): DatasetDay {
  return { symbol, date, state, detail, coverage: null, files: [] };
}

/** Its files, or why it is not used. */
export function usableDay(
  { symbol, date }: SymbolDay,
  entry: DayEntry | undefined,
  isUnreadable: boolean,
): { readonly files: readonly InputFile[] } | DatasetDay {
  const leftOut = (state: DatasetDay['state'], detail: string): DatasetDay =>
    unusedDay({ symbol, date }, state, detail);
  if (entry === undefined) {
    return isUnreadable
      ? leftOut('unreadable', 'its manifest cannot be read')
      : leftOut('unpublished', 'no manifest lists it');
  }
  if (entry.status === 'empty') return leftOut('empty', 'nothing was recorded');
  const lacking = INPUT_FILES.filter((_, at) => entry.files[at] === undefined);
  if (lacking.length === 0) return { files: entry.files.filter((file) => file !== undefined) };
  const words = lacking.map(({ kind, resolution }) => `no ${resolution} ${kind}`);
  return leftOut('not_listed', words.join(', '));
}
