/** The minutes of a check on a terminal. */
import { describe, expect, test } from 'vitest';
import { STRIP_HOURS_MAX, stripLines } from '../../../src/cli/examine/check-strip.js';
import { textWidth } from '../../../src/cli/screen/text-width.js';
import type { Terminal } from '../../../src/edge/process/terminal.js';

const plain: Terminal['paint'] = (_style, text) => text;
const marked: Terminal['paint'] = (style, text) => `<${style}>${text}</>`;

const HOUR = { from: '2025-12-11T09:00:00Z', minutes: `=x~-kb${' '.repeat(4)}${'='.repeat(50)}` };

function hour(minutes: string) {
  return { from: HOUR.from, minutes: minutes.padEnd(60, minutes) };
}

function at(index: number, minutes: string) {
  const from = new Date(Date.parse('2025-12-11T20:00:00Z') + index * 3_600_000);
  return { from: from.toISOString().replace('.000', ''), minutes: minutes.repeat(60) };
}

describe('the strip', () => {
  test('has a line an hour, and says what its signs mean', () => {
    const tens = Array.from({ length: 5 }, () => '▇'.repeat(10)).join(' ');
    expect(stripLines([HOUR], 100, plain)).toEqual([
      'minute          0          10         20         30         40         50',
      `2025-12-11 09h  ▇x~·kb     ${tens}`,
      '▇ equal, ~ equal but for float noise, x different, · not fully covered, k without a kline,',
      'b without a bar file'.padStart(22),
    ]);
  });

  test('has a colour for each kind, where the terminal has them', () => {
    const [, line = ''] = stripLines([{ ...HOUR, minutes: '=x-'.padEnd(60) }], 100, marked);
    expect(line).toContain('<green>▇</><red>x</><dim>·</>');
  });

  test('leaves out hours in which there is nothing to see', () => {
    expect(stripLines([hour('='), hour('-'), hour(' ')], 100, plain)).toEqual([]);
    expect(stripLines([hour('=-')], 100, plain)).toHaveLength(3);
  });

  test('says of hours in a row between them that all is equal, or not covered', () => {
    const marks = ['x', '=', '=', 'x', '=', '=', '-', 'x', '='];
    const lines = stripLines(
      marks.map((mark, index) => at(index, mark)),
      100,
      plain,
    );
    expect(lines.filter((line) => !/[x▇]{10}/u.test(line)).slice(1)).toEqual([
      '2025-12-11 21h to 22h: all equal',
      '2025-12-12 00h to 01h: all equal',
      '2025-12-12 02h: not covered',
      '2025-12-12 04h: all equal',
      'x different',
    ]);
    const across = ['x', '=', '=', '=', '=', '=', 'x'].map((mark, index) => at(index, mark));
    expect(stripLines(across, 100, plain)).toContain('2025-12-11 21h to 2025-12-12 01h: all equal');
    const apart = [at(0, 'x'), at(1, '='), at(9, '=')];
    expect(stripLines(apart, 100, plain).slice(2, 4)).toEqual([
      '2025-12-11 21h: all equal',
      '2025-12-12 05h: all equal',
    ]);
  });

  test('is bounded, and counts the rest', () => {
    const hours = Array.from({ length: STRIP_HOURS_MAX + 2 }, () => HOUR);
    expect(stripLines(hours, 100, plain)).toContain('… and 2 more hours, --json shows all');
  });

  test('has no line wider than the terminal', () => {
    for (const columns of [20, 40, 76, 80, 81, 120]) {
      const lines = stripLines([HOUR], columns, plain);
      expect(lines.length).toBeGreaterThan(2);
      expect(lines.filter((line) => textWidth(line) > columns)).toEqual([]);
    }
  });
});
