/**
 * Refuses a sample if its place holds another recording, since two in one place would be read as one.
 * Reads and compares; writes nothing.
 */
import { recordSymbol } from '../../core/sample/symbol-recording.js';
import {
  STEM_CLOCK_LENGTH,
  sampleNames,
  type SymbolSetup,
} from '../../core/sample/symbol-setup.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { isSameBytes } from '../../core/unit/same-bytes.js';
import type { Store, StoredObject } from '../ports.js';

interface Comparing {
  readonly raw: Store;
  readonly gzip: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;
}

/** What the raw root holds in the place of a symbol's sample. */
interface Met {
  readonly setup: SymbolSetup;
  /** Chunks of the sample that already exist. */
  readonly existing: ReadonlySet<string>;
  readonly isWhole: boolean;
}

/**
 * The names of the sample's chunks that already exist. Throws a usage error if another chunk is in the
 * way. If all exist, the writes compare their bytes, since they add nothing before a difference.
 */
export async function refuseOtherRecording(
  setups: readonly SymbolSetup[],
  effects: Comparing,
): Promise<ReadonlySet<string>> {
  const met: Met[] = [];
  for (const setup of setups) met.push(await meet(setup, effects.raw));
  if (!met.every(({ isWhole }) => isWhole)) {
    for (const each of met) await compareExisting(each, effects);
  }
  return new Set(met.flatMap(({ existing }) => [...existing]));
}

/** The error for an existing chunk of this name with other bytes than the sample's. */
export function foundOtherBytes(name: string, raw: Store): FlowbarsError {
  return inTheWay(raw, `'${name}' with other bytes`);
}

async function meet(setup: SymbolSetup, raw: Store): Promise<Met> {
  const { chunks, stems, folders } = sampleNames(setup);
  const existing = new Set<string>();
  for (const folder of folders) {
    for (const { name } of await listedIn(raw, folder)) {
      const stem = name.slice(0, folder.length + STEM_CLOCK_LENGTH);
      if (chunks.has(name)) existing.add(name);
      else if (stems.has(stem)) throw inTheWay(raw, `'${name}'`);
    }
  }
  return { setup, existing, isWhole: existing.size === chunks.size };
}

/** Generates the recording up to the last existing chunk: a stopped sample continues, another one is refused. */
async function compareExisting({ setup, existing }: Met, { raw, gzip }: Comparing): Promise<void> {
  let left = existing.size;
  if (left === 0) return;
  for (const { name, bytes } of recordSymbol(setup)) {
    if (!existing.has(name)) continue;
    const made = setup.gzip ? await gzip(bytes) : bytes;
    const stored = await raw.read(name);
    if (stored !== undefined && !isSameBytes(stored.bytes, made)) throw foundOtherBytes(name, raw);
    left -= 1;
    if (left === 0) return;
  }
}

function inTheWay(raw: Store, found: string): FlowbarsError {
  return new FlowbarsError('usage', {
    what: 'chunk in the place of the sample',
    found,
    expected: 'only chunks of the same sample (choose another --raw)',
    where: raw.root,
  });
}

/** A root that does not exist yet cannot be listed, and will be made; any other error also meets the first write. */
async function listedIn(raw: Store, folder: string): Promise<StoredObject[]> {
  try {
    return await raw.list(folder);
  } catch (error) {
    const kinds = ['world', 'absent', 'blocked'];
    if (error instanceof FlowbarsError && kinds.includes(error.kind)) return [];
    throw error;
  }
}
