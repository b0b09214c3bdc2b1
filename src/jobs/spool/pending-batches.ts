/** Reads which batches wait in a spool, by their lists alone: no file of theirs is looked at, however many there are. */
import { asciiText } from '../../core/spool/ascii.js';
import { type BatchList, parseBatch } from '../../core/spool/batch-list.js';
import type { Log } from '../ports.js';
import type { SpoolFolder } from '../recorder-ports.js';
import { ASIDE, BATCH_FILE, PENDING } from './spool-places.js';
import type { PendingBatch } from './stage-batch.js';

export interface FoundBatches {
  readonly batches: readonly PendingBatch[];
  /** Batches that nobody can read. */
  readonly setAside: number;
}

/** `names`: all that wait unless given. */
export async function readPending(
  { folder, log }: { readonly folder: SpoolFolder; readonly log: Log },
  names?: readonly string[],
): Promise<FoundBatches> {
  const asked = names ?? (await folder.list(PENDING)).map(({ name }) => name);
  const batches: PendingBatch[] = [];
  let setAside = 0;
  for (const name of asked) {
    const list = await readList(name, folder);
    if (list === 'none') await folder.remove(`${PENDING}/${name}`);
    else if (list === 'damaged' || list === 'unreadable') {
      setAside += 1;
      const isMoved = list === 'damaged';
      const movedTo = isMoved ? ASIDE : null;
      log.event('ERROR', 'upload_batch_unreadable', { batch: name, moved_to: movedTo });
      if (isMoved) await folder.move(`${PENDING}/${name}`, `${ASIDE}/${name}`);
    } else batches.push({ name, list });
  }
  return { batches, setAside };
}

/** `none`: nothing is left of it. `unreadable`: the disk does not give it at present, so the next start tries again. */
async function readList(
  name: string,
  folder: SpoolFolder,
): Promise<BatchList | 'none' | 'damaged' | 'unreadable'> {
  const place = `${PENDING}/${name}`;
  let text = '';
  try {
    for await (const bytes of folder.read(`${place}/${BATCH_FILE}`)) text += asciiText(bytes);
  } catch {
    const entries = await folder.list(place);
    if (entries.some((entry) => entry.name === BATCH_FILE)) return 'unreadable';
    return entries.length === 0 ? 'none' : 'damaged';
  }
  return parseBatch(text) ?? 'damaged';
}
