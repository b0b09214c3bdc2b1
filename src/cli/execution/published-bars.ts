/** Compares the bar files that a manifest lists for a symbol-day before and after a rerun. */
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { codec } from '../../edge/format/codec.js';
import { readManifest } from '../../jobs/stored/day-manifest.js';
import type { Store } from '../../jobs/ports.js';
import type { World } from '../command/command.js';

/** SHA-256 by file name. */
export type PublishedBars = ReadonlyMap<string, string>;

/** Empty if nothing is published. */
export async function publishedBars(day: SymbolDay, out: Store): Promise<PublishedBars> {
  const stored = await readManifest(day.date, { out, codec });
  const entry = stored?.manifest.symbols.find(({ symbol }) => symbol === day.symbol);
  const files = entry?.published?.files ?? [];
  return new Map(
    files.flatMap(({ kind, name, sha256 }) => (kind === 'bars' ? [[name, sha256] as const] : [])),
  );
}

/** Writes `unchanged bar files: 2 of 2`; writes nothing if no bars were published before. */
export function sayCompared(before: PublishedBars, after: PublishedBars, { stderr }: World): void {
  if (before.size === 0) return;
  const same = [...before].filter(([name, sha256]) => after.get(name) === sha256).length;
  stderr.write(`unchanged bar files: ${same} of ${before.size}\n`);
}
