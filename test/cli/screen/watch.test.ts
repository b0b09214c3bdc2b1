/** What a terminal and a pipe are told of while the work goes on. */
import { expect, test } from 'vitest';
import { readGiven } from '../../../src/cli/command/given.js';
import { runCommand } from '../../../src/cli/steps/run.js';
import { openWatch } from '../../../src/cli/screen/watch.js';
import type { Terminal } from '../../../src/edge/process/terminal.js';
import { manualClock } from '../../support/manual-clock.js';

function told(isTty: boolean): string[] {
  const lines: string[] = [];
  const terminal: Terminal = {
    isTty,
    columns: () => 100,
    rows: () => 24,
    write: (text) => lines.push(text),
    paint: (_style, text) => text,
    redraw: () => undefined,
  };
  const world = {
    environment: {},
    clock: manualClock(),
    stdout: terminal,
    stderr: terminal,
    stopped: new Promise<never>(() => undefined),
  };
  const { log, close } = openWatch(readGiven(runCommand, { _: ['run'] }, {}), world, 1);
  const found = { code: 'limit_reached', severity: 'error', where: 'B', detail: 'too many' };
  const record = { symbol: 'B', date: '2025-12-11', outcome: 'failed', findings: [found] };
  log.event('WARNING', 'symbol_day', record);
  log.event('WARNING', 'stopping', { signal: 'SIGINT', tasks: 1 });
  close();
  return lines;
}

test('a day that failed is told at once in a pipe, and on a terminal by the page that follows', () => {
  const stopping = 'warning: SIGINT: asked 1 task to stop\n';
  const failed = 'warning: B 2025-12-11: failed, limit_reached: too many (B)\n';
  expect(told(false)).toEqual([failed, stopping]);
  expect(told(true)).toEqual([stopping]);
});
