/**
 * Writes one object in one request, always under a generation precondition. The request can therefore
 * be repeated after a lost answer: after a 412 the stored bytes are ours or another writer's.
 */
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Replaces, StoredObject, WriteResult } from '../../jobs/ports.js';
import { crc32cBase64OfHex, crc32cHex } from '../format/crc32c.js';
import { type GoogleRequest, httpStatusOf } from '../google/google-error.js';
import { type GcsCalls, lookUpObject, storedObject } from './gcs-list.js';

/** The precondition that the object does not exist. */
const NO_GENERATION = '0';

/** By the end of a name. A browser shows a page only as what its type says. */
const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  ['.csv', 'text/csv'],
  ['.json', 'application/json'],
  ['.gz', 'application/gzip'],
  ['.html', 'text/html; charset=utf-8'],
  ['.parquet', 'application/vnd.apache.parquet'],
]);

interface Upload {
  readonly calls: GcsCalls;
  readonly objectName: string;
  readonly uri: string;
  readonly bytes: Uint8Array;
  readonly crc32c: string;
}

export async function writeObject(
  calls: GcsCalls,
  objectName: string,
  uri: string,
  bytes: Uint8Array,
  replaces: Replaces,
): Promise<WriteResult> {
  const upload: Upload = { calls, objectName, uri, bytes, crc32c: crc32cHex(bytes) };
  if (replaces === 'anything') return await replaceAnything(upload);
  if (replaces === 'nothing') {
    return (
      (await putIfGeneration(upload, NO_GENERATION)) ?? (await conflict(upload, 'nothing there'))
    );
  }
  const { crc32c, generation } = replaces.content;
  const expected = `generation ${generation ?? ''} (crc32c ${crc32c}), as read`;
  if (generation === undefined)
    throw new Error('invariant broken: content of GCS has a generation');
  // Writing what was read would only make a new generation of the same bytes.
  const repeats = crc32c === upload.crc32c && replaces.content.bytes.length === bytes.length;
  const stored = repeats ? await lookUpObject(calls, objectName, uri) : undefined;
  if (stored !== undefined && holdsOurs(stored, upload))
    return resultOf('unchanged', stored, upload);
  return (await putIfGeneration(upload, generation)) ?? (await conflict(upload, expected));
}

/** Looks up, then writes on that condition; another writer in between starts the next round. */
async function replaceAnything(upload: Upload): Promise<WriteResult> {
  const roundsMax = upload.calls.limits.writeRoundsMax;
  for (let round = 1; round <= roundsMax; round += 1) {
    const stored = await lookUpObject(upload.calls, upload.objectName, upload.uri);
    if (stored !== undefined && holdsOurs(stored, upload))
      return resultOf('unchanged', stored, upload);
    const result = await putIfGeneration(upload, stored?.generation ?? NO_GENERATION);
    if (result !== undefined) return result;
  }
  return await conflict(upload, `no other writer in one of ${roundsMax} rounds`);
}

/** Undefined if the stored object has another generation and other bytes than ours. */
async function putIfGeneration(
  upload: Upload,
  generation: string,
): Promise<WriteResult | undefined> {
  const { calls, objectName, uri, bytes } = upload;
  const request: GoogleRequest = {
    what: 'write',
    expected: 'the object stored',
    where: uri,
    permission: 'storage.objects.create, and storage.objects.delete to overwrite',
  };
  let sent = 0;
  const stored = await calls.call(request, async () => {
    sent += 1;
    return await putOnce(calls, objectName, bytes, upload.crc32c, generation);
  });
  if (stored === undefined) {
    const found = await lookUpObject(calls, objectName, uri);
    if (found === undefined || !holdsOurs(found, upload)) return undefined;
    // After a first request without an answer, that request stored these bytes.
    return resultOf(sent > 1 ? 'written' : 'unchanged', found, upload);
  }
  if (!holdsOurs(stored, upload)) throw storedOther(upload, stored);
  return resultOf('written', stored, upload);
}

/** One POST; undefined for a 412. */
async function putOnce(
  calls: GcsCalls,
  objectName: string,
  bytes: Uint8Array,
  crc32c: string,
  generation: string,
): Promise<StoredObject | undefined> {
  const file = calls.client.bucket.file(objectName);
  try {
    await file.save(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      resumable: false,
      // The client's own validation deletes the object if the hashes differ. Google itself refuses
      // bytes without the declared checksum before it stores anything.
      validation: false,
      preconditionOpts: { ifGenerationMatch: generation },
      metadata: { contentType: contentTypeOf(objectName), crc32c: crc32cBase64OfHex(crc32c) },
    });
  } catch (error) {
    if (httpStatusOf(error) === 412) return undefined;
    throw error;
  }
  return storedObject(file.metadata);
}

function contentTypeOf(objectName: string): string {
  const end = /\.[a-z]+$/u.exec(objectName)?.[0] ?? '';
  return CONTENT_TYPES.get(end) ?? 'application/octet-stream';
}

function holdsOurs(stored: StoredObject, upload: Upload): boolean {
  return stored.crc32c === upload.crc32c && stored.sizeBytes === upload.bytes.length;
}

function resultOf(
  outcome: WriteResult['outcome'],
  stored: StoredObject,
  upload: Upload,
): WriteResult {
  return { outcome, crc32c: upload.crc32c, generation: stored.generation };
}

async function conflict(upload: Upload, expected: string): Promise<never> {
  const stored = await lookUpObject(upload.calls, upload.objectName, upload.uri);
  throw new FlowbarsError('conflict', {
    what: 'write',
    found:
      stored === undefined
        ? 'nothing there now'
        : `generation ${stored.generation ?? ''} (crc32c ${stored.crc32c ?? ''})`,
    expected,
    where: upload.uri,
  });
}

function storedOther(upload: Upload, stored: StoredObject): FlowbarsError {
  return new FlowbarsError('world', {
    what: 'write',
    found: `${stored.sizeBytes} bytes stored with crc32c ${stored.crc32c ?? ''}`,
    expected: `${upload.bytes.length} bytes with crc32c ${upload.crc32c}`,
    where: upload.uri,
  });
}
