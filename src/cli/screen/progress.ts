/**
 * Progress from the events of the jobs: one line per active symbol-day and one for the whole run. It
 * reads the clock only through its arguments and writes nothing.
 */
import type { LoggedEvent } from '../../edge/process/log.js';
import type { Terminal } from '../../edge/process/terminal.js';
import { formatCount, formatDuration, formatMegabytes, formatRate } from './figures.js';
import { cutToWidth, padToWidth, textWidth } from './text-width.js';

interface ActiveDay {
  readonly key: string;
  readonly startedMs: number;
  chunksDone: number;
  chunksTotal: number;
  bytesDone: number;
  bytesTotal: number;
}

const BAR_CELLS = 20;
/** Wide enough for most keys, so that the bars of one display align. */
const KEY_CELLS_MIN = 20;
/** A smaller share done gives no useful estimate of the remaining time. */
const SHARE_OF_ETA_MIN = 0.02;

export class Progress {
  private readonly startedMs: number;
  private symbolDays: number;
  private readonly active = new Map<string, ActiveDay>();
  private readonly done = new Set<string>();
  private bytesOfDone = 0;
  private phase = '';

  constructor(symbolDays: number, startedMs: number) {
    this.symbolDays = symbolDays;
    this.startedMs = startedMs;
  }

  take({ name, fields }: Pick<LoggedEvent, 'name' | 'fields'>, nowMs: number): void {
    const key = `${String(fields['symbol'])} ${String(fields['date'])}`;
    if (name === 'symbol_day_started') {
      this.active.set(key, { key, startedMs: nowMs, ...noFigures });
    } else if (name === 'progress') {
      const day = this.active.get(key) ?? { key, startedMs: nowMs, ...noFigures };
      day.chunksDone = numberOf(fields['chunks_done']);
      day.chunksTotal = numberOf(fields['chunks_total']);
      day.bytesDone = numberOf(fields['bytes_done']);
      day.bytesTotal = numberOf(fields['bytes_total']);
      this.active.set(key, day);
    } else if (name === 'symbol_day') {
      // The record has the final byte count; for an unchanged day nothing was read.
      const wasRead = fields['outcome'] !== 'unchanged';
      this.bytesOfDone += wasRead ? numberOf(fields['input_bytes']) : 0;
      this.active.delete(key);
      if (fields['outcome'] !== 'error') this.done.add(key);
    } else if (name === 'run_planned') {
      this.symbolDays = numberOf(fields['symbol_days']);
    } else if (name === 'looking') {
      this.phase = 'look';
      this.symbolDays = numberOf(fields['count']);
    } else if (name === 'symbol_day_looked') {
      this.done.add(key);
    } else if (name === 'step_started') {
      const step = String(fields['step']);
      this.phase = step === 'task' ? '' : step;
      this.active.clear();
    }
  }

  /** At most `rows` lines, each at most `columns` wide. */
  lines(nowMs: number, columns: number, rows: number, paint: Terminal['paint']): string[] {
    const days = [...this.active.values()];
    const shown = days.slice(0, Math.max(0, rows - 2));
    const keyCells = Math.max(KEY_CELLS_MIN, ...shown.map(({ key }) => textWidth(key)));
    const lines = shown.map((day) => dayLine(day, keyCells, nowMs, columns));
    const omitted = days.length - shown.length;
    if (omitted > 0) lines.push(cutToWidth(`… and ${omitted} more`, columns));
    return [...lines, paint('bold', cutToWidth(this.overallLine(nowMs), columns))];
  }

  private overallLine(nowMs: number): string {
    const count = formatCount(this.symbolDays);
    const elapsedMs = nowMs - this.startedMs;
    const head = `${this.done.size} of ${count} symbol-days`;
    if (this.phase !== '') return `${this.phase} · ${head} · ${formatDuration(elapsedMs)}`;
    const days = [...this.active.values()];
    const bytes = days.reduce((sum, day) => sum + day.bytesDone, this.bytesOfDone);
    const done = days.reduce((sum, day) => sum + shareOf(day), this.done.size);
    const leftMs =
      done >= SHARE_OF_ETA_MIN * this.symbolDays && done > 0
        ? (elapsedMs * (this.symbolDays - done)) / done
        : undefined;
    const left = leftMs === undefined ? '–:––' : formatDuration(leftMs);
    return (
      `${head} · ${formatMegabytes(bytes)} · ${formatRate(bytes, elapsedMs)}` +
      ` · ${formatDuration(elapsedMs)} · ETA ${left}`
    );
  }
}

const noFigures = { chunksDone: 0, chunksTotal: 0, bytesDone: 0, bytesTotal: 0 };

function dayLine(day: ActiveDay, keyCells: number, nowMs: number, columns: number): string {
  const elapsedMs = nowMs - day.startedMs;
  const share = shareOf(day);
  const filled = Math.floor(share * BAR_CELLS);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_CELLS - filled);
  const left =
    share >= SHARE_OF_ETA_MIN ? formatDuration((elapsedMs * (1 - share)) / share) : '–:––';
  const chunks = `${formatCount(day.chunksDone)}/${formatCount(day.chunksTotal)} chunks`;
  return cutToWidth(
    `${padToWidth(day.key, keyCells, 'left')} ${bar} ${padToWidth(chunks, 18, 'right')}` +
      ` ${padToWidth(formatMegabytes(day.bytesDone), 9, 'right')}` +
      ` ${padToWidth(formatRate(day.bytesDone, elapsedMs), 11, 'right')} ETA ${left}`,
    columns,
  );
}

function shareOf(day: ActiveDay): number {
  if (day.bytesTotal > 0) return Math.min(1, day.bytesDone / day.bytesTotal);
  return day.chunksTotal > 0 ? Math.min(1, day.chunksDone / day.chunksTotal) : 0;
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
