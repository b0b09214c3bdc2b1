/** Compares the files that a manifest lists for a symbol-day before and after a rerun. */
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { codec } from '../../edge/format/codec.js';
import { readManifest } from '../../jobs/stored/day-manifest.js';
import type { Store } from '../../jobs/ports.js';
import type { World } from '../command/command.js';

/** SHA-256 by file name, without the quality report: that names the build that wrote it. */
export type PublishedFiles = ReadonlyMap<string, string>;

/** Empty if nothing is published. */
export async function publishedFiles(day: SymbolDay, out: Store): Promise<PublishedFiles> {
  const stored = await readManifest(day.date, { out, codec });
  const entry = stored?.manifest.symbols.find(({ symbol }) => symbol === day.symbol);
  const files = (entry?.published?.files ?? []).filter(({ kind }) => kind !== 'quality');
  return new Map(files.map(({ name, sha256 }) => [name, sha256]));
}

/** Writes `unchanged files: 2 of 2`; writes nothing if no files were published before. */
export function sayCompared(
  before: PublishedFiles,
  after: PublishedFiles,
  { stderr }: Pick<World, 'stderr'>,
): void {
  if (before.size === 0) return;
  const same = [...before].filter(([name, sha256]) => after.get(name) === sha256).length;
  stderr.write(`unchanged files: ${same} of ${before.size}\n`);
}
