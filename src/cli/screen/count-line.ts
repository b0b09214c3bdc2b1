/** One line of progress over things that are only counted. */
import type { World } from '../command/command.js';
import { formatCount, formatCounted } from './figures.js';
import { cutToWidth } from './text-width.js';

const REDRAW_MS = 100;

/** `compared 120 of 1,500 symbol-days`, drawn in place on a terminal; nothing elsewhere. */
export function countLine(
  verb: string,
  noun: string,
  { stderr, clock }: Pick<World, 'stderr' | 'clock'>,
): (done: number, total: number) => void {
  if (!stderr.isTty) return () => undefined;
  let drawnMs = clock.nowMs();
  return (done, total) => {
    if (clock.nowMs() - drawnMs < REDRAW_MS) return;
    drawnMs = clock.nowMs();
    const line = `${verb} ${formatCount(done)} of ${formatCounted(total, noun)}`;
    stderr.redraw([cutToWidth(line, stderr.columns())]);
  };
}
