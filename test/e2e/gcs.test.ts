/** The whole run against a bucket: the bytes of the local run, and generations that change only with them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bucketObjects, changedObjects, publishedObjects } from '../support/e2e/bucket.js';
import { startGroup } from '../support/e2e/process-group.js';
import { type Options, outcomesOf, runArgs, runExpecting } from '../support/e2e/run-flowbars.js';
import { SAMPLE_DATE, sampleRecording } from '../support/e2e/sample-recording.js';
import { bars, published } from '../support/e2e/stored-files.js';
import { startFakeGcsServer } from '../support/gcs/fake-gcs-server.js';
import { startFaultProxy } from '../support/gcs/fault-proxy.js';
import { Workdir } from '../support/workdir.js';

const SYMBOLS = ['AAAUSDT', 'BBBUSDT'];
const SAMPLE: Options = { symbols: SYMBOLS.join(','), minutes: '2', rate: '0.3' };
const MANIFEST = `_manifest/${SAMPLE_DATE}.json`;
const BUCKET = 'recordings';

const server = await startFakeGcsServer();
const workdir = new Workdir();

afterAll(async () => {
  workdir.dispose();
  await server?.stop();
});

describe.skipIf(server === undefined)('a run over a bucket', () => {
  const endpoint = server?.endpoint ?? '';
  const stored = async () => publishedObjects(await bucketObjects(endpoint, BUCKET, 'out'));

  beforeAll(async () => {
    await sampleRecording(workdir, SAMPLE);
    await runExpecting(workdir, 1, runArgs({ symbols: 'all', from: SAMPLE_DATE }));
    await server?.createBucket(BUCKET);
    await sampleRecording(workdir, {
      ...SAMPLE,
      raw: `gs://${BUCKET}/raw`,
      'gcs-endpoint': endpoint,
    });
    await run();
  });

  test('stores the bars and reports of the local run, byte for byte', async () => {
    const local = published(workdir);
    const objects = await stored();
    expect([...objects.keys()].sort()).toEqual([...local.keys()].sort());
    expect(bars(workdir).size).toBe(SYMBOLS.length);
    for (const [name, { content }] of objects) {
      const found = name === MANIFEST ? withoutGenerations(content) : content;
      expect(found === local.get(name), name).toBe(true);
    }
  });

  test('lists the generation of each object in the manifest', async () => {
    const objects = await stored();
    const manifest: unknown = JSON.parse(objects.get(MANIFEST)?.content ?? '');
    const listed = [
      ...JSON.stringify(manifest).matchAll(/"name":"([^"]+)".*?"generation":"(\d+)"/g),
    ];
    expect(listed.length).toBe(2 * SYMBOLS.length);
    for (const [, name = '', generation] of listed) {
      expect(objects.get(name)?.generation, name).toBe(generation);
    }
  });

  test('leaves every generation as it is the second time, and by force', async () => {
    const before = await stored();
    const again = await run();
    expect(outcomesOf(again).every((outcome) => outcome.endsWith('unchanged'))).toBe(true);
    await run({ force: true });
    expect(changedObjects(before, await stored())).toEqual([]);
  });

  test('of one symbol leaves the objects and the entry of the other alone', async () => {
    const before = await stored();
    await run({ symbols: 'AAAUSDT', resolutions: '1h' });
    const after = await stored();
    expect(changedObjects(before, after)).toEqual([
      `AAAUSDT/${SAMPLE_DATE}_1h.csv`,
      `AAAUSDT/${SAMPLE_DATE}_quality.json`,
      MANIFEST,
    ]);
    const other = secondEntry(after.get(MANIFEST)?.content);
    expect(other).toContain('published');
    expect(other).toBe(secondEntry(before.get(MANIFEST)?.content));
  });

  test('that is told to stop while it waits for the network stops at once', async () => {
    const proxy = await startFaultProxy(endpoint);
    const held = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const hold = { kind: 'hold body', until: release.promise, held: held.resolve } as const;
    proxy.queue('get', [hold], 'BBBUSDT');
    const out = 'stopped';
    const group = startGroup(workdir, gcsArgs({ out, 'gcs-endpoint': proxy.endpoint, jobs: '1' }));
    await held.promise;
    group.signalLeader('SIGTERM');
    expect(await group.ended).toMatchObject({ code: 143, signal: null, stdout: '' });
    expect(workdir.exists(`${out}/BBBUSDT/${SAMPLE_DATE}_quality.json`)).toBe(false);
    release.resolve();
    await proxy.stop();
    await run({ out });
    expect(bars(workdir, out)).toEqual(bars(workdir));
  });

  test('tries again what the network breaks and still gives the same bytes', async () => {
    const proxy = await startFaultProxy(endpoint);
    proxy.queue('get', [{ kind: 'status', status: 503 }, { kind: 'corrupt' }], 'AAAUSDT');
    proxy.queue('get', [{ kind: 'truncate', bytes: 100 }, { kind: 'reset' }], 'BBBUSDT');
    proxy.queue('list', [{ kind: 'status', status: 429 }]);
    await run({ out: 'rough', 'gcs-endpoint': proxy.endpoint });
    await proxy.stop();
    expect(bars(workdir, 'rough')).toEqual(bars(workdir));
    const reads = proxy.seen.filter(({ operation }) => operation === 'get');
    expect(reads.length).toBeGreaterThanOrEqual(new Set(reads.map(({ url }) => url)).size + 4);
  });

  test('ends with one error, and without a retry, where a right is missing', async () => {
    const proxy = await startFaultProxy(endpoint);
    const denied = { kind: 'status', status: 403 } as const;
    proxy.queue(
      'get',
      Array.from({ length: 400 }, () => denied),
      'AAAUSDT',
    );
    const args = gcsArgs({ out: 'denied', 'gcs-endpoint': proxy.endpoint, jobs: '1' });
    const { code, stdout, stderr } = await workdir.run(args);
    await proxy.stop();
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr.match(/error: /gu), stderr).toHaveLength(1);
    expect(stderr).toMatch(/error: gs:.+found HTTP 403.*, expected the permission storage\./u);
    expect(stderr).not.toContain('started again');
    expect(workdir.files('denied').filter((name) => name.includes('BBBUSDT'))).toEqual([]);
  });

  test('says which root is not there', async () => {
    const missing = await workdir.run(gcsArgs({ raw: 'gs://no-such-bucket/raw', out: 'none' }));
    expect(missing).toMatchObject({ code: 2, stdout: '' });
    expect(missing.stderr).toMatch(/^error: --raw root: found 'gs:\/\/no-such-bucket\/raw'/);
    expect(workdir.files('none')).toEqual([]);
  });

  async function run(options: Options = {}): ReturnType<typeof runExpecting> {
    return await runExpecting(workdir, 1, gcsArgs(options));
  }

  function gcsArgs(options: Options): string[] {
    const roots = { raw: `gs://${BUCKET}/raw`, out: `gs://${BUCKET}/out` };
    const where = { ...roots, 'gcs-endpoint': endpoint, ...options };
    return runArgs({ symbols: 'all', from: SAMPLE_DATE, ...where });
  }
});

/** A folder keeps no generations. */
function withoutGenerations(manifest: string): string {
  return manifest.replaceAll(/"generation": "\d+"/g, '"generation": null');
}

function secondEntry(manifest = ''): string {
  return manifest.slice(manifest.indexOf('"symbol": "BBBUSDT"'));
}
