/** Says how a session ended, what had no row, and the command that comes next; returns the exit code. */
import { dateOf, isoStamp, MINUTE_MS } from '../../core/unit/utc-date.js';
import type { Log, Store } from '../../jobs/ports.js';
import type { RecordRequest, SessionEnd } from '../../jobs/record/record-session.js';
import type { World } from '../command/command.js';
import { EXIT_GOOD, EXIT_NOT_GOOD, EXIT_WORLD } from '../command/exit-code.js';
import { formatCount, formatCounted, formatDuration, formatMegabytes } from '../screen/figures.js';
import { printCommand, printLine } from '../screen/page.js';
import { shellWord } from '../screen/shell-word.js';

interface Ended {
  readonly request: RecordRequest;
  readonly raw: Store;
  readonly spoolRoot: string;
  readonly log: Log;
  readonly world: World;
}

export function sayEnd(end: SessionEnd, { request, raw, spoolRoot, log, world }: Ended): number {
  const { stderr } = world;
  const silent = silentSymbols(end);
  const code = exitCodeOf(end, silent);
  const closing = `recorded (exit code ${code}): ${closingText(end, { raw, spoolRoot })}`;
  const lines =
    silent.length === 0
      ? []
      : [`no row at all: ${silent.join(', ')}; are the names right for ${request.market}?`];
  if (!stderr.isTty) {
    const severity = code === EXIT_GOOD ? 'INFO' : 'ERROR';
    log.event(severity, 'result', { closing_line: [...lines, closing].join('; '), silent });
    return code;
  }
  for (const line of lines) printLine(line, stderr, { text: 'warning:', style: 'yellow' });
  printLine(closing, stderr);
  if (end.figures.spool.rows > 0)
    printCommand('when the day is over: ', nextCommand(end, request, raw), stderr);
  return code;
}

/** A symbol that the exchange does not know is acknowledged like any other. */
function silentSymbols({ figures }: SessionEnd): string[] {
  const rows = new Map<string, number>();
  for (const { symbol, rows: some } of figures.feed.streams) {
    rows.set(symbol, (rows.get(symbol) ?? 0) + some);
  }
  return [...rows].flatMap(([symbol, count]) => (count === 0 ? [symbol] : []));
}

function exitCodeOf({ pendingFiles, figures }: SessionEnd, silent: readonly string[]): number {
  if (pendingFiles > 0) return EXIT_WORLD;
  return silent.length > 0 || asideOf(figures) > 0 ? EXIT_NOT_GOOD : EXIT_GOOD;
}

/** Files and sources that a person has to look at. */
function asideOf({ spool }: SessionEnd['figures']): number {
  return spool.conflicts + spool.setAside;
}

function closingText(
  { figures, pendingFiles, pendingBytes }: SessionEnd,
  { raw, spoolRoot }: Pick<Ended, 'raw' | 'spoolRoot'>,
): string {
  const { spool, feed, startedUs, nowUs } = figures;
  const symbols = new Set(feed.streams.map(({ symbol }) => symbol)).size;
  const took = formatDuration((nowUs - startedUs) / 1_000);
  const rows = `${formatCount(spool.rows)} rows of ${formatCounted(symbols, 'symbol')} in ${took}`;
  const stored = `${formatCounted(spool.uploadedFiles, 'file')} stored in ${raw.root}`;
  const waiting = `${formatCounted(pendingFiles, 'file')} (${formatMegabytes(pendingBytes)}) wait in ${spoolRoot}: start again to store them`;
  const aside =
    asideOf(figures) === 0 ? '' : `; ${asideOf(figures)} put aside in ${spoolRoot}/aside`;
  const elsewhere =
    spool.elsewhereFiles === 0
      ? ''
      : `; ${formatCounted(spool.elsewhereFiles, 'file')} of another raw root or market wait in ${spoolRoot}`;
  return `${rows}; ${pendingFiles === 0 ? stored : waiting}${aside}${elsewhere}`;
}

/** Only what was recorded is expected, in whole minutes. */
function nextCommand(
  { figures: { startedUs, nowUs } }: SessionEnd,
  { symbols }: RecordRequest,
  { root }: Store,
): string {
  const fromMs = Math.ceil(startedUs / 1_000 / MINUTE_MS) * MINUTE_MS;
  const toMs = Math.floor(nowUs / 1_000 / MINUTE_MS) * MINUTE_MS;
  const [from, to] = [dateOf(startedUs / 1_000), dateOf(nowUs / 1_000)];
  const days = from === to ? `--from ${from}` : `--from ${from} --to ${to}`;
  const expected = toMs > fromMs ? ` --expect ${isoStamp(fromMs)}/${isoStamp(toMs)}` : '';
  return `flowbars run --raw ${shellWord(root)} --out aggregated --symbols ${symbols.join(',')} ${days}${expected}`;
}
