/** What connectors retry on by themselves. None of it is 500. */
import { isList, isMap, type Value } from '../expression/values.js';

export type Predicate = (error: Value) => boolean;

const IDEMPOTENT_CODES = [429n, 502n, 503n, 504n];
const IDEMPOTENT_TAGS = ['ConnectionError', 'ConnectionFailedError', 'TimeoutError'];

export const isRetriedForIdempotent: Predicate = (error) =>
  hasCode(error, IDEMPOTENT_CODES) || hasTag(error, IDEMPOTENT_TAGS);

export const isRetriedForOthers: Predicate = (error) =>
  hasCode(error, [429n, 503n]) || hasTag(error, ['ConnectionFailedError']);

function hasCode(error: Value, codes: readonly bigint[]): boolean {
  const code = isMap(error) ? error.get('code') : undefined;
  return typeof code === 'bigint' && codes.includes(code) && hasTag(error, ['HttpError']);
}

function hasTag(error: Value, tags: readonly string[]): boolean {
  const found = isMap(error) ? (error.get('tags') ?? null) : null;
  return isList(found) && tags.some((tag) => found.includes(tag));
}
