/**
 * One request of a connector with the retries that the real ones make by themselves: GET by the
 * idempotent policy, anything else by the other. Errors come in the documented shapes.
 */
import type { ConnectorContext } from './connector.js';
import { jsonText, parseJson } from '../expression/json-text.js';
import { REQUEST_TIMEOUT_MS, RESPONSE_BYTES_MAX } from '../run/limits.js';
import { isRetriedForIdempotent, isRetriedForOthers } from '../run/retry-predicates.js';
import type { Value } from '../expression/values.js';
import { httpError, limitExceeded, RaisedError, raised } from '../run/workflow-errors.js';

const RETRIES_MAX = 5;
const INITIAL_DELAY_S = 1;
const DELAY_MULTIPLIER = 1.25;
const DELAY_S_MAX = 60;
/** No connection was made, so that nothing has been delivered. */
const NOT_CONNECTED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'];

export interface ConnectorRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly body?: Value;
  /** On the execution's clock. No retry starts past it. */
  readonly deadlineMs: number;
}

export interface ConnectorAnswer {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

export async function requestWithRetries(
  request: ConnectorRequest,
  context: ConnectorContext,
): Promise<ConnectorAnswer> {
  const isRetried = request.method === 'GET' ? isRetriedForIdempotent : isRetriedForOthers;
  for (let attempt = 0; ; attempt += 1) {
    context.countStep();
    try {
      return await requestOnce(request, context.signal);
    } catch (error) {
      const isOver = attempt === RETRIES_MAX || !(error instanceof RaisedError);
      if (isOver || !isRetried(error.value)) throw error;
      const delayS = Math.min(INITIAL_DELAY_S * DELAY_MULTIPLIER ** attempt, DELAY_S_MAX);
      await waitWithin(request.deadlineMs, delayS * 1000, context);
    }
  }
}

/** Waits, but no longer than to the deadline, where a connector's call ends with TimeoutError. */
export async function waitWithin(
  deadlineMs: number,
  delayMs: number,
  context: ConnectorContext,
): Promise<void> {
  const remainingMs = deadlineMs - context.nowMs();
  await context.waitMs(Math.max(0, Math.min(delayMs, remainingMs)));
  if (context.nowMs() >= deadlineMs)
    throw raised('TimeoutError', 'TimeoutError: connector timeout');
}

async function requestOnce(
  { method, url, body }: ConnectorRequest,
  signal: AbortSignal,
): Promise<ConnectorAnswer> {
  const limit = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
  let answer: Response;
  let bytes: Uint8Array;
  try {
    answer = await fetch(url, {
      method,
      signal: AbortSignal.any([signal, limit]),
      redirect: 'manual',
      ...(body === undefined
        ? {}
        : { body: jsonText(body), headers: { 'Content-Type': 'application/json; charset=utf-8' } }),
    });
    bytes = new Uint8Array(await answer.arrayBuffer());
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof RaisedError) throw error;
    if (limit.aborted) throw raised('TimeoutError', `TimeoutError: ${method} ${url}`);
    throw raised(connectionTag(error), `${connectionTag(error)}: ${method} ${url}`);
  }
  if (bytes.byteLength > RESPONSE_BYTES_MAX) {
    throw limitExceeded(
      `HTTP response of ${bytes.byteLength} bytes, at most ${RESPONSE_BYTES_MAX}`,
    );
  }
  const contentType = answer.headers.get('content-type') ?? '';
  if (answer.status >= 400) {
    throw httpError(answer.status, headersOf(answer), errorBody(contentType, bytes));
  }
  return { contentType, bytes };
}

function connectionTag(error: unknown): 'ConnectionError' | 'ConnectionFailedError' {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return NOT_CONNECTED.includes(code) ? 'ConnectionFailedError' : 'ConnectionError';
}

/** In the wire's canonical case: Content-Type. */
function headersOf(answer: Response): Value {
  const headers = new Map<string, Value>();
  for (const [name, value] of answer.headers) {
    headers.set(
      name.replaceAll(/(?:^|-)[a-z]/gu, (letter) => letter.toUpperCase()),
      value,
    );
  }
  return headers;
}

/** Parsed when it is JSON, else text. */
function errorBody(contentType: string, bytes: Uint8Array): Value {
  const text = new TextDecoder().decode(bytes);
  return isJson(contentType) ? (parsedOrUndefined(text) ?? text) : text;
}

export function isJson(contentType: string): boolean {
  return /^application\/(?:json|[a-z.-]+\+json)\b/iu.test(contentType);
}

export function parsedOrUndefined(text: string): Value | undefined {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
