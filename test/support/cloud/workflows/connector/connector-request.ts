/**
 * One request of a connector with the retries that the real ones make by themselves: GET by the
 * idempotent policy, POST by the other. Errors have the documented shapes.
 */
import { jsonText, parsedOrUndefined } from '../expression/json-text.js';
import { isList, type Value, type WorkflowMap } from '../expression/values.js';
import { httpError, RaisedError, raised } from '../run/workflow-errors.js';
import type { ConnectorContext } from './connector.js';

const RETRIES_MAX = 5;
const INITIAL_DELAY_S = 1;
const DELAY_MULTIPLIER = 1.25;
const DELAY_S_MAX = 60;
/** No connection was made, so nothing was delivered. */
const NOT_CONNECTED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'];
/** Status codes and tags that each policy retries on. Neither has 500. */
const RETRIED = {
  GET: [429, 502, 503, 504, 'ConnectionError', 'ConnectionFailedError', 'TimeoutError'],
  POST: [429, 503, 'ConnectionFailedError'],
} as const;

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
  for (let attempt = 0; ; attempt += 1) {
    context.countStep();
    try {
      return await requestOnce(request, context.signal);
    } catch (error) {
      const isOver = attempt === RETRIES_MAX || !(error instanceof RaisedError);
      if (isOver || !isRetried(error.value, request.method)) throw error;
      const delayS = Math.min(INITIAL_DELAY_S * DELAY_MULTIPLIER ** attempt, DELAY_S_MAX);
      await waitWithin(request.deadlineMs, delayS * 1000, context);
    }
  }
}

function isRetried({ code, tags }: WorkflowMap, method: 'GET' | 'POST'): boolean {
  const found = new Set<Value | undefined>([
    code,
    ...(tags !== undefined && isList(tags) ? tags : []),
  ]);
  return RETRIED[method].some((each) => found.has(each));
}

/** Waits to the deadline at most, and then ends the connector's call with TimeoutError. */
export async function waitWithin(
  deadlineMs: number,
  delayMs: number,
  context: ConnectorContext,
): Promise<void> {
  await context.waitMs(Math.max(0, Math.min(delayMs, deadlineMs - context.nowMs())));
  if (context.nowMs() < deadlineMs) return;
  throw raised('TimeoutError', 'TimeoutError: connector timeout');
}

async function requestOnce(
  { method, url, body }: ConnectorRequest,
  signal: AbortSignal,
): Promise<ConnectorAnswer> {
  const headers = { 'Content-Type': 'application/json; charset=utf-8' };
  const sent = body === undefined ? {} : { body: jsonText(body), headers };
  let answer: Response;
  let bytes: Uint8Array;
  try {
    answer = await fetch(url, { method, signal, redirect: 'manual', ...sent });
    bytes = new Uint8Array(await answer.arrayBuffer());
  } catch (error) {
    signal.throwIfAborted();
    throw raised(connectionTag(error), `${connectionTag(error)}: ${method} ${url}`);
  }
  const contentType = answer.headers.get('content-type') ?? '';
  if (answer.status < 400) return { contentType, bytes };
  const text = new TextDecoder().decode(bytes);
  const parsed = isJson(contentType) ? parsedOrUndefined(text) : undefined;
  throw httpError(answer.status, headersOf(answer), parsed ?? text);
}

function connectionTag(error: unknown): 'ConnectionError' | 'ConnectionFailedError' {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return NOT_CONNECTED.includes(code) ? 'ConnectionFailedError' : 'ConnectionError';
}

/** In the wire's canonical case: Content-Type. */
function headersOf(answer: Response): WorkflowMap {
  const entries = [...answer.headers].map(([name, value]) => {
    return [name.replaceAll(/(?:^|-)[a-z]/gu, (letter) => letter.toUpperCase()), value] as const;
  });
  return Object.fromEntries(entries);
}

export function isJson(contentType: string): boolean {
  return /^application\/json\b/iu.test(contentType);
}
