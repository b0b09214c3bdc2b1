/**
 * Shows the events of the jobs: JSON lines in Cloud Run, a display drawn in place on a terminal, else
 * short plain lines on stderr. Results never go through here.
 */
import { isCloudRunJob } from '../../edge/process/cloud-run.js';
import { jsonLog, type LoggedEvent, slowedLog } from '../../edge/process/log.js';
import { repeatEvery } from '../../edge/process/repeat.js';
import type { StopSignal } from '../../edge/process/stop-signal.js';
import type { Style, Terminal } from '../../edge/process/terminal.js';
import type { Clock, Log, Severity } from '../../jobs/ports.js';
import type { World } from '../command/command.js';
import { describeEvent } from './describe-event.js';
import { exitCodeOfSignal } from '../command/exit-code.js';
import type { Given } from '../option/option.js';
import { progressMsOption } from '../option/options.js';
import { Progress } from './progress.js';
import { printLine } from './page.js';
import { printable } from './text-width.js';

export interface Watch {
  readonly log: Log;
  /** Clears the display; call it before printing results. */
  readonly close: () => void;
}

/** Draws lines in place from the events it receives. */
export interface Display {
  take(event: Pick<LoggedEvent, 'name' | 'fields'>, nowMs: number): void;
  /** At most `rows` lines, each at most `columns` wide. */
  lines(nowMs: number, columns: number, rows: number, paint: Terminal['paint']): string[];
}

/** Events for a display or a cloud log; plain output omits them, since the result repeats them. */
const QUIET_EVENTS: readonly string[] = [
  'progress',
  'symbol_day_started',
  'computing',
  'computing_again',
  'task_started',
  'day_finalized',
  'run_summarized',
];
/** Events that a display omits besides: on a terminal a page follows, which repeats them. */
const PAGE_EVENTS: readonly string[] = ['symbol_day'];
/** A display is drawn at most this often, */
const REDRAW_MS = 100;
/** and this often even when nothing happens: it shows that the work goes on. */
const TICK_MS = 200;

/** Before a plain line. */
const MARKS: Partial<Record<Severity, { readonly text: string; readonly style: Style }>> = {
  ERROR: { text: 'error:', style: 'red' },
  WARNING: { text: 'warning:', style: 'yellow' },
};

/** `shown`: the number of symbol-days of a run, or another display. */
export function openWatch(given: Given, world: World, shown: number | Display): Watch {
  if (isCloudRunJob(world.environment)) {
    return { log: cloudLog(world, given.value(progressMsOption)), close: () => undefined };
  }
  if (world.stderr.isTty) {
    const { stderr, clock } = world;
    const display = typeof shown === 'number' ? new Progress(shown, clock.nowMs()) : shown;
    return openDisplay(stderr, clock, display);
  }
  return { log: { event: plainLine(world.stderr) }, close: () => undefined };
}

/** One JSON line per event on stdout. */
export function cloudLog(world: World, progressMs: number): Log {
  const log = jsonLog(world.stdout.write, describeEvent);
  return slowedLog(log, ['progress', 'verifying'], progressMs, world.clock);
}

/** Reports that the work was stopped, and returns the exit code. */
export function sayStopped(signal: StopSignal, world: World): number {
  if (isCloudRunJob(world.environment)) {
    cloudLog(world, 0).event('WARNING', 'stopped', { signal });
  } else {
    world.stderr.redraw([]);
    printLine(describeEvent('stopped', { signal }), world.stderr);
  }
  return exitCodeOfSignal(signal);
}

function openDisplay(terminal: Terminal, clock: Clock, progress: Display): Watch {
  const print = plainLine(terminal);
  let drawnMs = 0;
  let isOpen = true;
  const draw = (): void => {
    drawnMs = clock.nowMs();
    const columns = terminal.columns();
    terminal.redraw(progress.lines(drawnMs, columns, terminal.rows(), terminal.paint));
  };
  const drawIfDue = (): void => {
    if (clock.nowMs() - drawnMs >= REDRAW_MS) draw();
  };
  const stopTicking = repeatEvery(TICK_MS, drawIfDue);
  draw();
  const event = (
    severity: Severity,
    name: string,
    fields: Readonly<Record<string, unknown>>,
  ): void => {
    if (!isOpen) return;
    progress.take({ name, fields }, clock.nowMs());
    const isQuiet = QUIET_EVENTS.includes(name) || PAGE_EVENTS.includes(name);
    const isLoud = !isQuiet && (severity === 'WARNING' || severity === 'ERROR');
    if (isLoud) {
      terminal.redraw([]);
      print(severity, name, fields);
    }
    if (isLoud) draw();
    else drawIfDue();
  };
  const close = (): void => {
    isOpen = false;
    stopTicking();
    terminal.redraw([]);
  };
  return { log: { event }, close };
}

function plainLine(terminal: Terminal): Log['event'] {
  return (severity, name, fields) => {
    if (severity === 'DEBUG' || QUIET_EVENTS.includes(name)) return;
    printLine(describeEvent(name, fields), terminal, MARKS[severity]);
    const { stack_trace: trace } = fields;
    if (name !== 'bug' || typeof trace !== 'string') return;
    for (const line of trace.split('\n')) terminal.write(`${printable(line)}\n`);
  };
}
