/**
 * Downloads every object below a prefix of a bucket and does nothing with it, with as many requests at
 * once as a task of flowbars: `node download-alone.ts ENDPOINT BUCKET PREFIX THREADS`.
 */
import { once } from 'node:events';
import { Worker, isMainThread, workerData } from 'node:worker_threads';
import { Pool } from 'undici';
import { GCS_LIMITS } from '../../src/edge/gcs/gcs-limits.js';

interface Share {
  readonly endpoint: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly worker: number;
  readonly threads: number;
}

if (isMainThread) {
  const [endpoint = '', bucket = '', prefix = '', threads = '1'] = process.argv.slice(2);
  const workers = Array.from({ length: Number(threads) }, (_, worker) => {
    const share: Share = { endpoint, bucket, prefix, worker, threads: Number(threads) };
    return new Worker(import.meta.filename, { workerData: share });
  });
  await Promise.all(workers.map(async (worker) => once(worker, 'exit')));
} else {
  await downloadShare(workerData as Share);
}

async function downloadShare({ endpoint, bucket, prefix, worker, threads }: Share): Promise<void> {
  const connections = Math.ceil(GCS_LIMITS.readsAtOnce / threads);
  const pool = new Pool(endpoint, { connections });
  const objects = `/storage/v1/b/${bucket}/o`;
  const names: string[] = [];
  for (let token = ''; ;) {
    const path = `${objects}?prefix=${encodeURIComponent(prefix)}&pageToken=${token}`;
    const answer = await pool.request({ path, method: 'GET' });
    const page = await answer.body.json();
    const { items = [], nextPageToken = '' } = page as {
      items?: { name: string }[];
      nextPageToken?: string;
    };
    names.push(...items.map(({ name }) => name));
    token = nextPageToken;
    if (token === '') break;
  }
  const own = names.filter((_name, index) => index % threads === worker);
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let name = own.pop(); name !== undefined; name = own.pop()) {
        const path = `${objects}/${encodeURIComponent(name)}?alt=media`;
        const { body } = await pool.request({ path, method: 'GET' });
        body.resume();
        await once(body, 'end');
      }
    }),
  );
  await pool.close();
}
