/**
 * Reads object contents over undici: the storage client's download never settles on a stall, breaks other
 * connections on an error and crashes Node 24 on a 503. An attempt ends in verified bytes, a fault that is retried,
 * or an error; it never hangs.
 */
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Allocate, StoredContent, StoredObject } from '../../jobs/ports.js';
import { crc32cHexOfBase64 } from '../format/crc32c.js';
import { type GoogleRequest, httpError, thrownError } from '../google/google-error.js';
import { type RetryPolicy, TransientFault, withDeadline, withRetries } from '../process/retry.js';
import { ContentSink, ErrorSink, ownMemory } from './content-sink.js';
import { type AnswerHead, type BodyTaker, type GetAtPlace, openConnections } from './gcs-answer.js';
import type { GcsClient } from './gcs-client.js';
import type { GcsLimits } from './gcs-limits.js';
import { ReadPace } from './read-pace.js';
import { ReadPlaces } from './read-places.js';

/** An access token comes from another server, which may be silent too. */
const CREDENTIALS_STEP = { what: 'credentials', expected: 'an access token' };

export interface GcsReader {
  /**
   * `objectName` is the name in the bucket; `listed` requests exactly that generation. `allocate` lends the memory of
   * listed content.
   */
  read(
    objectName: string,
    uri: string,
    listed: StoredObject | undefined,
    allocate?: Allocate,
  ): Promise<StoredContent | undefined>;
}

interface ReaderState {
  readonly client: GcsClient;
  readonly get: GetAtPlace;
  readonly limits: GcsLimits;
}

interface Read {
  readonly objectName: string;
  readonly request: GoogleRequest;
  readonly listed: StoredObject | undefined;
  readonly allocate: Allocate;
}

export function openGcsReader(
  client: GcsClient,
  limits: GcsLimits,
  retries: RetryPolicy,
): GcsReader {
  const state: ReaderState = { client, limits, get: openConnections(client.endpoint, limits) };
  const pace = new ReadPace({
    atOnceMin: limits.readsAtOnceMin,
    atOnceTrialMin: limits.readsAtOnceTrialMin,
    atOnceMax: limits.readsAtOnce,
    atOnceFirst: limits.readsAtOnceFirst,
  });
  const places = new ReadPlaces(pace, () => performance.now());
  let order = 0;
  return {
    read: async (objectName, uri, listed, allocate = ownMemory) => {
      const request: GoogleRequest = {
        what: 'read',
        expected: 'its content',
        where: uri,
        permission: 'storage.objects.get',
      };
      const lend = listed === undefined ? ownMemory : once(allocate);
      const read: Read = { objectName, request, listed, allocate: lend };
      const ownOrder = (order += 1);
      return await withRetries(retries, request, () =>
        places.at(ownOrder, (place) => attempt(state, read, place), sizeOf, isRefusal),
      );
    },
  };
}

/** A second attempt writes into the memory of the first: a listed object has one size. */
function once(allocate: Allocate): Allocate {
  let memory: Uint8Array | undefined;
  return (sizeBytes) => (memory ??= allocate(sizeBytes));
}

function sizeOf(content: StoredContent | undefined): number {
  return content?.bytes.length ?? 0;
}

/** A busy server or a broken connection; wrong bytes are rare enough to count as well. */
function isRefusal(error: unknown): boolean {
  return error instanceof TransientFault;
}

/** What has arrived of an answer. */
interface Answer {
  head?: AnswerHead;
  /** Only of a 200. */
  content?: ContentSink;
  readonly refusal: ErrorSink;
}

async function attempt(
  state: ReaderState,
  read: Read,
  place: number,
): Promise<StoredContent | undefined> {
  const { request, listed } = read;
  const answer: Answer = { refusal: new ErrorSink() };
  try {
    await ask(state, read, place, answer);
    const { head, content, refusal } = answer;
    if (head === undefined) throw new Error('invariant broken: an answer has a head');
    if (content !== undefined) return verifiedContent(head, content, read);
    const message = refusal.message();
    if (head.status !== 404) throw httpError(head.status, message, request);
    if (message.includes('bucket does not exist')) throw httpError(404, message, request);
    if (listed !== undefined) throw vanished(request, listed);
    return undefined;
  } catch (error) {
    throw thrownError(error, request);
  }
}

async function ask(state: ReaderState, read: Read, place: number, answer: Answer): Promise<void> {
  const { client, limits, get } = state;
  const startedMs = performance.now();
  const signed = await withDeadline(client.requestHeaders(), limits.attemptMs, CREDENTIALS_STEP);
  const onHead = (head: AnswerHead): BodyTaker => {
    answer.head = head;
    if (head.status === 200) answer.content = contentSink(head, read);
    return answer.content ?? answer.refusal;
  };
  try {
    await get(place, {
      path: mediaPath(client.bucket.name, read.objectName, read.listed?.generation),
      // Makes objects stored as Content-Encoding: gzip arrive compressed, as stored.
      headers: { ...signed, 'accept-encoding': 'gzip' },
      deadlineMs: Math.max(1, Math.ceil(limits.attemptMs - (performance.now() - startedMs))),
      onHead,
    });
  } catch (error) {
    // The status of an error answer is enough, even if its body breaks off.
    if (answer.head === undefined || answer.head.status === 200) throw error;
  }
}

function mediaPath(bucket: string, objectName: string, generation: string | undefined): string {
  const object = `/storage/v1/b/${encodeURIComponent(bucket)}/o/${encodeURIComponent(objectName)}`;
  const query = generation === undefined ? '' : `&generation=${encodeURIComponent(generation)}`;
  return `${object}?alt=media${query}`;
}

function contentSink(head: AnswerHead, { listed, request, allocate }: Read): ContentSink {
  const length = headerOf(head, 'content-length');
  const announcedBytes = length === undefined ? undefined : Number(length);
  const expectedBytes = listed?.sizeBytes ?? announcedBytes;
  if (announcedBytes !== undefined && announcedBytes !== expectedBytes) {
    throw new TransientFault(`${announcedBytes} of ${expectedBytes ?? 0} bytes`);
  }
  return new ContentSink(expectedBytes, request, allocate);
}

function verifiedContent(head: AnswerHead, content: ContentSink, read: Read): StoredContent {
  const { listed, request } = read;
  const bytes = content.content();
  const crc32c = content.crc32c();
  const expectedCrc32c = listed?.crc32c ?? hashHeader(head);
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
  const generation = headerOf(head, 'x-goog-generation') ?? listed?.generation;
  return { bytes, crc32c, generation };
}

/** `x-goog-hash: crc32c=AAAAAA==,md5=...`, in one header or in two. */
function hashHeader(head: AnswerHead): string | undefined {
  const base64 = /crc32c=([A-Za-z0-9+/=]+)/u.exec(headerOf(head, 'x-goog-hash') ?? '')?.[1];
  return base64 === undefined ? undefined : crc32cHexOfBase64(base64);
}

/** Several headers of one name are joined with a comma. */
function headerOf({ headers }: AnswerHead, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

function vanished(request: GoogleRequest, listed: StoredObject): FlowbarsError {
  return new FlowbarsError('world', {
    what: request.what,
    found: `generation ${listed.generation ?? ''} gone`,
    expected: 'the object as listed before (it changed while it was read)',
    where: request.where,
  });
}
