/**
 * Turns failures of a Google Cloud service or of the network into transient faults or into errors of
 * kind `world` (`blocked` for a missing right), in four parts. Knows HTTP statuses and error codes, but no client.
 */
import { isDictionary, readJson } from '../../core/unit/json.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { TransientFault } from '../process/retry.js';

/** A request, as errors describe it. */
export interface GoogleRequest {
  readonly what: 'list' | 'read' | 'look up' | 'write' | 'start' | 'look at';
  readonly expected: string;
  /** The object or prefix as a gs:// URI, or the name of a resource outside storage. */
  readonly where: string;
  /** The IAM permissions without which Google answers 403. */
  readonly permission: string;
  /** What a 404 means is missing, if not the bucket. */
  readonly absent?: string;
}

const MESSAGE_CHARACTERS_MAX = 200;

const TRANSIENT_CODES: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ETIMEDOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_OVERFLOW',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_SOCKET',
]);

const CREDENTIALS_EXPECTED =
  "Application Default Credentials (the job's service account, or gcloud auth application-default login)";

/** For an HTTP status that is neither success nor handled by the caller. */
export function httpError(status: number, message: string, request: GoogleRequest): Error {
  const reason = oneLine(messageIn(message));
  const said = `HTTP ${status}${reason === '' ? '' : ` '${reason}'`}`;
  if (status === 408 || status === 429 || status >= 500) return new TransientFault(said);
  const { what, where } = request;
  if (status === 401) {
    const parts = { what, found: said, expected: CREDENTIALS_EXPECTED, where };
    return new FlowbarsError('blocked', parts);
  }
  if (status === 403) {
    const expected = `the permission ${request.permission}`;
    return new FlowbarsError('blocked', { what, found: said, expected, where });
  }
  if (status === 404 && request.absent !== undefined) {
    return new FlowbarsError('usage', { what, found: said, expected: request.absent, where });
  }
  if (status === 404) {
    return new FlowbarsError('absent', {
      what,
      found: said,
      expected: 'an existing bucket',
      where,
    });
  }
  return new FlowbarsError('world', { what, found: said, expected: request.expected, where });
}

/** For errors of undici, the client or the authentication library; our own errors and bugs pass through. */
export function thrownError(error: unknown, request: GoogleRequest): unknown {
  if (!(error instanceof Error)) return error;
  if (error instanceof FlowbarsError || error instanceof TransientFault) return error;
  // The client parses its answer: this answer was cut off.
  if (error instanceof SyntaxError) return new TransientFault('an answer that is not JSON', error);
  const status = httpStatusOf(error);
  if (status !== undefined) return httpError(status, error.message, request);
  const { what, where } = request;
  if (isMissingCredentials(error)) {
    const parts = { what, found: 'no credentials', expected: CREDENTIALS_EXPECTED, where };
    return new FlowbarsError('blocked', parts, error);
  }
  const code = codeOf(error);
  if (code === undefined) return error;
  const found = `${code} '${oneLine(error.message)}'`;
  if (TRANSIENT_CODES.has(code) || code.startsWith('HPE_')) return new TransientFault(found, error);
  return new FlowbarsError('world', { what, found, expected: request.expected, where }, error);
}

/** The client and its authentication put an HTTP status into `code` or `status`, as a number or as digits. */
export function httpStatusOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error ? error.code : undefined;
  const status = Number(code ?? ('status' in error ? error.status : undefined));
  return status >= 100 && status <= 599 ? status : undefined;
}

export function isMissingCredentials(error: unknown): boolean {
  return error instanceof Error && error.message.includes('Could not load the default credentials');
}

/** AbortSignal.timeout throws a DOMException, whose own code is a meaningless number. */
function codeOf(error: Error): string | undefined {
  if (error.name === 'TimeoutError') return 'ETIMEDOUT';
  const own = 'code' in error ? error.code : undefined;
  if (typeof own === 'string') return own;
  return error.cause instanceof Error ? codeOf(error.cause) : undefined;
}

/** The Workflows client gives the whole body as the message: `{"error": {"message": …}}`. */
function messageIn(text: string): string {
  const body = readJson(text);
  const error = isDictionary(body) ? body['error'] : undefined;
  const message = isDictionary(error) ? error['message'] : undefined;
  return typeof message === 'string' ? message : text;
}

function oneLine(message: string): string {
  return message.replaceAll(/\s+/g, ' ').trim().slice(0, MESSAGE_CHARACTERS_MAX);
}
