/** One line of progress of a training, drawn in place on a terminal; nothing elsewhere. */
import type { TrainerProgress } from '../../core/learned/trainer/trainer-event.js';
import type { World } from '../command/command.js';
import { formatCount, formatDuration } from '../screen/figures.js';
import { cutToWidth, printable } from '../screen/text-width.js';

/** A smaller share done gives no useful estimate of the remaining time. */
const SHARE_OF_ETA_MIN = 0.05;

/** `3 of 40 · lightgbm fold 3 · 12.3 s · ETA 2m 3s`. */
export function trainerLine({
  stderr,
  clock,
}: Pick<World, 'stderr' | 'clock'>): (progress: TrainerProgress) => void {
  if (!stderr.isTty) return () => undefined;
  const startedMs = clock.nowMs();
  stderr.redraw(['starting Python']);
  return ({ done, total, what }) => {
    const elapsedMs = clock.nowMs() - startedMs;
    const share = total > 0 ? done / total : 0;
    const isEarly = share < SHARE_OF_ETA_MIN || share > 1;
    const left = isEarly ? '–' : formatDuration((elapsedMs * (1 - share)) / share);
    const parts = [
      `${formatCount(done)} of ${formatCount(total)}`,
      printable(what),
      formatDuration(elapsedMs),
      `ETA ${left}`,
    ];
    stderr.redraw([cutToWidth(parts.join(' · '), stderr.columns())]);
  };
}
