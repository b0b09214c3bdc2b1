/** Writes to Google Cloud Storage over a bad network: once, whole, or a clear error. */
import { beforeEach, describe, expect, it } from 'vitest';
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

  describe('when it writes', () => {
    it.each<[string, Fault, 'anything' | 'nothing']>([
      ['a 503', { kind: 'status', status: 503 }, 'anything'],
      ['a 429', { kind: 'status', status: 429 }, 'nothing'],
      ['an RST', { kind: 'reset' }, 'nothing'],
      ['silence', { kind: 'stall' }, 'anything'],
      ['an answer that was lost', { kind: 'lose answer' }, 'nothing'],
      ['an answer that was lost', { kind: 'lose answer' }, 'anything'],
      ['half an answer', { kind: 'reset body', afterBytes: 20 }, 'nothing'],
      ['half an answer and silence', { kind: 'stall body', afterBytes: 20 }, 'nothing'],
    ])('has written once after %s', async (_, fault, replaces) => {
      proxy.queue('insert', [fault]);
      const result = await gcs.open({ attemptMs: 300 }).write('a.csv', CHUNK, replaces);
      const content = await gcs.store.read('a.csv');
      expect(result).toEqual({
        outcome: 'written',
        crc32c: crc32cHex(CHUNK),
        generation: content?.generation,
      });
      expect(proxy.count('insert')).toBe(2);
      expect(gcs.clock.waitsMs).toEqual([500]);
    });

    it('overwrites what was read once after an answer that was lost', async () => {
      await gcs.put('a.csv');
      const content = await gcs.store.read('a.csv');
      if (content === undefined) throw new Error('nothing read');
      proxy.queue('insert', [{ kind: 'lose answer' }]);
      const result = await gcs.store.write('a.csv', new TextEncoder().encode('x'), { content });
      expect(result.outcome).toBe('written');
      expect(proxy.count('insert')).toBe(2);
      expect((await gcs.store.read('a.csv'))?.generation).toBe(result.generation);
    });

    it('sends nothing when the bytes are already there', async () => {
      const listed = await gcs.put('a.csv');
      expect(await gcs.store.write('a.csv', CHUNK, 'anything')).toEqual({
        outcome: 'unchanged',
        crc32c: listed.crc32c,
        generation: listed.generation,
      });
      expect(proxy.count('look up')).toBe(1);
      expect(proxy.count('insert')).toBe(0);
    });

    it('replaces anything in the next round when another writes in between', async () => {
      const [between, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      proxy.queue('look up', [{ kind: 'hold body', until: between.promise, held: held.resolve }]);
      await server.putObject(gcs.bucket, 'raw/a.csv', new TextEncoder().encode('first'));
      const writing = gcs.open({ idleMs: 5000 }).write('a.csv', CHUNK, 'anything');
      await held.promise;
      await server.deleteObject(gcs.bucket, 'raw/a.csv');
      between.resolve();
      expect((await writing).outcome).toBe('written');
      expect(proxy.count('insert')).toBe(2);
    });

    it('gives up the rounds when another writes in between every time', async () => {
      proxy.queue(
        'insert',
        Array.from({ length: 9 }, (): Fault => ({ kind: 'status', status: 412 })),
      );
      const { kind } = await errorOf(gcs.open({ writeRoundsMax: 3 }).write('a', CHUNK, 'anything'));
      expect(kind).toBe('conflict');
      expect(proxy.count('insert')).toBe(3);
    });

    it('says what kind of content it is', async () => {
      for (const name of ['a.csv', 'a.json', 'a.csv.gz', 'a'])
        await gcs.store.write(name, CHUNK, 'nothing');
      expect(
        await Promise.all(
          ['a.csv', 'a.json', 'a.csv.gz', 'a'].map((name) => typeOf(gcs.bucket, name)),
        ),
      ).toEqual(['text/csv', 'application/json', 'application/gzip', 'application/octet-stream']);
    });

    it('names the bucket that does not exist and the permission that lacks', async () => {
      const missing = gcs.open({}, 'missing-bucket').write('a', CHUNK, 'nothing');
      expect((await errorOf(missing)).parts).toMatchObject({
        expected: 'an existing bucket',
        where: 'gs://missing-bucket/raw/a',
      });
      proxy.queue('insert', [{ kind: 'status', status: 403 }]);
      expect((await errorOf(gcs.store.write('a', CHUNK, 'nothing'))).parts.expected).toContain(
        'storage.objects.create',
      );
    });
  });
});

async function typeOf(bucket: string, name: string): Promise<string | undefined> {
  const answer = await fetch(`${network?.server.endpoint}/storage/v1/b/${bucket}/o/raw%2F${name}`);
  return /"contentType":"([^"]*)"/.exec(await answer.text())?.[1];
}
