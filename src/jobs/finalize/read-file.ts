/** Reads a listed file of a symbol-day for the final step, and runs its checks with rests. */
import { checkContent, type FoundContent } from '../../core/check/day-files.js';
import { CheckTally } from '../../core/check/file-tally.js';
import type { FileChecks } from '../../core/check/file-checks.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { CheckResult, ListedFile } from '../../core/stored/manifest.js';
import type { Artifact } from '../../core/stored/quality-report.js';
import type { PublishedReport } from '../../core/stored/stored-shapes.js';
import type { Effects, StoredContent, StoredObject } from '../ports.js';
import type { RowsOfDay } from './seen-rows.js';

/** State kept between the files of a day, so that few are in memory at a time. */
export interface Progress {
  readonly symbolDay: SymbolDay;
  readonly report: PublishedReport;
  readonly listing: ReadonlyMap<string, StoredObject>;
  readonly rows: RowsOfDay;
  readonly checks: CheckResult[];
  /** The files read, as the manifest lists them. */
  readonly files: ListedFile[];
  lastPrice: string | undefined;
  rowsDone: number;
  readonly rowsTotal: number;
}

/** Undefined if there is no such object; the checks say so. */
export async function readFile(
  artifact: Artifact,
  { listing, checks, files }: Progress,
  effects: Effects,
): Promise<Uint8Array | undefined> {
  const listed = listing.get(artifact.name);
  const content = listed === undefined ? undefined : await effects.out.read(artifact.name, listed);
  const found = content === undefined ? undefined : foundContent(content, effects);
  checks.push(...checkContent(artifact, found));
  if (content === undefined) return undefined;
  files.push(listedFile(artifact, content));
  return content.bytes;
}

/** Runs a check that takes seconds in steps, so that the process can show in between that it goes on. */
export async function restingCheck<Result extends FileChecks | undefined>(
  checking: Generator<number, Result>,
  progress: Progress,
  { log, clock }: Effects,
): Promise<Result> {
  const { symbolDay, rowsTotal } = progress;
  const rowsBefore = progress.rowsDone;
  const say = (rows: number): void =>
    log.event('DEBUG', 'verifying', { ...symbolDay, rows_done: rows, rows_total: rowsTotal });
  say(rowsBefore);
  for (;;) {
    const step = checking.next();
    if (step.done === true) {
      progress.rowsDone = rowsBefore + (step.value?.rows ?? 0);
      return step.value;
    }
    say(rowsBefore + step.value);
    await clock.waitMs(0);
  }
}

export function unreadableTable(name: string, found: string): CheckResult[] {
  const tally = new CheckTally(name, ['columns']);
  tally.breach('columns', { where: '', found, expected: 'a csv file' });
  return tally.results();
}

export function foundContent({ bytes, crc32c }: StoredContent, { codec }: Effects): FoundContent {
  return { bytes: bytes.length, sha256: codec.sha256(bytes), crc32c };
}

function listedFile(artifact: Artifact, { generation }: StoredContent): ListedFile {
  const { kind, format, resolution, name, bytes, rows, sha256, crc32c, fingerprint } = artifact;
  const listed = { kind, format, resolution, name, bytes, rows, sha256, crc32c, fingerprint };
  return { ...listed, generation: generation ?? null };
}
