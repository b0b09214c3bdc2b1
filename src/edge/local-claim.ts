/**
 * The right to write one file of a folder, held by one process at a time. A claim is the temporary
 * file itself: created under a name of its own beside the target, filled, then renamed onto it.
 *
 * Invariant: a claim's name is never used twice, so that removing the claim of a dead process can
 * never remove a living one. Who creates a claim and then sees no other living one holds the name;
 * of two who see each other both withdraw and try again after a random wait.
 */
import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, open, readdir, rename, stat, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { FlowbarsError } from '../core/unit/errors.js';
import type { Clock } from '../jobs/ports.js';
import { errnoOf, isAbsent } from './local-error.js';

/** Older claims are dead whatever process has their id now: after a restart ids are given out anew. */
const CLAIM_AGE_MS_MAX = 10 * 60 * 1000;
const CLAIM_ATTEMPTS_MAX = 2000;
const CLAIM_WAIT_MS_MAX = 64;

const CLAIM_PATTERN = /^\.(.+)\.([0-9]+)-([0-9a-f]{8})-[0-9a-f]{12}\.flowbars-tmp$/;

/** Process ids mean something on their own machine only. */
const hostTag = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

export interface Claim {
  /** Writes the bytes, makes them durable and puts them in the target's place; the claim ends with that. */
  publish(bytes: Uint8Array): Promise<void>;
  /** Ends the claim if it has not been published. */
  withdraw(): Promise<void>;
}

export function isClaimName(name: string): boolean {
  return CLAIM_PATTERN.test(name);
}

/** Waits until no other process writes `path`, whose folder must exist. */
export async function claimFile(path: string, clock: Clock, random: () => number): Promise<Claim> {
  for (let attempt = 1; ; attempt += 1) {
    const ownPath = claimPath(path);
    const handle = await open(ownPath, 'wx');
    const rival = await sweepRivals(path, ownPath, clock).catch(async (error: unknown) => {
      await abandon(ownPath, handle);
      throw error;
    });
    if (rival === undefined) return heldClaim(path, ownPath, handle);
    await abandon(ownPath, handle);
    if (attempt >= CLAIM_ATTEMPTS_MAX) throw neverFree(path, rival);
    await clock.waitMs(1 + random() * Math.min(2 ** attempt, CLAIM_WAIT_MS_MAX));
  }
}

/** Removes what killed processes have left of their attempts to write `path`; gives the first claim of a living one. */
export async function sweepRivals(
  path: string,
  ownPath: string | undefined,
  clock: Clock,
): Promise<string | undefined> {
  let living: string | undefined;
  for (const name of await readdir(dirname(path))) {
    const [, target, pid, host] = CLAIM_PATTERN.exec(name) ?? [];
    const rivalPath = join(dirname(path), name);
    if (target !== basename(path) || rivalPath === ownPath) continue;
    const lives = (host !== hostTag || isRunning(Number(pid))) && (await isYoung(rivalPath, clock));
    if (lives) living ??= rivalPath;
    else await removeIfThere(rivalPath);
  }
  return living;
}

function claimPath(path: string): string {
  const suffix = `${process.pid}-${hostTag}-${randomBytes(6).toString('hex')}`;
  return join(dirname(path), `.${basename(path)}.${suffix}.flowbars-tmp`);
}

function heldClaim(path: string, ownPath: string, handle: FileHandle): Claim {
  let published = false;
  return {
    publish: async (bytes) => {
      await handle.writeFile(bytes);
      await handle.sync();
      await handle.close();
      await rename(ownPath, path);
      published = true;
    },
    withdraw: async () => {
      if (!published) await abandon(ownPath, handle);
    },
  };
}

/** Closing twice is harmless. */
async function abandon(ownPath: string, handle: FileHandle): Promise<void> {
  await handle.close();
  await removeIfThere(ownPath);
}

async function removeIfThere(path: string): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if (!isAbsent(error)) throw error;
  });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as another user.
    return errnoOf(error) !== 'ESRCH';
  }
}

async function isYoung(path: string, clock: Clock): Promise<boolean> {
  try {
    return clock.nowMs() - (await stat(path)).mtimeMs <= CLAIM_AGE_MS_MAX;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

function neverFree(path: string, rival: string): FlowbarsError {
  return new FlowbarsError('world', {
    what: 'write',
    found: `another process that writes it (${rival})`,
    expected: `it to end within ${CLAIM_ATTEMPTS_MAX} attempts`,
    where: path,
  });
}
