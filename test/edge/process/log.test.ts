/** Log lines as Cloud Logging reads them, and back. */
import { describe, expect, test } from 'vitest';
import { describeEvent } from '../../../src/cli/screen/describe-event.js';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import { errorFields, jsonLog, parseLogLine, slowedLog } from '../../../src/edge/process/log.js';
import type { Log } from '../../../src/jobs/ports.js';
import { manualClock } from '../../support/manual-clock.js';

function written(act: (log: Log) => void): string[] {
  const lines: string[] = [];
  act(jsonLog((text) => lines.push(text), describeEvent));
  return lines;
}

describe('a line of the JSON log', () => {
  test('has severity, message, event and the fields', () => {
    const [line = ''] = written((log) =>
      log.event('INFO', 'step_started', { step: 'task', count: 2 }),
    );
    expect(line.endsWith('\n')).toBe(true);
    expect(JSON.parse(line)).toEqual({
      severity: 'INFO',
      message: 'task: 2 to do',
      event: 'step_started',
      step: 'task',
      count: 2,
    });
  });

  test('of an error has the four parts and says them in one sentence', () => {
    const parts = { what: 'date', found: "'x'", expected: 'a day', where: '--from' };
    const error = new FlowbarsError('usage', parts);
    const [line = ''] = written((log) => log.event('ERROR', 'error', errorFields(error)));
    expect(JSON.parse(line)).toEqual({
      severity: 'ERROR',
      message: "--from date: found 'x', expected a day",
      event: 'error',
      kind: 'usage',
      ...parts,
    });
  });

  test('cannot be taken over by a field of that name', () => {
    const fields = { severity: 'DEBUG', event: 'other', message: 'odd' };
    const [line = ''] = written((log) => log.event('ERROR', 'odd', fields));
    expect(JSON.parse(line)).toMatchObject({ severity: 'ERROR', event: 'odd' });
  });

  test('keeps big integers as digits and one event on one line', () => {
    const [line = ''] = written((log) => log.event('INFO', 'x', { id: 2n ** 64n, text: 'a\nb' }));
    expect(line.indexOf('\n')).toBe(line.length - 1);
    expect(JSON.parse(line)).toMatchObject({ id: '18446744073709551616' });
  });

  test('that would be too long leaves its fields out and says so', () => {
    const [line = ''] = written((log) => log.event('INFO', 'x', { list: ['y'.repeat(200_000)] }));
    expect(line.length).toBeLessThan(1_000);
    expect(JSON.parse(line)).toMatchObject({ event: 'x' });
    expect(JSON.parse(line)).toHaveProperty('omitted_characters');
  });

  test('is read back as the event that it was', () => {
    const [line = ''] = written((log) => log.event('WARNING', 'progress', { chunks_done: 3 }));
    expect(parseLogLine(line.trim())).toEqual({
      severity: 'WARNING',
      name: 'progress',
      fields: { chunks_done: 3 },
    });
  });

  test.each(['', 'text', '{', '[]', '{"severity":"INFO"}', '{"severity":"LOUD","event":"x"}'])(
    'is not %j',
    (line) => {
      expect(parseLogLine(line)).toBeUndefined();
    },
  );
});

test('a slowed log lets an event pass once per interval and symbol-day, the last one too, and all others', () => {
  const clock = manualClock();
  const passed: string[] = [];
  const log = slowedLog(
    { event: (_severity, name, fields) => passed.push(`${name} ${String(fields['symbol'])}`) },
    ['progress'],
    1_000,
    clock,
  );
  for (let step = 0; step < 4; step += 1) {
    for (const symbol of ['A', 'B']) {
      log.event('INFO', 'progress', { symbol, date: '2025-12-11' });
    }
    log.event('INFO', 'symbol_day', { symbol: 'A' });
    clock.advance(400);
  }
  expect(passed.filter((name) => name === 'progress A')).toHaveLength(2);
  const all = { symbol: 'C', date: '2025-12-11', chunks_total: 2 };
  log.event('INFO', 'progress', { ...all, chunks_done: 1 });
  log.event('INFO', 'progress', { ...all, chunks_done: 2 });
  expect(passed.filter((name) => name === 'progress C')).toHaveLength(2);
  expect(passed.filter((name) => name === 'progress B')).toHaveLength(2);
  expect(passed.filter((name) => name === 'symbol_day A')).toHaveLength(4);
});
