/**
 * Compares the files of a symbol-day before and after it is computed again: bars by their values, the others by
 * their checksums. Keeps copies of the bar files before, except of damaged ones, which are not what was published.
 */
import { type FileName, isBarText, isSameFile } from '../../core/stored/artifacts.js';
import { type BarsComparison, compareBars } from '../../core/repair/compare-bars.js';
import type { Artifact } from '../../core/stored/quality-report.js';
import { type DayState, keptFiles } from '../look/day-state.js';
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

/** A file beside the bars. */
export interface FileComparison extends FileName {
  /** Whether its bytes are others than before; null if there is nothing to compare it with. */
  readonly changed: boolean | null;
}

export interface PublishedComparison {
  /** One for each resolution published now, finest first. */
  readonly bars: readonly ResolutionComparison[];
  /** One for each other file published now, in the order of the report. */
  readonly files: readonly FileComparison[];
}

export async function keepPublished(
  before: DayState | undefined,
  kept: KeptFiles,
  out: Store,
): Promise<void> {
  for (const { name, crc32c } of keptFiles(before)) {
    const content = await out.read(name);
    if (content?.crc32c === crc32c) await kept.keep(name, content.bytes);
  }
}

interface TwoStates {
  readonly before: DayState | undefined;
  readonly after: DayState;
}

/** Does not read files whose listed checksums are equal. */
export async function comparePublished(
  states: TwoStates,
  kept: KeptFiles,
  effects: Pick<Effects, 'out' | 'codec' | 'tables'>,
): Promise<PublishedComparison> {
  return { bars: await compareBarFiles(states, kept, effects), files: compareOthers(states) };
}

function compareOthers({ before, after }: TwoStates): FileComparison[] {
  const others = after.artifacts.filter((artifact) => !isBarText(artifact));
  return others.map((artifact) => {
    const { kind, format, resolution, sha256 } = artifact;
    const earlier = before?.artifacts.find((one) => isSameFile(one, artifact));
    const changed = earlier === undefined ? null : earlier.sha256 !== sha256;
    return { kind, format, resolution, changed };
  });
}

async function compareBarFiles(
  { before, after }: TwoStates,
  kept: KeptFiles,
  { out, codec, tables }: Pick<Effects, 'out' | 'codec' | 'tables'>,
): Promise<ResolutionComparison[]> {
  const compared: ResolutionComparison[] = [];
  for (const artifact of after.artifacts) {
    const { resolution, rows: bars } = artifact;
    if (!isBarText(artifact) || resolution === null) continue;
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
