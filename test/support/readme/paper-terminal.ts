/** A terminal without colours whose lines are kept, and the world around it. */
import type { World } from '../../../src/cli/command/command.js';
import { systemClock } from '../../../src/edge/process/clock.js';
import type { Terminal } from '../../../src/edge/process/terminal.js';

export function paperTerminal(columns: number): { lines: string[]; world: World } {
  const lines: string[] = [];
  const terminal: Terminal = {
    isTty: true,
    columns: () => columns,
    rows: () => 24,
    write: (text) => lines.push(...text.split('\n').slice(0, -1)),
    paint: (_style, text) => text,
    redraw: () => undefined,
  };
  const stopped = Promise.withResolvers<never>().promise;
  const world = {
    environment: {},
    clock: systemClock,
    stdout: terminal,
    stderr: terminal,
    stopped,
  };
  return { lines, world };
}
