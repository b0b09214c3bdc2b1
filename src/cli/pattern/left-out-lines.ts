/** Symbol-days that a page of published patterns lacks, and how to publish those that can have them. */
import type { LeftOutDay, UnreadableManifest } from '../../core/score/pattern-documents.js';
import type { Terminal } from '../../edge/process/terminal.js';
import { formatCount } from '../screen/figures.js';
import { printFolded } from '../screen/page.js';
import { type Advice, printAdvice } from './publish-advice.js';

/** Days named; `--json` has all. */
const LINES_SHOWN = 10;

export interface Looked {
  readonly out: string;
  readonly left_out: readonly LeftOutDay[];
  readonly unreadable_manifests: readonly UnreadableManifest[];
}

/** `advice` is for those without patterns. */
export function printLeftOut(looked: Looked, advice: Advice, terminal: Terminal): void {
  const { out, left_out: leftOut, unreadable_manifests: unreadable } = looked;
  const lines = [
    ...unreadable.map(({ date, detail }) => `${date}: ${detail}`),
    ...leftOut.map(({ symbol, date, detail }) => `${symbol} ${date}: ${detail}`),
  ];
  for (const line of lines.slice(0, LINES_SHOWN)) printFolded(`left out: ${line}`, terminal);
  const omitted = lines.length - LINES_SHOWN;
  if (omitted > 0) terminal.write(`… and ${formatCount(omitted)} more, --json has all\n`);
  printAdvice(advice, 'to publish patterns: ', out, terminal);
  if (lines.length > 0) terminal.write('\n');
}

/** `, 2 left out`. */
export function leftOutWords({
  left_out: leftOut,
  unreadable_manifests: unreadable,
}: Looked): string {
  const days = leftOut.length === 0 ? '' : `, ${formatCount(leftOut.length)} left out`;
  const manifests =
    unreadable.length === 0 ? '' : `, ${formatCount(unreadable.length)} unreadable manifests`;
  return days + manifests;
}
