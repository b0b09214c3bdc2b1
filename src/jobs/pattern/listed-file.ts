/** Reads what is published of a symbol-day, and refuses bytes that are not the listed ones. */
import { isSameFile } from '../../core/stored/artifacts.js';
import { type ArtifactKind, hasResolutions, PATTERN_SECONDS } from '../../core/rule/products.js';
import { qualityName } from '../../core/stored/output-names.js';
import type { Artifact } from '../../core/stored/quality-report.js';
import type { PublishedReport } from '../../core/stored/stored-shapes.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { resolutionOf } from '../../core/unit/resolution.js';
import type { Effects } from '../ports.js';
import { readPublishedReport } from '../stored/read-report.js';
import type { PublishedDay } from './published-days.js';

type ReadEffects = Pick<Effects, 'out' | 'codec'>;

/** The report that the manifest lists. Throws a FlowbarsError of kind `data` if it is not stored. */
export async function readReport(
  day: PublishedDay,
  effects: ReadEffects,
): Promise<PublishedReport> {
  const stored = await readPublishedReport(day, effects);
  if (stored.state === 'unreadable') throw stored.error;
  const name = qualityName(day);
  if (stored.state === 'absent') throw damaged(name, 'nothing', 'manifest');
  if (effects.codec.sha256(stored.content.bytes) === day.reportSha256) return stored.report;
  throw damaged(name, 'other content', 'manifest');
}

/** The bytes that the report lists. Throws a FlowbarsError of kind `data` if they are not stored. */
export async function readListed(
  { name, sha256 }: Artifact,
  { out, codec }: ReadEffects,
): Promise<Uint8Array> {
  const content = await out.read(name);
  if (content === undefined) throw damaged(name, 'nothing', 'quality report');
  if (codec.sha256(content.bytes) !== sha256)
    throw damaged(name, 'other content', 'quality report');
  return content.bytes;
}

function damaged(name: string, found: string, by: string): FlowbarsError {
  const expected = `the content that the ${by} lists`;
  return new FlowbarsError('data', { where: name, what: 'file', found, expected });
}

/** The file that patterns are read off, or that holds them; undefined if it is not published. */
export function listedFile(
  { artifacts }: PublishedReport,
  kind: ArtifactKind,
): Artifact | undefined {
  const resolution = hasResolutions(kind) ? resolutionOf(PATTERN_SECONDS).name : null;
  return artifacts.find((artifact) => isSameFile(artifact, { kind, resolution }));
}
