/** A connector: a function with named arguments that only a call step may call, since it blocks. */
import type { Value, WorkflowMap } from '../expression/values.js';
import type { Position, Refusals } from '../read/deploy-error.js';
import type { Template } from '../read/program.js';

/** Addresses of the services that connectors call, without a trailing slash. */
export interface ServiceUrls {
  readonly run?: string;
  readonly storage?: string;
}

/** The two answers whose form Google does not document. A test may ask for each. */
export interface OpenForms {
  /** What a successful jobs.run returns. */
  readonly jobsRunResult: 'execution' | 'wrapped';
  /** What objects.get with alt=media returns for JSON. */
  readonly mediaJson: 'map' | 'string' | 'bytes';
}

export interface LogEntry {
  readonly severity: string;
  readonly payload: WorkflowMap;
}

export interface ConnectorContext {
  readonly nowMs: () => number;
  readonly waitMs: (durationMs: number) => Promise<void>;
  /** Every request counts as a step. */
  readonly countStep: () => void;
  readonly log: (entry: LogEntry) => void;
  readonly signal: AbortSignal;
  readonly urls: ServiceUrls;
  readonly forms: OpenForms;
}

export type ConnectorArguments = ReadonlyMap<string, Value>;

export interface Connector {
  /** Names of its arguments; optional ones end with `?`. */
  readonly parameters: readonly string[];
  /** Refuses what the source alone shows to be wrong. */
  readonly check: (given: ReadonlyMap<string, Template>, at: Position, refusals: Refusals) => void;
  readonly run: (given: ConnectorArguments, context: ConnectorContext) => Promise<Value> | Value;
}
