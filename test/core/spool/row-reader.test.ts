/** What finishing needs of a row line. */
import { describe, expect, test } from 'vitest';
import { asciiBytes } from '../../../src/core/spool/ascii.js';
import { RowReader } from '../../../src/core/spool/row-reader.js';
import { rowLine } from '../../../src/core/spool/segment.js';
import { slotsOf } from '../../../src/core/spool/slots.js';
import { LINES, madeRow, START_US } from '../../support/spool/made-session.js';

describe.each(['trades', 'aggregates'] as const)('a row of %s or depth', (form) => {
  test('gives its slot, id and clocks', () => {
    const slots = slotsOf(LINES, form);
    const reader = new RowReader(slots);
    for (const slot of slots) {
      for (const id of [0, 3, 8, 7_654_321_098_765]) {
        const row = madeRow(slot, id, START_US + 123);
        const bytes = asciiBytes(rowLine(slot.index, row));
        expect(reader.read(bytes, 0, bytes.length - 1)).toBe(true);
        const { slot: index, id: foundId, receiveUs, eventUs, rowStart } = reader;
        const expected = [slot.index, id, START_US + 123, START_US - 7_000, 2];
        expect([index, foundId, receiveUs, eventUs, rowStart]).toEqual(expected);
      }
    }
  });
});

test('a time of microseconds stays one', () => {
  const reader = new RowReader(slotsOf(LINES, 'trades'));
  const bytes = asciiBytes('0\t1,2,3,true,4,,1765501130000001,1765501130000000');
  expect(reader.read(bytes, 0, bytes.length)).toBe(true);
  expect(reader.receiveUs - reader.eventUs).toBe(1);
});
