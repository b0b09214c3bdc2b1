/**
 * Every seam between the jobs and the outside world, on one page; recorder-ports.ts has those that only a recorder needs. An interface belongs to the jobs
 * that consume it and is implemented at the rim, in edge/; no SDK type appears here.
 */
import type { TypedField } from '../core/column/typed-schema.js';
import type { StretchEnd, StretchTask } from '../core/pass/stretch-task.js';
import type { TypedFacts } from '../core/typed/typed-facts.js';
import type { TypedColumn } from '../core/typed/typed-rows.js';

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

/** Lends memory of so many bytes or more; what it holds is overwritten. */
export type Allocate = (sizeBytes: number) => Uint8Array;

/**
 * What a write may replace: `anything`, `nothing` (create only), or exactly the content that an
 * earlier read or listing saw. The latter two throw a FlowbarsError of kind `conflict` if another write came first.
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
 * Network errors, missing permissions and a full disk are FlowbarsErrors of kind `world`, with four parts.
 */
export interface Store {
  /** The root as a path or a gs:// URI. For messages only. */
  readonly root: string;
  /** Reads in flight that saturate the store: many for a bucket, whose latency is high, few for a folder. Further ones wait. */
  readonly readsAtOnce: number;
  /** The same store for one of so many threads that read at once, with its share of the reads in flight; only a bucket has it. */
  asOneOf?(readers: number): Store;
  /** Objects whose name begins with `prefix`, sorted by name (by UTF-16 code unit). Empty if nothing matches. */
  list(prefix: string): Promise<StoredObject[]>;
  /** Names of the folders in the folder `prefix` (with its `/`; the root if it is not given), sorted. Throws a FlowbarsError of kind `world` if the root itself does not exist. */
  folders(prefix?: string): Promise<string[]>;
  /**
   * Content of one object: the listed generation if given, else the newest. Undefined if there is none. A bucket puts
   * a listed object into memory that `allocate` lends once, and the content is a part of it; other stores do not ask.
   */
  read(
    name: string,
    listed?: StoredObject,
    allocate?: Allocate,
  ): Promise<StoredContent | undefined>;
  /**
   * A listed object at once, into memory that the caller lends; only a folder has it. `allocate` gets the bytes
   * that it needs and may give more; the content is then a part of what it gave. Throws if there is none.
   */
  readNow?(name: string, listed: StoredObject, allocate: Allocate): StoredContent;
  /** False while `readNow` waits for a slow disk or network: then several `read` at once are faster. */
  isQuick?(): boolean;
  /** CRC-32C of the listed content, read but not held; a store whose listing has checksums lacks it. Throws as `read` does. */
  checksum?(listed: StoredObject): Promise<string | undefined>;
  /** Atomic: stores all bytes or nothing. Writing the same bytes again changes nothing. */
  write(name: string, bytes: Uint8Array, replaces: Replaces): Promise<WriteResult>;
}

/** Wall clock and waiting; injected so that no test sleeps. */
export interface Clock {
  /** Milliseconds since the epoch, UTC. */
  nowMs(): number;
  waitMs(durationMs: number): Promise<void>;
  /** Lets what waits on this thread have its turn: progress, answers, signals. */
  turn(): Promise<void>;
}

/** Severities as Google Cloud Logging names them. */
export type Severity = 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR';

/** Where a job reports what happens, as structured events and never as sentences. */
export interface Log {
  event(severity: Severity, name: string, fields: Readonly<Record<string, unknown>>): void;
}

/** The few operations on bytes that core/ cannot do without an SDK or the runtime. */
export interface Codec {
  /** Lower-case hex SHA-256. */
  sha256(bytes: Uint8Array): string;
  /** Decompresses content that begins with the gzip magic bytes (all members); returns other content unchanged. Throws a FlowbarsError of kind `data` (damaged) or `limit` (larger than limitBytes). */
  gunzipIfGzip(bytes: Uint8Array, limitBytes: number): Uint8Array;
  /** UTF-8. */
  encode(text: string): Uint8Array;
  decode(bytes: Uint8Array): string;
}

/** A typed file as its own schema and footer describe it. */
export interface TypedReading {
  /** Physical, logical type and repetition of each column, such as `INT64 TIMESTAMP(MILLIS,UTC) REQUIRED`. */
  readonly fields: readonly { readonly name: string; readonly type: string }[];
  readonly rows: number;
  readonly rowGroups: number;
  readonly facts: TypedFacts;
  /**
   * The cells of one column: numbers (times in milliseconds), big integers of a count, texts; null or undefined for an
   * empty cell. Throws a FlowbarsError of kind `data`.
   */
  column(name: string): Promise<ArrayLike<unknown>>;
}

/** A typed file that grows by row groups in memory. */
export interface TypedWriter {
  /** Bytes so far. */
  sizeBytes(): number;
  /** One row group. */
  add(columns: readonly TypedColumn[]): void;
  /** The bytes, with what the file says of itself. Call it once. */
  finish(facts: TypedFacts): Uint8Array;
}

/** Parquet through libraries, one that writes and another one that reads. */
export interface TypedFiles {
  /** The same fields, facts and rows give the same bytes. */
  create(fields: readonly TypedField[]): TypedWriter;
  /** Reads the footer. Throws a FlowbarsError of kind `data`. */
  read(bytes: Uint8Array, where: string): Promise<TypedReading>;
}

/** CSV by RFC 4180, through libraries; core/ only sees fields. */
export interface Tables {
  readonly typed: TypedFiles;
  /** One header line and the rows, LF, quotes only where needed, UTF-8. */
  write(header: readonly string[], rows: Iterable<readonly string[]>): Uint8Array;
  /** All records of a small file, the header first; lengths may differ. Throws a FlowbarsError of kind `data`. */
  read(bytes: Uint8Array, where: string): string[][];
  /** The same one by one with constant memory, for a file whose records are lines. Throws while iterated. */
  records(bytes: Uint8Array, where: string): Iterable<string[]>;
  /** The fields of one line of a chunk (Latin-1 text, without its line end); undefined if it is not one RFC 4180 record. */
  splitLine(line: string): string[] | undefined;
}

/** A piece of a file to import. */
export interface SourcePiece {
  /** Unpacked content as Latin-1: a character is a byte. */
  readonly text: string;
  /** Bytes of the file that were read so far, packed as they are. */
  readonly readBytes: number;
}

/** A file to import, as a person named it. */
export interface SourceFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** Its content piece by piece: unpacked from gzip, or the only file of a zip archive. Throws a FlowbarsError of kind `data` where it is damaged, at its end for a wrong checksum. */
  pieces(): AsyncIterable<SourcePiece>;
  /** Lower-case hex SHA-256 of the file as it is. */
  sha256(): Promise<string>;
  /** Text of the file `PATH.CHECKSUM` beside it; undefined if there is none. */
  checksumText(): Promise<string | undefined>;
}

/** Threads that compute stretches of a day at once. Each has stores of its own. */
export interface Crew {
  /** Stretches at once, one of them on the thread that asks. */
  readonly threads: number;
  /** Starts what `count` stretches at once need, while other things are done. */
  prepare(count: number): void;
  /** Computes one of `atOnce` stretches on another thread. Throws what computing it throws. */
  compute(
    task: StretchTask,
    atOnce: number,
    onRead: (soFar: ReadSoFar) => void,
  ): Promise<StretchEnd>;
}

/** How much of a stretch was read. */
export interface ReadSoFar {
  readonly chunks: number;
  readonly bytes: number;
}

/** What a page needs that runs in a browser, beside its words. */
export interface PageKit {
  /** gzip at its highest level, then base64. The same bytes give the same text. */
  pack(bytes: Uint8Array): Promise<string>;
  /** The browser's modules by the names that import them: those of src/page, and the chart library. */
  modules(): Promise<ReadonlyMap<string, string>>;
}

/** The effects of a job: six at most. */
export interface Effects {
  readonly raw: Store;
  readonly out: Store;
  readonly codec: Codec;
  readonly tables: Tables;
  readonly clock: Clock;
  readonly log: Log;
}

/** Those of a job that computes days. */
export interface ComputeEffects extends Effects {
  readonly crew: Crew;
}

/** An execution as the workflow service describes it. */
export interface ExecutionView {
  /** The execution's id, which is the run id. */
  readonly id: string;
  readonly state: 'running' | 'succeeded' | 'failed' | 'cancelled';
  /** The JSON value it was started with. */
  readonly argument: unknown;
  /** Milliseconds since the epoch. */
  readonly startedMs: number;
  /** The innermost running step, or the last one that ran; empty if the service does not say. */
  readonly step: string;
  /** The error that the workflow raised; undefined unless it failed. */
  readonly error: { readonly message: string; readonly tags: readonly string[] } | undefined;
}

/** A deployed workflow. Errors are FlowbarsErrors of kind `world`, with four parts. */
export interface Workflow {
  /** `projects/P/locations/L/workflows/W`. */
  readonly name: string;
  /** Its user environment variables; undefined if the caller lacks the permission. */
  settings(): Promise<Readonly<Record<string, string>> | undefined>;
  /** Starts an execution and returns its id. Never retried: a second start is a second execution. */
  start(argument: Readonly<Record<string, unknown>>): Promise<string>;
  look(id: string): Promise<ExecutionView>;
}
