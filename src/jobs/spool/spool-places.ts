/**
 * Folders of a spool, and how what was finished gets to its places. Everything is made in `stage/{name}` first. Deleting
 * the source commits it; only then is it moved on. So a name never gets two contents, even if another program finishes it.
 *
 * Invariant: a stage whose source is there is incomplete, and is made again; one without is complete, and is moved on.
 */
import { hourOf, parseSpoolName } from '../../core/spool/spool-name.js';
import { assert } from '../../core/unit/errors.js';
import type { SpoolFolder } from '../recorder-ports.js';

/** Segments of sessions, in `{name}`. */
export const SEGMENTS = 'segments';
const STAGE = 'stage';
/** Evidence, and pieces of the chunks of an hour, in `{hour}/{segment}/`. */
export const KEPT = 'kept';
const TRASH = 'trash';
/** Objects that wait for their upload, in `{segment or hour}/`, with their list (batch-list.ts). */
export const PENDING = 'pending';
export const BATCH_FILE = 'batch.json';
/** What nobody can finish or store, for a person to look at. */
export const ASIDE = 'aside';

/** Room for the work that a full disk needs; deleted when it is full. spool-lock.ts deletes it, too. */
export const RESERVE = 'reserve';
export const RESERVE_BYTES: number = 2 ** 20;

export const MINUTE_FILE = 'minute.json';

export function sendFolder(name: string): string {
  return `${STAGE}/${name}/send`;
}

export function keepFolder(name: string): string {
  return `${STAGE}/${name}/keep`;
}

/** Empties the stage before a source is finished. */
export async function clearStage(name: string, folder: SpoolFolder): Promise<void> {
  await folder.remove(`${STAGE}/${name}`);
}

export async function commitSegment(name: string, folder: SpoolFolder): Promise<void> {
  await folder.remove(`${SEGMENTS}/${name}`);
  await settle(name, folder);
}

export async function commitHour(hour: string, folder: SpoolFolder): Promise<void> {
  await folder.move(`${KEPT}/${hour}`, `${TRASH}/${hour}`);
  await settle(hour, folder);
}

/** Moves on what is complete, and deletes what is not, after a crash. `isOurs`: not those of a session that runs. */
export async function settleStages(
  folder: SpoolFolder,
  isOurs: (name: string) => boolean,
): Promise<string[]> {
  const sources = new Set<string>();
  for (const place of [SEGMENTS, KEPT]) {
    for (const { name } of await folder.list(place)) sources.add(name);
  }
  const settled: string[] = [];
  for (const { name } of await folder.list(STAGE)) {
    if (!isOurs(name)) continue;
    if (sources.has(name)) await clearStage(name, folder);
    else if (await settle(name, folder)) settled.push(name);
  }
  for (const { name } of await folder.list(TRASH)) {
    if (isOurs(name)) await folder.remove(`${TRASH}/${name}`);
  }
  return settled;
}

/** Whether something waits for its upload now. */
async function settle(name: string, folder: SpoolFolder): Promise<boolean> {
  const parsed = parseSpoolName(name);
  assert(parsed !== undefined, 'a stage has the name of a segment or an hour');
  await folder.move(keepFolder(name), `${KEPT}/${hourOf(parsed)}/${name}`);
  const hasFiles = (await folder.list(`${STAGE}/${name}`)).length > 0;
  await folder.move(sendFolder(name), `${PENDING}/${name}`);
  await folder.remove(`${STAGE}/${name}`);
  await folder.remove(`${TRASH}/${name}`);
  return hasFiles;
}
