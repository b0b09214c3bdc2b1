/**
 * Gives one process at a time the spool's folder. The lock is a file with the mark of its process, touched while it is held:
 * where the state of a process cannot be known, as of another container, a lock that stands still is that of a dead one. The file stays
 * when it is free, so that a full disk can be locked: that has no room for another one.
 */
import { open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { FlowbarsError } from '../../core/unit/errors.js';
import { isDictionary, readJson } from '../../core/unit/json.js';
import type { Clock } from '../../jobs/ports.js';
import { claimFile } from '../local/local-claim.js';
import { errnoOf, isAbsent, onFiles } from '../local/local-error.js';
import { OWN_MARK, type ProcessMark, stateOf } from '../local/local-process.js';
import { makeFolder } from '../local/make-folder.js';

const LOCK_NAME = 'lock';
const TOUCH_MS = 1_000;
/** A lock of an unknown process that nobody touches for so long is free. */
const WATCHED_MS = 5_000;
/** As jobs/spool/spool-places.ts calls it. */
const RESERVE_NAME = 'reserve';
/** All locks have this size, so that one can be written over another in place. */
const LOCK_BYTES = 256;
/** After it, each of several processes that wrote in place sees the last of them. */
const SETTLE_MS = 1_000;

export interface SpoolLock {
  /** Call it once, when nothing uses the folder any more. */
  release(): Promise<void>;
}

export interface LockEffects {
  readonly clock: Clock;
  readonly random: () => number;
}

/** Throws a usage error if another process that lives uses the folder; makes the folder. */
export async function lockSpool(root: string, effects: LockEffects): Promise<SpoolLock> {
  const path = join(root, LOCK_NAME);
  await onFiles('lock', path, async () => {
    await makeFolder(root);
    try {
      await claimLock(path, effects);
    } catch (error) {
      if (!isFull(error)) throw error;
      await rm(join(root, RESERVE_NAME), { recursive: true, force: true });
      await lockFull(path, effects);
    }
  });
  const touching = setInterval(() => {
    const now = new Date();
    // A lock that is gone is no failure of the recorder.
    utimes(path, now, now).catch(() => undefined);
  }, TOUCH_MS);
  touching.unref();
  return {
    release: async () => {
      clearInterval(touching);
      await onFiles('unlock', path, () => writeOver(path, '{}'));
    },
  };
}

async function claimLock(path: string, { clock, random }: LockEffects): Promise<void> {
  const claim = await claimFile(path, clock, random);
  try {
    await refuseLiving(path, clock);
    await claim.publish(lockBytes(JSON.stringify(OWN_MARK)));
  } finally {
    await claim.withdraw();
  }
}

/** With the room of the reserve; without one, by writing over the lock of a dead process. */
async function lockFull(path: string, effects: LockEffects): Promise<void> {
  const { clock } = effects;
  try {
    await claimLock(path, effects);
  } catch (error) {
    if (!isFull(error)) throw error;
    await refuseLiving(path, clock);
    if (!(await writeOver(path, JSON.stringify(OWN_MARK)))) throw error;
    await clock.waitMs(SETTLE_MS);
    const text = await readFile(path, 'utf8');
    if (text.trim() !== JSON.stringify(OWN_MARK)) await refuseLiving(path, clock);
  }
}

/** Whether there is such a file: one that somebody deleted is no lock any more. */
async function writeOver(path: string, text: string): Promise<boolean> {
  const file = await open(path, 'r+').catch((error: unknown) => {
    if (isAbsent(error)) return undefined;
    throw error;
  });
  if (file === undefined) return false;
  try {
    await file.write(lockBytes(text), 0, LOCK_BYTES, 0);
    await file.sync();
  } finally {
    await file.close();
  }
  return true;
}

function lockBytes(text: string): Uint8Array {
  return Buffer.from(text.padEnd(LOCK_BYTES));
}

function isFull(error: unknown): boolean {
  return errnoOf(error) === 'ENOSPC' || errnoOf(error) === 'EDQUOT';
}

async function refuseLiving(path: string, clock: Clock): Promise<void> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isAbsent(error)) return undefined;
    throw error;
  });
  if (text === undefined) return;
  const mark = readJson(text);
  if (!isMark(mark) || !(await livesIn(path, mark, clock))) return;
  throw new FlowbarsError('usage', {
    what: 'spool',
    found: `in use by process ${mark.pid}`,
    expected: 'a folder of its own for each recorder (--spool DIR)',
    where: path,
  });
}

async function livesIn(path: string, mark: ProcessMark, clock: Clock): Promise<boolean> {
  const { pid, place, startTicks } = OWN_MARK;
  if (mark.pid === pid && mark.place === place && mark.startTicks === startTicks) return true;
  const state = await stateOf(mark);
  return state === 'unknown' ? await isTouched(path, clock) : state === 'running';
}

async function isTouched(path: string, clock: Clock): Promise<boolean> {
  const before = (await stat(path)).mtimeMs;
  await clock.waitMs(WATCHED_MS);
  return (await stat(path)).mtimeMs !== before;
}

function isMark(value: unknown): value is ProcessMark {
  if (!isDictionary(value)) return false;
  const { pid, place, startTicks } = value;
  return typeof pid === 'number' && typeof place === 'string' && typeof startTicks === 'number';
}
