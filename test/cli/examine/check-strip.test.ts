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
