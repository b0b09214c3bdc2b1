/** Output to a terminal and to a pipe. */
import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { openTerminal, type Terminal } from '../../../src/edge/process/terminal.js';

interface Screen {
  readonly terminal: Terminal;
  readonly text: () => string;
}

function openScreen(
  size: { isTTY?: boolean; columns?: number; rows?: number },
  colors = true,
): Screen {
  let text = '';
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      text += String(chunk);
      done();
    },
  });
  return { terminal: openTerminal(Object.assign(stream, size), { colors }), text: () => text };
}

const ESCAPE = '\u001b';

describe('a terminal', () => {
  test('has the size of its stream', () => {
    const { terminal } = openScreen({ isTTY: true, columns: 42, rows: 7 });
    expect([terminal.isTty, terminal.columns(), terminal.rows()]).toEqual([true, 42, 7]);
  });

  test('draws lines again in the place of those drawn before', () => {
    const { terminal, text } = openScreen({ isTTY: true, columns: 42, rows: 7 });
    terminal.redraw(['one', 'two']);
    terminal.redraw(['three']);
    terminal.redraw([]);
    expect(text()).toBe(`one\ntwo\n${ESCAPE}[2A\r${ESCAPE}[0Jthree\n${ESCAPE}[1A\r${ESCAPE}[0J`);
  });

  test('paints, unless colours are not wanted', () => {
    const painted = openScreen({ isTTY: true }).terminal.paint('red', 'x');
    expect(painted).toBe(`${ESCAPE}[31mx${ESCAPE}[39m`);
    expect(openScreen({ isTTY: true }, false).terminal.paint('red', 'x')).toBe('x');
  });
});

describe('a pipe', () => {
  test('has a fixed width and no colours', () => {
    const { terminal } = openScreen({});
    expect([terminal.isTty, terminal.columns()]).toEqual([false, 100]);
    expect(terminal.paint('red', 'x')).toBe('x');
  });
});
