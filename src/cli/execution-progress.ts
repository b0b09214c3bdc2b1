/**
 * How far an execution of the workflow is, in one line that is drawn in place. It knows the clock
 * only through its arguments and writes nothing.
 */
import type { LoggedEvent } from '../edge/log.js';
import type { Terminal } from '../edge/terminal.js';
import { formatCount, formatDuration } from './figures.js';
import { cutToWidth } from './text-width.js';
import type { Display } from './watch.js';

const BAR_CELLS = 20;

export class ExecutionDisplay implements Display {
  readonly #startedMs: number;
  #fields: Readonly<Record<string, unknown>> = {};

  /** When the execution was started, which may be long ago. */
  constructor(startedMs: number) {
    this.#startedMs = startedMs;
  }

  take({ name, fields }: Pick<LoggedEvent, 'name' | 'fields'>): void {
    if (name === 'execution_progress') this.#fields = fields;
  }

  lines(nowMs: number, columns: number, _rows: number, paint: Terminal['paint']): string[] {
    const fields = this.#fields;
    const { phase } = fields;
    const done = numberOf(fields['tasks_done']);
    const tasks = numberOf(fields['tasks']);
    const windows = numberOf(fields['windows']);
    const filled = tasks === 0 ? 0 : Math.floor((done / tasks) * BAR_CELLS);
    const parts = [
      `${typeof phase === 'string' ? phase : 'waiting'} ${'█'.repeat(filled)}${'░'.repeat(BAR_CELLS - filled)}`,
      `${formatCount(done)} of ${formatCount(tasks)} ${tasks === 1 ? 'task' : 'tasks'}`,
      ...(windows > 1 ? [`window ${numberOf(fields['window'])} of ${windows}`] : []),
      `${formatCount(numberOf(fields['symbol_days_done']))} of ${formatCount(numberOf(fields['symbol_days']))} symbol-days`,
      formatDuration(nowMs - this.#startedMs),
    ];
    return [paint('bold', cutToWidth(parts.join(' · '), columns))];
  }
}

/** `compared 120 of 1,500 symbol-days`, while a dry run looks. */
export class SurveyDisplay implements Display {
  readonly #startedMs: number;
  #done = 0;
  #total = 0;

  constructor(startedMs: number) {
    this.#startedMs = startedMs;
  }

  take({ name, fields }: Pick<LoggedEvent, 'name' | 'fields'>): void {
    if (name !== 'surveyed') return;
    this.#done = numberOf(fields['done']);
    this.#total = numberOf(fields['total']);
  }

  lines(nowMs: number, columns: number, _rows: number, paint: Terminal['paint']): string[] {
    const counts = `compared ${formatCount(this.#done)} of ${formatCount(this.#total)} symbol-days`;
    const line = `${counts} · ${formatDuration(nowMs - this.#startedMs)}`;
    return [paint('bold', cutToWidth(line, columns))];
  }
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
