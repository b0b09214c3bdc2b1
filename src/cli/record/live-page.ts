/** The live page of a recorder: rows a second, lag, spool and the last upload of each symbol, drawn in place. */
import type { StreamFigures } from '../../jobs/feed/count-rows.js';
import type { SessionFigures } from '../../jobs/record/record-session.js';
import type { Terminal } from '../../edge/process/terminal.js';
import { formatCount, formatDuration, formatMegabytes } from '../screen/figures.js';
import { tableLines } from '../screen/table.js';
import { cutToWidth } from '../screen/text-width.js';
import type { Display } from '../screen/watch.js';
import { RowRates } from './row-rates.js';

/** A symbol without a row for so long is drawn as doubtful. */
const QUIET_US = 20_000_000;
/** Lines that are no symbol: two of the head, two of the table, one of the rest. */
const OTHER_LINES = 6;

const COLUMNS = [
  { title: 'symbol', align: 'left' },
  { title: 'trades/s', align: 'right' },
  { title: 'books/s', align: 'right' },
  { title: 'rows', align: 'right' },
  { title: 'last row', align: 'right' },
  { title: 'lag', align: 'right' },
  { title: 'last upload', align: 'right' },
] as const;

export class LivePage implements Display {
  private readonly rates = new RowRates();
  private figures: (() => SessionFigures) | undefined;

  /** From here on there is something to draw. */
  show(figures: () => SessionFigures): void {
    this.figures = figures;
  }

  take(): void {
    // Events are printed above the page; it draws the figures alone.
  }

  lines(_nowMs: number, columns: number, rows: number, paint: Terminal['paint']): string[] {
    const figures = this.figures?.();
    if (figures === undefined) return ['starting …'];
    this.rates.add(figures);
    const symbols = [...bySymbol(figures.feed.streams)].map(([symbol, streams]) =>
      this.symbolRow(symbol, streams, figures),
    );
    symbols.sort((a, b) => Number(b.isQuiet) - Number(a.isQuiet));
    const shown = symbols.slice(0, Math.max(1, rows - OTHER_LINES));
    const table = tableLines(
      COLUMNS,
      shown.map(({ cells }) => cells),
    );
    const drawn = table.map((line, index) => {
      const isQuiet = shown[index - 2]?.isQuiet === true;
      const cut = cutToWidth(line, columns);
      return isQuiet ? paint('yellow', cut) : cut;
    });
    const more = symbols.length - shown.length;
    const rest = more === 0 ? [] : [`and ${formatCount(more)} more`];
    return [...this.head(figures).map((line) => cutToWidth(line, columns)), ...drawn, ...rest];
  }

  private head({ part, startedUs, nowUs, feed, spool }: SessionFigures): string[] {
    const delivering = feed.lines.filter(({ isDelivering }) => isDelivering).length;
    const uploads = spool.isFailing
      ? 'uploads fail, tried again'
      : `${formatCount(spool.uploadedFiles)} stored`;
    return [
      `recording as ${part} for ${formatDuration((nowUs - startedUs) / 1_000)}: ` +
        `${formatCount(spool.rows)} rows, ${formatCount(Math.round(this.rates.total()))} a second; ` +
        `${delivering} of ${feed.lines.length} lines deliver`,
      `spool ${formatMegabytes(spool.spoolBytes)}, ${formatCount(spool.pendingFiles)} files wait, ${uploads}`,
    ];
  }

  private symbolRow(
    symbol: string,
    streams: readonly StreamFigures[],
    { nowUs, spool }: SessionFigures,
  ): { readonly cells: string[]; readonly isQuiet: boolean } {
    const lastUs = Math.max(0, ...streams.map(({ lastFrameUs }) => lastFrameUs ?? 0));
    const lags = streams.flatMap(({ lagUs }) => (lagUs === undefined ? [] : [lagUs]));
    const uploadMs = spool.lastUploadMs.get(symbol);
    const rows = streams.reduce((sum, stream) => sum + stream.rows, 0);
    const cells = [
      symbol,
      this.rateText(streams, 'trades'),
      this.rateText(streams, 'depth'),
      formatCount(rows),
      lastUs === 0 ? '–' : `${formatDuration((nowUs - lastUs) / 1_000)} ago`,
      lags.length === 0 ? '–' : `${formatCount(Math.round(Math.max(...lags) / 1_000))} ms`,
      uploadMs === undefined ? '–' : `${formatDuration(nowUs / 1_000 - uploadMs)} ago`,
    ];
    return { cells, isQuiet: nowUs - lastUs > QUIET_US };
  }

  private rateText(streams: readonly StreamFigures[], name: 'trades' | 'depth'): string {
    const stream = streams.find((one) => one.stream === name);
    return stream === undefined ? '–' : this.rates.of(stream).toFixed(1);
  }
}

function bySymbol(streams: readonly StreamFigures[]): Map<string, StreamFigures[]> {
  const grouped = new Map<string, StreamFigures[]>();
  for (const stream of streams) {
    const there = grouped.get(stream.symbol);
    if (there === undefined) grouped.set(stream.symbol, [stream]);
    else there.push(stream);
  }
  return grouped;
}
