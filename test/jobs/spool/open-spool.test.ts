/** The spool of a session: minutes by the clock of arrival, bounded memory and disk, and chunks that the product reads. */
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isSidecar } from '../../../src/core/sidecar/sidecar.js';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import type { SpoolFolder } from '../../../src/jobs/recorder-ports.js';
import { openSpool, type Spool, type SpoolOptions } from '../../../src/jobs/spool/open-spool.js';
import { finishSegment } from '../../../src/jobs/spool/finish-segment.js';
import { headLine, rowLine } from '../../../src/core/spool/segment.js';
import { slotsOf } from '../../../src/core/spool/slots.js';
import { decode, productRows } from '../../core/decode/decoded.js';
import { headOf, LINES, madeRow, SECOND_US, START_US } from '../../support/spool/made-session.js';
import {
  OPTIONS,
  recovered,
  spoolAtWork,
  type SpoolAtWork,
  uploaderOf,
  written,
} from '../../support/spool/spool-at-work.js';

const LONG_MS = 1e9;
let work: SpoolAtWork;

beforeEach(async () => {
  work = await spoolAtWork();
});

afterEach(() => work.clear());

async function opened(
  options: Partial<SpoolOptions> = {},
  folder: Partial<SpoolFolder> = {},
): Promise<Spool> {
  const effects = { ...work.effects, folder: { ...work.effects.folder, ...folder } };
  return await openSpool({ ...OPTIONS, ...options }, effects);
}

function take(spool: Spool, index: number, atSeconds: number): void {
  const slot = spool.slots[index];
  if (slot === undefined) throw new Error('no such slot');
  const receiveUs = START_US + atSeconds * SECOND_US;
  spool.row(index, madeRow(slot, atSeconds, receiveUs), receiveUs);
}

function textOf(name: string, bytes: Uint8Array | undefined): string {
  return Buffer.from(gunzipSync(bytes ?? new Uint8Array())).toString(
    name === '' ? 'utf8' : 'latin1',
  );
}

describe('minutes', () => {
  test('begin with a row, a note or a tick that is past them; each has a chunk of every slot', async () => {
    const spool = await opened();
    take(spool, 0, 1);
    spool.tick(START_US + 10 * SECOND_US);
    spool.note({ is: 'ended', atUs: START_US + 71 * SECOND_US });
    await spool.stop(LONG_MS);
    const names = work.store.names().filter((name) => name.startsWith('ETHUSDT'));
    expect(names.map((name) => name.slice(-15, -7))).toEqual(['00-58_a1', '00-59_a1', '01-00_a1']);
    for (const name of names) {
      const text = textOf(name, (await work.store.read(name))?.bytes);
      expect(text.split('\n')).toHaveLength(2);
    }
  });

  test('have the rows that arrived in them, a row of an earlier time among them', async () => {
    const spool = await opened();
    spool.tick(START_US + 10 * SECOND_US);
    take(spool, 0, 9);
    await spool.stop(LONG_MS);
    const name = 'BTCUSDT/trades/2025-12-12/00-59_a1.csv.gz';
    expect(textOf(name, (await work.store.read(name))?.bytes)).toContain(',9,');
  });

  test('that the machine slept through have none', async () => {
    const spool = await opened();
    take(spool, 0, 1);
    take(spool, 0, 3_611);
    await spool.stop(LONG_MS);
    const names = work.store.names().filter((name) => name.startsWith('BTCUSDT'));
    expect(names.map((name) => name.slice(-15, -7))).toEqual(['00-58_a1', '01-59_a1']);
    const sidecar: unknown = JSON.parse(work.store.text('_recorder/2025-12-12/01_a1.json'));
    expect(isSidecar(sidecar) && [sidecar.from, sidecar.ended]).toEqual([
      '2025-12-12T01:59:01.000Z',
      'lost',
    ]);
  });
});

test('what is stored is what the decoder reads, every row of it', async () => {
  for (const trades of ['trades', 'aggregates'] as const) {
    const spool = await opened({ part: trades, trades });
    for (let second = 0; second < 10; second++) {
      for (const { index } of spool.slots) take(spool, index, second);
    }
    await spool.stop(LONG_MS);
    for (const { symbol, stream } of spool.slots) {
      const name = `${symbol}/${stream}/2025-12-12/00-58_${trades}.csv.gz`;
      const text = textOf(name, (await work.store.read(name))?.bytes);
      expect(productRows(decode(stream, text)), name).toHaveLength(10);
    }
  }
});

test('a restart on the same minute stores a part of its own, and the connections go on in the next hour', async () => {
  const note = { is: 'opened', line: 0, connection: 1, route: '', why: 'first' } as const;
  for (const part of ['a1', 'a2']) {
    const spool = await opened({ part });
    spool.note({ ...note, atUs: START_US });
    take(spool, 0, 1);
    spool.tick(START_US + 70 * SECOND_US);
    spool.note({ is: 'ended', atUs: START_US + 71 * SECOND_US });
    await spool.stop(LONG_MS);
    expect(work.store.names()).toContain(`BTCUSDT/trades/2025-12-12/00-58_${part}.csv.gz`);
    const ends = ['00', '01'].map((hour) => {
      const sidecar: unknown = JSON.parse(
        work.store.text(`_recorder/2025-12-12/${hour}_${part}.json`),
      );
      if (!isSidecar(sidecar)) throw new Error('no sidecar');
      return [sidecar.ended, sidecar.connections.length, sidecar.connections[0]?.opened];
    });
    expect(ends).toEqual([
      ['running', 1, '2025-12-12T00:58:50.000Z'],
      ['stopped', 1, '2025-12-12T00:58:50.000Z'],
    ]);
  }
});

test('a spool that is behind says so until half of it is written', async () => {
  const gate = Promise.withResolvers<undefined>();
  const spool = await opened(
    { bufferBytesMax: 2_000 },
    {
      create: async (path) => {
        await gate.promise;
        return await work.effects.folder.create(path);
      },
    },
  );
  const before = spool.figures();
  for (let second = 0; !spool.figures().isPressed; second++) take(spool, 0, second / 10);
  const pressed = spool.figures();
  expect(before.isPressed).toBe(false);
  expect(pressed.bufferedBytes).toBeGreaterThan(2_000);
  gate.resolve(undefined);
  await written(spool, work.effects);
  expect(spool.figures().isPressed).toBe(false);
  expect(spool.figures().rows).toBe(pressed.rows);
  await spool.stop(LONG_MS);
  expect(spool.figures().spoolBytes).toBe(0);
});

describe('a disk', () => {
  test('with more than the limit stops the session, which loses nothing', async () => {
    const spool = await opened({ spoolBytesMax: 800 });
    for (let second = 0; second < 9; second++) take(spool, 0, second);
    await expect(spool.failed).rejects.toMatchObject({
      kind: 'blocked',
      parts: { what: 'spool', where: work.root },
    });
    const left = await spool.stop(LONG_MS);
    expect(left).toEqual({ pendingFiles: 0, pendingBytes: 0, lostBytes: 0 });
    const name = 'BTCUSDT/trades/2025-12-12/00-58_a1.csv.gz';
    expect(textOf(name, (await work.store.read(name))?.bytes).split('\n')).toHaveLength(11);
  });

  test('with more than the limit from before does not end a session that stores it', async () => {
    const world = new FlowbarsError('world', { what: 'w', found: 'f', expected: 'e', where: 'w' });
    const raw = { ...work.effects.raw, write: () => Promise.reject(world) };
    const before = await openSpool(OPTIONS, { ...work.effects, raw });
    for (let second = 0; second < 9; second++) take(before, 0, second);
    expect((await before.stop(0)).pendingFiles).toBeGreaterThan(0);

    const after = await opened({ part: 'a2', spoolBytesMax: 800 });
    let failure: unknown;
    after.failed.catch((error: unknown) => {
      failure = error;
    });
    take(after, 0, 20);
    await written(after, work.effects);
    expect(await after.stop(LONG_MS)).toMatchObject({ pendingFiles: 0 });
    expect(failure).toBeUndefined();
  });

  test('that is full stops the session; what it has written by half is written over', async () => {
    const full = new FlowbarsError('blocked', {
      what: 'append',
      found: 'f',
      expected: 'e',
      where: 'w',
    });
    let isFull = false;
    const spool = await opened(
      {},
      {
        create: async (path) => {
          const log = await work.effects.folder.create(path);
          return {
            ...log,
            append: async (text) => {
              if (isFull) throw full;
              await log.append(text);
            },
          };
        },
      },
    );
    take(spool, 0, 1);
    await written(spool, work.effects);
    isFull = true;
    take(spool, 0, 2);
    await expect(spool.failed).rejects.toBe(full);
    take(spool, 0, 3);
    isFull = false;
    expect(await spool.stop(LONG_MS)).toMatchObject({ lostBytes: 0 });
    const name = 'BTCUSDT/trades/2025-12-12/00-58_a1.csv.gz';
    expect(textOf(name, (await work.store.read(name))?.bytes).split('\n')).toHaveLength(5);
  });

  test('that cannot hold the chunks leaves the segment to the next start', async () => {
    const full = new FlowbarsError('blocked', {
      what: 'write',
      found: 'f',
      expected: 'e',
      where: 'w',
    });
    const spool = await opened({}, { write: () => Promise.reject(full) });
    take(spool, 0, 1);
    await spool.stop(LONG_MS);
    await expect(spool.failed).rejects.toBe(full);
    expect(work.store.names()).toEqual([]);
    expect(await work.effects.folder.list('stage')).toEqual([]);
    let writes = 0;
    const folder: SpoolFolder = {
      ...work.effects.folder,
      write: async (...call) => {
        writes += 1;
        if (writes <= 12) throw full;
        await work.effects.folder.write(...call);
      },
    };
    expect(await recovered({ ...work.effects, folder })).toEqual({ segments: 1, hours: 1 });
    expect(work.events.filter((event) => event.endsWith('waits'))).toEqual([
      'WARNING spool_recovery_waits',
      'WARNING spool_recovery_waits',
    ]);
    expect(writes).toBeGreaterThan(12);
    const next = await opened({ part: 'a2' });
    await next.stop(LONG_MS);
    expect(work.store.names()).toContain('BTCUSDT/trades/2025-12-12/00-58_a1.csv.gz');
  });
});

test('a segment that is read in several passes gives the same files', async () => {
  const files: [string, Uint8Array][][] = [];
  for (const bytesMax of [1e9, 300]) {
    const name = '2025-12-12T00-58_a1';
    const { folder } = work.effects;
    const log = await folder.create(`segments/${name}`);
    const slots = slotsOf(LINES, 'trades');
    const rows = slots.map((slot) => rowLine(slot.index, madeRow(slot, 1, START_US)));
    const text = headLine(headOf()) + rows.join('');
    await log.append(text);
    await log.close();
    const finished = await finishSegment(name, text.length, work.effects, {
      splitBytesMax: bytesMax,
    });
    expect(finished.batch?.list.objects).toHaveLength(3);
    const uploader = uploaderOf(work.effects);
    await uploader.start();
    await uploader.stop(LONG_MS);
    files.push([...(await work.contents())]);
    for (const stored of work.store.names()) work.store.remove(stored);
    await folder.remove('kept');
  }
  expect(files[0]).toHaveLength(3);
  expect(files[1]).toEqual(files[0]);
});

test('damage in a segment is counted, and a segment that nobody can read is put aside', async () => {
  const { folder } = work.effects;
  const log = await folder.create('segments/2025-12-12T00-00_b');
  await log.append('damage\n0\trow\n');
  await log.close();
  await (await folder.create('segments/2025-12-12T00-01_b')).close();
  await (await folder.create('segments/other')).close();
  expect(await recovered(work.effects)).toEqual({ segments: 2, hours: 0 });
  expect(work.events).toEqual([
    'WARNING spool_file_unknown',
    'ERROR spool_segment_unreadable',
    'WARNING spool_segment_empty',
    'INFO spool_recovered',
  ]);
  expect((await folder.list('aside')).map(({ name }) => name)).toEqual(['2025-12-12T00-00_b']);
});

test('a part that no name can have is refused', async () => {
  await expect(opened({ part: 'a_b' })).rejects.toMatchObject({ kind: 'usage' });
});
