/**
 * Reads object contents over undici: the storage client's download never settles on a stall, breaks
 * other connections on an error and crashes Node 24 on a 503. An attempt ends in verified bytes, a
 * fault that is retried, or an error; it never hangs.
 */
import pLimit, { type LimitFunction } from 'p-limit';
import { type Dispatcher, Pool } from 'undici';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { StoredContent, StoredObject } from '../../jobs/ports.js';
import { crc32cHex, crc32cHexOfBase64 } from '../format/crc32c.js';
import type { GcsClient } from './gcs-client.js';
import { type GoogleRequest, httpError, thrownError } from '../google/google-error.js';
import type { GcsLimits } from './gcs-limits.js';
import { OBJECT_BYTES_MAX } from '../format/object-name.js';
import { type RetryPolicy, TransientFault, withDeadline, withRetries } from '../process/retry.js';

const ERROR_BODY_BYTES_MAX = 65_536;
/** An access token comes from another server, which may be silent too. */
const CREDENTIALS_STEP = { what: 'credentials', expected: 'an access token' };

export interface GcsReader {
  /** `objectName` is the name in the bucket; `listed` requests exactly that generation. */
  read(
    objectName: string,
    uri: string,
    listed: StoredObject | undefined,
  ): Promise<StoredContent | undefined>;
}

interface ReaderState {
  readonly client: GcsClient;
  readonly pool: Pool;
  readonly atOnce: LimitFunction;
  readonly limits: GcsLimits;
}

export function openGcsReader(
  client: GcsClient,
  limits: GcsLimits,
  retries: RetryPolicy,
): GcsReader {
  const state: ReaderState = {
    client,
    limits,
    // Reads queue here and not in the pool, where their timeout would already run.
    atOnce: pLimit(limits.readsAtOnce),
    pool: new Pool(client.endpoint, {
      connections: limits.readsAtOnce,
      connect: { timeout: limits.connectMs },
      headersTimeout: limits.idleMs,
      bodyTimeout: limits.idleMs,
    }),
  };
  return {
    read: async (objectName, uri, listed) => {
      const request: GoogleRequest = {
        what: 'read',
        expected: 'its content',
        where: uri,
        permission: 'storage.objects.get',
      };
      return await withRetries(retries, request, () =>
        state.atOnce(() => attempt(state, objectName, request, listed)),
      );
    },
  };
}

async function attempt(
  state: ReaderState,
  objectName: string,
  request: GoogleRequest,
  listed: StoredObject | undefined,
): Promise<StoredContent | undefined> {
  const { attemptMs } = state.limits;
  try {
    const signal = AbortSignal.timeout(attemptMs);
    const signed = await withDeadline(state.client.requestHeaders(), attemptMs, CREDENTIALS_STEP);
    const response = await state.pool.request({
      method: 'GET',
      path: mediaPath(state.client.bucket.name, objectName, listed?.generation),
      // Makes objects stored as Content-Encoding: gzip arrive compressed, as stored.
      headers: { ...signed, 'accept-encoding': 'gzip' },
      signal,
    });
    if (response.statusCode === 200) return await verifiedContent(response, request, listed);
    const message = await errorMessage(response);
    if (response.statusCode !== 404) throw httpError(response.statusCode, message, request);
    if (message.includes('bucket does not exist')) throw httpError(404, message, request);
    if (listed !== undefined) throw vanished(request, listed);
    return undefined;
  } catch (error) {
    throw thrownError(error, request);
  }
}

function mediaPath(bucket: string, objectName: string, generation: string | undefined): string {
  const object = `/storage/v1/b/${encodeURIComponent(bucket)}/o/${encodeURIComponent(objectName)}`;
  const query = generation === undefined ? '' : `&generation=${encodeURIComponent(generation)}`;
  return `${object}?alt=media${query}`;
}

async function verifiedContent(
  response: Dispatcher.ResponseData,
  request: GoogleRequest,
  listed: StoredObject | undefined,
): Promise<StoredContent> {
  const announcedBytes = numberHeader(response, 'content-length');
  const bytes = await bodyBytes(response.body, announcedBytes, request);
  const expectedBytes = listed?.sizeBytes ?? announcedBytes ?? bytes.length;
  if (bytes.length !== expectedBytes) {
    throw new TransientFault(`${bytes.length} of ${expectedBytes} bytes`);
  }
  const crc32c = crc32cHex(bytes);
  const expectedCrc32c = listed?.crc32c ?? hashHeader(response);
  if (expectedCrc32c === undefined) {
    throw new FlowbarsError('world', {
      what: request.what,
      found: 'no checksum in the answer',
      expected: 'a crc32c in x-goog-hash',
      where: request.where,
    });
  }
  if (crc32c !== expectedCrc32c) {
    throw new TransientFault(`bytes with crc32c ${crc32c} for ${expectedCrc32c}`);
  }
  const generation = textHeader(response, 'x-goog-generation') ?? listed?.generation;
  return { bytes, crc32c, generation };
}

async function bodyBytes(
  body: Dispatcher.ResponseData['body'],
  announcedBytes: number | undefined,
  request: GoogleRequest,
): Promise<Uint8Array> {
  const limitBytes = announcedBytes ?? OBJECT_BYTES_MAX;
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  if (limitBytes <= OBJECT_BYTES_MAX) {
    for await (const chunk of body) {
      if (!(chunk instanceof Uint8Array)) throw new Error('invariant broken: a body has bytes');
      chunks.push(chunk);
      sizeBytes += chunk.length;
      if (sizeBytes > limitBytes) break;
    }
  }
  if (limitBytes <= OBJECT_BYTES_MAX && sizeBytes <= OBJECT_BYTES_MAX)
    return joined(chunks, sizeBytes);
  body.on('error', () => undefined).destroy();
  throw new FlowbarsError('limit', {
    what: request.what,
    found: `${announcedBytes ?? sizeBytes} bytes or more`,
    expected: `at most ${OBJECT_BYTES_MAX} bytes in one object`,
    where: request.where,
  });
}

function joined(chunks: readonly Uint8Array[], sizeBytes: number): Uint8Array {
  const bytes = new Uint8Array(sizeBytes);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

/** The text of an error answer, or '' if reading it fails too: the status is enough. */
async function errorMessage(response: Dispatcher.ResponseData): Promise<string> {
  const announcedBytes = numberHeader(response, 'content-length');
  if ((announcedBytes ?? 0) > ERROR_BODY_BYTES_MAX) {
    await response.body.dump({ limit: ERROR_BODY_BYTES_MAX }).catch(() => undefined);
    return '';
  }
  const text = await response.body.text().catch(() => '');
  return messageInJson(text) ?? text;
}

function messageInJson(text: string): string | undefined {
  return /"message"\s*:\s*"([^"]*)"/.exec(text)?.[1];
}

function textHeader(response: Dispatcher.ResponseData, name: string): string | undefined {
  const value = response.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

function numberHeader(response: Dispatcher.ResponseData, name: string): number | undefined {
  const text = textHeader(response, name);
  return text !== undefined && /^[0-9]+$/.test(text) ? Number(text) : undefined;
}

/** `x-goog-hash: crc32c=AAAAAA==,md5=...`, in one header or in two. */
function hashHeader(response: Dispatcher.ResponseData): string | undefined {
  const base64 = /crc32c=([A-Za-z0-9+/=]+)/.exec(textHeader(response, 'x-goog-hash') ?? '')?.[1];
  return base64 === undefined ? undefined : crc32cHexOfBase64(base64);
}

function vanished(request: GoogleRequest, listed: StoredObject): FlowbarsError {
  return new FlowbarsError('world', {
    what: request.what,
    found: `generation ${listed.generation ?? ''} gone`,
    expected: 'the object as listed before (it changed while it was read)',
    where: request.where,
  });
}
