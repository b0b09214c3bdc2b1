/** Reads what is published of a symbol-day, and refuses bytes that are not the listed ones. */
import { type FileIdentity, isSameFile } from '../../core/stored/artifacts.js';
import {
  type ArtifactKind,
  exactFormat,
  hasResolutions,
  PATTERN_SECONDS,
} from '../../core/rule/products.js';
import { qualityName } from '../../core/stored/output-names.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { PublishedReport } from '../../core/stored/stored-shapes.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { resolutionOf } from '../../core/unit/resolution.js';
import type { Effects, Store } from '../ports.js';
import { readPublishedReport } from '../stored/read-report.js';

type ReadEffects = Pick<Effects, 'out' | 'codec'>;

/** A stored file as the manifest or the report lists it. */
export interface Listed {
  readonly name: string;
  readonly sha256: string;
}

export interface ReportedDay extends SymbolDay {
  /** SHA-256 of its quality report, as the manifest lists it. */
  readonly reportSha256: string;
}

/** The report that the manifest lists. Throws a FlowbarsError of kind `data` if it is not stored. */
export async function readReport(day: ReportedDay, effects: ReadEffects): Promise<PublishedReport> {
  const stored = await readPublishedReport(day, effects);
  if (stored.state === 'unreadable') throw stored.error;
  const name = qualityName(day);
  if (stored.state === 'absent') throw damaged(effects.out, name, 'nothing', 'manifest');
  if (effects.codec.sha256(stored.content.bytes) === day.reportSha256) return stored.report;
  throw damaged(effects.out, name, 'other content', 'manifest');
}

/** The bytes that `by` lists. Throws a FlowbarsError of kind `data` if they are not stored. */
export async function readListed(
  { name, sha256 }: Listed,
  by: 'manifest' | 'quality report',
  { out, codec }: ReadEffects,
): Promise<Uint8Array> {
  const content = await out.read(name);
  if (content === undefined) throw damaged(out, name, 'nothing', by);
  if (codec.sha256(content.bytes) !== sha256) throw damaged(out, name, 'other content', by);
  return content.bytes;
}

/** The error of a file that is not what `by` lists. */
export function damaged(
  { root }: Pick<Store, 'root'>,
  name: string,
  found: 'nothing' | 'other content',
  by: 'manifest' | 'quality report',
): FlowbarsError {
  const expected = `the content that the ${by} lists (flowbars repair or run computes the day again)`;
  return new FlowbarsError('data', { where: `${root}/${name}`, what: 'file', found, expected });
}

/** The file that patterns are read off, or that holds them; undefined if it is not among those published. */
export function listedFile<File extends FileIdentity>(
  files: readonly File[],
  kind: ArtifactKind,
): File | undefined {
  const format = exactFormat(kind);
  const resolution = hasResolutions(kind) ? resolutionOf(PATTERN_SECONDS).name : null;
  return files.find((file) => isSameFile(file, { kind, resolution, format }));
}
