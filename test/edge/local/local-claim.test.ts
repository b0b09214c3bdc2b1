/** Several writers of one name in a folder: waits for live ones and removes files of dead ones. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import { systemClock } from '../../../src/edge/process/clock.js';
import { claimFile } from '../../../src/edge/local/local-claim.js';
import { openLocalStore } from '../../../src/edge/local/local-store.js';
import type { Clock } from '../../../src/jobs/ports.js';
import { type Child, startChild } from '../../support/local/child.js';
import { type ManualClock, manualClock } from '../../support/manual-clock.js';

let root: string;
let children: Child[] = [];
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'flowbars-local-'));
});

afterEach(async () => {
  for (const { child } of children) child.kill('SIGKILL');
  await Promise.all(children.map(({ ended }) => ended));
  children = [];
  await rm(root, { recursive: true });
});

/** A process that has begun to write `name` and stalls. */
async function startWriter(name: string): Promise<Child> {
  await mkdir(dirname(join(root, name)), { recursive: true });
  const writer = startChild('hold-claim', [join(root, name)]);
  children.push(writer);
  expect((await writer.output.next()).value).toBe('claimed\n');
  return writer;
}

async function kill(writer: Child): Promise<void> {
  writer.child.kill('SIGKILL');
  await writer.ended;
}

async function claimsIn(folder: string): Promise<string[]> {
  return (await readdir(join(root, folder))).filter((name) => name.endsWith('.flowbars-tmp'));
}

interface Mark {
  readonly place: string;
  readonly ticks: string;
}

/** The file of a killed writer of `name`, marked as another process's. */
async function leaveClaim(name: string, mark: (own: Mark) => string): Promise<string> {
  await kill(await startWriter(name));
  const left = (await claimsIn('.')).find((file) => file.startsWith(`.${name}.`)) ?? '';
  const parts = /\.[0-9]+-([0-9a-f]{8})-([0-9]+)-([0-9a-f]+)\.flowbars-tmp$/.exec(left);
  if (parts === null) throw new Error(`'${left}' is no name of a claim`);
  const [, place = '', ticks = '', rest = ''] = parts;
  const marked = `.${name}.${mark({ place, ticks })}-${rest}.flowbars-tmp`;
  await rename(join(root, left), join(root, marked));
  return marked;
}

function waitedMs(clock: ManualClock): number {
  return clock.waitsMs.reduce((sum, waitMs) => sum + waitMs, 0);
}

async function errorOf(promise: Promise<unknown>): Promise<FlowbarsError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof FlowbarsError) return error;
    throw error;
  }
  throw new Error('no error');
}

describe('a write', () => {
  it.each(['other bytes', 'the same bytes'])(
    'of %s removes what a killed writer left',
    async (what) => {
      await writeFile(join(root, 'a.csv'), 'old');
      await kill(await startWriter('a.csv'));
      await kill(await startWriter('b.csv'));
      expect(await claimsIn('.')).toHaveLength(2);
      const store = openLocalStore(root);
      expect((await store.list('')).map(({ name }) => name)).toEqual(['a.csv']);
      await store.write('a.csv', bytesOf(what === 'other bytes' ? 'new' : 'old'), 'anything');
      expect(await claimsIn('.')).toHaveLength(1);
      await store.write('b.csv', bytesOf('new'), 'nothing');
      expect(await readdir(root)).toEqual(['a.csv', 'b.csv']);
    },
  );

  it('waits for another process that writes the same name', async () => {
    const writer = await startWriter('a/b.csv');
    const waitsMs: number[] = [];
    const clock: Clock = {
      ...systemClock,
      waitMs: async (durationMs) => {
        waitsMs.push(durationMs);
        expect(await claimsIn('a')).toHaveLength(1);
        if (waitsMs.length === 3) await kill(writer);
      },
    };
    const store = openLocalStore(root, { clock, random: () => 0.5 });
    await store.write('a/c.csv', bytesOf('x'), 'anything');
    expect(waitsMs).toEqual([]);
    await store.write('a/b.csv', bytesOf('x'), 'nothing');
    expect(waitsMs).toEqual([2, 3, 5]);
  });

  it('takes over from a writer that has not moved for ten minutes', async () => {
    await startWriter('b.csv');
    const [claim = ''] = await claimsIn('.');
    const longAgo = new Date(systemClock.nowMs() - 11 * 60_000);
    await utimes(join(root, claim), longAgo, longAgo);
    await openLocalStore(root).write('b.csv', bytesOf('x'), 'nothing');
    expect(await readdir(root)).toEqual(['b.csv']);
  });

  it('of anything goes past a living writer of the same name', async () => {
    const writer = await startWriter('b.csv');
    const clock = manualClock(systemClock.nowMs());
    await openLocalStore(root, { clock }).write('b.csv', bytesOf('x'), 'anything');
    expect(clock.waitsMs).toEqual([]);
    expect(await claimsIn('.')).toHaveLength(1);
    await kill(writer);
    await openLocalStore(root).write('b.csv', bytesOf('x'), 'anything');
    expect(await readdir(root)).toEqual(['b.csv']);
  });

  it('of anything goes past what another machine left', async () => {
    const claim = await leaveClaim('b.csv', ({ ticks }) => `1-00000000-${ticks}`);
    const clock = manualClock(systemClock.nowMs());
    const store = openLocalStore(root, { clock });
    await store.write('b.csv', bytesOf('x'), 'anything');
    expect(clock.waitsMs).toEqual([]);
    expect(await claimsIn('.')).toEqual([claim]);
    clock.advance(31_000);
    await store.write('b.csv', bytesOf('y'), 'anything');
    expect(await readdir(root)).toEqual(['b.csv']);
  });

  it.each([0, 25_000, 60_000])(
    'takes over in time what another machine left, its clock %i ms ahead',
    async (aheadMs) => {
      const claim = await leaveClaim('b.csv', ({ ticks }) => `1-00000000-${ticks}`);
      const leftAt = new Date(systemClock.nowMs() + aheadMs);
      await utimes(join(root, claim), leftAt, leftAt);
      const clock = manualClock(leftAt.getTime() - aheadMs);
      await openLocalStore(root, { clock }).write('b.csv', bytesOf('x'), 'nothing');
      expect(await readdir(root)).toEqual(['b.csv']);
      const expectedMs = aheadMs > 30_000 ? 0 : 30_000 + aheadMs;
      expect(waitedMs(clock)).toBeGreaterThanOrEqual(expectedMs);
      expect(waitedMs(clock)).toBeLessThan(expectedMs + 1000);
    },
  );

  it('knows what an earlier process with its own id left', async () => {
    await leaveClaim('b.csv', ({ place, ticks }) => `${process.pid}-${place}-${ticks}`);
    const clock = manualClock(systemClock.nowMs());
    await openLocalStore(root, { clock }).write('b.csv', bytesOf('x'), 'nothing');
    expect(clock.waitsMs).toEqual([]);
    expect(await readdir(root)).toEqual(['b.csv']);
  });

  it.skipIf(!existsSync('/proc/self/stat'))(
    'knows that another process has the id of a dead writer',
    async () => {
      const other = await startWriter('other.csv');
      await leaveClaim('b.csv', ({ place, ticks }) => `${other.child.pid}-${place}-${ticks}`);
      const clock = manualClock(systemClock.nowMs());
      await openLocalStore(root, { clock }).write('b.csv', bytesOf('x'), 'nothing');
      expect(clock.waitsMs).toEqual([]);
      expect((await claimsIn('.')).map((name) => name.slice(0, 11))).toEqual(['.other.csv.']);
    },
  );

  it('overwrites nothing when it was taken for dead', async () => {
    await writeFile(join(root, 'b.csv'), 'old');
    const claim = await claimFile(join(root, 'b.csv'), systemClock, Math.random);
    for (const name of await claimsIn('.')) await rm(join(root, name));
    expect((await errorOf(claim.publish(bytesOf('new')))).kind).toBe('conflict');
    await claim.withdraw();
    expect(await readFile(join(root, 'b.csv'), 'utf8')).toBe('old');
  });

  it('gives up on a name that never becomes free', async () => {
    await startWriter('b.csv');
    const clock = manualClock(systemClock.nowMs());
    const write = openLocalStore(root, { clock }).write('b.csv', bytesOf('x'), 'nothing');
    const { kind, parts } = await errorOf(write);
    expect(kind).toBe('world');
    expect(parts.found).toContain('another process writing it');
    expect(waitedMs(clock)).toBeGreaterThan(90_000);
    expect(waitedMs(clock)).toBeLessThan(91_000);
    expect(await claimsIn('.')).toHaveLength(1);
  });
});
