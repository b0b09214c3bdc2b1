/** Stores one file that waits in the spool, and deletes it there; never over other content. */
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Log, Store } from '../ports.js';
import type { SpoolFolder } from '../recorder-ports.js';
import { ASIDE, PENDING } from './spool-places.js';

export interface WaitingFile {
  readonly batch: string;
  readonly name: string;
  readonly object: string;
  readonly sizeBytes: number;
}

/** `gone`: somebody deleted it. `conflict`: other content has its name; it was put aside, loudly. */
export type UploadEnd = 'stored' | 'gone' | 'conflict';

export async function uploadFile(
  file: WaitingFile,
  { folder, raw, log }: { readonly folder: SpoolFolder; readonly raw: Store; readonly log: Log },
): Promise<UploadEnd> {
  const { batch, name, object } = file;
  const path = `${PENDING}/${batch}/${name}`;
  const bytes = await fileIfThere(file, folder);
  if (bytes === undefined) {
    log.event('WARNING', 'upload_file_gone', { object });
    return 'gone';
  }
  try {
    await raw.write(object, bytes, 'nothing');
  } catch (error) {
    if (!(error instanceof FlowbarsError) || error.kind !== 'conflict') throw error;
    const aside = `${ASIDE}/${batch}/${name}`;
    await folder.move(path, aside);
    log.event('ERROR', 'upload_conflict', { object, moved_to: aside, ...error.parts });
    return 'conflict';
  }
  await folder.remove(path);
  return 'stored';
}

/** Undefined if somebody deleted it. */
async function fileIfThere(
  { batch, name, sizeBytes }: WaitingFile,
  folder: SpoolFolder,
): Promise<Uint8Array | undefined> {
  const place = `${PENDING}/${batch}`;
  try {
    return await wholeFile(folder, `${place}/${name}`, sizeBytes);
  } catch (error) {
    const entries = await folder.list(place);
    if (entries.some((entry) => entry.name === name)) throw error;
    return undefined;
  }
}

async function wholeFile(
  folder: SpoolFolder,
  path: string,
  sizeBytes: number,
): Promise<Uint8Array> {
  const whole = new Uint8Array(sizeBytes);
  let filled = 0;
  for await (const bytes of folder.read(path)) {
    whole.set(bytes.subarray(0, sizeBytes - filled), filled);
    filled += bytes.length;
  }
  if (filled === sizeBytes) return whole;
  throw new FlowbarsError('world', {
    what: 'read',
    found: `${filled} bytes`,
    expected: `${sizeBytes} bytes, as listed`,
    where: `${folder.root}/${path}`,
  });
}
