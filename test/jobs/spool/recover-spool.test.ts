/** What dead sessions left is finished beside the session that runs. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { headLine, rowLine } from '../../../src/core/spool/segment.js';
import { slotsOf } from '../../../src/core/spool/slots.js';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import type { SpoolFolder } from '../../../src/jobs/recorder-ports.js';
import { openSpool, type Spool, type SpoolEffects } from '../../../src/jobs/spool/open-spool.js';
import { headOf, LINES, madeRow, SECOND_US, START_US } from '../../support/spool/made-session.js';
import {
  OPTIONS,
  recovered,
  spoolAtWork,
  type SpoolAtWork,
  written,
} from '../../support/spool/spool-at-work.js';

const LONG_MS = 1e9;
const slots = slotsOf(LINES, 'trades');
let work: SpoolAtWork;

beforeEach(async () => {
  work = await spoolAtWork();
});

afterEach(() => work.clear());

/** Segments of a killed session, one of each minute before the hour. */
async function leave(minutes: number, symbols = LINES): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    const fromUs = START_US - (50 + minute * 60) * SECOND_US;
    const name = new Date(fromUs / 1_000).toISOString().slice(0, 16).replace(/:/u, '-');
    const log = await work.effects.folder.create(`segments/${name}_dead`);
    await log.append(headLine({ ...headOf('trades', fromUs), lines: symbols, part: 'dead' }));
    const [slot] = slots;
    if (slot !== undefined) await log.append(rowLine(0, madeRow(slot, minute, fromUs)));
    await log.close();
  }
}

function take(spool: Spool, atSeconds: number): void {
  const [slot] = spool.slots;
  if (slot === undefined) throw new Error('no slot');
  const receiveUs = START_US + atSeconds * SECOND_US;
  spool.row(0, madeRow(slot, atSeconds, receiveUs), receiveUs);
}

function segmentsOf(part: string): (name: { readonly name: string }) => boolean {
  return ({ name }) => name.endsWith(`_${part}`);
}

test('a session takes rows before anything of a dead one is read, and both are stored', async () => {
  await leave(5);
  const reads: string[] = [];
  const folder: SpoolFolder = {
    ...work.effects.folder,
    read: (path) => {
      reads.push(path);
      return work.effects.folder.read(path);
    },
  };
  const effects: SpoolEffects = { ...work.effects, folder };
  const spool = await openSpool(OPTIONS, effects);
  expect(reads).toEqual([]);
  const recovering = spool.recover();
  for (let second = 0; second < 130; second += 2) {
    take(spool, second);
    await work.clock.turn();
  }
  expect(await recovering).toEqual({ segments: 5, hours: 1 });
  await spool.stop(LONG_MS);
  const names = work.store.names().filter((name) => name.startsWith('ETHUSDT'));
  expect(names.filter((name) => name.includes('_dead'))).toHaveLength(5);
  expect(names.filter((name) => name.includes('_a1'))).toHaveLength(3);
  expect(work.store.names()).toContain('_recorder/2025-12-12/00_dead.json');
  for (const place of ['segments', 'stage', 'kept', 'trash', 'pending', 'aside']) {
    expect(await work.effects.folder.list(place), place).toEqual([]);
  }
  expect(spool.figures().spoolBytes).toBe(0);
});

test('nothing of the running session is touched', async () => {
  const spool = await openSpool({ ...OPTIONS, span: '1h' }, work.effects);
  take(spool, 1);
  await written(spool, work.effects);
  take(spool, 11);
  await written(spool, work.effects);
  const { folder } = work.effects;
  while ((await folder.list('kept')).length === 0) await work.clock.turn();
  await leave(1);
  await folder.write('trash/2025-12-12T00_a1/x', []);
  expect(await spool.recover()).toEqual({ segments: 1, hours: 1 });
  expect((await folder.list('segments')).filter(segmentsOf('a1'))).toHaveLength(1);
  expect((await folder.list('kept')).map(({ name }) => name)).toEqual(['2025-12-12T00_a1']);
  expect(await folder.list('trash')).toHaveLength(1);
  await spool.stop(LONG_MS);
});

test('a session that stops leaves the rest to the next start', async () => {
  await leave(5);
  const full = new FlowbarsError('blocked', { what: 'w', found: 'f', expected: 'e', where: 'w' });
  let isFull = true;
  const folder: SpoolFolder = {
    ...work.effects.folder,
    write: async (path, pieces) => {
      if (isFull && path.includes('_dead')) throw full;
      await work.effects.folder.write(path, pieces);
    },
  };
  const spool = await openSpool(OPTIONS, { ...work.effects, folder });
  const recovering = spool.recover();
  while (!work.events.includes('WARNING spool_recovery_waits')) await work.clock.turn();
  isFull = false;
  await spool.stop(LONG_MS);
  expect(await recovering).toEqual({ segments: 0, hours: 0 });
  expect((await folder.list('segments')).filter(segmentsOf('dead'))).toHaveLength(5);
  expect(work.store.names()).toContain('BTCUSDT/trades/2025-12-12/00-58_a1.csv.gz');
});

test('a segment that can never be finished is moved aside, and the others are not held up', async () => {
  await leave(2);
  const world = new FlowbarsError('world', { what: 'w', found: 'f', expected: 'e', where: 'w' });
  const folder: SpoolFolder = {
    ...work.effects.folder,
    write: async (path, pieces) => {
      if (path.includes('T00-57_dead')) throw world;
      await work.effects.folder.write(path, pieces);
    },
  };
  expect(await recovered({ ...work.effects, folder })).toEqual({ segments: 1, hours: 1 });
  expect(work.events).toContain('ERROR spool_source_unfinished');
  expect((await folder.list('aside')).map(({ name }) => name)).toEqual(['2025-12-12T00-57_dead']);
  expect(await folder.list('stage')).toEqual([]);
});

test('a symbol of 64 characters of three bytes is stored as any other', async () => {
  const symbol = '币'.repeat(64);
  await leave(1, [{ stream: 'depth', symbols: [symbol] }]);
  const spool = await openSpool(OPTIONS, work.effects);
  expect(await spool.recover()).toEqual({ segments: 1, hours: 1 });
  await spool.stop(LONG_MS);
  expect(work.store.names()).toContain(`${symbol}/depth/2025-12-12/00-58_dead.csv.gz`);
});

test('a reserve is kept for a full disk, and given up on one', async () => {
  const { folder } = work.effects;
  expect(await recovered(work.effects)).toEqual({ segments: 0, hours: 0 });
  expect(await folder.list('reserve')).toEqual([
    { name: 'room', sizeBytes: 2 ** 20, isFolder: false },
  ]);
  await leave(1);
  const full = new FlowbarsError('blocked', { what: 'w', found: 'f', expected: 'e', where: 'w' });
  const tight: SpoolFolder = {
    ...folder,
    write: async (path, pieces) => {
      if ((await folder.list('reserve')).length > 0) throw full;
      await folder.write(path, pieces);
    },
  };
  expect(await recovered({ ...work.effects, folder: tight })).toEqual({ segments: 1, hours: 1 });
  expect(await folder.list('reserve')).toHaveLength(1);
});
