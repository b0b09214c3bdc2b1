/**
 * Progress from the events of the jobs: one line per active symbol-day and one for the whole run. It
 * reads the clock only through its arguments and writes nothing.
 */
import type { LoggedEvent } from '../../edge/process/log.js';
import type { Terminal } from '../../edge/process/terminal.js';
import {
  formatCount,
  formatCounted,
  formatDuration,
  formatMegabytes,
  formatRate,
} from './figures.js';
import { activeLine, type ActiveDay, idleDay, SHARE_OF_ETA_MIN, shareOf } from './progress-line.js';
import { cutToWidth, textWidth } from './text-width.js';

/** What the symbol-days are going through. */
type Phase = 'plan' | 'look' | 'aggregate' | 'finalize' | 'summarize';

/** Wide enough for most keys, so that the bars of one display align. */
const KEY_CELLS_MIN = 20;
/** Until a symbol-day is done, whose times say it: the share of its time that goes into reading. */
const READ_SHARE_FIRST = 0.7;
const SPINNER = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const SPINNER_MS = 100;
const MINUTE_MS = 60_000;

/** The progress of one phase over the symbol-days of a run. */
interface Step {
  readonly phase: Phase;
  readonly startedMs: number;
  /** Symbol-days that an earlier window of the run took through this phase. */
  readonly doneBefore: number;
}

export class Progress {
  private readonly startedMs: number;
  private total: number;
  private readonly active = new Map<string, ActiveDay>();
  /** Symbol-days, or files of the run, that are through a phase. */
  private readonly done = new Map<Phase, Set<string>>();
  private bytesOfDone = 0;
  /** Of the symbol-days that were read and stored. */
  private readMs = 0;
  private wholeMs = 0;
  private step: Step;

  constructor(symbolDays: number, startedMs: number, phase: Phase = 'plan') {
    this.total = symbolDays;
    this.startedMs = startedMs;
    this.step = { phase, startedMs, doneBefore: 0 };
  }

  take({ name, fields }: Pick<LoggedEvent, 'name' | 'fields'>, nowMs: number): void {
    const key = `${String(fields['symbol'])} ${String(fields['date'])}`;
    switch (name) {
      case 'run_planned':
        // A repair runs several plans, one after the other.
        this.done.clear();
        this.total = numberOf(fields['symbol_days']);
        if (this.step.phase === 'plan') this.begin('aggregate', nowMs);
        break;
      case 'step_started':
        this.begin(phaseOf(fields['step']), nowMs);
        break;
      case 'looking':
        this.begin('look', nowMs);
        this.total = numberOf(fields['count']);
        break;
      case 'symbol_day_started':
        if (this.step.phase !== 'aggregate') this.begin('aggregate', nowMs);
        this.active.set(key, idleDay(key, nowMs, 'chunks'));
        break;
      case 'progress':
        this.takeChunks(key, fields, nowMs);
        break;
      case 'symbol_day':
        // The record has the final byte count; for an unchanged day nothing was read.
        if (fields['outcome'] !== 'unchanged') this.bytesOfDone += numberOf(fields['input_bytes']);
        this.noteTimes(this.active.get(key), nowMs);
        this.active.delete(key);
        if (fields['outcome'] !== 'error') this.doneIn('aggregate').add(key);
        break;
      case 'symbol_day_looked':
        this.doneIn('look').add(key);
        break;
      case 'verifying':
        this.takeRows(key, fields, nowMs);
        break;
      case 'symbol_day_finalized':
        this.active.delete(key);
        this.doneIn('finalize').add(key);
        break;
      case 'records_read':
        this.takeRecords(numberOf(fields['done']));
        break;
      default:
    }
  }

  /** At most `rows` lines, each at most `columns` wide. */
  lines(nowMs: number, columns: number, rows: number, paint: Terminal['paint']): string[] {
    const days = [...this.active.values()];
    const shown = days.slice(0, Math.max(0, rows - 2));
    const keyCells = Math.max(KEY_CELLS_MIN, ...shown.map(({ key }) => textWidth(key)));
    const place = { keyCells, nowMs, columns, readShare: this.readShare() };
    const lines = shown.map((day) => activeLine(day, place));
    const omitted = days.length - shown.length;
    if (omitted > 0) lines.push(cutToWidth(`… and ${formatCount(omitted)} more`, columns));
    return [...lines, paint('bold', cutToWidth(this.overallLine(nowMs), columns))];
  }

  private begin(phase: Phase, nowMs: number): void {
    this.step = { phase, startedMs: nowMs, doneBefore: this.doneIn(phase).size };
    this.active.clear();
  }

  private takeChunks(key: string, fields: LoggedEvent['fields'], nowMs: number): void {
    const day = this.active.get(key) ?? idleDay(key, nowMs, 'chunks');
    day.done = numberOf(fields['chunks_done']);
    day.total = numberOf(fields['chunks_total']);
    day.bytesDone = numberOf(fields['bytes_done']);
    day.bytesTotal = numberOf(fields['bytes_total']);
    if (day.done === day.total) day.readMs ??= nowMs - day.startedMs;
    this.active.set(key, day);
  }

  private takeRows(key: string, fields: LoggedEvent['fields'], nowMs: number): void {
    const day = this.active.get(key) ?? idleDay(key, nowMs, 'rows');
    day.done = numberOf(fields['rows_done']);
    day.total = numberOf(fields['rows_total']);
    this.active.set(key, day);
  }

  private noteTimes(day: ActiveDay | undefined, nowMs: number): void {
    if (day?.readMs === undefined) return;
    this.readMs += day.readMs;
    this.wholeMs += nowMs - day.startedMs;
  }

  private readShare(): number {
    return this.readMs > 0 ? this.readMs / this.wholeMs : READ_SHARE_FIRST;
  }

  /** Only their number is known. */
  private takeRecords(count: number): void {
    const read = this.doneIn('summarize');
    for (let index = read.size; index < count; index += 1) read.add(String(index));
  }

  private doneIn(phase: Phase): Set<string> {
    const done = this.done.get(phase) ?? new Set();
    this.done.set(phase, done);
    return done;
  }

  private overallLine(nowMs: number): string {
    const { phase } = this.step;
    const spinner = SPINNER[Math.floor(nowMs / SPINNER_MS) % SPINNER.length] ?? '';
    const elapsed = formatDuration(nowMs - this.startedMs);
    if (this.total === 0) return `${spinner} ${phase} · ${elapsed}`;
    const done = this.doneIn(phase).size;
    const counts = `${formatCount(done)} of ${formatCounted(this.total, 'symbol-day')}`;
    const speed = phase === 'aggregate' ? this.bytesSpeed(nowMs) : this.countSpeed(done, nowMs);
    const eta = `ETA ${this.timeLeft(done, nowMs)}`;
    return [`${spinner} ${phase}`, counts, ...speed, elapsed, eta].join(' · ');
  }

  private bytesSpeed(nowMs: number): string[] {
    const bytes = [...this.active.values()].reduce(
      (sum, { bytesDone }) => sum + bytesDone,
      this.bytesOfDone,
    );
    return [formatMegabytes(bytes), formatRate(bytes, nowMs - this.startedMs)];
  }

  private countSpeed(done: number, nowMs: number): string[] {
    const count = done - this.step.doneBefore;
    const elapsedMs = nowMs - this.step.startedMs;
    if (count === 0 || elapsedMs <= 0) return [];
    return [`${formatCount(Math.round((count * MINUTE_MS) / elapsedMs))}/min`];
  }

  /** To the last symbol-day of this phase, at the pace of this phase. */
  private timeLeft(done: number, nowMs: number): string {
    const { startedMs, doneBefore } = this.step;
    const readShare = this.readShare();
    const partly = [...this.active.values()].reduce(
      (sum, day) => sum + shareOf(day, nowMs, readShare),
      0,
    );
    const through = done - doneBefore + partly;
    const all = this.total - doneBefore;
    if (all === 0 || through <= 0 || through < SHARE_OF_ETA_MIN * all) return '–';
    const leftMs = ((nowMs - startedMs) * Math.max(0, all - through)) / through;
    return formatDuration(leftMs);
  }
}

function phaseOf(step: unknown): Phase {
  return step === 'finalize' || step === 'summarize' ? step : 'aggregate';
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
