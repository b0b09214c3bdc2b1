/** A store whose reads are watched, and a further run over an unchanged symbol-day. */
import { storedJson } from '../../../src/core/stored/json-shape.js';
import { recordName } from '../../../src/core/stored/output-names.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import type { MemoryStore, MemoryStoreOptions } from '../memory-store.js';
import { finalize, type FinalizeRun, storeWith } from './finalizing.js';
import { PUBLISHED_DAY, type PublishedDay, runRecord } from './published-day.js';

export const DATE = '2025-12-11';
export const RUN = 'run-2';
/** Name of the further run's record. */
export const RECORD = recordName(RUN, {
  symbol: symbolName('BTCUSDT', ''),
  date: utcDate(DATE, ''),
});

export interface Watched {
  readonly out: MemoryStore;
  /** Names of bar files and reports that were read. */
  readonly read: string[];
  readonly listed: string[];
}

/** A store with these days that notes reads and listings. */
export function watchedWith(
  days: readonly Partial<PublishedDay>[],
  options: MemoryStoreOptions = {},
): Watched {
  const read: string[] = [];
  const listed: string[] = [];
  const out = storeWith(days, {
    ...options,
    before: (operation, name) => {
      if (operation === 'read' && !name.startsWith('_manifest/')) read.push(name);
      if (operation === 'list') listed.push(name);
    },
  });
  return { out, read, listed };
}

/** A further run that found the symbol-day unchanged, up to its final step. */
export async function runAgain(
  { out, read, listed }: Watched,
  day: Partial<PublishedDay> = {},
  wanted: Pick<FinalizeRun, 'resolutions' | 'outputs'> = {},
): Promise<void> {
  const unchanged = { outcome: 'unchanged', ...day.record } as const;
  out.put(
    RECORD,
    storedJson(runRecord({ ...PUBLISHED_DAY, ...day, runId: RUN, record: unchanged })),
  );
  read.length = 0;
  listed.length = 0;
  await finalize(out, { runId: RUN, ...wanted });
}
