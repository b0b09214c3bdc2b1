/**
 * How an execution goes wrong: a raised value, which `except` can catch, and an end that it cannot.
 * The builders give the runtime's own errors in the shapes that Google documents.
 */
import { mapOf, type Value } from '../expression/values.js';

/** Where an error passed: the innermost frame comes first. */
export interface Frame {
  readonly step: string;
  readonly routine: string;
  readonly line: number;
  readonly column: number;
}

/** A value on its way to the next `except`. */
export class RaisedError extends Error {
  readonly value: Value;
  readonly frames: Frame[] = [];

  constructor(value: Value) {
    super('raised');
    this.name = 'RaisedError';
    this.value = value;
  }
}

/** Ends the execution past every `except`: a limit, a cancellation, or a thing that is not modelled. */
export class ExecutionEnd extends Error {
  readonly value: Value;
  readonly frames: Frame[] = [];

  constructor(kind: 'ResourceLimitError' | 'NotModelled' | 'Cancelled', reason: string) {
    super(reason);
    this.name = 'ExecutionEnd';
    this.value = mapOf({ message: `${kind}: ${reason}`, tags: [kind] });
  }
}

/** The real behaviour is unknown or a trap: the execution ends and says so. */
export function notModelled(reason: string): ExecutionEnd {
  return new ExecutionEnd('NotModelled', reason);
}

export function limitExceeded(reason: string): ExecutionEnd {
  return new ExecutionEnd('ResourceLimitError', reason);
}

type Tag =
  | 'ConnectionError'
  | 'ConnectionFailedError'
  | 'IndexError'
  | 'RecursionError'
  | 'ResponseTypeError'
  | 'TimeoutError'
  | 'TypeError'
  | 'ValueError'
  | 'ZeroDivisionError';

/** Message and tags, and no code: only an HttpError has one. */
export function raised(tag: Tag, message: string): RaisedError {
  return new RaisedError(mapOf({ message, tags: [tag] }));
}

export function keyError(key: string): RaisedError {
  return new RaisedError(
    mapOf({ message: `KeyError: key not found: ${key}`, tags: ['KeyError', 'LookupError'] }),
  );
}

export function httpError(code: number, headers: Value, body: Value): RaisedError {
  const message = `HTTP server responded with error code ${code}`;
  return new RaisedError(
    mapOf({ message, tags: ['HttpError'], code: BigInt(code), headers, body }),
  );
}

/** Exactly these three keys; `operation` is the REST Operation as the last poll gave it. */
export function operationError(message: string, operation: Value): RaisedError {
  return new RaisedError(mapOf({ message, tags: ['OperationError'], operation }));
}
