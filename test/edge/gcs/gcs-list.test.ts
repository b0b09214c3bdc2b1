/** Listings of Google Cloud Storage over a bad network, page by page. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { crc32cHex } from '../../../src/edge/format/crc32c.js';
import { type Fault } from '../../support/gcs/fault-proxy.js';
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

  describe('when it lists', () => {
    it('goes through all pages and asks again for the one that failed', async () => {
      const names = ['a', 'b', 'c', 'd', 'e'];
      for (const name of names) await server.putObject(gcs.bucket, `raw/${name}`, CHUNK);
      expect((await gcs.store.list('')).map(({ name }) => name)).toEqual(names);
      expect(proxy.count('list')).toBe(3);
      proxy.reset();
      proxy.queue('list', [{ kind: 'status', status: 503 }], 'pageToken');
      const listed = await gcs.store.list('');
      expect(listed.map(({ name }) => name)).toEqual(names);
      expect(listed.map(({ crc32c }) => crc32c)).toEqual(Array(5).fill(crc32cHex(CHUNK)));
      expect(proxy.count('list')).toBe(4);
    });

    it.each<[string, Fault]>([
      ['a 429', { kind: 'status', status: 429 }],
      ['an RST', { kind: 'reset' }],
      ['an RST within the body', { kind: 'reset body', afterBytes: 5 }],
      ['a FIN within the body', { kind: 'close body', afterBytes: 5 }],
      ['a cut answer', { kind: 'truncate', bytes: 20 }],
      ['silence', { kind: 'stall' }],
      ['silence within the body', { kind: 'stall body', afterBytes: 5 }],
    ])('tries again after %s', async (_, fault) => {
      await gcs.put('a.csv');
      proxy.queue('list', [fault]);
      expect(await gcs.open({ attemptMs: 300 }).list('')).toHaveLength(1);
      expect(proxy.count('list')).toBe(2);
    });

    it('stops at a named number of pages', async () => {
      for (const name of ['a', 'b', 'c', 'd', 'e'])
        await server.putObject(gcs.bucket, `raw/${name}`, CHUNK);
      expect((await errorOf(gcs.open({ pagesMax: 2 }).list(''))).kind).toBe('limit');
    });

    it('passes over the objects by which consoles show an empty folder', async () => {
      for (const name of ['raw/', 'raw/BTCUSDT/', 'raw/BTCUSDT/a']) {
        await server.putObject(gcs.bucket, name, new Uint8Array());
      }
      expect((await gcs.store.list('')).map(({ name }) => name)).toEqual(['BTCUSDT/a']);
      expect(await gcs.store.folders()).toEqual(['BTCUSDT']);
    });

    it('says that the bucket does not exist, and what a 403 lacks', async () => {
      const missing = gcs.open({}, 'missing-bucket');
      expect((await errorOf(missing.list('a/'))).parts).toMatchObject({
        what: 'list',
        expected: 'an existing bucket',
        where: 'gs://missing-bucket/raw/a/',
      });
      proxy.queue('list', [{ kind: 'status', status: 403 }]);
      expect((await errorOf(gcs.store.list('a/'))).parts.expected).toBe(
        'the permission storage.objects.list',
      );
    });
  });

  it('goes where the option says, whatever STORAGE_EMULATOR_HOST says', async () => {
    vi.stubEnv('STORAGE_EMULATOR_HOST', 'http://127.0.0.1:1');
    const deaf = gcs.open();
    await deaf.write('a.csv', CHUNK, 'anything');
    expect(await deaf.list('')).toHaveLength(1);
    expect((await deaf.read('a.csv'))?.crc32c).toBe(crc32cHex(CHUNK));
    expect(gcs.clock.waitsMs).toEqual([]);
  });
});
