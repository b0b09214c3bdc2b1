/** Names of columns that `--columns` adds to those of docs/INPUT.md. */
import { isDictionary } from '../unit/json.js';
import { NONE, quoted, refuse } from '../unit/typed-text.js';
import { columnKey, RECORDED_COLUMNS, SIDE_COLUMN } from './recorded-columns.js';
import { STREAMS, type StreamName } from './symbol-day.js';

/** In chunks of `stream` the header's `name` means `column` and nothing else. */
export interface NamedColumn {
  readonly stream: StreamName;
  readonly name: string;
  readonly column: string;
}

export const COLUMNS_SHAPE = {
  is: 'list',
  of: {
    is: 'object',
    fields: {
      stream: { is: 'word', of: ['trades', 'depth'], about: 'The stream.' },
      name: { is: 'name', about: 'The name in the header.' },
      column: { is: 'name', about: 'The column that it means.' },
    },
  },
} as const;

const EXAMPLE = 'trades:when=timestamp,vol=quantity,depth:when=timestamp';

/**
 * Reads `trades:when=timestamp,vol=quantity,depth:when=timestamp`, or `none`. A stream holds until the
 * next; a semicolon counts as a comma.
 */
export function parseColumns(text: string, where: string): readonly NamedColumn[] {
  if (text === NONE) return [];
  const columns: NamedColumn[] = [];
  let stream: StreamName | undefined;
  for (const part of text.split(/[,;]/u)) {
    const match = /^(?:(trades|depth):)?([^=:,]+)=([^=:,]+)$/u.exec(part);
    const [, streamText, name = '', column = ''] = match ?? [];
    stream = STREAMS.find((known) => known === streamText) ?? stream;
    if (match === null || stream === undefined) {
      const expected = `STREAM:NAME=COLUMN,… such as ${EXAMPLE}`;
      return refuse(where, 'columns', quoted(part), expected);
    }
    const known = columnsOf(stream);
    if (!known.includes(column)) {
      return refuse(where, 'column', quoted(column), `a column of ${stream}: ${known.join(', ')}`);
    }
    if (columns.some((one) => one.stream === stream && columnKey(one.name) === columnKey(name))) {
      return refuse(where, 'columns', `'${name}' twice`, `each name of ${stream} once`);
    }
    columns.push({ stream, name, column });
  }
  return columns;
}

export function printColumns(columns: readonly NamedColumn[]): string {
  const texts = columns.map(({ stream, name, column }) => `${stream}:${name}=${column}`);
  return texts.length === 0 ? NONE : texts.join(',');
}

export function isNamedColumns(value: unknown): value is readonly NamedColumn[] {
  return (
    Array.isArray(value) &&
    value.every(
      (one: unknown) =>
        isDictionary(one) &&
        ['stream', 'name', 'column'].every((field) => typeof one[field] === 'string'),
    )
  );
}

function columnsOf(stream: StreamName): readonly string[] {
  const columns = Object.keys(RECORDED_COLUMNS[stream]);
  return stream === 'trades' ? [...columns, SIDE_COLUMN] : columns;
}
