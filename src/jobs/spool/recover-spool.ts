/**
 * Finishes what sessions left that were killed or crashed, under their own parts. Call it before openSpool, which then
 * uploads what it made; no other process uses the folder.
 */
import { hourOf, parseSpoolName } from '../../core/spool/spool-name.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { SpoolEntry } from '../recorder-ports.js';
import { closeHour } from './close-hour.js';
import { type FinishEffects, finishSegment } from './finish-segment.js';
import { type UploadEffects, Uploader } from './upload-pending.js';
import { KEPT, SEGMENTS, settleStages } from './spool-places.js';

export interface RecoveredSpool {
  readonly segments: number;
  readonly hours: number;
}

/** How long a full disk is given to become free by uploads. */
const UPLOAD_MS = 600_000;

/** Once more after a crash, it comes to the same. On a full disk, what waits is uploaded first. */
export async function recoverSpool(
  effects: FinishEffects & UploadEffects,
): Promise<RecoveredSpool> {
  try {
    return await recover(effects);
  } catch (error) {
    if (!(error instanceof FlowbarsError) || error.kind !== 'blocked') throw error;
    effects.log.event('WARNING', 'spool_recovery_waits', { ...error.parts });
  }
  const uploader = new Uploader(effects);
  await uploader.start();
  await uploader.stop(UPLOAD_MS);
  return await recover(effects);
}

async function recover(effects: FinishEffects): Promise<RecoveredSpool> {
  const { folder, log } = effects;
  await settleStages(folder);
  const segments = known(await folder.list(SEGMENTS), effects);
  const hoursBefore = known(await folder.list(KEPT), effects);
  const latest = new Map<string, string>();
  for (const { part, startMs } of [...segments, ...hoursBefore]) {
    const hour = hourOf({ part, startMs });
    if (hour > (latest.get(part) ?? '')) latest.set(part, hour);
  }
  for (const { name, sizeBytes } of segments) await finishSegment(name, sizeBytes, effects);
  const hours = known(await folder.list(KEPT), effects);
  for (const { name, part } of hours) {
    await closeHour(name, name < (latest.get(part) ?? ''), effects);
  }
  const recovered = { segments: segments.length, hours: hours.length };
  if (segments.length + hours.length > 0) log.event('INFO', 'spool_recovered', recovered);
  return recovered;
}

interface Known extends SpoolEntry {
  readonly part: string;
  readonly startMs: number;
}

/** Those with the name of a segment or an hour; others are not ours. */
function known(entries: readonly SpoolEntry[], { log }: FinishEffects): Known[] {
  return entries.flatMap((entry) => {
    const parsed = parseSpoolName(entry.name);
    if (parsed === undefined) log.event('WARNING', 'spool_file_unknown', { name: entry.name });
    return parsed === undefined ? [] : [{ ...entry, ...parsed }];
  });
}
