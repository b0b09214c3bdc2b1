/** What Python says on its standard output: a JSON object a line. */
import { hasShape } from '../../shape/guard.js';
import type { ValueOf } from '../../shape/shape.js';
import { readJson } from '../../unit/json.js';

const EVENT_SHAPES = {
  progress: {
    is: 'object',
    fields: {
      event: { is: 'word', of: ['progress'] },
      done: { is: 'count' },
      total: { is: 'count' },
      what: { is: 'text' },
    },
  },
  result: {
    is: 'object',
    fields: { event: { is: 'word', of: ['result'] }, exit_code: { is: 'integer' } },
  },
  error: {
    is: 'object',
    fields: {
      event: { is: 'word', of: ['error'] },
      kind: { is: 'word', of: ['usage', 'data', 'world'] },
      what: { is: 'text' },
      found: { is: 'text' },
      expected: { is: 'text' },
      where: { is: 'text' },
    },
  },
  event: { is: 'either', of: ['progress', 'result', 'error'] },
} as const;

type Named = typeof EVENT_SHAPES;
export type TrainerEvent = ValueOf<Named['event'], Named>;
export type TrainerProgress = ValueOf<Named['progress'], Named>;

/** Undefined if the line is none of these. */
export function readTrainerEvent(line: string): TrainerEvent | undefined {
  const value = readJson(line);
  return isEvent(value) ? value : undefined;
}

function isEvent(value: unknown): value is TrainerEvent {
  return hasShape(value, EVENT_SHAPES.event, EVENT_SHAPES);
}
