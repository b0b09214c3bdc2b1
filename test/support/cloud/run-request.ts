/**
 * Reads the body of `jobs:run`. Refuses what Cloud Run refuses (unknown fields, wrong types, numbers
 * outside the limits), what it reads leniently, and fields that the workflow does not send.
 */
import { isDictionary } from '../../../src/core/unit/json.js';

/** https://cloud.google.com/run/quotas. */
const TASKS_MAX = 10_000;
const VARIABLES_MAX = 1_000;
const VARIABLE_BYTES_MAX = 32_000;

export interface Overrides {
  readonly taskCount: number | undefined;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** An answer of status 400 or more. */
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
  const known = ['containerOverrides', 'taskCount'];
  const overrides = fieldsOf(request[where] ?? {}, where, known);
  const containers = listOf(overrides['containerOverrides'] ?? [], `${where}.containerOverrides`);
  if (containers.length > 1) refuse(`${where}.containerOverrides`, containers, 'one container');
  const place = `${where}.containerOverrides[0]`;
  const container = fieldsOf(containers[0] ?? {}, place, ['args', 'env']);
  const args = listOf(container['args'] ?? [], `${place}.args`).map((arg) =>
    typeof arg === 'string' ? arg : refuse(`${place}.args`, arg, 'texts'),
  );
  const env = variablesOf(container['env'] ?? [], `${place}.env`);
  const { taskCount } = overrides;
  return {
    taskCount: taskCount === undefined ? undefined : taskCountOf(taskCount),
    args,
    env,
  };
}

function taskCountOf(value: unknown): number {
  const isCount = typeof value === 'number' && Number.isInteger(value);
  return isCount && value >= 1 && value <= TASKS_MAX
    ? value
    : refuse('overrides.taskCount', value, `a whole number from 1 to ${TASKS_MAX}`);
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
