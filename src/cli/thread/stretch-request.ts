/** What the threads of a command say to each other. */
import type { StretchTask } from '../../core/pass/stretch-task.js';
import type { InputObject } from '../../core/stored/quality-report.js';
import type { ReadSoFar } from '../../jobs/ports.js';
import type { ErrorKind, FourParts } from '../../core/unit/errors.js';

/** Where a thread reads from. */
export interface RawPlace {
  /** As a person typed it. */
  readonly root: string;
  readonly gcsEndpoint: string | undefined;
}

export interface StretchRequest {
  readonly place: RawPlace;
  readonly task: StretchTask;
  /** Stretches that are computed at once. */
  readonly atOnce: number;
}

export interface StretchTalk {
  readonly request: StretchRequest;
  readonly note: ReadSoFar;
  readonly answer: StretchAnswer;
}

export type StretchAnswer =
  | { readonly packedResult: unknown; readonly inputs: readonly InputObject[] }
  | { readonly needsWholeDay: string }
  | { readonly kind: ErrorKind; readonly parts: FourParts };
