/** Reads the keys of language models from variables, and from nowhere else; no error quotes one. */
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Environment } from '../process/cloud-run.js';

export const ANTHROPIC_KEY = 'ANTHROPIC_API_KEY';
export const OPENAI_KEY = 'OPENAI_API_KEY';
export const GOOGLE_PROJECT = 'GOOGLE_CLOUD_PROJECT';
export const GOOGLE_LOCATION = 'GOOGLE_CLOUD_LOCATION';

/** Undefined where the variable is not set. Throws a usage error for a key that no header can hold. */
export function writerKey(environment: Environment, name: string): string | undefined {
  const key = environment[name]?.trim() ?? '';
  if (key === '') return undefined;
  if (/^[\u0021-\u007e]+$/u.test(key)) return key;
  const expected = 'a key of printable ASCII characters';
  throw new FlowbarsError('usage', {
    where: name,
    what: 'key',
    found: 'other characters',
    expected,
  });
}

/** Throws a usage error that names the variable. */
export function neededVariable(environment: Environment, name: string, what: string): string {
  const value = writerKey(environment, name);
  if (value !== undefined) return value;
  const expected = `${what} in the variable ${name}`;
  throw new FlowbarsError('usage', { where: name, what: 'variable', found: 'nothing', expected });
}
