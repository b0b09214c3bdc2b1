/** A session at the limits of its spool: a full one, a disk that fails, a folder that is gone; and what its evidence says of it. */
import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isSidecar, type Sidecar } from '../../../src/core/sidecar/sidecar.js';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import type { Store } from '../../../src/jobs/ports.js';
import type { SpoolFolder, SpoolLog } from '../../../src/jobs/recorder-ports.js';
import { openSpool, type Spool } from '../../../src/jobs/spool/open-spool.js';
import { madeRow, SECOND_US, START_US } from '../../support/spool/made-session.js';
import {
  OPTIONS,
  spoolAtWork,
  type SpoolAtWork,
  written,
} from '../../support/spool/spool-at-work.js';

const LONG_MS = 1e9;
const WORLD = new FlowbarsError('world', { what: 'w', found: 'f', expected: 'e', where: 'w' });
const FULL = new FlowbarsError('blocked', { what: 'w', found: 'f', expected: 'e', where: 'w' });
let work: SpoolAtWork;

beforeEach(async () => {
  work = await spoolAtWork();
});

afterEach(() => work.clear());

function take(spool: Spool, atSeconds: number): void {
  const [slot] = spool.slots;
  if (slot === undefined) throw new Error('no slot');
  const receiveUs = START_US + atSeconds * SECOND_US;
  spool.row(0, madeRow(slot, atSeconds, receiveUs), receiveUs);
}

function sidecarIn(hour: string, part = 'a1'): Sidecar {
  const sidecar: unknown = JSON.parse(work.store.text(`_recorder/2025-12-12/${hour}_${part}.json`));
  if (!isSidecar(sidecar)) throw new Error('no sidecar');
  return sidecar;
}

describe('a spool beyond its limit', () => {
  let isDown: boolean;
  let raw: Store;

  beforeEach(async () => {
    isDown = true;
    raw = {
      ...work.store,
      write: async (...call) => {
        if (isDown) throw WORLD;
        return await work.store.write(...call);
      },
    };
    const before = await openSpool(OPTIONS, { ...work.effects, raw });
    for (let second = 0; second < 9; second++) take(before, second);
    await before.stop(0);
  });

  test('takes nothing before an upload succeeds', async () => {
    const options = { ...OPTIONS, part: 'a2', spoolBytesMax: 800 };
    let isOpen = false;
    const opening = openSpool(options, { ...work.effects, raw }).then((spool) => {
      isOpen = true;
      return spool;
    });
    while (!work.events.includes('ERROR spool_beyond_limit')) await work.clock.turn();
    for (let turn = 0; turn < 500; turn++) await work.clock.turn();
    expect(isOpen).toBe(false);
    expect(await work.effects.folder.list('segments')).toEqual([]);
    isDown = false;
    const spool = await opening;
    take(spool, 20);
    await written(spool, work.effects);
    expect(await spool.stop(LONG_MS)).toMatchObject({ pendingFiles: 0, lostBytes: 0 });
  });

  test('and a stop ends with what is wrong', async () => {
    const options = { ...OPTIONS, part: 'a2', spoolBytesMax: 800 };
    const stopping = Promise.withResolvers<undefined>();
    const opening = openSpool(options, { ...work.effects, raw }, stopping.promise);
    const refused = opening.catch((error: unknown) => error);
    while (work.events.length === 0) await work.clock.turn();
    stopping.resolve(undefined);
    expect(await refused).toMatchObject({ kind: 'blocked', parts: { what: 'spool' } });
    expect(await work.effects.folder.list('segments')).toEqual([]);
  });
});

test('a session that its spool ended was lost, even though its feed was told to end', async () => {
  for (const [part, spoolBytesMax, ended] of [
    ['a1', 800, 'lost'],
    ['a2', 1e9, 'stopped'],
  ] as const) {
    const spool = await openSpool({ ...OPTIONS, part, spoolBytesMax }, work.effects);
    for (let second = 0; second < 9; second++) take(spool, second);
    await written(spool, work.effects);
    spool.note({ is: 'ended', atUs: START_US + 9.5 * SECOND_US });
    await spool.stop(LONG_MS);
    expect(sidecarIn('00', part).ended).toBe(ended);
  }
});

test('rows that a failed disk never took are told in bytes', async () => {
  const append = (): Promise<never> => Promise.reject(FULL);
  const logs: SpoolLog[] = [];
  const folder: SpoolFolder = {
    ...work.effects.folder,
    create: async (path) => {
      const opened = await work.effects.folder.create(path);
      logs.push(opened);
      return { ...opened, append };
    },
  };
  const told: unknown[] = [];
  const log = {
    event: (severity: string, name: string, fields: object) => {
      told.push({ severity, name, ...fields });
    },
  };
  const spool = await openSpool(OPTIONS, { ...work.effects, folder, log });
  take(spool, 1);
  await expect(spool.failed).rejects.toBe(FULL);
  const { lostBytes } = await spool.stop(LONG_MS);
  expect(lostBytes).toBeGreaterThan(100);
  expect(told).toEqual([
    { severity: 'ERROR', name: 'rows_lost', bytes: lostBytes, where: work.root },
  ]);
  for (const opened of logs) await opened.close();
});

test('a folder that somebody deletes ends the session, and the error says so', async () => {
  const spool = await openSpool(OPTIONS, work.effects);
  take(spool, 1);
  await written(spool, work.effects);
  await rm(work.root, { recursive: true });
  take(spool, 11);
  await expect(spool.failed).rejects.toMatchObject({
    kind: 'world',
    parts: { what: 'spool', where: work.root },
  });
  await spool.stop(LONG_MS);
});

test('the evidence has the most bytes of the spool, not those at the begin of a minute', async () => {
  let isDown = true;
  const write: Store['write'] = async (...call) => {
    if (isDown) throw WORLD;
    return await work.store.write(...call);
  };
  const spool = await openSpool(OPTIONS, { ...work.effects, raw: { ...work.store, write } });
  for (let second = 11; second < 60; second++) take(spool, second);
  take(spool, 71);
  await written(spool, work.effects);
  for (let second = 72; second < 120; second++) take(spool, second);
  await written(spool, work.effects);
  const mostBytes = spool.figures().spoolBytes;
  isDown = false;
  while (spool.figures().spoolBytes >= mostBytes) await work.clock.turn();
  take(spool, 131);
  await written(spool, work.effects);
  await spool.stop(LONG_MS);
  expect(sidecarIn('01').spool_bytes_max).toBeGreaterThanOrEqual(mostBytes);
});

test('rows are made durable every second while the time of day goes back', async () => {
  let syncs = 0;
  const folder: SpoolFolder = {
    ...work.effects.folder,
    create: async (path) => {
      const log = await work.effects.folder.create(path);
      const sync = async (): Promise<void> => {
        syncs += 1;
        await log.sync();
      };
      return { ...log, sync };
    },
  };
  const spool = await openSpool(OPTIONS, { ...work.effects, folder });
  take(spool, 1);
  await written(spool, work.effects);
  const before = syncs;
  work.clock.step(-3_600_000);
  work.clock.advance(2_000);
  take(spool, 2);
  await written(spool, work.effects);
  await work.clock.turn();
  expect(syncs).toBe(before + 1);
  await spool.stop(LONG_MS);
});
