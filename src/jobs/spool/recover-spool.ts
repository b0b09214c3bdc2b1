/**
 * Finishes what sessions left that were killed or crashed, under their own parts, beside the session that runs. What it makes
 * is uploaded as it comes.
 */
import { hourOf, parseSpoolName } from '../../core/spool/spool-name.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { SpoolEntry } from '../recorder-ports.js';
import type { SpoolClock } from './spool-clock.js';
import { closeHour } from './close-hour.js';
import { type FinishEffects, type FinishPace, finishSegment } from './finish-segment.js';
import { ASIDE, KEPT, RESERVE, RESERVE_BYTES, SEGMENTS, settleStages } from './spool-places.js';
import type { Uploader } from './upload-pending.js';

export interface RecoveredSpool {
  readonly segments: number;
  readonly hours: number;
}

export interface RecoveryEffects extends FinishEffects {
  readonly clock: SpoolClock;
}

export interface Recovery {
  readonly uploader: Uploader;
  /** Of the session that runs: nothing of it is touched. */
  readonly part: string | undefined;
  /** It ends soon, and leaves the rest to the next start. */
  readonly isOver: () => boolean;
  /** A segment of so many bytes is finished, or put aside. */
  readonly onFreed: (sizeBytes: number) => void;
}

/** Between two attempts on a disk that is full or fails. */
const RETRY_MS = 30_000;
const PIECE_MS = 500;
/** One of so many attempts is told. */
const TOLD_EVERY = 10;
/** A source that fails so often in a row, on a disk with room, is moved aside. */
const TRIES_MAX = 3;

/** The session beside it finishes its own segments and appends its rows in the same four threads. */
const PACE: FinishPace = { writesAtOnce: 1 };

interface Found {
  segments: number;
  hours: number;
}

/** Once more after a crash, it comes to the same. It never throws: what fails is tried again until it is over. */
export async function recoverSpool(
  recovery: Recovery,
  effects: RecoveryEffects,
): Promise<RecoveredSpool> {
  const { folder, log } = effects;
  const found: Found = { segments: 0, hours: 0 };
  const tries = new Map<string, number>();
  for (let attempt = 0; !recovery.isOver(); attempt++) {
    try {
      await recover(recovery, found, tries, effects);
      if (!recovery.isOver()) await keepReserve(effects);
      break;
    } catch (error) {
      if (attempt % TOLD_EVERY === 0) log.event('WARNING', 'spool_recovery_waits', partsOf(error));
    }
    await folder.remove(RESERVE).catch(() => undefined);
    await rest(recovery, effects);
  }
  if (found.segments + found.hours > 0) log.event('INFO', 'spool_recovered', { ...found });
  return found;
}

async function recover(
  recovery: Recovery,
  found: Found,
  tries: Map<string, number>,
  effects: RecoveryEffects,
): Promise<void> {
  const { uploader, part: ownPart, isOver } = recovery;
  const { folder } = effects;
  const isOurs = (name: string): boolean => parseSpoolName(name)?.part !== ownPart;
  await uploader.adopt(await settleStages(folder, isOurs));
  const segments = known(await folder.list(SEGMENTS), ownPart, effects);
  const hoursBefore = known(await folder.list(KEPT), ownPart, effects);
  const latest = new Map<string, string>();
  for (const { part, startMs } of [...segments, ...hoursBefore]) {
    const hour = hourOf({ part, startMs });
    if (hour > (latest.get(part) ?? '')) latest.set(part, hour);
  }
  const attempt = async (place: string, act: () => Promise<void>): Promise<boolean> =>
    isOver() || (await orAside(place, act, tries, recovery, effects));
  for (const { name, sizeBytes } of segments) {
    const isThere = await attempt(`${SEGMENTS}/${name}`, async () => {
      const { batch, setAside } = await finishSegment(name, sizeBytes, effects, PACE);
      if (batch !== undefined) uploader.add([batch]);
      uploader.putAside(setAside);
      recovery.onFreed(sizeBytes);
      found.segments += 1;
    });
    if (!isThere) recovery.onFreed(sizeBytes);
  }
  const hours = isOver() ? [] : known(await folder.list(KEPT), ownPart, effects);
  for (const { name, part } of hours) {
    await attempt(`${KEPT}/${name}`, async () => {
      const { batch, setAside } = await closeHour(name, name < (latest.get(part) ?? ''), effects);
      if (batch !== undefined) uploader.add([batch]);
      uploader.putAside(setAside);
      found.hours += 1;
    });
  }
}

/** A source that can never be finished must not hold up every start from now on. False if it was moved aside. */
async function orAside(
  place: string,
  act: () => Promise<void>,
  tries: Map<string, number>,
  { uploader }: Recovery,
  { folder, log }: RecoveryEffects,
): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    const isBlocked = error instanceof FlowbarsError && error.kind === 'blocked';
    const failures = (tries.get(place) ?? 0) + 1;
    tries.set(place, failures);
    if (isBlocked || failures < TRIES_MAX) throw error;
    const [, name = ''] = place.split('/');
    await folder.move(place, `${ASIDE}/${name}`);
    uploader.putAside(1);
    const told = { source: place, moved_to: `${ASIDE}/${name}` };
    log.event('ERROR', 'spool_source_unfinished', { ...told, ...partsOf(error) });
    return false;
  }
}

/** A disk without room for it has none: the next start tries again. */
async function keepReserve({ folder }: RecoveryEffects): Promise<void> {
  const [kept] = await folder.list(RESERVE);
  if (kept?.sizeBytes === RESERVE_BYTES) return;
  // A file of zeros alone may take no room on the disk.
  const bytes = new Uint8Array(RESERVE_BYTES).fill(1);
  await folder.write(`${RESERVE}/room`, [bytes]).catch(() => folder.remove(RESERVE));
}

async function rest({ isOver }: Recovery, { clock }: RecoveryEffects): Promise<void> {
  const untilMs = clock.steadyMs() + RETRY_MS;
  while (!isOver() && clock.steadyMs() < untilMs) await clock.waitMs(PIECE_MS);
}

function partsOf(error: unknown): Readonly<Record<string, unknown>> {
  if (error instanceof FlowbarsError) return { kind: error.kind, ...error.parts };
  return { found: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

interface Known extends SpoolEntry {
  readonly part: string;
  readonly startMs: number;
}

/** Those with the name of a segment or an hour of another session; others are not ours. */
function known(
  entries: readonly SpoolEntry[],
  ownPart: string | undefined,
  { log }: RecoveryEffects,
): Known[] {
  return entries.flatMap((entry) => {
    const parsed = parseSpoolName(entry.name);
    if (parsed === undefined) log.event('WARNING', 'spool_file_unknown', { name: entry.name });
    return parsed === undefined || parsed.part === ownPart ? [] : [{ ...entry, ...parsed }];
  });
}
