/** A spool in a temporary folder, real or in memory, with a store in memory: what tests of its jobs begin with. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipBytes } from '../../../src/edge/format/gzip.js';
import { openSpoolFolder } from '../../../src/edge/spool/spool-folder.js';
import type { SpoolEffects, SpoolOptions, Spool } from '../../../src/jobs/spool/open-spool.js';
import { Uploader } from '../../../src/jobs/spool/upload-pending.js';
import { recoverSpool, type RecoveredSpool } from '../../../src/jobs/spool/recover-spool.js';
import { openMemoryStore, type MemoryStore, type MemoryStoreOptions } from '../memory-store.js';
import { LINES, START_US } from './made-session.js';
import type { SpoolFolder } from '../../../src/jobs/recorder-ports.js';
import { openMemoryFolder } from './memory-folder.js';
import { steppedClock, type SteppedClock } from './stepped-clock.js';

export interface SpoolAtWork {
  readonly root: string;
  readonly effects: SpoolEffects;
  readonly store: MemoryStore;
  readonly clock: SteppedClock;
  /** `{severity} {name}` of each event. */
  readonly events: string[];
  contents(): Promise<Map<string, Uint8Array>>;
  clear(): Promise<void>;
}

export const OPTIONS: SpoolOptions = {
  part: 'a1',
  market: 'usdm',
  endpoint: 'wss://localhost',
  span: '1m',
  isGzip: true,
  trades: 'trades',
  lines: LINES,
  startUs: START_US,
  spoolBytesMax: 1e9,
};

export async function spoolAtWork(options: MemoryStoreOptions = {}): Promise<SpoolAtWork> {
  const root = await mkdtemp(join(tmpdir(), 'flowbars-spool-'));
  const clear = (): Promise<void> => rm(root, { recursive: true, force: true });
  return { ...atWork(openSpoolFolder(root), options), clear };
}

/**
 * The same with a folder in memory. Its operations end within one turn of the event loop, those of a disk whenever they do: where a test
 * counts what happens within some time of the stepped clock, only this folder gives one answer.
 */
export function spoolInMemory(options: MemoryStoreOptions = {}): SpoolAtWork {
  return { ...atWork(openMemoryFolder(), options), clear: () => Promise.resolve() };
}

function atWork(folder: SpoolFolder, options: MemoryStoreOptions): Omit<SpoolAtWork, 'clear'> {
  const store = openMemoryStore(options);
  const events: string[] = [];
  const clock = steppedClock(START_US / 1_000);
  const effects: SpoolEffects = {
    folder,
    raw: store,
    gzip: gzipBytes,
    prepare: () => Promise.resolve(),
    clock,
    log: { event: (severity, name) => void events.push(`${severity} ${name}`) },
    random: () => 0,
  };
  const contents = async (): Promise<Map<string, Uint8Array>> => {
    const found = new Map<string, Uint8Array>();
    for (const name of store.names()) {
      const content = await store.read(name);
      if (content !== undefined) found.set(name, content.bytes);
    }
    return found;
  };
  return { root: folder.root, effects, store, clock, events, contents };
}

/** Until what was accepted is in the files. */
export async function written(spool: Spool, { clock }: SpoolEffects): Promise<void> {
  while (spool.figures().bufferedBytes > 0) await clock.turn();
}

/** For what a session of OPTIONS left. */
export function uploaderOf(effects: SpoolEffects, span: '1m' | '1h' = '1m'): Uploader {
  const onRefused = (error: unknown): void => effects.log.event('ERROR', 'refused', { error });
  return new Uploader(effects, { market: 'usdm', span, onRefused });
}

/** What the next start does beside its session. */
export async function recovered(
  effects: SpoolEffects,
  uploader: Uploader = uploaderOf(effects),
): Promise<RecoveredSpool> {
  const running = { part: undefined, isOver: () => false, onFreed: () => undefined };
  return await recoverSpool({ uploader, ...running }, effects);
}
