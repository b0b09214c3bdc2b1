/** What an import is asked for, what it needs, and what it says while it works. */
import type { SourceHints } from '../../core/import/kind/recognised.js';
import type { SplitLine } from '../../core/import/record/table-rows.js';
import type { Clock, Codec, SourceFile, Store } from '../ports.js';

export interface ImportRequest {
  /** In the order in which they are imported. */
  readonly files: readonly SourceFile[];
  readonly hints: SourceHints;
  readonly chunkMinutes: 1 | 60;
  readonly gzip: boolean;
  /** Of the names of chunks; empty for none. */
  readonly part: string;
}

export interface ImportEffects {
  /** The raw root. */
  readonly raw: Store;
  readonly codec: Codec;
  readonly splitLine: SplitLine;
  /** Compresses; the same content has to give the same bytes. */
  readonly gzip: (bytes: Uint8Array) => Promise<Uint8Array>;
  readonly clock: Clock;
  readonly onProgress: (progress: ImportProgress) => void;
}

export interface ImportProgress {
  /** `check`: every file is read to its end before anything is written. */
  readonly step: 'check' | 'import';
  readonly path: string;
  /** Of this step, over all files. */
  readonly readBytes: number;
  readonly sizeBytes: number;
  readonly rows: number;
  readonly chunks: number;
}
