/** Compresses for the sample writer. The header holds no time, so the same content gives the same bytes. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify<Uint8Array, Uint8Array>(gzip);

export async function gzipBytes(bytes: Uint8Array): Promise<Uint8Array> {
  return await compress(bytes);
}
