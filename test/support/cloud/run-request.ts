/**
 * Reads the body of `jobs:run` and refuses what Cloud Run refuses: an unknown field, a value of the
 * wrong type, a number outside of the limits. Where the real service is lenient this is not.
 */
import { isDictionary } from '../../../src/core/unit/json.js';

/** https://cloud.google.com/run/quotas. */
export const TASKS_MAX = 10_000;
const VARIABLES_MAX = 1_000;
const VARIABLE_BYTES_MAX = 32_000;
const TASK_TIMEOUT_MS_MAX = 168 * 3_600_000;

export interface Overrides {
  readonly taskCount: number | undefined;
  readonly timeoutMs: number | undefined;
  readonly args: readonly string[] | undefined;
  readonly env: Readonly<Record<string, string>>;
}

/** What becomes an answer of status 400 or 404. */
export class RefusedRequest extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export function readOverrides(body: unknown): Overrides {
  const request = fieldsOf(body ?? {}, 'body', ['overrides']);
  const where = 'overrides';
  const overrides = fieldsOf(request[where] ?? {}, where, [
    'containerOverrides',
    'taskCount',
    'timeout',
  ]);
  const containers = listOf(overrides['containerOverrides'] ?? [], `${where}.containerOverrides`);
  if (containers.length > 1) refuse(`${where}.containerOverrides`, containers, 'one container');
  const place = `${where}.containerOverrides[0]`;
  const container = fieldsOf(containers[0] ?? {}, place, ['args', 'env', 'clearArgs']);
  const args = argsOf(container, place);
  const env = variablesOf(container['env'] ?? [], `${place}.env`);
  const { taskCount, timeout } = overrides;
  return {
    taskCount: taskCount === undefined ? undefined : taskCountOf(taskCount),
    timeoutMs: timeout === undefined ? undefined : durationMs(timeout, `${where}.timeout`),
    args,
    env,
  };
}

/** `3600s` in milliseconds. */
export function durationMs(value: unknown, where: string): number {
  const seconds = typeof value === 'string' ? /^(\d+(?:\.\d{1,9})?)s$/.exec(value)?.[1] : undefined;
  const ms = Number(seconds) * 1_000;
  return ms > 0 && ms <= TASK_TIMEOUT_MS_MAX ? ms : refuse(where, value, 'such as "3600s"');
}

export function taskCountOf(value: unknown): number {
  const isCount = typeof value === 'number' && Number.isInteger(value);
  return isCount && value >= 1 && value <= TASKS_MAX
    ? value
    : refuse('overrides.taskCount', value, `a whole number from 1 to ${TASKS_MAX}`);
}

function argsOf(
  container: Readonly<Record<string, unknown>>,
  where: string,
): readonly string[] | undefined {
  const clears = container['clearArgs'] ?? false;
  if (typeof clears !== 'boolean') refuse(`${where}.clearArgs`, clears, 'true or false');
  if (container['args'] === undefined) return clears ? [] : undefined;
  return listOf(container['args'], `${where}.args`).map((arg) =>
    typeof arg === 'string' ? arg : refuse(`${where}.args`, arg, 'texts'),
  );
}

function variablesOf(value: unknown, where: string): Record<string, string> {
  const entries = listOf(value, where);
  if (entries.length > VARIABLES_MAX) refuse(where, entries.length, `at most ${VARIABLES_MAX}`);
  const pairs = entries.map((entry, index): [string, string] => {
    const place = `${where}[${index}]`;
    const { name, value: text } = fieldsOf(entry, place, ['name', 'value']);
    if (typeof name !== 'string' || name === '') return refuse(`${place}.name`, name, 'a text');
    if (typeof text !== 'string') return refuse(`${place}.value`, text, 'a text');
    for (const part of [name, text]) {
      const sizeBytes = Buffer.byteLength(part);
      if (sizeBytes <= VARIABLE_BYTES_MAX) continue;
      refuse(place, `${sizeBytes} bytes`, `at most ${VARIABLE_BYTES_MAX}`);
    }
    return [name, text];
  });
  return Object.fromEntries(pairs);
}

function fieldsOf(
  value: unknown,
  where: string,
  known: readonly string[],
): Readonly<Record<string, unknown>> {
  if (!isDictionary(value)) return refuse(where, value, 'an object');
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new RefusedRequest(
      400,
      `Invalid JSON payload received. Unknown name "${unknown}" at '${where}': Cannot find field.`,
    );
  }
  return value;
}

function listOf(value: unknown, where: string): readonly unknown[] {
  return Array.isArray(value) ? value : refuse(where, value, 'a list');
}

function refuse(where: string, found: unknown, expected: string): never {
  const shown = JSON.stringify(found) ?? 'nothing';
  throw new RefusedRequest(400, `${where}: found ${shown.slice(0, 200)}, expected ${expected}`);
}
