/**
 * Downloads every object below a prefix of a bucket and does nothing with it, with as many requests at
 * once as a task of flowbars: `node download-alone.ts ENDPOINT BUCKET PREFIX THREADS`.
 */
import { once } from 'node:events';
import { Worker, isMainThread, workerData } from 'node:worker_threads';
import { request } from 'undici';
import { GCS_LIMITS } from '../../src/edge/gcs/gcs-limits.js';
import { type Download, downloadAll } from './lean-client.js';

if (isMainThread) {
  const [endpoint = '', bucket = '', prefix = '', count = '1'] = process.argv.slice(2);
  const threads = Number(count);
  const all = await namesBelow(`${endpoint}/storage/v1/b/${bucket}/o`, prefix);
  const connections = Math.ceil(GCS_LIMITS.readsAtOnce / threads);
  const workers = Array.from({ length: threads }, (_, worker) => {
    const names = all.filter((_name, index) => index % threads === worker);
    const share: Download = { endpoint, bucket, names, connections };
    return new Worker(import.meta.filename, { workerData: share });
  });
  await Promise.all(workers.map(async (worker) => once(worker, 'exit')));
} else {
  await downloadAll(workerData as Download);
}

async function namesBelow(objects: string, prefix: string): Promise<string[]> {
  const names: string[] = [];
  let token = '';
  do {
    const query = new URLSearchParams({ prefix, pageToken: token }).toString();
    const answer = await request(`${objects}?${query}`);
    const page = await answer.body.json();
    const { items = [], nextPageToken = '' } = page as {
      items?: { name: string }[];
      nextPageToken?: string;
    };
    names.push(...items.map(({ name }) => name));
    token = nextPageToken;
  } while (token !== '');
  return names;
}
