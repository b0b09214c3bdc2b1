/** How far an import is, on a terminal. */
import type { ImportProgress } from '../../jobs/import/import-request.js';
import type { World } from '../command/command.js';
import { formatCount, formatMegabytes } from '../screen/figures.js';

const REDRAW_MS = 200;

/** Draws nothing in a pipe. */
export function progressDrawer({
  stderr,
  clock,
}: Pick<World, 'stderr' | 'clock'>): (progress: ImportProgress) => void {
  let drawnMs = Number.NEGATIVE_INFINITY;
  return (progress) => {
    const nowMs = clock.nowMs();
    if (!stderr.isTty || nowMs - drawnMs < REDRAW_MS) return;
    drawnMs = nowMs;
    stderr.redraw([progressText(progress).slice(0, stderr.columns() - 1)]);
  };
}

function progressText({ step, path, readBytes, sizeBytes, rows, chunks }: ImportProgress): string {
  const percent = Math.floor((100 * readBytes) / Math.max(1, sizeBytes));
  const read = `${percent}% of ${formatMegabytes(sizeBytes)}`;
  if (step === 'check') return `checking · ${read} · ${path}`;
  return `${read} · ${formatCount(rows)} rows · ${formatCount(chunks)} chunks · ${path}`;
}
