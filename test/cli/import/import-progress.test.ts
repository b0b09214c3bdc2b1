/** What a terminal shows while files are imported. */
import { expect, test } from 'vitest';
import { progressDrawer } from '../../../src/cli/import/import-progress.js';
import { manualClock } from '../../support/manual-clock.js';
import { paperTerminal } from '../../support/readme/paper-terminal.js';

const PROGRESS = { path: 'BTCUSDT.zip', readBytes: 25, sizeBytes: 100, rows: 1_234, chunks: 5 };

test('a terminal gets one line a fifth of a second, a pipe none', () => {
  const clock = manualClock();
  const drawn: string[] = [];
  const { stderr } = paperTerminal(60).world;
  const redraw = (lines: readonly string[]): number => drawn.push(...lines);
  const draw = progressDrawer({ stderr: { ...stderr, redraw }, clock });
  draw({ ...PROGRESS, step: 'check' });
  draw({ ...PROGRESS, step: 'check', readBytes: 26 });
  clock.advance(200);
  draw({ ...PROGRESS, step: 'import' });
  expect(drawn).toEqual([
    'checking · 25% of 0.0 MB · BTCUSDT.zip',
    '25% of 0.0 MB · 1,234 rows · 5 chunks · BTCUSDT.zip',
  ]);
  const silent = progressDrawer({ stderr: { ...stderr, isTty: false, redraw }, clock });
  clock.advance(200);
  silent({ ...PROGRESS, step: 'import' });
  expect(drawn).toHaveLength(2);
});
