/** A deployment whose runs write pages: what is there after a run, and what a site that cannot be written changes. */
import { describe, expect, test } from 'vitest';
import { isDictionary } from '../../../src/core/unit/json.js';
import { objectJson } from '../../support/cloud/bucket.js';
import { startServices } from '../../support/cloud/local/local-cloud.js';
import { bucketObjects } from '../../support/e2e/bucket.js';

const services = await startServices();
const NOW = '2024-05-07T00:20:00Z';

const inOutput = (out: string): string => `gs://${out}/agg/_site`;
const nowhere = (): string => 'gs://no-such-bucket/site';

describe.skipIf(!services.areThere)('a run with a site', () => {
  test('writes its pages in its last step', async () => {
    const cloud = await services.fresh({ now: NOW, siteOf: inOutput });
    await cloud.record(['AUSDT', 'BUSDT'], ['2024-05-06']);
    const { result } = await cloud.runWell({});
    expect(result).toMatchObject({ good: true, symbol_days: 2 });
    const pages = await bucketObjects(cloud.gcs.endpoint, cloud.out, 'agg/_site');
    const names = ['AUSDT', 'BUSDT'].flatMap((symbol) =>
      ['2024-05-06.html', '_pages.json', 'index.html'].map((name) => `${symbol}/${name}`),
    );
    expect([...pages.keys()].toSorted()).toEqual([...names, 'index.html']);
  });

  test('that cannot be written fails in its last step, and its summary stays good', async () => {
    const cloud = await services.fresh({ now: NOW, siteOf: nowhere });
    await cloud.record(['AUSDT'], ['2024-05-06']);
    const ended = await cloud.run({});
    expect(ended.state).toBe('FAILED');
    expect(ended.message).toContain('summarize');
    const summary = await objectJson(
      cloud.gcs,
      cloud.out,
      `agg/_manifest/runs/${ended.id}/summary.json`,
    );
    expect(isDictionary(summary) && summary['good']).toBe(true);
    expect(await cloud.manifest('2024-05-06')).toEqual({ AUSDT: 'partial' });
  });
});
