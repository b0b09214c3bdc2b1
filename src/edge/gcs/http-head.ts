/** Parses the head of an HTTP/1.1 answer (status line and header lines) and says how its body ends. */

/** How a body ends: after a number of bytes, by its chunks, or with the connection. */
export type BodyEnd =
  | { readonly by: 'length'; readonly bytes: number }
  | { readonly by: 'chunks' }
  | { readonly by: 'close' };

export interface AnswerHead {
  readonly status: number;
  /** By lower-case name; several lines of one name are joined with a comma. */
  readonly headers: ReadonlyMap<string, string>;
  readonly bodyEnd: BodyEnd;
  /** The server keeps the connection open for another request. */
  readonly keepsAlive: boolean;
}

const STATUS_PATTERN = /^HTTP\/1\.([01]) ([1-5][0-9]{2})(?: |$)/u;
const HEADER_PATTERN = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/u;

/** `text` without the empty line that ends it. Undefined if it is not the head of an answer. */
export function parseHead(text: string): AnswerHead | undefined {
  const [statusLine = '', ...lines] = text.split('\r\n');
  const [, minor, digits] = STATUS_PATTERN.exec(statusLine) ?? [];
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = HEADER_PATTERN.exec(line) ?? [];
    if (name === undefined || value === undefined) return undefined;
    const key = name.toLowerCase();
    const before = headers.get(key);
    headers.set(key, before === undefined ? value : `${before},${value}`);
  }
  const status = Number(digits);
  const bodyEnd = bodyEndOf(status, headers);
  if (digits === undefined || bodyEnd === undefined) return undefined;
  const closes = /(?:^|,)\s*close\s*(?:,|$)/iu.test(headers.get('connection') ?? '');
  return { status, headers, bodyEnd, keepsAlive: minor === '1' && !closes };
}

/** Undefined where sender and receiver might disagree about the end (RFC 9112, section 6.3). */
function bodyEndOf(status: number, headers: ReadonlyMap<string, string>): BodyEnd | undefined {
  if (status < 200 || status === 204 || status === 304) return { by: 'length', bytes: 0 };
  const coding = headers.get('transfer-encoding');
  const length = headers.get('content-length');
  if (coding !== undefined) {
    return coding.toLowerCase() === 'chunked' && length === undefined
      ? { by: 'chunks' }
      : undefined;
  }
  if (length === undefined) return { by: 'close' };
  return /^[0-9]{1,15}$/u.test(length) ? { by: 'length', bytes: Number(length) } : undefined;
}
