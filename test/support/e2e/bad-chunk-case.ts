/** One fault in a recording, and what flowbars has to report. */
import type { Chunks } from './tiny-recording.js';

export interface BadChunkCase {
  readonly name: string;
  readonly change: (chunks: Chunks) => Chunks | void;
  /** Exit code of a run over this symbol alone: 0 unless given. */
  readonly code?: number;
  /** `complete` unless given. */
  readonly status?: 'partial' | 'failed';
  /** `severity code where: detail`, all of them. */
  readonly findings: readonly string[];
  /** Counts that differ from those of the unchanged recording, 60 rows of each stream used. */
  readonly trades?: Readonly<Record<string, number>>;
  readonly depth?: Readonly<Record<string, number>>;
  /** `line column: found …, expected …` of each, in the report. */
  readonly malformed?: readonly string[];
}
