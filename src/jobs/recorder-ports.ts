/** The seams of a recorder, as ports.ts has the others: its clock, its websockets and its spool. */
/** The clock of a recorder, by which rows arrive. */
export interface ArrivalClock {
  /** Microseconds since the epoch, UTC; never less than before. */
  nowUs(): number;
  /** How far it is ahead of the wall clock, which was put back; below a millisecond it is not. */
  aheadUs(): number;
}

/** A clock for durations, which a step of the wall clock does not change. */
export interface SteadyClock {
  /** Since any moment, never less than before. */
  steadyMs(): number;
}

/** Websockets of a client. */
export interface Sockets {
  /** Begins to connect; what becomes of it is told to the listener. */
  open(address: string, listener: SocketListener): Socket;
}

export interface Socket {
  /** Ignored unless the socket is open. */
  send(text: string): void;
  ping(): void;
  /** `closed`: with a close frame, and frames still come until the other side answers it. `dropped`: at once. */
  end(how: 'closed' | 'dropped'): void;
  /** Stops or starts reading; frames that were read already still come. */
  setPaused(isPaused: boolean): void;
}

export interface SocketListener {
  opened(): void;
  /** A frame as text, a binary one too. */
  text(text: string): void;
  /** A ping or a pong came. */
  alive(isPong: boolean): void;
  /** Called once, after everything else. `status`: HTTP status of a handshake that was refused. */
  ended(end: { readonly why: string; readonly status: number | undefined }): void;
}

/** A file or folder in the spool. */
export interface SpoolEntry {
  readonly name: string;
  /** 0 for a folder. */
  readonly sizeBytes: number;
  readonly isFolder: boolean;
}

/** A new file of the spool that grows at its end, by one call at a time. */
export interface SpoolLog {
  /** An ASCII text. After a failure, the next call writes over what the failed one left. */
  append(text: string): Promise<void>;
  /** Makes durable what was appended. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** What the spool's folder on the local disk says. Paths are relative to it. */
export interface SpoolReads {
  /** The folder itself. For messages only. */
  readonly root: string;
  /** Sorted by name; empty if there is no such folder. */
  list(folder: string): Promise<SpoolEntry[]>;
  /** Throws if there is no such file. */
  read(path: string): AsyncIterable<Uint8Array>;
}

/** The spool's folder; makes folders as they are needed. A full disk is a FlowbarsError of kind `blocked`. */
export interface SpoolFolder extends SpoolReads {
  /** Throws if the file is there already. */
  create(path: string): Promise<SpoolLog>;
  /** A whole file, durable when it returns; not atomic. */
  write(path: string, pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void>;
  /** Atomic, of a file or a folder. Nothing happens if there is nothing at `from`. */
  move(from: string, to: string): Promise<void>;
  /** A file, or a folder with all in it. Nothing happens if there is none. */
  remove(path: string): Promise<void>;
}
