/** Contents from Google Cloud Storage over a bad network: the right bytes or a clear error. */
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { crc32cHex } from '../../../src/edge/format/crc32c.js';
import { openGcsStore } from '../../../src/edge/gcs/gcs-store.js';
import { type Fault, startFaultProxy } from '../../support/gcs/fault-proxy.js';
import {
  type FreshBucket,
  CHUNK,
  errorOf,
  startFaultyNetwork,
} from '../../support/gcs/faulty-network.js';

const network = await startFaultyNetwork();

describe.skipIf(network === undefined)('a store on Google Cloud Storage', () => {
  if (network === undefined) return;
  const { server, proxy } = network;
  let gcs: FreshBucket;

  beforeEach(async () => {
    gcs = await network.freshBucket();
  });

  describe('when it reads', () => {
    const curable: readonly [string, readonly Fault[]][] = [
      [
        'two 503',
        [
          { kind: 'status', status: 503 },
          { kind: 'status', status: 503 },
        ],
      ],
      ['a 429', [{ kind: 'status', status: 429 }]],
      ['a 408', [{ kind: 'status', status: 408 }]],
      ['an RST before the headers', [{ kind: 'reset' }]],
      ['an RST within the body', [{ kind: 'reset body', afterBytes: 1000 }]],
      ['a FIN within the body', [{ kind: 'close body', afterBytes: 1000 }]],
      ['silence before the headers', [{ kind: 'stall' }]],
      ['silence within the body', [{ kind: 'stall body', afterBytes: 1000 }]],
      ['a shorter body', [{ kind: 'truncate', bytes: 1000 }]],
      ['a corrupt body', [{ kind: 'corrupt' }]],
    ];

    it.each(curable)('tries again after %s', async (_, faults) => {
      const listed = await gcs.put('a.csv');
      proxy.queue('get', faults);
      const content = await gcs.store.read('a.csv', listed);
      expect(Buffer.compare(content?.bytes ?? new Uint8Array(), CHUNK)).toBe(0);
      expect(content?.generation).toBe(listed.generation);
      expect(proxy.count('get')).toBe(faults.length + 1);
      expect(gcs.clock.waitsMs).toEqual([500, 1000].slice(0, faults.length));
    });

    it.each(curable.filter(([name]) => name !== 'a shorter body'))(
      'tries again after %s without a listing to compare with',
      async (_, faults) => {
        await gcs.put('a.csv');
        proxy.queue('get', faults);
        expect((await gcs.store.read('a.csv'))?.crc32c).toBe(crc32cHex(CHUNK));
        expect(proxy.count('get')).toBe(faults.length + 1);
      },
    );

    it('puts a listed object into memory that it is lent, once for all attempts', async () => {
      const listed = await gcs.put('a.csv');
      proxy.queue('get', [{ kind: 'reset body', afterBytes: 1000 }, { kind: 'corrupt' }]);
      const lent: Uint8Array[] = [];
      const lend = (sizeBytes: number): Uint8Array => {
        lent.push(new Uint8Array(sizeBytes + 5));
        return lent.at(-1) ?? new Uint8Array();
      };
      const content = await gcs.store.read('a.csv', listed, lend);
      expect(lent).toHaveLength(1);
      expect(content?.bytes.buffer).toBe(lent[0]?.buffer);
      expect(Buffer.compare(content?.bytes ?? new Uint8Array(), CHUNK)).toBe(0);
    });

    it('does not believe a shorter body without a listing either', async () => {
      await gcs.put('a.csv');
      proxy.queue('get', [{ kind: 'truncate', bytes: 1000 }]);
      expect((await gcs.store.read('a.csv'))?.bytes).toHaveLength(CHUNK.length);
      expect(proxy.count('get')).toBe(2);
    });

    it('puts an end to a body that never stops dripping', async () => {
      await gcs.put('a.csv');
      proxy.queue('get', [{ kind: 'drip body', everyMs: 10 }]);
      const content = await gcs.open({ attemptMs: 400, idleMs: 200 }).read('a.csv');
      expect(content?.crc32c).toBe(crc32cHex(CHUNK));
      expect(proxy.count('get')).toBe(2);
    });

    it('tries again while nobody listens', async () => {
      await gcs.put('a.csv');
      const other = await startFaultProxy(server.endpoint);
      await other.stop();
      const closed = openGcsStore({
        bucket: gcs.bucket,
        prefix: '',
        endpoint: other.endpoint,
        clock: gcs.clock,
      });
      const { kind, parts } = await errorOf(closed.read('a.csv'));
      expect(kind).toBe('world');
      expect(parts.found).toMatch(/^ECONNREFUSED .* after 7 attempts$/);
      expect(gcs.clock.waitsMs).toHaveLength(6);
    });

    it('leaves its neighbours alone when one body is corrupt', async () => {
      const names = ['a.csv', 'b.csv', 'c.csv'];
      for (const name of [...names, 'bad.csv']) await gcs.put(name);
      const rest = Promise.withResolvers<void>();
      const held = names.map(() => Promise.withResolvers<void>());
      for (const [index, name] of names.entries()) {
        const { resolve = () => undefined } = held[index] ?? {};
        proxy.queue('get', [{ kind: 'hold body', until: rest.promise, held: resolve }], name);
      }
      proxy.queue('get', [{ kind: 'corrupt' }], 'bad.csv');
      const busy = gcs.open({ idleMs: 5000 });
      const neighbours = Promise.all(names.map((name) => busy.read(name)));
      await Promise.all(held.map(({ promise }) => promise));
      const bad = await busy.read('bad.csv');
      rest.resolve();
      const contents = [...(await neighbours), bad];
      expect(contents.map((content) => content?.crc32c)).toEqual(Array(4).fill(crc32cHex(CHUNK)));
      expect(proxy.count('get')).toBe(5);
    });

    it('gives up after a named number of attempts', async () => {
      await gcs.put('a.csv');
      proxy.queue(
        'get',
        Array.from({ length: 9 }, (): Fault => ({
          kind: 'status',
          status: 503,
          message: 'busy',
        })),
      );
      const { message, kind } = await errorOf(gcs.store.read('a.csv'));
      expect(kind).toBe('world');
      expect(message).toBe(
        `gs://${gcs.bucket}/raw/a.csv read: found HTTP 503 'busy' after 4 attempts, expected its content`,
      );
      expect(proxy.count('get')).toBe(4);
      expect(gcs.clock.waitsMs).toEqual([500, 1000, 2000]);
    });

    it('asks no more than it may at once, and everything in the end', async () => {
      const names = Array.from({ length: 12 }, (_, index) => `${index}.csv`);
      for (const name of names) await server.putObject(gcs.bucket, `raw/${name}`, CHUNK);
      const rest = Promise.withResolvers<void>();
      const held = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      for (const { resolve } of held) {
        proxy.queue('get', [{ kind: 'hold body', until: rest.promise, held: resolve }]);
      }
      const few = gcs.open({ readsAtOnce: 2, idleMs: 5000 });
      const reading = Promise.all(names.map((name) => few.read(name)));
      await Promise.all(held.map(({ promise }) => promise));
      // After this round trip any other request would have arrived, too.
      await gcs.store.read('none.csv');
      expect(proxy.count('get')).toBe(3);
      rest.resolve();
      const checksums = (await reading).map((content) => content?.crc32c);
      expect(checksums).toEqual(Array(12).fill(crc32cHex(CHUNK)));
    });

    it('names the permission behind a 403 and the credentials behind a 401', async () => {
      await gcs.put('a.csv');
      proxy.queue('get', [{ kind: 'status', status: 403, message: 'no access' }]);
      expect((await errorOf(gcs.store.read('a.csv'))).message).toBe(
        `gs://${gcs.bucket}/raw/a.csv read: found HTTP 403 'no access', expected the permission storage.objects.get`,
      );
      proxy.queue('get', [{ kind: 'status', status: 401 }]);
      const { parts } = await errorOf(gcs.store.read('a.csv'));
      expect(parts.expected).toContain('Application Default Credentials');
      expect(proxy.count('get')).toBe(2);
    });

    it('says that a listed object was changed while it was read', async () => {
      const listed = await gcs.put('a.csv');
      await server.deleteObject(gcs.bucket, 'raw/a.csv');
      expect(await gcs.store.read('a.csv')).toBeUndefined();
      const { kind, parts } = await errorOf(gcs.store.read('a.csv', listed));
      expect(kind).toBe('world');
      expect(parts.expected).toContain('changed while it was read');
      expect(proxy.count('get')).toBe(2);
    });

    it('says that the bucket does not exist where the answer does', async () => {
      proxy.queue('get', [
        { kind: 'status', status: 404, message: 'The specified bucket does not exist.' },
      ]);
      expect((await errorOf(gcs.store.read('a.csv'))).parts.expected).toBe('an existing bucket');
    });

    it('gets Content-Encoding: gzip objects as they are stored', async () => {
      const stored = gzipSync(CHUNK);
      await server.putObject(gcs.bucket, 'raw/a.csv', stored, 'gzip');
      const [listed] = await gcs.store.list('a.csv');
      const content = await gcs.store.read('a.csv', listed);
      expect(Buffer.compare(content?.bytes ?? new Uint8Array(), stored)).toBe(0);
      expect(content?.crc32c).toBe(listed?.crc32c);
      expect(proxy.seen.at(-1)?.headers['accept-encoding']).toBe('gzip');
    });

    it('sends no credentials to an endpoint that is not Google', async () => {
      await gcs.put('a.csv');
      await gcs.store.read('a.csv');
      await gcs.store.write('b.csv', CHUNK, 'anything');
      await gcs.store.list('');
      expect(proxy.seen.length).toBeGreaterThanOrEqual(4);
      expect(proxy.seen.filter(({ headers }) => 'authorization' in headers)).toEqual([]);
    });
  });
});
