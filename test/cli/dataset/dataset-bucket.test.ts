/** A dataset out of a bucket and into it: the same samples as between folders. */
import { afterAll, describe, expect, test } from 'vitest';
import { isDatasetCard } from '../../../src/core/dataset/card-shape.js';
import { readJson } from '../../../src/core/unit/json.js';
import { bucketObjects } from '../../support/e2e/bucket.js';
import { startFakeGcsServer } from '../../support/gcs/fake-gcs-server.js';
import { WALK_DATE, WALK_SYMBOL, writeWalk } from '../../support/learn/walk-recording.js';
import { Workdir } from '../../support/workdir.js';

const BUCKET = 'samples';
const server = await startFakeGcsServer();
const workdir = new Workdir();

afterAll(async () => {
  workdir.dispose();
  await server?.stop();
});

describe.skipIf(server === undefined)('a dataset of a bucket', () => {
  const endpoint = server?.endpoint ?? '';

  test('has the files that the same days give in a folder', async () => {
    await server?.createBucket(BUCKET);
    writeWalk(workdir, 'raw', { days: 1 });
    for (const [root, more] of [
      ['', []],
      [`gs://${BUCKET}/`, ['--gcs-endpoint', endpoint]],
    ] as const) {
      const days = ['--from', WALK_DATE, '--to', WALK_DATE, '--json', ...more];
      const published = ['--out', `${root}out`];
      const raw = ['run', '--raw', 'raw', '--symbols', WALK_SYMBOL];
      expect(await workdir.run([...raw, ...published, ...days])).toMatchObject({ code: 0 });
      const into = ['dataset', '--into', `${root}dataset`];
      expect(await workdir.run([...into, ...published, ...days])).toMatchObject({ code: 0 });
    }
    const local = filesOf(workdir.text('dataset/card.json'));
    const objects = await bucketObjects(endpoint, BUCKET, 'dataset');
    expect(filesOf(objects.get('card.json')?.content ?? '')).toEqual(local);
    expect(local).toHaveLength(3);
    expect([...objects.keys()].toSorted()).toEqual(workdir.files('dataset').toSorted());
  });
});

function filesOf(text: string): readonly object[] {
  const card = readJson(text);
  if (!isDatasetCard(card)) throw new Error('no card');
  return card.files;
}
