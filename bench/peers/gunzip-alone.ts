/** Gunzips every chunk below a folder and does nothing with it: `node gunzip-alone.ts ROOT THREADS`. */
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { Worker, isMainThread, workerData } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';

if (isMainThread) {
  const [root = '', threads = '1'] = process.argv.slice(2);
  const paths = globSync(`${root}/*/*/*/*.gz`).toSorted();
  const workers = Array.from({ length: Number(threads) }, (_, worker) => {
    const own = paths.filter((_path, index) => index % Number(threads) === worker);
    return new Worker(import.meta.filename, { workerData: own });
  });
  await Promise.all(workers.map(async (worker) => once(worker, 'exit')));
} else {
  const paths: unknown = workerData;
  if (!Array.isArray(paths)) throw new Error('no paths');
  for (const path of paths) gunzipSync(readFileSync(String(path)));
}
