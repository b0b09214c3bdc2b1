/**
 * The bar files of a symbol-day before and after it was computed again: keeps copies of those before,
 * and compares. Of a file that was damaged nothing is kept, since it is not what was published.
 */
import { type BarsComparison, compareBars } from '../../core/repair/compare-bars.js';
import type { BarArtifact } from '../../core/stored/quality-report.js';
import type { DayState } from '../look/day-state.js';
import type { Codec, Effects, Store } from '../ports.js';

/** Copies by object name, in a place outside of both roots. */
export interface KeptFiles {
  keep(name: string, bytes: Uint8Array): Promise<void>;
  read(name: string): Promise<Uint8Array | undefined>;
  /** Forgets all of them. */
  clear(): Promise<void>;
}

export interface ResolutionComparison extends Omit<BarsComparison, 'different'> {
  readonly resolution: string;
  /** Null where there is nothing to compare with: no such bars before, or damaged ones. */
  readonly different: number | null;
}

export async function keepPublished(
  artifacts: readonly BarArtifact[],
  kept: KeptFiles,
  out: Store,
): Promise<void> {
  for (const { name, crc32c } of artifacts) {
    const content = await out.read(name);
    if (content?.crc32c === crc32c) await kept.keep(name, content.bytes);
  }
}

/** One for each resolution that is published now, finest first. Files that are listed with one checksum are not read. */
export async function comparePublished(
  { before, after }: { readonly before: DayState | undefined; readonly after: DayState },
  kept: KeptFiles,
  { out, codec, tables }: Pick<Effects, 'out' | 'codec' | 'tables'>,
): Promise<ResolutionComparison[]> {
  const compared: ResolutionComparison[] = [];
  for (const artifact of after.artifacts) {
    const { resolution, rows: bars } = artifact;
    const earlier = before?.artifacts.find((one) => one.resolution === resolution);
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
  { sha256 }: BarArtifact,
  codec: Codec,
): bytes is Uint8Array {
  return bytes !== undefined && codec.sha256(bytes) === sha256;
}
