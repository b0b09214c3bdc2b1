/** What the three services have in common: a limit of tokens, and why a text is not whole. */
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Clock } from '../../jobs/ports.js';

/** Tokens of an answer, thoughts included where a model has them. */
export const WRITER_TOKENS_MAX = 8_192;

export interface WriterOptions {
  readonly model: string;
  /** Base address without a trailing `/`. */
  readonly url: string;
  readonly clock: Clock;
  readonly attemptMs?: number | undefined;
}

/** `reason`: the word of the service for why it stopped. */
export function notWhole(where: string, reason: unknown, expected: string): FlowbarsError {
  const isWord = typeof reason === 'string' && /^[A-Za-z_]{1,40}$/u.test(reason);
  const found = isWord ? `stop reason '${reason}'` : 'an answer of another form';
  return new FlowbarsError('world', { where, what: 'text of the writer', found, expected });
}

/** Members of unknown JSON, one below the other; undefined where one is missing. */
export function memberOf(value: unknown, ...path: readonly (string | number)[]): unknown {
  let found = value;
  for (const name of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    const entry = Object.entries(found).find(([key]) => key === String(name));
    found = entry?.[1];
  }
  return found;
}

/** Texts of blocks one after the other; what is no text is left out. */
export function joinedTexts(blocks: readonly unknown[]): string {
  return blocks
    .map((block) => memberOf(block, 'text'))
    .filter((text) => typeof text === 'string')
    .join('');
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
