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
/** Objects that wait for their upload, in `{segment or hour}/`. */
export const PENDING = 'pending';
/** What nobody can finish or store, for a person to look at. */
export const ASIDE = 'aside';

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

/** Moves on what is complete, and deletes what is not, after a crash. */
export async function settleStages(folder: SpoolFolder): Promise<void> {
  const sources = new Set<string>();
  for (const place of [SEGMENTS, KEPT]) {
    for (const { name } of await folder.list(place)) sources.add(name);
  }
  for (const { name } of await folder.list(STAGE)) {
    if (sources.has(name)) await clearStage(name, folder);
    else await settle(name, folder);
  }
  await folder.remove(TRASH);
}

async function settle(name: string, folder: SpoolFolder): Promise<void> {
  const parsed = parseSpoolName(name);
  assert(parsed !== undefined, 'a stage has the name of a segment or an hour');
  await folder.move(keepFolder(name), `${KEPT}/${hourOf(parsed)}/${name}`);
  await folder.move(sendFolder(name), `${PENDING}/${name}`);
  await folder.remove(`${STAGE}/${name}`);
  await folder.remove(`${TRASH}/${name}`);
}
