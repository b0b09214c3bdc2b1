/** What a function of the standard library is: its parameters, and what it does with values. */
import type { Value } from '../expression/values.js';

export interface LogEntry {
  readonly severity: string;
  /** Text, or the map that becomes the entry's JSON. */
  readonly payload: Value;
}

/** What functions may see of the execution they run in. */
export interface LibraryContext {
  readonly nowMs: () => number;
  readonly environment: ReadonlyMap<string, string>;
  readonly log: (entry: LogEntry) => void;
}

export type Given = Value | undefined;

export interface LibraryFunction {
  readonly parameters: readonly LibraryParameter[];
  /** May not be called in an expression. */
  readonly isBlocking: boolean;
  /** Its parameters' names are documented, so that it may be called with args by name. */
  readonly isNamed: boolean;
  readonly run: (given: readonly Given[], context: LibraryContext) => Value | Promise<Value>;
}

export interface LibraryParameter {
  readonly name: string;
  readonly isOptional: boolean;
}

export type LibraryTable = Readonly<Record<string, LibraryFunction>>;

/** Parameters as `source, regexp, charset?`; a leading `*` says that the names are not documented. */
export function pure(parameters: string, run: LibraryFunction['run']): LibraryFunction {
  const isNamed = !parameters.startsWith('*');
  const names = parameters.replace('*', '').split(', ');
  return {
    parameters: names
      .filter((name) => name !== '')
      .map((name) => ({ name: name.replace('?', ''), isOptional: name.endsWith('?') })),
    isBlocking: false,
    isNamed,
    run,
  };
}

export function blocking(parameters: string, run: LibraryFunction['run']): LibraryFunction {
  return { ...pure(parameters, run), isBlocking: true };
}
