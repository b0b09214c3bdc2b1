/**
 * The progress of a workflow execution as one line that is drawn in place. It reads the clock only
 * through its arguments and writes nothing.
 */
import type { LoggedEvent } from '../../edge/process/log.js';
import type { Terminal } from '../../edge/process/terminal.js';
import { formatCount, formatDuration } from '../screen/figures.js';
import { cutToWidth, textWidth } from '../screen/text-width.js';
import type { Display } from '../screen/watch.js';

const BAR_CELLS_MAX = 20;
const BAR_CELLS_MIN = 5;

export class ExecutionDisplay implements Display {
  private readonly startedMs: number;
  private fields: Readonly<Record<string, unknown>> = {};

  /** Start of the execution, possibly long before this command. */
  constructor(startedMs: number) {
    this.startedMs = startedMs;
  }

  take({ name, fields }: Pick<LoggedEvent, 'name' | 'fields'>): void {
    if (name === 'execution_progress') this.fields = fields;
  }

  lines(nowMs: number, columns: number, _rows: number, paint: Terminal['paint']): string[] {
    const fields = this.fields;
    const { phase } = fields;
    const name = typeof phase === 'string' ? phase : 'waiting';
    const elapsed = formatDuration(nowMs - this.startedMs);
    const counts = [...countsOf(fields), elapsed].map((text) => ` · ${text}`).join('');
    const bar = barOf(fields, columns - textWidth(name + counts));
    return [paint('bold', cutToWidth(`${name}${bar}${counts}`, columns))];
  }
}

/** Fills the cells that the words leave; empty if they are too few. */
function barOf(fields: Readonly<Record<string, unknown>>, cellsFree: number): string {
  const tasks = numberOf(fields['tasks']);
  const cells = Math.min(cellsFree - 1, BAR_CELLS_MAX);
  if (tasks === 0 || cells < BAR_CELLS_MIN) return '';
  const filled = Math.floor((numberOf(fields['tasks_done']) / tasks) * cells);
  return ` ${'█'.repeat(filled)}${'░'.repeat(cells - filled)}`;
}

/** Empty before the first look and without a plan. */
function countsOf(fields: Readonly<Record<string, unknown>>): string[] {
  const count = (field: string): string => formatCount(numberOf(fields[field]));
  const tasks = numberOf(fields['tasks']);
  if (tasks === 0) return [];
  return [
    `${count('tasks_done')} of ${count('tasks')} ${tasks === 1 ? 'task' : 'tasks'}`,
    ...(numberOf(fields['windows']) > 1
      ? [`window ${count('window')} of ${count('windows')}`]
      : []),
    `${count('symbol_days_done')} of ${count('symbol_days')} symbol-days`,
  ];
}

/** `compared 120 of 1,500 symbol-days`, during a dry run. */
export class SurveyDisplay implements Display {
  private readonly startedMs: number;
  private done = 0;
  private total = 0;

  constructor(startedMs: number) {
    this.startedMs = startedMs;
  }

  take({ name, fields }: Pick<LoggedEvent, 'name' | 'fields'>): void {
    if (name !== 'surveyed') return;
    this.done = numberOf(fields['done']);
    this.total = numberOf(fields['total']);
  }

  lines(nowMs: number, columns: number, _rows: number, paint: Terminal['paint']): string[] {
    const total = this.total === 0 ? '' : ` of ${formatCount(this.total)}`;
    const counts = `compared ${formatCount(this.done)}${total} symbol-days`;
    const line = `${counts} · ${formatDuration(nowMs - this.startedMs)}`;
    return [paint('bold', cutToWidth(line, columns))];
  }
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
