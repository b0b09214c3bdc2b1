/** One process at a time uses a spool. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OWN_MARK } from '../../../src/edge/local/local-process.js';
import { lockSpool } from '../../../src/edge/spool/spool-lock.js';
import { manualClock } from '../../support/manual-clock.js';

let root: string;
let clock: ReturnType<typeof manualClock>;
const random = () => 0;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'flowbars-lock-'));
  clock = manualClock(Date.now());
});

afterEach(() => rm(root, { recursive: true, force: true }));

describe('a spool', () => {
  test('that a live process uses is refused in four parts, and free after its end', async () => {
    const lock = await lockSpool(root, { clock, random });
    await expect(lockSpool(root, { clock, random })).rejects.toMatchObject({
      kind: 'usage',
      parts: {
        what: 'spool',
        found: `in use by process ${process.pid}`,
        where: join(root, 'lock'),
      },
    });
    await lock.release();
    await (await lockSpool(root, { clock, random })).release();
  });

  test('of another live process is refused', async () => {
    const other = spawn('sleep', ['60']);
    const stat = await readFile(`/proc/${other.pid ?? 0}/stat`, 'utf8').catch(() => '');
    const startTicks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? 0);
    await writeFile(
      join(root, 'lock'),
      JSON.stringify({ ...OWN_MARK, pid: other.pid, startTicks }),
    );
    // Where the system does not say when a process began, the lock stands still and is taken.
    const isKnown = startTicks > 0;
    const end = await lockSpool(root, { clock, random }).then(
      (lock) => lock.release().then(() => 'taken'),
      () => 'refused',
    );
    expect(end).toBe(isKnown ? 'refused' : 'taken');
    other.kill();
  });

  test('of a dead process is taken over', async () => {
    const { pid } = spawnSync('true');
    await writeFile(join(root, 'lock'), JSON.stringify({ ...OWN_MARK, pid }));
    await (await lockSpool(join(root), { clock, random })).release();
  });

  test('of another machine is taken over once its lock stands still', async () => {
    const path = join(root, 'lock');
    await writeFile(path, JSON.stringify({ ...OWN_MARK, place: 'elsewhere' }));
    const touched = {
      ...clock,
      waitMs: async () => {
        await utimes(path, 1, 1);
      },
    };
    await expect(lockSpool(root, { clock: touched, random })).rejects.toMatchObject({
      kind: 'usage',
    });
    await (await lockSpool(root, { clock, random })).release();
    expect(clock.waitsMs).toEqual([5_000]);
  });

  test('whose lock says nothing is taken over, and a missing folder is made', async () => {
    await writeFile(join(root, 'lock'), '{');
    await (await lockSpool(root, { clock, random })).release();
    await (await lockSpool(join(root, 'a/b'), { clock, random })).release();
  });
});

test('a lock that is gone, with its folder or alone, is released', async () => {
  const lock = await lockSpool(root, { clock, random });
  await rm(join(root, 'lock'));
  await lock.release();
  const other = await lockSpool(join(root, 'a'), { clock, random });
  await rm(join(root, 'a'), { recursive: true });
  await other.release();
  expect(existsSync(join(root, 'a'))).toBe(false);
});

async function fill(): Promise<void> {
  for (const sizeBytes of [2 ** 16, 2 ** 12]) {
    for (let file = 0; ; file++) {
      const path = join(root, `full-${sizeBytes}-${file}`);
      const isFull = await writeFile(path, new Uint8Array(sizeBytes).fill(1)).then(
        () => false,
        () => true,
      );
      if (isFull) break;
    }
  }
}

describe('a full disk', () => {
  let isMounted: boolean;

  beforeEach(() => {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', root], { stdio: 'ignore' });
      isMounted = true;
    } catch {
      isMounted = false;
    }
  });

  afterEach(() => {
    if (isMounted) execFileSync('umount', [root]);
  });

  test('is locked with the room of the reserve', async ({ skip }) => {
    if (!isMounted) skip('this machine mounts no disk of two megabytes for a test');
    await mkdir(join(root, 'reserve'));
    await writeFile(join(root, 'reserve/room'), new Uint8Array(2 ** 20).fill(1));
    await fill();
    const lock = await lockSpool(root, { clock, random });
    await expect(lockSpool(root, { clock, random })).rejects.toMatchObject({ kind: 'usage' });
    await lock.release();
  });

  test('without a reserve is locked over the lock that is there', async ({ skip }) => {
    if (!isMounted) skip('this machine mounts no disk of two megabytes for a test');
    await (await lockSpool(root, { clock, random })).release();
    await fill();
    const lock = await lockSpool(root, { clock, random });
    await expect(lockSpool(root, { clock, random })).rejects.toMatchObject({ kind: 'usage' });
    await lock.release();
    await (await lockSpool(root, { clock, random })).release();
  });
});
