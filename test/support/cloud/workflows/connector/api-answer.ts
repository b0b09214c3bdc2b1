/** What the REST methods give back, and the two checks of what came in that all of them make. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

type Status =
  | 'ALREADY_EXISTS'
  | 'FAILED_PRECONDITION'
  | 'INVALID_ARGUMENT'
  | 'NOT_FOUND'
  | 'UNIMPLEMENTED';

const HTTP_CODES: Readonly<Record<Status, number>> = {
  ALREADY_EXISTS: 409,
  FAILED_PRECONDITION: 400,
  INVALID_ARGUMENT: 400,
  NOT_FOUND: 404,
  UNIMPLEMENTED: 501,
};
const LABELS_MAX = 64;
const LABEL_KEY = /^[a-z][a-z0-9_-]{0,62}$/u;
const LABEL_VALUE = /^[a-z0-9_-]{0,63}$/u;

/** An answer of status 400 or more, in the form of all Google APIs. */
export class ApiError extends Error {
  readonly code: number;
  readonly status: Status;

  constructor(status: Status, message: string) {
    super(message);
    this.name = 'ApiError';
    this.code = HTTP_CODES[status];
    this.status = status;
  }

  body(): unknown {
    return { error: { code: this.code, message: this.message, status: this.status } };
  }
}

export function onlyFields(found: Iterable<string>, known: readonly string[], where: string): void {
  for (const name of found) {
    if (known.includes(name)) continue;
    throw new ApiError('INVALID_ARGUMENT', `unknown name "${name}" in the ${where}`);
  }
}

/**
 * Takes the parameter out of the query that every method of Google's APIs has, by either of its
 * names: answers are indented unless it says no.
 */
export function takesPretty(query: URLSearchParams): boolean {
  const given = query.get('$prettyPrint') ?? query.get('prettyPrint') ?? 'true';
  for (const name of ['$prettyPrint', 'prettyPrint']) query.delete(name);
  if (['true', '1', 'false', '0'].includes(given)) return given === 'true' || given === '1';
  throw new ApiError('INVALID_ARGUMENT', 'prettyPrint is true or false');
}

export function answerText(body: unknown, isPretty: boolean): string {
  return isPretty ? `${JSON.stringify(body, null, 2)}\n` : JSON.stringify(body);
}

/** A map of texts, or nothing. */
export function textsIn(value: unknown, name: string): Record<string, string> {
  if (value === undefined) return {};
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  const entries: [string, unknown][] = isMap ? Object.entries(value) : [['', undefined]];
  const texts: Record<string, string> = {};
  for (const [key, text] of entries) {
    if (typeof text !== 'string') {
      throw new ApiError('INVALID_ARGUMENT', `${name} is a map of strings`);
    }
    texts[key] = text;
  }
  return texts;
}

export function labelsIn(value: unknown): Record<string, string> {
  const labels = textsIn(value, 'labels');
  const entries = Object.entries(labels);
  const isFine = entries.every(([key, text]) => LABEL_KEY.test(key) && LABEL_VALUE.test(text));
  if (!isFine || entries.length > LABELS_MAX) {
    const form = 'lower-case letters, digits, _ and -, at most 63 characters';
    throw new ApiError('INVALID_ARGUMENT', `labels are at most ${LABELS_MAX} of ${form}`);
  }
  return labels;
}

const LOG_LEVELS = ['CALL_LOG_LEVEL_UNSPECIFIED', 'LOG_ALL_CALLS', 'LOG_ERRORS_ONLY', 'LOG_NONE'];

export function logLevelIn(value: unknown): string {
  if (value === undefined) return 'CALL_LOG_LEVEL_UNSPECIFIED';
  if (typeof value === 'string' && LOG_LEVELS.includes(value)) return value;
  throw new ApiError('INVALID_ARGUMENT', `callLogLevel is one of ${LOG_LEVELS.join(', ')}`);
}
