/**
 * Gives one process at a time the spool's folder. The lock is a file with the mark of its process, touched while it is held:
 * where the state of a process cannot be known, as of another container, a lock that stands still is that of a dead one.
 */
import { readFile, stat, unlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { FlowbarsError } from '../../core/unit/errors.js';
import { isDictionary, readJson } from '../../core/unit/json.js';
import type { Clock } from '../../jobs/ports.js';
import { claimFile } from '../local/local-claim.js';
import { isAbsent, onFiles } from '../local/local-error.js';
import { OWN_MARK, type ProcessMark, stateOf } from '../local/local-process.js';
import { makeFolder } from '../local/make-folder.js';

const LOCK_NAME = 'lock';
const TOUCH_MS = 1_000;
/** A lock of an unknown process that nobody touches for so long is free. */
const WATCHED_MS = 5_000;

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
    const claim = await claimFile(path, effects.clock, effects.random);
    try {
      await refuseLiving(path, effects.clock);
      await claim.publish(Buffer.from(JSON.stringify(OWN_MARK)));
    } finally {
      await claim.withdraw();
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
      await onFiles('unlock', path, () => unlink(path));
    },
  };
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
