/** The live page of a recorder: lines that deliver, rows a second, lag, spool and the last upload of each symbol, drawn in place. */
import type { StreamFigures } from '../../jobs/feed/count-rows.js';
import type { SessionFigures } from '../../jobs/record/record-session.js';
import type { Terminal } from '../../edge/process/terminal.js';
import { formatCount, formatDuration, formatMegabytes } from '../screen/figures.js';
import { tableLines } from '../screen/table.js';
import { cutToWidth } from '../screen/text-width.js';
import type { Display } from '../screen/watch.js';
import { RowRates } from './row-rates.js';

/** Figures that change more often cannot be read. */
const REDRAW_MS = 1_000;
/** A stream without a row for so long is doubtful: books change all the time, trades do not. */
const QUIET_US = { depth: 20_000_000, trades: 600_000_000 } as const;
/** Lines that are no symbol: two of the head, two of the table, one of the rest. */
const OTHER_LINES = 6;
/** Wide enough for `12,345 ms`, so that the table does not jump. */
const LAG_CELLS = 9;

const COLUMNS = [
  { title: 'symbol', align: 'left' },
  { title: 'trades/s', align: 'right' },
  { title: 'last trade', align: 'right' },
  { title: 'books/s', align: 'right' },
  { title: 'last book', align: 'right' },
  { title: 'lag', align: 'right' },
  { title: 'last upload', align: 'right' },
] as const;

const NOTHING = '–';

export class LivePage implements Display {
  private readonly rates = new RowRates();
  private figures: (() => SessionFigures) | undefined;
  private drawn:
    | { readonly atMs: number; readonly size: string; readonly lines: string[] }
    | undefined;

  /** From here on there is something to draw. */
  show(figures: () => SessionFigures): void {
    this.figures = figures;
    this.drawn = undefined;
  }

  take(): void {
    // Events are printed above the page; it draws the figures alone.
  }

  lines(nowMs: number, columns: number, rows: number, paint: Terminal['paint']): string[] {
    const size = `${columns} ${rows}`;
    const { drawn } = this;
    if (drawn?.size === size && nowMs - drawn.atMs < REDRAW_MS) return drawn.lines;
    const lines = this.linesNow(columns, rows, paint);
    this.drawn = { atMs: nowMs, size, lines };
    return lines;
  }

  private linesNow(columns: number, rows: number, paint: Terminal['paint']): string[] {
    const figures = this.figures?.();
    if (figures === undefined) return ['starting …'];
    this.rates.add(figures);
    const symbols = [...bySymbol(figures.feed.streams)].map(([symbol, streams]) => ({
      cells: this.cellsOf(symbol, streams, figures),
      isQuiet: streams.some((stream) => isQuiet(stream, figures)),
    }));
    symbols.sort((a, b) => Number(b.isQuiet) - Number(a.isQuiet));
    const shown = symbols.slice(0, Math.max(1, rows - OTHER_LINES));
    const table = tableLines(
      COLUMNS,
      shown.map(({ cells }) => cells),
    );
    const body = table.map((line, index) => {
      const cut = cutToWidth(line, columns);
      return shown[index - 2]?.isQuiet === true ? paint('yellow', cut) : cut;
    });
    const more = symbols.length - shown.length;
    const rest = more === 0 ? [] : [`and ${formatCount(more)} more`];
    return [...this.head(figures).map((line) => cutToWidth(line, columns)), ...body, ...rest];
  }

  private head({ isStopping, part, startedUs, nowUs, feed, spool }: SessionFigures): string[] {
    const silent = feed.lines.filter(({ isDelivering }) => !isDelivering).length;
    const lines = `${feed.lines.length - silent} of ${feed.lines.length} lines deliver`;
    const rows = `${formatCount(spool.rows)} rows, ${formatCount(Math.round(this.rates.total()))} a second`;
    const waiting = `${formatCount(spool.pendingFiles)} files wait`;
    const uploads = spool.isFailing
      ? 'uploads fail, tried again'
      : `${formatCount(spool.uploadedFiles)} stored`;
    return [
      isStopping
        ? `stopping: ${waiting}; a second signal ends it at once, and the next start stores the rest`
        : `${lines}, ${rows}, for ${formatDuration((nowUs - startedUs) / 1_000)}`,
      `spool ${formatMegabytes(spool.spoolBytes)}, ${waiting}, ${uploads}, as ${part}`,
    ];
  }

  private cellsOf(
    symbol: string,
    streams: readonly StreamFigures[],
    { nowUs, spool }: SessionFigures,
  ): string[] {
    const [trades, depth] = (['trades', 'depth'] as const).map((name) =>
      streams.find(({ stream }) => stream === name),
    );
    const lags = streams.flatMap(({ lagUs }) => (lagUs === undefined ? [] : [lagUs]));
    const uploadMs = spool.lastUploadMs.get(symbol);
    return [
      symbol,
      this.rateText(trades),
      ageText(trades?.lastFrameUs, nowUs),
      this.rateText(depth),
      ageText(depth?.lastFrameUs, nowUs),
      (lags.length === 0
        ? NOTHING
        : `${formatCount(Math.round(Math.max(...lags) / 1e3))} ms`
      ).padStart(LAG_CELLS),
      uploadMs === undefined ? NOTHING : ageText(uploadMs * 1_000, nowUs),
    ];
  }

  private rateText(stream: StreamFigures | undefined): string {
    return stream === undefined ? NOTHING : this.rates.of(stream).toFixed(1);
  }
}

function isQuiet(
  { stream, lastFrameUs }: StreamFigures,
  { nowUs, startedUs }: SessionFigures,
): boolean {
  return nowUs - (lastFrameUs ?? startedUs) > QUIET_US[stream];
}

function ageText(atUs: number | undefined, nowUs: number): string {
  return atUs === undefined ? NOTHING : `${formatDuration((nowUs - atUs) / 1_000)} ago`;
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
