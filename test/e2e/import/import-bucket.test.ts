/** An import into a bucket: the bytes of one into a folder, stored once. */
import { afterAll, expect, test } from 'vitest';
import { bucketObjects, changedObjects } from '../../support/e2e/bucket.js';
import { runExpecting } from '../../support/e2e/run-flowbars.js';
import { startFakeGcsServer } from '../../support/gcs/fake-gcs-server.js';
import { futuresTrades, tardisBook } from '../../support/import/source-samples.js';
import { freshWorkdir } from '../../support/workdir.js';

const BUCKET = 'imported';
const FILE = 'BTCUSDT-trades-2024-07-18.csv';

const server = await startFakeGcsServer();
const endpoint = server?.endpoint ?? '';
const bucket = ['--raw', `gs://${BUCKET}/raw`, '--gcs-endpoint', endpoint];

afterAll(async () => await server?.stop());

test.skipIf(server === undefined)(
  'a bucket gets the bytes of a folder, and keeps them',
  async () => {
    const workdir = freshWorkdir();
    workdir.write(FILE, futuresTrades());
    workdir.write('book.csv', tardisBook(25));
    const missing = await workdir.run(['import', FILE, ...bucket]);
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain("--raw root: found 'gs://imported/raw'");
    await server?.createBucket(BUCKET);
    await runExpecting(workdir, 0, ['import', FILE, '--raw', 'raw']);
    await runExpecting(workdir, 0, ['import', FILE, ...bucket]);
    const before = await bucketObjects(endpoint, BUCKET, 'raw');
    expect(before.size).toBe(3);
    for (const [name, { content }] of before)
      expect(content).toBe(workdir.contents('raw').get(name));
    const again = await runExpecting(workdir, 0, ['import', FILE, 'book.csv', ...bucket, '--json']);
    expect(JSON.parse(again.stdout)).toMatchObject({
      streams: [
        { stream: 'trades', chunks: 2, chunks_unchanged: 2 },
        { stream: 'depth', chunks: 1 },
      ],
    });
    const after = await bucketObjects(endpoint, BUCKET, 'raw');
    expect(changedObjects(before, after).toSorted()).toEqual([
      'BTCUSDT/depth/2024-07-18/10-00.csv.gz',
      '_dataset.json',
    ]);
  },
);
