/**
 * Finds out, before a sample writes anything, whether another recording is in the way of it: two in
 * one place would be read as one. Reads and compares; nothing is written here.
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

/** What a symbol's sample meets in the raw root. */
interface Met {
  readonly setup: SymbolSetup;
  /** Chunks that it would write and that are there. */
  readonly existing: ReadonlySet<string>;
  readonly isWhole: boolean;
}

/**
 * The names of the sample's chunks that are there already. Throws a usage error where a chunk is in
 * the way. Where all of them are there their bytes are left for the writes to compare, which then
 * have nothing to add before they meet a difference.
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

/** A chunk is there under this name, and is not the sample's. */
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

/** Makes the recording up to the last chunk that is there: a stopped sample goes on, another one does not begin. */
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
    what: 'chunk in the way of the sample',
    found,
    expected: 'none but those of the same sample (another --raw has room for it)',
    where: raw.root,
  });
}

/** A root that is not there yet cannot be listed, and will be made; any other trouble meets the first write as well. */
async function listedIn(raw: Store, folder: string): Promise<StoredObject[]> {
  try {
    return await raw.list(folder);
  } catch (error) {
    if (error instanceof FlowbarsError && error.kind === 'world') return [];
    throw error;
  }
}
