/**
 * Temporary files beside their target: created under a unique name, filled, then renamed onto the
 * target. A claim also gives one process at a time the right to write the target; a draft gives no
 * right and does not wait.
 *
 * Invariant: a temporary name is never used twice, so removing the file of a dead process never
 * removes a live one. A process that creates a claim and then sees no other live file owns the target;
 * two that see each other both withdraw and retry after a random wait. A live process whose file was
 * removed by mistake cannot rename it any more, so it overwrites nothing.
 */
import { randomBytes } from 'node:crypto';
import { type FileHandle, open, readdir, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Clock } from '../../jobs/ports.js';
import { errnoOf, isAbsent } from './local-error.js';
import { OWN_MARK, type ProcessMark, stateOf } from './local-process.js';

/** Age at which the file of a running process counts as abandoned, since its last change. */
const RUNNING_AGE_MS_MAX = 10 * 60 * 1000;
/** The same if the state of the process is unknown, such as on another machine. A write takes milliseconds. */
const UNKNOWN_AGE_MS_MAX = 30_000;
/** Total wait. Longer than clock differences can keep an abandoned file young, so a second start succeeds. */
const CLAIM_WAITED_MS_MAX = 90_000;
const CLAIM_WAIT_MS_MAX = 64;

const CLAIM_PATTERN = /^\.(.+)\.([0-9]+)-([0-9a-f]{8})-([0-9]+)-[0-9a-f]{12}\.flowbars-tmp$/;

/** Paths of the temporary files of this process; only its main thread writes. */
const ownPaths = new Set<string>();

export interface Claim {
  /** Writes the bytes, makes them durable and renames them onto the target. */
  publish(bytes: Uint8Array): Promise<void>;
  /** Ends the claim and deletes what was not published. Always call it. */
  withdraw(): Promise<void>;
}

export function isClaimName(name: string): boolean {
  return CLAIM_PATTERN.test(name);
}

/** Waits until no other process writes `path`. Its folder has to exist. */
export async function claimFile(path: string, clock: Clock, random: () => number): Promise<Claim> {
  let waitedMs = 0;
  for (let attempt = 1; ; attempt += 1) {
    const { claim, rival } = await begin(path, clock);
    if (rival === undefined) return claim;
    await claim.withdraw();
    if (waitedMs > CLAIM_WAITED_MS_MAX) throw neverFree(path, rival);
    const waitMs = 1 + random() * Math.min(2 ** attempt, CLAIM_WAIT_MS_MAX);
    await clock.waitMs(waitMs);
    waitedMs += waitMs;
  }
}

/** For a writer that may replace anything: the last of several writers wins. The folder has to exist. */
export async function draftFile(path: string, clock: Clock): Promise<Claim> {
  return (await begin(path, clock)).claim;
}

/** Removes files that killed processes left while writing `path`; returns the first file of a live process. */
export async function sweepRivals(
  path: string,
  ownPath: string | undefined,
  clock: Clock,
): Promise<string | undefined> {
  let living: string | undefined;
  for (const name of await readdir(dirname(path))) {
    const [, target, pid, place = '', startTicks] = CLAIM_PATTERN.exec(name) ?? [];
    const rivalPath = join(dirname(path), name);
    if (target !== basename(path) || rivalPath === ownPath) continue;
    const mark: ProcessMark = { pid: Number(pid), place, startTicks: Number(startTicks) };
    if (await lives(rivalPath, mark, clock)) living ??= rivalPath;
    else await removeIfThere(rivalPath);
  }
  return living;
}

async function begin(
  path: string,
  clock: Clock,
): Promise<{ readonly claim: Claim; readonly rival: string | undefined }> {
  const ownPath = temporaryPath(path);
  ownPaths.add(ownPath);
  const handle = await open(ownPath, 'wx').catch((error: unknown) => {
    ownPaths.delete(ownPath);
    throw error;
  });
  const claim = heldClaim(path, ownPath, handle);
  try {
    return { claim, rival: await sweepRivals(path, ownPath, clock) };
  } catch (error) {
    await claim.withdraw();
    throw error;
  }
}

function temporaryPath(path: string): string {
  const { pid, place, startTicks } = OWN_MARK;
  const suffix = `${pid}-${place}-${startTicks}-${randomBytes(6).toString('hex')}`;
  return join(dirname(path), `.${basename(path)}.${suffix}.flowbars-tmp`);
}

function heldClaim(path: string, ownPath: string, handle: FileHandle): Claim {
  let published = false;
  return {
    publish: async (bytes) => {
      await handle.writeFile(bytes);
      await handle.sync();
      await handle.close();
      await rename(ownPath, path).catch((error: unknown) => {
        throw errnoOf(error) === 'ENOENT' ? takenOver(path, ownPath) : error;
      });
      published = true;
    },
    withdraw: async () => {
      try {
        // Closing twice is harmless.
        await handle.close();
        if (!published) await removeIfThere(ownPath);
      } finally {
        ownPaths.delete(ownPath);
      }
    },
  };
}

async function lives(path: string, mark: ProcessMark, clock: Clock): Promise<boolean> {
  const ageMs = await ageMsOf(path, clock);
  if (ageMs === undefined) return false;
  if (mark.pid === OWN_MARK.pid && mark.place === OWN_MARK.place) return ownPaths.has(path);
  const state = await stateOf(mark);
  if (state === 'running') return ageMs <= RUNNING_AGE_MS_MAX;
  // Another machine's clock may be ahead; a file from the future would never grow old.
  return state === 'unknown' && Math.abs(ageMs) <= UNKNOWN_AGE_MS_MAX;
}

async function ageMsOf(path: string, clock: Clock): Promise<number | undefined> {
  try {
    return clock.nowMs() - (await stat(path)).mtimeMs;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

async function removeIfThere(path: string): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if (!isAbsent(error)) throw error;
  });
}

function takenOver(path: string, ownPath: string): FlowbarsError {
  return new FlowbarsError('conflict', {
    what: 'write',
    found: `its temporary file gone (${ownPath})`,
    expected: "no other writer to take it for a dead process's",
    where: path,
  });
}

function neverFree(path: string, rival: string): FlowbarsError {
  return new FlowbarsError('world', {
    what: 'write',
    found: `another process writing it (${rival})`,
    expected: `that process to end within ${CLAIM_WAITED_MS_MAX} ms`,
    where: path,
  });
}
