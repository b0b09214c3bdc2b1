/**
 * One POST of JSON over undici, answered with JSON: whole answers of a bounded size in a bounded time, retries after
 * 429 and 5xx, no redirects. Its errors quote no header and no key.
 */
import { Agent, request } from 'undici';
import { isDictionary, readJson } from '../../core/unit/json.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Clock } from '../../jobs/ports.js';

export const WRITER_ATTEMPTS_MAX = 3;
/** A model may think for long before its first byte. */
export const WRITER_ATTEMPT_MS = 120_000;
export const WRITER_ANSWER_BYTES_MAX = 1_048_576;
/** A longer wait than this is not waited for. */
export const RETRY_AFTER_MS_MAX = 60_000;
const FIRST_WAIT_MS = 1_000;
const MESSAGE_CHARACTERS_MAX = 200;
/** Characters of a secret in a row that no error may quote: a starred key shows more at its beginning. */
const SECRET_PART = 6;

export interface JsonPost {
  /** The writer's name, for errors. */
  readonly where: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** Fields of the body that are left out if the service refuses them by name: newer models take no temperature. */
  readonly optional: readonly string[];
  /** What no error may quote. */
  readonly secrets: readonly string[];
  /** What a 401 lacks. */
  readonly access: string;
  readonly clock: Clock;
  readonly attemptMs?: number | undefined;
}

/** What came back, or why it is to be asked again. */
type Answer =
  | { readonly status: number; readonly text: string; readonly retryAfter: string | undefined }
  | { readonly fault: string };

/** Throws FlowbarsErrors of kind `world` or `blocked`. */
export async function postJson(post: JsonPost): Promise<unknown> {
  const agent = new Agent({ connections: 1 });
  try {
    return await attempts(post, agent);
  } finally {
    await agent.destroy();
  }
}

async function attempts(post: JsonPost, agent: Agent): Promise<unknown> {
  let body = post.body;
  let waitMs = FIRST_WAIT_MS;
  for (let attempt = 1; ;) {
    const answer = await send({ ...post, body }, agent);
    const refused = 'status' in answer ? refusedField(answer, body, post.optional) : undefined;
    if (refused !== undefined) {
      const { [refused]: _, ...rest } = body;
      body = rest;
      continue;
    }
    const judged = judge(answer, post);
    if ('value' in judged) return judged.value;
    const askedMs = 'status' in answer ? retryAfterMs(answer.retryAfter, post.clock) : undefined;
    if (attempt >= WRITER_ATTEMPTS_MAX || (askedMs ?? 0) > RETRY_AFTER_MS_MAX) {
      const after = attempt === 1 ? '' : ` after ${attempt} attempts`;
      throw failed(post, `${judged.again}${after}`, 'an answer of the service', 'world');
    }
    await post.clock.waitMs(askedMs ?? waitMs);
    waitMs *= 2;
    attempt += 1;
  }
}

async function send(
  { url, headers, body, attemptMs = WRITER_ATTEMPT_MS }: JsonPost,
  dispatcher: Agent,
): Promise<Answer> {
  try {
    const {
      statusCode,
      headers: answered,
      body: content,
    } = await request(url, {
      dispatcher,
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(attemptMs),
    });
    const pieces: Uint8Array[] = [];
    let sizeBytes = 0;
    for await (const piece of content) {
      const bytes: unknown = piece;
      if (!(bytes instanceof Uint8Array)) continue;
      sizeBytes += bytes.length;
      if (sizeBytes > WRITER_ANSWER_BYTES_MAX) {
        return { fault: `an answer of more than ${WRITER_ANSWER_BYTES_MAX} bytes` };
      }
      pieces.push(bytes);
    }
    const { 'retry-after': after } = answered;
    const retryAfter = typeof after === 'string' ? after : undefined;
    return { status: statusCode, text: Buffer.concat(pieces).toString('utf8'), retryAfter };
  } catch (error) {
    return { fault: faultOf(error, attemptMs) };
  }
}

/** The code alone: a message of the library might quote what was sent. */
function faultOf(error: unknown, attemptMs: number): string {
  if (!(error instanceof Error)) return 'a broken connection';
  if (error.name === 'TimeoutError') return `no whole answer within ${attemptMs} ms`;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return code.startsWith('HPE_') || error.name === 'HTTPParserError'
    ? 'an answer that is not HTTP'
    : `no answer (${code})`;
}

function judge(
  answer: Answer,
  post: JsonPost,
): { readonly value: unknown } | { readonly again: string } {
  if ('fault' in answer) return { again: answer.fault };
  const { status, text } = answer;
  const said = `HTTP ${status}${messageOf(text, post.secrets)}`;
  if (status === 200) {
    const value = readJson(text);
    return value === undefined ? { again: 'an answer that is not JSON' } : { value };
  }
  if (status === 408 || status === 409 || status === 429 || status >= 500) return { again: said };
  if (status >= 300 && status < 400) {
    throw failed(
      post,
      `HTTP ${status}, a redirect`,
      'an address that answers itself (--writer-url)',
      'blocked',
    );
  }
  if (status === 401 || status === 403) throw failed(post, said, post.access, 'blocked');
  if (status === 404) {
    throw failed(
      post,
      said,
      'a model of the service (--writer-model) at its address (--writer-url)',
      'blocked',
    );
  }
  throw failed(post, said, 'a request that the service takes', 'world');
}

function failed(
  { where }: JsonPost,
  found: string,
  expected: string,
  kind: 'world' | 'blocked',
): FlowbarsError {
  return new FlowbarsError(kind, { where, what: 'ask the writer', found, expected });
}

function refusedField(
  { status, text }: { readonly status: number; readonly text: string },
  body: JsonPost['body'],
  optional: readonly string[],
): string | undefined {
  if (status !== 400 && status !== 422) return undefined;
  return optional.find((name) => name in body && text.includes(name.split('.').at(-1) ?? name));
}

/** In seconds or as a date; undefined for anything else. */
function retryAfterMs(header: string | undefined, clock: Clock): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/u.test(header)) return Number(header) * 1_000;
  const untilMs = Date.parse(header);
  return Number.isFinite(untilMs) ? Math.max(0, untilMs - clock.nowMs()) : undefined;
}

/** Services repeat a key that they refuse, whole, cut or starred: each word with a part of it goes. */
function withoutParts(text: string, secret: string): string {
  if (secret === '') return text;
  const size = Math.min(secret.length, SECRET_PART);
  const parts = Array.from({ length: secret.length - size + 1 }, (_, index) =>
    secret.slice(index, index + size),
  );
  return text
    .split(/(?<=\s)|(?=\s)/u)
    .map((word) => (parts.some((part) => word.includes(part)) ? '…' : word))
    .join('');
}

/** `{"error": {"message": …}}` as all three services say it: printable, short, and without what was sent in secret. */
function messageOf(text: string, secrets: readonly string[]): string {
  const body = readJson(text);
  const error = isDictionary(body) ? body['error'] : undefined;
  const message = isDictionary(error) ? error['message'] : error;
  if (typeof message !== 'string') return '';
  const hidden = secrets.reduce((said, secret) => withoutParts(said, secret), message);
  const plain = hidden.replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]+/gu, ' ').trim();
  return plain === '' ? '' : ` '${plain.slice(0, MESSAGE_CHARACTERS_MAX)}'`;
}
