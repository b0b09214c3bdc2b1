/** Prints what `flowbars view --site` wrote. */
import type { WrittenSite } from '../../jobs/site/write-site.js';
import type { Terminal } from '../../edge/process/terminal.js';
import type { World } from '../command/command.js';
import { formatCount, formatCounted } from '../screen/figures.js';
import { type AskedFormat, printOutput } from '../screen/output.js';
import { printFolded } from '../screen/page.js';
import { printClosing } from '../screen/verdict.js';

/** Pages that could not be made, named on a terminal; `--json` has all. */
export const FAILED_PAGES_MAX = 20;

export function printSite(
  site: WrittenSite,
  exitCode: number,
  asked: AskedFormat,
  world: Pick<World, 'stdout' | 'stderr'>,
): void {
  const page = (terminal: Terminal): void => {
    const failed = site.pages.filter(({ outcome }) => outcome === 'failed');
    for (const { symbol, date, detail } of failed.slice(0, FAILED_PAGES_MAX)) {
      printFolded(`${symbol} ${date}: ${detail}`, terminal);
    }
    const more = failed.length - FAILED_PAGES_MAX;
    if (more > 0) printFolded(`… and ${formatCount(more)} more, --json shows all`, terminal);
  };
  const closing = (terminal: Terminal): void =>
    printClosing(exitCode, siteSentence(site), terminal, 'written');
  printOutput({ document: site, rows: site.pages, page, closing }, asked, world);
}

/** `12 day pages written, 78 unchanged; site/index.html; the calendar of 3 symbols from … to … is good`. */
export function siteSentence(site: WrittenSite): string {
  const { written, unchanged, failed, symbols, from, to, calendar_good: isGood } = site;
  const { unreadable_manifests: unreadable } = site;
  const counts = [
    `${formatCounted(written, 'day page')} written`,
    `${formatCount(unchanged)} unchanged`,
    ...(failed === 0 ? [] : [`${formatCount(failed)} could not be made`]),
    ...(unreadable.length === 0 ? [] : [formatCounted(unreadable.length, 'unreadable manifest')]),
  ].join(', ');
  const calendar = `the calendar of ${formatCounted(symbols, 'symbol')} from ${from} to ${to} is ${isGood ? 'good' : 'not good'}`;
  return `${counts}; ${site.site}/${site.index}; ${calendar}`;
}
