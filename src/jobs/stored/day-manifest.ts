/** Reads a day's manifest together with its stored content, which an update has to replace. */
import { manifestName } from '../../core/stored/output-names.js';
import { parseStored } from '../../core/stored/json-shape.js';
import type { Manifest } from '../../core/stored/manifest.js';
import { isManifest } from '../../core/stored/stored-shapes.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import type { Effects, StoredContent } from '../ports.js';

export interface StoredManifest {
  readonly manifest: Manifest;
  readonly content: StoredContent;
}

/** Undefined if there is none. Throws a FlowbarsError of kind `data` if the object is not a manifest. */
export async function readManifest(
  date: UtcDate,
  { out, codec }: Pick<Effects, 'out' | 'codec'>,
): Promise<StoredManifest | undefined> {
  const name = manifestName(date);
  const content = await out.read(name);
  if (content === undefined) return undefined;
  const where = `${out.root}/${name}`;
  const remedy = 'move it away, then run all symbols of the day again';
  const place = { what: 'day manifest', where, remedy };
  return { content, manifest: parseStored(codec.decode(content.bytes), isManifest, place) };
}
