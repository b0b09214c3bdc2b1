/** What a connector is: the arguments it takes, and a call that may wait for an operation. */
import type { Position, Refusals } from '../read/deploy-error.js';
import type { LibraryParameter } from '../library/library.js';
import type { Template } from '../read/program.js';
import type { Value } from '../expression/values.js';

/** Where the services are that a connector calls, without a trailing slash. */
export interface ServiceUrls {
  readonly run?: string;
  readonly storage?: string;
}

/** The two answers of which nobody has written down the form; a test may ask for each. */
export interface OpenForms {
  /** What a successful jobs.run returns. */
  readonly jobsRunResult: 'execution' | 'wrapped';
  /** What objects.get with alt=media returns for JSON. */
  readonly mediaJson: 'map' | 'string' | 'bytes';
}

export interface ConnectorContext {
  readonly nowMs: () => number;
  readonly waitMs: (durationMs: number) => Promise<void>;
  /** Every request counts as a step. */
  readonly countStep: () => void;
  readonly signal: AbortSignal;
  readonly urls: ServiceUrls;
  readonly forms: OpenForms;
}

export type ConnectorArguments = ReadonlyMap<string, Value>;

export interface Connector {
  readonly parameters: readonly LibraryParameter[];
  /** Refusals that can be told from the source alone. */
  readonly check: (given: ReadonlyMap<string, Template>, at: Position, refusals: Refusals) => void;
  readonly run: (given: ConnectorArguments, context: ConnectorContext) => Promise<Value>;
}
