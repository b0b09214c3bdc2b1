/** Requests and errors of Google's REST APIs, and the checks of a request that both APIs make. */
import { isDictionary } from '../../../../../src/core/unit/json.js';

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

const HTTP_CODES = {
  ALREADY_EXISTS: 409,
  INVALID_ARGUMENT: 400,
  NOT_FOUND: 404,
  UNIMPLEMENTED: 501,
} as const;

/** An answer of status 400 or more, in the form of all Google APIs. */
export class ApiError extends Error {
  readonly code: number;
  private readonly status: keyof typeof HTTP_CODES;

  constructor(status: keyof typeof HTTP_CODES, message: string) {
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

/** A map of texts; empty for undefined. */
export function textsIn(value: unknown, name: string): Record<string, string> {
  if (value === undefined) return {};
  if (isTexts(value)) return value;
  throw new ApiError('INVALID_ARGUMENT', `${name} is a map of strings`);
}

function isTexts(value: unknown): value is Record<string, string> {
  return isDictionary(value) && Object.values(value).every((text) => typeof text === 'string');
}
