/**
 * Compares the bar files of a symbol-day before and after it is computed again. Keeps copies of the
 * files before, except of damaged ones, which are not what was published.
 */
import { isSameFile } from '../../core/stored/artifacts.js';
import { type BarsComparison, compareBars } from '../../core/repair/compare-bars.js';
import type { Artifact } from '../../core/stored/quality-report.js';
import type { DayState } from '../look/day-state.js';
import type { Codec, Effects, Store } from '../ports.js';

/** Copies by object name, in a place outside of both roots. */
export interface KeptFiles {
  keep(name: string, bytes: Uint8Array): Promise<void>;
  read(name: string): Promise<Uint8Array | undefined>;
  /** Deletes all copies. */
  clear(): Promise<void>;
}

export interface ResolutionComparison extends Omit<BarsComparison, 'different'> {
  readonly resolution: string;
  /** Null if there is nothing to compare with: no such bars before, or damaged ones. */
  readonly different: number | null;
}

export async function keepPublished(
  artifacts: readonly Artifact[],
  kept: KeptFiles,
  out: Store,
): Promise<void> {
  for (const { kind, name, crc32c } of artifacts) {
    if (kind !== 'bars') continue;
    const content = await out.read(name);
    if (content?.crc32c === crc32c) await kept.keep(name, content.bytes);
  }
}

/** One for each resolution published now, finest first. Does not read files whose listed checksums are equal. */
export async function comparePublished(
  { before, after }: { readonly before: DayState | undefined; readonly after: DayState },
  kept: KeptFiles,
  { out, codec, tables }: Pick<Effects, 'out' | 'codec' | 'tables'>,
): Promise<ResolutionComparison[]> {
  const compared: ResolutionComparison[] = [];
  for (const artifact of after.artifacts) {
    const { kind, resolution, rows: bars } = artifact;
    if (kind !== 'bars' || resolution === null) continue;
    const earlier = before?.artifacts.find((one) => isSameFile(one, artifact));
    const unknown = { resolution, bars, different: null, close: null, volume: null };
    if (earlier === undefined) {
      compared.push(unknown);
    } else if (earlier.sha256 === artifact.sha256) {
      compared.push({ ...unknown, different: 0 });
    } else {
      const one = await kept.read(earlier.name);
      const other = (await out.read(artifact.name))?.bytes;
      const areListed = isListed(one, earlier, codec) && isListed(other, artifact, codec);
      const comparison = areListed
        ? compareBars(tables.records(one, earlier.name), tables.records(other, artifact.name))
        : unknown;
      compared.push({ resolution, ...comparison });
    }
  }
  return compared;
}

function isListed(
  bytes: Uint8Array | undefined,
  { sha256 }: Artifact,
  codec: Codec,
): bytes is Uint8Array {
  return bytes !== undefined && codec.sha256(bytes) === sha256;
}
