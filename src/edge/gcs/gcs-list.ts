/**
 * Listings and look-ups of one bucket through the storage client, page by page, with only the fields
 * of a StoredObject. Names here are names in the bucket, not below the store's root.
 */
import pLimit, { type LimitFunction } from 'p-limit';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { StoredObject } from '../../jobs/ports.js';
import { crc32cHexOfBase64 } from '../format/crc32c.js';
import type { GcsClient } from './gcs-client.js';
import { type GoogleRequest, httpStatusOf, thrownError } from '../google/google-error.js';
import type { GcsLimits } from './gcs-limits.js';
import { type RetryPolicy, withDeadline, withRetries } from '../process/retry.js';

/** Runs all requests but content reads: a bounded number at once, each with a deadline and retries. */
export interface GcsCalls {
  readonly client: GcsClient;
  readonly limits: GcsLimits;
  call<T>(request: GoogleRequest, ask: () => Promise<T>): Promise<T>;
}

export interface GcsListing {
  readonly objects: readonly StoredObject[];
  /** Only with `foldersOnly`: prefixes that end at the next `/`. */
  readonly folderPrefixes: readonly string[];
}

export function gcsCalls(client: GcsClient, limits: GcsLimits, retries: RetryPolicy): GcsCalls {
  const atOnce: LimitFunction = pLimit(limits.requestsAtOnce);
  const once = async <T>(request: GoogleRequest, ask: () => Promise<T>): Promise<T> => {
    try {
      return await withDeadline(ask(), limits.attemptMs);
    } catch (error) {
      throw thrownError(error, request);
    }
  };
  return {
    client,
    limits,
    call: async (request, ask) =>
      await withRetries(retries, request, () => atOnce(() => once(request, ask))),
  };
}

export async function listObjects(
  calls: GcsCalls,
  prefix: string,
  uri: string,
  foldersOnly: boolean,
): Promise<GcsListing> {
  const request: GoogleRequest = {
    what: 'list',
    expected: 'a listing',
    where: uri,
    permission: 'storage.objects.list',
  };
  const objects: StoredObject[] = [];
  const folderPrefixes: string[] = [];
  let pageToken: string | undefined;
  for (let page = 1; page <= calls.limits.pagesMax; page += 1) {
    const token: string | undefined = pageToken;
    const answer = await calls.call(request, () => askPage(calls, prefix, token, foldersOnly));
    for (const item of arrayField(answer, 'items')) objects.push(storedObject(item));
    for (const folder of arrayField(answer, 'prefixes')) folderPrefixes.push(String(folder));
    pageToken = textField(answer, 'nextPageToken');
    if (pageToken === undefined) return { objects, folderPrefixes };
  }
  throw new FlowbarsError('limit', {
    what: 'list',
    found: 'more pages',
    expected: `at most ${calls.limits.pagesMax} of ${calls.limits.pageObjects} objects`,
    where: uri,
  });
}

/** The newest generation of one object; undefined if there is none. */
export async function lookUpObject(
  calls: GcsCalls,
  objectName: string,
  uri: string,
): Promise<StoredObject | undefined> {
  const request: GoogleRequest = {
    what: 'look up',
    expected: 'its size and checksum',
    where: uri,
    permission: 'storage.objects.get',
  };
  return await calls.call(request, async () => {
    try {
      const [metadata] = await calls.client.bucket.file(objectName).getMetadata();
      return storedObject(metadata);
    } catch (error) {
      if (httpStatusOf(error) === 404) return undefined;
      throw error;
    }
  });
}

/** Parses an item of a listing or the metadata of an object in Google's JSON. */
export function storedObject(item: unknown): StoredObject {
  const name = textField(item, 'name');
  const sizeBytes = Number(textField(item, 'size') ?? Number.NaN);
  if (name === undefined || !Number.isSafeInteger(sizeBytes)) {
    throw new FlowbarsError('world', {
      what: 'list',
      found: `'${JSON.stringify(item)}'`,
      expected: 'an object with name and size',
      where: 'answer of Google Cloud Storage',
    });
  }
  const base64 = textField(item, 'crc32c');
  const crc32c = base64 === undefined ? undefined : crc32cHexOfBase64(base64);
  return { name, sizeBytes, crc32c, generation: textField(item, 'generation') };
}

async function askPage(
  calls: GcsCalls,
  prefix: string,
  pageToken: string | undefined,
  foldersOnly: boolean,
): Promise<unknown> {
  const [, , answer] = await calls.client.bucket.getFiles({
    prefix,
    autoPaginate: false,
    maxResults: calls.limits.pageObjects,
    fields: 'items(name,size,crc32c,generation),prefixes,nextPageToken',
    ...(foldersOnly ? { delimiter: '/' } : {}),
    ...(pageToken === undefined ? {} : { pageToken }),
  });
  return answer;
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

function arrayField(value: unknown, name: string): readonly unknown[] {
  const found = field(value, name);
  return Array.isArray(found) ? found : [];
}

/** Google writes 64-bit numbers as strings; the client's types allow both. */
function textField(value: unknown, name: string): string | undefined {
  const found = field(value, name);
  if (typeof found === 'number') return String(found);
  return typeof found === 'string' && found !== '' ? found : undefined;
}
