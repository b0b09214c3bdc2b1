/**
 * What one task of the final step has to say for a day's manifest, where several share the day: stored
 * below the run, so that the task which finds all parts there writes the manifest. Readers ignore it.
 */
import { SCHEMA_VERSION } from '../rule/day-rules.js';
import {
  arrayOf,
  type Guard,
  isDictionary,
  isNumber,
  isText,
  objectOf,
  orNull,
} from './json-shape.js';
import type { LastAttempt, PublishedEntry } from './manifest.js';
import { isLastAttempt, isPublishedEntry } from './stored-shapes.js';

/** What a run says of one symbol of the day: verified files, or an attempt that published nothing. */
export type SymbolUpdate =
  | { readonly symbol: string; readonly published: PublishedEntry }
  | { readonly symbol: string; readonly attempt: LastAttempt };

/** `_manifest/runs/{run_id}/finalized/{date}/{index}.json`. */
export interface FinalizedPart {
  readonly schema_version: number;
  readonly run_id: string;
  readonly date: string;
  /** Which slice of the day's symbols, from 0. */
  readonly index: number;
  /** Slices of the day. */
  readonly count: number;
  /** Of the verified reports; null where none has one or none was read. */
  readonly dataset: Readonly<Record<string, unknown>> | null;
  /** In the order of the slice's symbols. */
  readonly symbols: readonly SymbolUpdate[];
}

const isPublishedUpdate = objectOf<{ symbol: string; published: PublishedEntry }>({
  symbol: isText,
  published: isPublishedEntry,
});
const isAttemptUpdate = objectOf<{ symbol: string; attempt: LastAttempt }>({
  symbol: isText,
  attempt: isLastAttempt,
});
const isSymbolUpdate: Guard<SymbolUpdate> = (value): value is SymbolUpdate =>
  isPublishedUpdate(value) || isAttemptUpdate(value);

export const isFinalizedPart: Guard<FinalizedPart> = objectOf<FinalizedPart>({
  schema_version: (value): value is number => value === SCHEMA_VERSION,
  run_id: isText,
  date: isText,
  index: isNumber,
  count: isNumber,
  dataset: orNull(isDictionary),
  symbols: arrayOf(isSymbolUpdate),
});
