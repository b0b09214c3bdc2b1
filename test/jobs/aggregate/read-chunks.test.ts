/** Reading ahead: in order, bounded, and with nothing left running when it ends early. */
import { describe, expect, test } from 'vitest';
import {
  CHUNK_BYTES_MAX,
  CHUNK_MINUTE_BYTES_MAX,
} from '../../../src/core/pass/unreadable-content.js';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import { codec } from '../../../src/edge/format/codec.js';
import type { Codec, Store } from '../../../src/jobs/ports.js';
import { READ_AHEAD_BYTES_MAX, readChunks } from '../../../src/jobs/aggregate/read-chunks.js';
import { openMemoryStore } from '../../support/memory-store.js';
import {
  READS_AT_ONCE,
  ASKED_AT_ONCE,
  watched,
  turn,
  folder,
  stepsOf,
  take,
} from './watched-reads.js';

const names = Array.from({ length: 100 }, (_, n) => `n${n}`);
const failure = new FlowbarsError('world', {
  what: 'read',
  found: '503',
  expected: 'ok',
  where: 'w',
});

function fail(): never {
  throw new Error('a listed object is read into lent memory');
}

describe('chunks', () => {
  test('are taken in order, whatever is read first, at most so many at once', async () => {
    const { raw, peak, running } = watched(names, async (name) => {
      await turn();
      if (name.endsWith('0')) for (let more = 0; more < 5; more += 1) await turn();
    });
    expect(await take(stepsOf(names.map((name) => [name])), raw)).toEqual(
      names.map((name, n) => `${n}:${name}`),
    );
    expect([peak(), running()]).toEqual([ASKED_AT_ONCE, 0]);
  });

  test('are asked for a quarter more at once than keep their store busy', async () => {
    for (const readsAtOnce of [1, 48]) {
      const { raw, peak } = watched(names);
      await take(stepsOf(names.map((name) => [name])), { ...raw, readsAtOnce });
      expect(peak()).toBe(Math.ceil(1.25 * readsAtOnce));
    }
  });

  test('of a day with several readers are read by their shares of the bytes', async () => {
    const { raw, peak } = watched(names);
    const steps = stepsOf(
      names.map((name) => [name]),
      READ_AHEAD_BYTES_MAX / 20,
    );
    for await (const { step } of readChunks(steps, raw, codec, 5))
      expect(step.objects).toHaveLength(1);
    expect(peak()).toBe(4);
  });

  test('come from a bucket in memory that is lent again', async () => {
    const { raw } = watched(names);
    const memories = new Set<ArrayBufferLike>();
    const read: Store['read'] = async (name, _listed, allocate) => {
      const bytes = (allocate ?? fail)(name.length).subarray(0, name.length);
      await turn();
      bytes.set(codec.encode(name));
      memories.add(bytes.buffer);
      return { bytes, crc32c: name, generation: undefined };
    };
    const taken = await take(stepsOf(names.map((name) => [name])), {
      ...raw,
      read,
      readsAtOnce: 3,
    });
    expect(taken).toEqual(names.map((name, n) => `${n}:${name}`));
    expect(memories.size).toBeLessThanOrEqual(7);
  });

  test('are unpacked when their turn comes', async () => {
    const { raw } = watched(names.slice(0, 3));
    const unpackedNames: string[] = [];
    const gunzipIfGzip: Codec['gunzipIfGzip'] = (bytes, limitBytes) => {
      expect(limitBytes).toBe(CHUNK_BYTES_MAX);
      unpackedNames.push(codec.decode(bytes));
      return codec.gunzipIfGzip(bytes, limitBytes);
    };
    const steps = stepsOf([['n0'], ['n1'], ['n2']]);
    const reading = readChunks(steps, raw, { ...codec, gunzipIfGzip });
    await reading.next();
    await turn();
    expect(unpackedNames).toEqual(['n0']);
    await reading.return(undefined);
  });

  test('come from a folder one after the other, in the same memory', async () => {
    const { raw, begun } = watched(names.slice(0, 4));
    const { readNow, lent } = folder();
    expect(await take(stepsOf([['n0', 'n1'], ['n2'], ['n3']]), { ...raw, readNow })).toEqual([
      '0:n0+n1',
      '1:n2',
      '2:n3',
    ]);
    expect(begun).toEqual([]);
    expect(new Set(lent.map(({ buffer }) => buffer)).size).toBe(2);
  });

  test('come from a folder that has become slow several at once, until it is quick again', async () => {
    const all = names.slice(0, 70);
    const { raw, begun, peak } = watched(all);
    const { readNow, read } = folder();
    const answers = [true, true, false];
    const isQuick = (): boolean => answers.shift() ?? true;
    const taken = await take(stepsOf(all.map((name) => [name])), { ...raw, readNow, isQuick });
    expect(taken).toEqual(all.map((name, minute) => `${minute}:${name}`));
    expect(read).toEqual([...all.slice(0, 2), ...all.slice(66)]);
    expect(begun).toEqual(all.slice(2, 66));
    expect(peak()).toBeGreaterThan(1);
  });

  test('are read ahead for so many bytes only, a larger minute alone', async () => {
    const half = watched(names);
    await take(
      stepsOf(
        names.slice(0, 9).map((name) => [name]),
        READ_AHEAD_BYTES_MAX / 2,
      ),
      half.raw,
    );
    expect(half.peak()).toBe(2);
    const large = watched(names);
    await take(
      stepsOf(
        names.slice(0, 9).map((name) => [name]),
        READ_AHEAD_BYTES_MAX + 1,
      ),
      large.raw,
    );
    expect(large.peak()).toBe(1);
  });

  test('of one minute are in the order of its objects, and not all read at once', async () => {
    const { raw, peak } = watched(names);
    expect(await take(stepsOf([names]), raw)).toEqual([`0:${names.join('+')}`]);
    expect(peak()).toBeLessThanOrEqual(READS_AT_ONCE);
  });

  test('are not read before someone takes them', async () => {
    const { raw, begun } = watched(names);
    const reading = readChunks(stepsOf(names.map((name) => [name])), raw, codec);
    await turn();
    expect(begun).toEqual([]);
    await reading.next();
    expect(begun).toHaveLength(ASKED_AT_ONCE);
    await turn();
    expect(begun).toHaveLength(ASKED_AT_ONCE);
    await reading.return(undefined);
  });

  test('are none for a plan without steps', async () => {
    expect(await take([], openMemoryStore())).toEqual([]);
  });

  test('that are damaged are results with a reason', async () => {
    const store = openMemoryStore({ files: { a: Uint8Array.of(0x1f, 0x8b, 8), b: 'b' } });
    const raw: Store = { ...store, read: async (name) => await store.read(name) };
    expect(await take(stepsOf([['a', 'b']]), raw)).toEqual(['0:!a+b']);
  });

  test('of one minute are unreadable from where they outgrow its memory together', async () => {
    const half = new Uint8Array(CHUNK_MINUTE_BYTES_MAX / 2);
    const gunzipIfGzip: Codec['gunzipIfGzip'] = (bytes) =>
      codec.decode(bytes) === 'n3' ? bytes : half;
    const steps = stepsOf([['n0', 'n1', 'n2'], ['n3']]);
    const { raw } = watched(names.slice(0, 4));
    const taken: string[] = [];
    for await (const { contents } of readChunks(steps, raw, { ...codec, gunzipIfGzip })) {
      for (const content of contents) {
        taken.push('bytes' in content ? content.name : content.unreadable.found);
      }
    }
    expect(taken).toEqual(['n0', 'n1', 'more than 536870912 bytes', 'n3']);
  });

  test('that were listed and are gone end with an error of storage', async () => {
    await expect(take(stepsOf([['gone']]), openMemoryStore())).rejects.toThrow(
      'memory/gone chunk: found no object, though it was listed, expected the listed object',
    );
  });
});

describe('a failed read', () => {
  test('is thrown in its turn and leaves nothing running', async () => {
    const { raw, running } = watched(names, async (name) => {
      await turn();
      if (name === 'n3') throw failure;
      if (name > 'n3') for (let more = 0; more < 9; more += 1) await turn();
    });
    const taken: number[] = [];
    const reading = async (): Promise<void> => {
      for await (const { step } of readChunks(stepsOf(names.map((name) => [name])), raw, codec))
        taken.push(step.minute);
    };
    await expect(reading()).rejects.toBe(failure);
    expect(taken).toEqual([0, 1, 2]);
    expect(running()).toBe(0);
  });

  test('leaves no other object of its minute running', async () => {
    const { raw, running } = watched(names, async (name) => {
      if (name === 'n1') throw failure;
      for (let more = 0; more < 9; more += 1) await turn();
    });
    await expect(take(stepsOf([['n0', 'n1', 'n2']]), raw)).rejects.toBe(failure);
    expect(running()).toBe(0);
  });

  test('waits for its turn while an earlier chunk is still read', async () => {
    const unseen: unknown[] = [];
    const notice = (error: unknown): void => {
      unseen.push(error);
    };
    process.on('unhandledRejection', notice);
    const { raw } = watched(names, async (name) => {
      if (name === 'n2') throw failure;
      for (let more = 0; more < 9; more += 1) await turn();
    });
    await expect(take(stepsOf(names.map((name) => [name])), raw)).rejects.toBe(failure);
    process.off('unhandledRejection', notice);
    expect(unseen).toEqual([]);
  });

  test('of the consumer ends the reading as well', async () => {
    const { raw, running, begun } = watched(names);
    const taking = async (): Promise<void> => {
      for await (const read of readChunks(stepsOf(names.map((name) => [name])), raw, codec)) {
        throw new Error(`no room for minute ${read.step.minute}`);
      }
    };
    await expect(taking()).rejects.toThrow('no room for minute 0');
    expect([running(), begun.length]).toEqual([0, ASKED_AT_ONCE]);
  });
});
