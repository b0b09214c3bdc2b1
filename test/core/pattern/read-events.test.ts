/** What a stored patterns file is read as, and what is no patterns file. */
import { expect, test } from 'vitest';
import { PATTERN_EVENTS } from '../../../src/core/column/pattern-table.js';
import { readEvents } from '../../../src/core/pattern/read-events.js';
import { DATE } from './made-day.js';

const PLACE = { date: DATE, where: 'p.csv' };
const ROW = '2025-12-11T01:00:00Z,whale,up,2025-12-11T00:59:00Z,100.5,7,5,0.1,,-0.2'.split(',');

/** The row with other cells. */
function rowWith(changes: Readonly<Record<number, string>>): string[] {
  return ROW.map((cell, at) => changes[at] ?? cell);
}

test('an event has its cells as they are, and the rows of its window', () => {
  const [event, ...more] = readEvents([PATTERN_EVENTS.header, ROW], PLACE);
  expect(more).toEqual([]);
  expect(event).toMatchObject({ pattern: 'whale', direction: 'up', fromRow: 3_540, toRow: 3_600 });
  expect(PATTERN_EVENTS.header.map((name) => event?.cells[name])).toEqual(ROW);
  const last = rowWith({ 0: '2025-12-12T00:00:00Z', 3: '2025-12-11T23:59:00Z' });
  expect(readEvents([PATTERN_EVENTS.header, last], PLACE)).toMatchObject([{ toRow: 86_400 }]);
  expect(readEvents([PATTERN_EVENTS.header], PLACE)).toEqual([]);
});

test.for<[string, readonly string[], string]>([
  ['a row too short', ROW.slice(1), "p.csv line 2 row: found '9 cells', expected 10 cells"],
  ['an unknown pattern', rowWith({ 1: 'spoofing' }), "pattern: found 'spoofing'"],
  ['an unknown direction', rowWith({ 2: 'left' }), "direction: found 'left'"],
  ['a time of another day', rowWith({ 3: '2025-12-10T23:59:59Z' }), "found '2025-12-10T23:59:59Z'"],
  ['a time in another form', rowWith({ 0: '2025-12-11 01:00' }), 'a second of 2025-12-11'],
  ['a window without rows', rowWith({ 3: ROW[0] ?? '' }), 'a time before confirmed'],
])('%s is refused', ([, row, message]) => {
  expect(() => readEvents([PATTERN_EVENTS.header, row], PLACE)).toThrow(message);
});

test('another header is refused', () => {
  expect(() => readEvents([['time'], ROW], PLACE)).toThrow("p.csv line 1 header: found 'time'");
  expect(() => readEvents([], PLACE)).toThrow("header: found ''");
});
