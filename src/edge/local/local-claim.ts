/**
 * Temporary files beside their target: created under a name of their own, filled, then renamed onto
 * it. A claim is one that also gives the right to write the target, to one process at a time; a
 * draft gives no right and waits for nobody.
 *
 * Invariant: a temporary name is never used twice, so that removing the file of a dead process can
 * never remove a living one. Who creates a claim and then sees no other living file holds the name;
 * of two who see each other both withdraw and try again after a random wait. Whose file was removed
 * as dead though it lived cannot rename it any more, and so overwrites nothing.
 */
import { randomBytes } from 'node:crypto';
import { type FileHandle, open, readdir, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Clock } from '../../jobs/ports.js';
import { errnoOf, isAbsent } from './local-error.js';
import { OWN_MARK, type ProcessMark, stateOf } from './local-process.js';

/** Since its last change, of a process that runs: it does not move any more. */
const RUNNING_AGE_MS_MAX = 10 * 60 * 1000;
/** The same of one that nobody here can ask after, on another machine say. A write takes milliseconds. */
const UNKNOWN_AGE_MS_MAX = 30_000;
/** In all. Longer than a clock may be behind another's and its file then stay young: a second start ends. */
const CLAIM_WAITED_MS_MAX = 90_000;
const CLAIM_WAIT_MS_MAX = 64;

const CLAIM_PATTERN = /^\.(.+)\.([0-9]+)-([0-9a-f]{8})-([0-9]+)-[0-9a-f]{12}\.flowbars-tmp$/;

/** Paths of the temporary files that this process has at the moment; only its main thread writes. */
const ownPaths = new Set<string>();

export interface Claim {
  /** Writes the bytes, makes them durable and puts them in the target's place. */
  publish(bytes: Uint8Array): Promise<void>;
  /** Ends the claim; what was not published is gone. To be called in any case. */
  withdraw(): Promise<void>;
}

export function isClaimName(name: string): boolean {
  return CLAIM_PATTERN.test(name);
}

/** Waits until no other process writes `path`, whose folder must exist. */
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

/** For who may replace whatever is there, whose folder must exist: of several writers the last one wins. */
export async function draftFile(path: string, clock: Clock): Promise<Claim> {
  return (await begin(path, clock)).claim;
}

/** Removes what killed processes have left of their attempts to write `path`; gives the first file of a living one. */
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
  // Another machine's clock may be ahead; a file from far in the future would never grow old.
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
    found: `its temporary file removed (${ownPath})`,
    expected: "no other writer to take it for a dead process's",
    where: path,
  });
}

function neverFree(path: string, rival: string): FlowbarsError {
  return new FlowbarsError('world', {
    what: 'write',
    found: `another process that writes it (${rival})`,
    expected: `it to end within ${CLAIM_WAITED_MS_MAX} ms`,
    where: path,
  });
}
