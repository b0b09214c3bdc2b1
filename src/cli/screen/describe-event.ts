/** The sentence of an event, for a list of logs and for output without a terminal. */
import { isDictionary } from '../../core/unit/json.js';
import { counted } from '../../core/unit/words.js';
import { formatCount, formatMegabytes, formatShare } from './figures.js';

type Fields = Readonly<Record<string, unknown>>;

/** One line, lower case. An event without a sentence of its own shows its plain fields. */
export function describeEvent(name: string, fields: Fields): string {
  switch (name) {
    case 'error':
      return `${subjectOf(fields)}${errorSentence(fields)}`;
    case 'planned':
      return `${text(fields['plan'])}: ${text(fields['says'])}`;
    case 'progress':
      return (
        `${subjectOf(fields)}${count(fields['chunks_done'])} of ${count(fields['chunks_total'])}` +
        ` chunks, ${megabytes(fields['bytes_done'])} of ${megabytes(fields['bytes_total'])}`
      );
    case 'symbol_day':
      return `${subjectOf(fields)}${recordSentence(fields)}`;
    case 'step_started':
      return `${text(fields['step'])}: ${count(fields['count'])} to do`;
    case 'execution_started':
      return `started ${text(fields['execution'])}`;
    case 'phase_started':
      return `${text(fields['phase'])}${windowOf(fields)}: ${counted(Number(fields['tasks']), 'task')}`;
    case 'looking':
      return `${count(fields['count'])} ${fields['count'] === 1 ? 'symbol-day' : 'symbol-days'} to compare`;
    case 'repair_run':
      return (
        `run ${text(fields['number'])} of ${text(fields['of'])}: ${count(fields['symbols'])}` +
        ` ${fields['symbols'] === 1 ? 'symbol' : 'symbols'}, ${text(fields['from'])} to ${text(fields['to'])}`
      );
    case 'folders_skipped':
      return skippedSentence(fields);
    case 'bug':
      return 'this is a bug in flowbars, not in your data';
    case 'result':
      return text(fields['closing_line']);
    case 'task_retried':
      return `${taskSentence(fields)}, started again`;
    case 'task_failed':
      return `${taskSentence(fields)}, given up`;
    case 'task_output':
      return text(fields['line']);
    case 'stopping':
      return `${text(fields['signal'])}: asked ${count(fields['tasks'])} tasks to stop`;
    case 'stopped':
      return `stopped by ${text(fields['signal'])}; start again to finish`;
    case 'nothing_to_do':
      return `task ${text(fields['index'])} has nothing to do: ${text(fields['reason'])}`;
    default:
      return plainSentence(name, fields);
  }
}

/** Empty if there is only one window. */
function windowOf({ window, windows }: Fields): string {
  return windows === 1 ? '' : ` of window ${count(window)} of ${count(windows)}`;
}

function subjectOf(fields: Fields): string {
  const { symbol, date } = fields;
  return symbol === undefined && date === undefined
    ? ''
    : `${[symbol, date]
        .filter((part) => part !== undefined)
        .map(text)
        .join(' ')}: `;
}

function errorSentence({ where, what, found, expected }: Fields): string {
  return `${text(where)} ${text(what)}: found ${text(found)}, expected ${text(expected)}`;
}

function recordSentence(record: Fields): string {
  if (record['outcome'] === 'failed') return `failed, ${findingSentence(record['findings'])}`;
  const status = typeof record['status'] === 'string' ? ` ${record['status']}` : '';
  const coverage = typeof record['coverage'] === 'number' ? formatShare(record['coverage']) : '–';
  const seconds = typeof record['seconds'] === 'number' ? record['seconds'].toFixed(1) : '–';
  return (
    `${text(record['outcome'])}${status}, coverage ${coverage},` +
    ` ${count(record['trades'])} trades, ${count(record['snapshots'])} snapshots,` +
    ` ${megabytes(record['input_bytes'])} read, ${seconds} s`
  );
}

/** Why a symbol-day failed: the first finding that is an error. */
function findingSentence(findings: unknown): string {
  const all: unknown[] = Array.isArray(findings) ? findings : [];
  const first = all.find((named) => isDictionary(named) && named['severity'] === 'error');
  if (!isDictionary(first)) return 'no finding with severity error';
  return `${text(first['code'])}: ${text(first['detail'])} (${text(first['where'])})`;
}

function taskSentence(fields: Fields): string {
  const { exit_code: code, signal } = fields;
  const attempt = `attempt ${Number(fields['attempt']) + 1}`;
  const end = signal === null ? `exit code ${text(code)}` : text(signal);
  const isStarted = code !== null || signal !== null;
  return (
    `${text(fields['step'])} ${text(fields['index'])}: ` +
    (isStarted ? `${attempt} ended with ${end}` : `${attempt} did not start`)
  );
}

function skippedSentence({ count: skipped, folders }: Fields): string {
  const named: unknown[] = Array.isArray(folders) ? folders : [];
  const names = named.map((folder) => `'${text(folder)}'`).join(', ');
  const more = typeof skipped === 'number' && skipped > named.length ? ', …' : '';
  const skippedFolders = counted(Number(skipped), 'folder');
  return `skipped ${skippedFolders} of the raw root, not named like a symbol: ${names}${more}`;
}

function plainSentence(name: string, fields: Fields): string {
  const plain = Object.entries(fields)
    .filter(([, value]) => typeof value !== 'object' || value === null)
    .map(([field, value]) => `${field}=${text(value)}`);
  return [name.replaceAll('_', ' '), ...plain].join(' ');
}

function text(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
}

function count(value: unknown): string {
  return typeof value === 'number' ? formatCount(value) : '–';
}

function megabytes(value: unknown): string {
  return typeof value === 'number' ? formatMegabytes(value) : '–';
}
