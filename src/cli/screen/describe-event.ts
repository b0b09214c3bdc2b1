/** The sentence of an event, for a list of logs and for output without a terminal. */
import { findingText } from '../../core/finding/finding-list.js';
import { firstFinding } from '../../core/run/manifest-update.js';
import { isDictionary } from '../../core/unit/json.js';
import { counted, megabytes, RECORDING_SENTENCES, text } from './describe-recording.js';
import { formatCount, formatDuration, formatShare } from './figures.js';

type Fields = Readonly<Record<string, unknown>>;
type FindingPart = 'code' | 'severity' | 'where' | 'detail';

/** One line, lower case. An event without a sentence of its own shows its plain fields. */
export function describeEvent(name: string, fields: Fields): string {
  switch (name) {
    case 'error':
      return `${subjectOf(fields)}${errorSentence(fields)}`;
    case 'planned':
      return `${text(fields['plan'])}: ${text(fields['says'])}`;
    case 'progress':
      return (
        `${subjectOf(fields)}${count(fields['chunks_done'])} of ${counted(fields['chunks_total'], 'chunk')}` +
        `, ${megabytes(fields['bytes_done'])} of ${megabytes(fields['bytes_total'])}`
      );
    case 'computing':
      return `${subjectOf(fields)}on ${counted(fields['threads'], 'thread')}`;
    case 'computing_again':
      return `${subjectOf(fields)}again, in one pass: ${text(fields['reason'])}`;
    case 'symbol_day':
      return `${subjectOf(fields)}${recordSentence(fields)}`;
    case 'step_started':
      return `${text(fields['step'])}: ${count(fields['count'])} to do`;
    case 'execution_started':
      return `started ${text(fields['execution'])}`;
    case 'phase_started':
      return `${text(fields['phase'])}${windowOf(fields)}: ${counted(fields['tasks'], 'task')}`;
    case 'looking':
      return `${counted(fields['count'], 'symbol-day')} to compare`;
    case 'repair_run':
      return (
        `run ${text(fields['number'])} of ${text(fields['of'])}: ` +
        `${counted(fields['symbols'], 'symbol')}, ${text(fields['from'])} to ${text(fields['to'])}`
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
      return `${text(fields['signal'])}: asked ${counted(fields['tasks'], 'task')} to stop`;
    case 'stopped':
      return `stopped by ${text(fields['signal'])}; start again to finish`;
    case 'no_page':
      return `${subjectOf(fields)}${text(fields['detail'])}`;
    case 'site_written':
      return `${text(fields['site'])}: ${counted(fields['written'], 'day page')} written, ${count(fields['unchanged'])} unchanged`;
    case 'site_failed':
      return `pages not written: ${errorSentence(fields)}`;
    case 'nothing_to_do':
      return `task ${text(fields['index'])} has nothing to do: ${text(fields['reason'])}`;
    default:
      return RECORDING_SENTENCES[name]?.(fields) ?? plainSentence(name, fields);
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
  const { seconds } = record;
  const took = typeof seconds === 'number' ? formatDuration(seconds * 1_000) : '–';
  return (
    `${text(record['outcome'])}${status}, coverage ${coverage},` +
    ` ${counted(record['trades'], 'trade')}, ${counted(record['snapshots'], 'snapshot')},` +
    ` ${megabytes(record['input_bytes'])} read, ${took}${worseSentence(record['findings'])}`
  );
}

/** Why a symbol-day failed. */
function findingSentence(findings: unknown): string {
  const first = firstFinding(namedFindings(findings));
  return first === null ? 'without a finding' : findingText(first);
}

/** That a published day got worse; empty if it did not. */
function worseSentence(findings: unknown): string {
  const worse = namedFindings(findings).filter(({ code }) => code === 'day_worse');
  return worse.map((found) => `; ${findingText(found)}`).join('');
}

function namedFindings(findings: unknown): Record<FindingPart, string>[] {
  const all: unknown[] = Array.isArray(findings) ? findings : [];
  return all.filter(isDictionary).map(namedFinding);
}

function namedFinding({ code, severity, where, detail }: Fields): Record<FindingPart, string> {
  return {
    code: text(code),
    severity: text(severity),
    where: text(where),
    detail: text(detail),
  };
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
  const skippedFolders = counted(skipped, 'folder');
  return `skipped ${skippedFolders} of the raw root, not named like a symbol: ${names}${more}`;
}

function plainSentence(name: string, fields: Fields): string {
  const plain = Object.entries(fields)
    .filter(([, value]) => typeof value !== 'object' || value === null)
    .map(([field, value]) => `${field}=${text(value)}`);
  return [name.replaceAll('_', ' '), ...plain].join(' ');
}

function count(value: unknown): string {
  return typeof value === 'number' ? formatCount(value) : '–';
}
