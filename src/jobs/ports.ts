/**
 * Every seam between the jobs and the outside world, on one page. An interface belongs to the jobs
 * that consume it and is implemented at the rim, in edge/; no SDK type appears here.
 */

/** One stored object as a listing shows it. */
export interface StoredObject {
  /** Name below the store's root, with `/` between folders, never with a leading `/`. */
  readonly name: string;
  readonly sizeBytes: number;
  /** CRC-32C of the stored bytes as eight lower-case hex digits, where a listing knows it (GCS does, a folder does not). */
  readonly crc32c: string | undefined;
  /** Names this exact content on GCS; undefined where the store keeps no generations. */
  readonly generation: string | undefined;
}

/** A stored object with its content, length- and checksum-verified against what the store listed. */
export interface StoredContent {
  readonly bytes: Uint8Array;
  /** CRC-32C of `bytes`, computed here, as eight lower-case hex digits. */
  readonly crc32c: string;
  readonly generation: string | undefined;
}

/**
 * What a write may replace: `anything`, `nothing` (create only), or exactly the content that an
 * earlier read or listing saw. The two latter throw a FlowbarsError of kind `conflict` when the world has moved on.
 */
export type Replaces = 'anything' | 'nothing' | { readonly content: StoredContent };

/** Outcome of a write. `unchanged`: the stored object already held exactly these bytes. */
export interface WriteResult {
  readonly outcome: 'written' | 'unchanged';
  readonly crc32c: string;
  readonly generation: string | undefined;
}

/**
 * A folder of named objects: a local directory, or `gs://bucket/prefix`.
 * Errors of the world (network, permissions, full disk) are FlowbarsErrors of kind `world`, with four parts.
 */
export interface Store {
  /** The root as a person writes it: a path or a gs:// URI. For messages only. */
  readonly root: string;
  /** Reads in flight that keep the store busy: many in a bucket, whose answers take their time, few in a folder. */
  readonly readsAtOnce: number;
  /** Objects whose name begins with `prefix`, in order of their names (by UTF-16 code unit). A prefix that matches nothing gives none. */
  list(prefix: string): Promise<StoredObject[]>;
  /** First-level folder names in order. Throws a FlowbarsError of kind `world` when the root itself does not exist. */
  folders(): Promise<string[]>;
  /** Content of one object: the listed generation if given one, else the newest. Undefined when there is none. */
  read(name: string, listed?: StoredObject): Promise<StoredContent | undefined>;
  /** Stores whole or not at all; writing the bytes that are already there changes nothing. */
  write(name: string, bytes: Uint8Array, replaces: Replaces): Promise<WriteResult>;
}

/** Wall clock and waiting; injected so that no test sleeps. */
export interface Clock {
  /** Milliseconds since the epoch, UTC. */
  nowMs(): number;
  waitMs(durationMs: number): Promise<void>;
}

/** Severities as Google Cloud Logging names them. */
export type Severity = 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR';

/** Where a job says what happens: structured events, never sentences glued together. */
export interface Log {
  event(severity: Severity, name: string, fields: Readonly<Record<string, unknown>>): void;
}

/** The few operations on bytes that core/ cannot do without an SDK or the runtime. */
export interface Codec {
  /** Lower-case hex SHA-256. */
  sha256(bytes: Uint8Array): string;
  /** Content behind gzip magic bytes decompressed (all members), other content as it is. Throws a FlowbarsError of kind `data` (damaged) or `limit` (larger than limitBytes). */
  gunzipIfGzip(bytes: Uint8Array, limitBytes: number): Promise<Uint8Array>;
  /** UTF-8. */
  encode(text: string): Uint8Array;
  decode(bytes: Uint8Array): string;
}

/** CSV by RFC 4180 through the libraries that know it; core/ only sees fields. */
export interface Tables {
  /** One header line and the rows, LF, quotes only where needed, UTF-8. */
  write(header: readonly string[], rows: Iterable<readonly string[]>): Uint8Array;
  /** All records of a small file, the header first; lengths may differ. Throws a FlowbarsError of kind `data`. */
  read(bytes: Uint8Array, where: string): string[][];
  /** The same one after the other, for a file whose records are lines: memory stays flat. Throws while it is gone through. */
  records(bytes: Uint8Array, where: string): Iterable<string[]>;
  /** The fields of one line of a chunk (Latin-1 text, without its line end); undefined when it is not one RFC 4180 record. */
  splitLine(line: string): string[] | undefined;
}

/** What a job needs of the world: six things at most. */
export interface Effects {
  readonly raw: Store;
  readonly out: Store;
  readonly codec: Codec;
  readonly tables: Tables;
  readonly clock: Clock;
  readonly log: Log;
}

/** What the workflow service says of an execution. */
export interface ExecutionView {
  /** The execution's id, which is the run id. */
  readonly id: string;
  readonly state: 'running' | 'succeeded' | 'failed' | 'cancelled';
  /** The JSON value that it was started with. */
  readonly argument: unknown;
  /** Milliseconds since the epoch. */
  readonly startedMs: number;
  /** The innermost step that runs, or the last one that ran; empty where the service does not say. */
  readonly step: string;
  /** What the workflow raised; undefined unless it failed. */
  readonly error: { readonly message: string; readonly tags: readonly string[] } | undefined;
}

/** A deployed workflow. Errors are FlowbarsErrors of kind `world`, with four parts. */
export interface Workflow {
  /** `projects/P/locations/L/workflows/W`. */
  readonly name: string;
  /** Its user environment variables; undefined where the caller may not see them. */
  settings(): Promise<Readonly<Record<string, string>> | undefined>;
  /** Starts an execution and gives its id. Never retried: a second start is a second execution. */
  start(argument: Readonly<Record<string, unknown>>): Promise<string>;
  look(id: string): Promise<ExecutionView>;
}
