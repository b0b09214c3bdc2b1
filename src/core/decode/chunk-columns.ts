/**
 * Maps the columns of a chunk, from its header line or by the order of docs/INPUT.md, to a plan that
 * both decoding paths follow.
 */
import type { StreamName } from '../rule/symbol-day.js';

/** What the byte kernels do with an optional column. */
export const ROLE_SKIP = 0;
export const ROLE_ID = 1;
export const ROLE_EXEC_TYPE = 2;

export interface ColumnPlan {
  readonly stream: StreamName;
  readonly hasHeader: boolean;
  readonly fieldCount: number;
  /** Field index of each known column that the chunk has. */
  readonly indexOf: ReadonlyMap<string, number>;
  /** ROLE_… of the columns after the required ones; undefined if these do not come first and in order. */
  readonly optionalRoles: Uint8Array | undefined;
}

/** Why a whole chunk cannot be read. */
export interface Unreadable {
  readonly what: string;
  readonly found: string;
  readonly expected: string;
}

interface StreamColumns {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly roleOf: ReadonlyMap<string, number>;
}

export const STREAM_COLUMNS: Readonly<Record<StreamName, StreamColumns>> = {
  trades: {
    required: ['timestamp', 'price', 'quantity', 'is_buyer_maker'],
    optional: ['trade_id', 'exec_type', 'receive_time', 'event_time'],
    roleOf: new Map([
      ['trade_id', ROLE_ID],
      ['exec_type', ROLE_EXEC_TYPE],
    ]),
  },
  depth: {
    required: ['timestamp', 'bids', 'asks'],
    optional: ['update_id', 'receive_time', 'event_time'],
    roleOf: new Map([['update_id', ROLE_ID]]),
  },
};

/** Plans the columns from the fields of the first line; `undefined` means that it is not a CSV record. */
export function planColumns(
  stream: StreamName,
  fields: readonly string[] | undefined,
): ColumnPlan | Unreadable {
  const { required, optional } = STREAM_COLUMNS[stream];
  const table = [...required, ...optional];
  if (fields === undefined) {
    return { what: 'first line', found: 'no csv record', expected: 'a header or a row' };
  }
  const hasHeader = !/^\d/.test(fields[0] ?? '');
  if (!hasHeader && fields.length > table.length) {
    return {
      what: 'first line without a header',
      found: `${fields.length} fields`,
      expected: `at most ${table.length}`,
    };
  }
  const names = hasHeader ? fields : table.slice(0, fields.length);
  const indexOf = new Map<string, number>();
  for (const [index, name] of names.entries()) {
    if (!table.includes(name)) continue;
    if (indexOf.has(name)) {
      return {
        what: 'header',
        found: `column '${name}' twice`,
        expected: 'each known column once',
      };
    }
    indexOf.set(name, index);
  }
  const missing = required.filter((name) => !indexOf.has(name));
  if (missing.length > 0) {
    return {
      what: hasHeader ? 'header' : 'first line without a header',
      found: quoted(names.join(',')),
      expected: `the columns ${required.join(', ')} (missing: ${missing.join(', ')})`,
    };
  }
  const optionalRoles = optionalRolesOf(stream, names);
  return { stream, hasHeader, fieldCount: fields.length, indexOf, optionalRoles };
}

export function isUnreadable(result: object): result is Unreadable {
  return 'expected' in result;
}

/** Quotes a cell for a message: at most 80 characters, all but printable ASCII as \\xNN (cells are bytes). */
export function quoted(text: string): string {
  const shown =
    text.length > FOUND_CHARACTERS_MAX ? `${text.slice(0, FOUND_CHARACTERS_MAX)}…` : text;
  return `'${shown.replace(/[\u0000-\u001f\u007f-\u00ff]/g, hexEscape)}'`;
}

const FOUND_CHARACTERS_MAX = 80;

function hexEscape(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

function optionalRolesOf(stream: StreamName, names: readonly string[]): Uint8Array | undefined {
  const { required, roleOf } = STREAM_COLUMNS[stream];
  if (required.some((name, index) => names[index] !== name)) return undefined;
  return Uint8Array.from(names.slice(required.length), (name) => roleOf.get(name) ?? ROLE_SKIP);
}
