/** The two ways an execution goes wrong: an error that `except` can catch, and an end that it cannot. */
import type { Value, WorkflowMap } from '../expression/values.js';

/** Where an error passed: the innermost frame comes first. */
export interface Frame {
  readonly step: string;
  readonly routine: string;
  readonly line: number;
  readonly column: number;
}

/** A map on its way to the next `except`. */
export class RaisedError extends Error {
  readonly value: WorkflowMap;
  readonly frames: Frame[] = [];

  constructor(value: WorkflowMap) {
    super('raised');
    this.name = 'RaisedError';
    this.value = value;
  }
}

/** Ends the execution past every `except`: a limit, a cancellation, or behaviour that is not modelled. */
export class ExecutionEnd extends Error {
  readonly value: WorkflowMap;
  readonly frames: Frame[] = [];

  constructor(kind: 'ResourceLimitError' | 'NotModelled' | 'Cancelled', reason: string) {
    super(reason);
    this.name = 'ExecutionEnd';
    this.value = { message: `${kind}: ${reason}`, tags: [kind] };
  }
}

/** For behaviour of the real service that is unknown or a trap. */
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
  | 'ValueError';

/** Message and tags without a code: only an HttpError has one. */
export function raised(tag: Tag, message: string): RaisedError {
  return new RaisedError({ message, tags: [tag] });
}

export function keyError(key: string): RaisedError {
  const message = `KeyError: key not found: ${key}`;
  return new RaisedError({ message, tags: ['KeyError', 'LookupError'] });
}

export function httpError(code: number, headers: Value, body: Value): RaisedError {
  const message = `HTTP server responded with error code ${code}`;
  return new RaisedError({ message, tags: ['HttpError'], code, headers, body });
}

/** Exactly these three keys; `operation` is the REST Operation of the last poll. */
export function operationError(message: string, operation: Value): RaisedError {
  return new RaisedError({ message, tags: ['OperationError'], operation });
}
