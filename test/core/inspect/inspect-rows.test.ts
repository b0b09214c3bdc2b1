/** What a signals or a patterns file holds, in figures. */
import { describe, expect, test } from 'vitest';
import { PATTERN_EVENTS } from '../../../src/core/column/pattern-table.js';
import { SIGNALS } from '../../../src/core/column/signal-table.js';
import { inspectPatterns, inspectSignals } from '../../../src/core/inspect/inspect-rows.js';

type Table = (readonly string[])[];

/** A day of four rows with these reasons. */
function signals(...reasons: readonly string[]): Table {
  const rows = reasons.map((reason, index) => {
    const stamp = `2025-12-11T${String(index * 6).padStart(2, '0')}:00:00Z`;
    return SIGNALS.header.map((_name, at) => [stamp, reason][at] ?? '0');
  });
  return [SIGNALS.header, ...rows];
}

function events(...named: readonly (readonly [name: string, direction: string])[]): Table {
  const rows = named.map(([name, direction], index) => {
    const cells = [`2025-12-11T00:31:0${index}Z`, name, direction];
    return PATTERN_EVENTS.header.map((_name, at) => cells[at] ?? '');
  });
  return [PATTERN_EVENTS.header, ...rows];
}

test('signals: what they span, and their reasons', () => {
  expect(inspectSignals(signals('quiet', 'traded', 'traded', 'unproven'), 'x')).toEqual({
    kind: 'signals',
    date: '2025-12-11',
    resolution: '6h',
    rows: 4,
    first: '2025-12-11T00:00:00Z',
    last: '2025-12-11T18:00:00Z',
    fill_reasons: { traded: 2, quiet: 1, unproven: 1 },
  });
});

test('patterns: the events by name and direction', () => {
  const table = events(['whale', 'up'], ['whale', 'down'], ['absorption', 'up']);
  expect(inspectPatterns(table, 'x')).toEqual({
    kind: 'patterns',
    rows: 3,
    first: '2025-12-11T00:31:00Z',
    last: '2025-12-11T00:31:02Z',
    patterns: { whale: 2, absorption: 1 },
    directions: { up: 2, down: 1 },
  });
});

test('patterns of a day without events', () => {
  expect(inspectPatterns(events(), 'x')).toMatchObject({ rows: 0, first: null, patterns: {} });
});

describe('refused', () => {
  test.for<[what: string, inspect: () => unknown, message: string]>([
    [
      'other columns',
      () => inspectSignals([['timestamp', 'cvd'], ...signals('quiet').slice(1)], 'x'),
      "x header: found 'timestamp,cvd', expected the columns of signals: timestamp,fill_reason,",
    ],
    [
      'a row with too few cells',
      () => inspectPatterns([...events(['whale', 'up']), ['2025-12-11T00:31:02Z']], 'x'),
      "x line 3 row: found '1 cell', expected 10 cells",
    ],
    ['signals without rows', () => inspectSignals(signals(), 'x'), 'x line 2 column timestamp'],
  ])('%s', ([, inspect, message]) => {
    expect(inspect).toThrow(message);
  });
});
