/** The line that a terminal shows for an execution and for a survey, from events and a clock. */
import { describe, expect, test } from 'vitest';
import { ExecutionDisplay, SurveyDisplay } from '../../../src/cli/execution/execution-progress.js';
import { textWidth } from '../../../src/cli/screen/text-width.js';
import type { Display } from '../../../src/cli/screen/watch.js';

const START_MS = Date.UTC(2025, 11, 12);

function plain(_style: string, text: string): string {
  return text;
}

function lines(display: Display, afterMs: number, columns = 110): string[] {
  return display.lines(START_MS + afterMs, columns, 24, plain);
}

function follow(fields: object): ExecutionDisplay {
  const display = new ExecutionDisplay(START_MS);
  display.take({ name: 'execution_progress', fields: { ...fields } });
  return display;
}

const AGGREGATE = {
  phase: 'aggregate',
  window: 1,
  windows: 1,
  tasks_done: 3,
  tasks: 4,
  symbol_days_done: 1_203,
  symbol_days: 1_500,
};

describe('the line of an execution', () => {
  test.for<[string, object, string]>([
    [
      'the tasks of a phase',
      AGGREGATE,
      'aggregate ███████████████░░░░░ · 3 of 4 tasks · 1,203 of 1,500 symbol-days · 1m 5s',
    ],
    [
      'its window where there are several',
      { ...AGGREGATE, phase: 'finalize', window: 2, windows: 12, tasks_done: 4 },
      'finalize ████████████████████ · 4 of 4 tasks · window 2 of 12 · 1,203 of 1,500 symbol-days · 1m 5s',
    ],
    [
      'that one task is one',
      { ...AGGREGATE, phase: 'summarize', tasks_done: 0, tasks: 1, symbol_days_done: 1_500 },
      'summarize ░░░░░░░░░░░░░░░░░░░░ · 0 of 1 task · 1,500 of 1,500 symbol-days · 1m 5s',
    ],
    [
      'that it waits for a phase',
      { ...AGGREGATE, phase: undefined, tasks_done: 0, symbol_days_done: 0 },
      'waiting ░░░░░░░░░░░░░░░░░░░░ · 0 of 4 tasks · 0 of 1,500 symbol-days · 1m 5s',
    ],
  ])('says %s', ([, fields, line]) => {
    expect(lines(follow(fields), 65_000)).toEqual([line]);
  });

  test('says nothing that is not known before the first look', () => {
    const display = new ExecutionDisplay(START_MS);
    display.take({ name: 'waiting', fields: {} });
    expect(lines(display, 7_200_000)).toEqual(['waiting · 2h 0m']);
  });

  test('gives its bar up for its words where there is little room', () => {
    const display = follow({ ...AGGREGATE, window: 10, windows: 12 });
    const words = '3 of 4 tasks · window 10 of 12 · 1,203 of 1,500 symbol-days · 1m 5s';
    expect(lines(display, 65_000, 90)).toEqual([`aggregate ███████░░░ · ${words}`]);
    expect(lines(display, 65_000, 80)).toEqual([`aggregate · ${words}`]);
  });

  test.for([80, 40, 5])('fits %i columns', (columns) => {
    const [line = ''] = lines(follow({ ...AGGREGATE, window: 10, windows: 12 }), 1e8, columns);
    expect(textWidth(line)).toBeLessThanOrEqual(columns);
    expect(line.startsWith('aggr')).toBe(true);
  });
});

describe('the line of a survey', () => {
  test('counts what was compared, whatever the order of the events', () => {
    const display = new SurveyDisplay(START_MS);
    expect(lines(display, 0)).toEqual(['compared 0 symbol-days · 0.0 s']);
    display.take({ name: 'surveyed', fields: { done: 1_120, total: 1_500 } });
    display.take({ name: 'something', fields: { done: 7 } });
    expect(lines(display, 65_000)).toEqual(['compared 1,120 of 1,500 symbol-days · 1m 5s']);
  });

  test('fits few columns', () => {
    const [line = ''] = lines(new SurveyDisplay(START_MS), 0, 12);
    expect(line).toBe('compared 0 …');
  });
});
