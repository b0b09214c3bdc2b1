/** The leanest client with a library: undici's dispatch, and every byte is thrown away as it arrives. */
import { type Dispatcher, Pool } from 'undici';

const OK = 200;

export interface Download {
  readonly endpoint: string;
  readonly bucket: string;
  /** Of the objects. */
  readonly names: readonly string[];
  /** Open at once. */
  readonly connections: number;
}

/** Throws at an answer without the content. */
export async function downloadAll({
  endpoint,
  bucket,
  names,
  connections,
}: Download): Promise<void> {
  const pool = new Pool(endpoint, { connections });
  await Promise.all(names.map(async (name) => download(pool, mediaPath(bucket, name))));
  await pool.close();
}

/** The path of a request for an object's content. */
export function mediaPath(bucket: string, name: string): string {
  return `/storage/v1/b/${bucket}/o/${encodeURIComponent(name)}?alt=media`;
}

async function download(pool: Pool, path: string): Promise<void> {
  const done = Promise.withResolvers<void>();
  const handler: Dispatcher.DispatchHandler = {
    onRequestStart: ignore,
    onResponseStart: (_, status) => {
      if (status !== OK) done.reject(new Error(`${path}: found status ${status}, expected ${OK}`));
    },
    onResponseData: ignore,
    onResponseEnd: () => done.resolve(),
    onResponseError: (_, error) => done.reject(error),
  };
  pool.dispatch({ method: 'GET', path }, handler);
  await done.promise;
}

function ignore(): void {
  // The leanest of handlers.
}
