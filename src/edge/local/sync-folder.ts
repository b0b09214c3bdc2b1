/** Makes the names in a folder durable, where the system can. */
import { open } from 'node:fs/promises';
import { errnoOf } from './local-error.js';

/** File systems and systems that know nothing of it, and refuse. */
const REFUSALS: readonly string[] = ['EINVAL', 'EISDIR', 'EPERM', 'EACCES', 'ENOTSUP'];

export async function syncFolder(path: string): Promise<void> {
  try {
    const handle = await open(path, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!REFUSALS.includes(errnoOf(error) ?? '')) throw error;
  }
}
