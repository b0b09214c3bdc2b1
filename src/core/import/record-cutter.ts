/** Cuts pieces of a file into records: lines, or the objects of JSON lines and of a JSON array. Any cut of the pieces gives the same. */
import { FlowbarsError } from '../unit/errors.js';

/** A longer record is no line of any source; one of a book with a thousand levels a side has some 60,000. */
export const IMPORT_RECORD_BYTES_MAX = 1_048_576;

export interface RecordCutter {
  /** Records that end in this piece, and the line where each begins, from 1. */
  push(piece: string, take: TakeRecord): void;
  /** The last record, if it has no end of its own. */
  end(take: TakeRecord): void;
}

export type TakeRecord = (record: string, line: number) => void;

const BYTE_ORDER_MARK = '\xef\xbb\xbf';

/** Lines without their ends; blank ones are no records. `path` is for errors. */
export function lineCutter(path: string): RecordCutter {
  let rest = '';
  let line = 0;
  const give = (text: string, take: TakeRecord): void => {
    line += 1;
    let end = text.length;
    while (end > 0 && text[end - 1] === '\r') end -= 1;
    const start = line === 1 && text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
    if (end > start) take(start === 0 && end === text.length ? text : text.slice(start, end), line);
  };
  return {
    push: (piece, take) => {
      const lines = `${rest}${piece}`.split('\n');
      rest = lines.pop() ?? '';
      for (const text of lines) give(text, take);
      refuseLonger(rest.length, `${path} line ${line + 1}`);
    },
    end: (take) => {
      if (rest !== '') give(rest, take);
      rest = '';
    },
  };
}

const OPENING = '{[';
const BETWEEN = /[\s,[\]]/;

/** Objects beside one another or in one array, over any number of lines. */
export function objectCutter(path: string): RecordCutter {
  let rest = '';
  /** Characters of `rest` that were looked at. */
  let at = 0;
  let depth = 0;
  let isInText = false;
  let isEscaped = false;
  let line = 1;
  let firstLine = 1;
  let start = 0;
  const look = (take: TakeRecord): void => {
    for (; at < rest.length; at += 1) {
      const character = rest[at] ?? '';
      if (character === '\n') line += 1;
      if (isInText) {
        if (isEscaped) isEscaped = false;
        else if (character === '\\') isEscaped = true;
        else if (character === '"') isInText = false;
      } else if (depth === 0) {
        if (character === '{') {
          [depth, start, firstLine] = [1, at, line];
        } else if (!BETWEEN.test(character) && !BYTE_ORDER_MARK.includes(character)) {
          throw noObject(character, `${path} line ${line}`);
        }
      } else if (character === '"') isInText = true;
      else if (OPENING.includes(character)) depth += 1;
      else if (character === '}' || character === ']') {
        depth -= 1;
        if (depth === 0) take(rest.slice(start, at + 1), firstLine);
      }
    }
    const kept = depth === 0 ? rest.length : start;
    rest = rest.slice(kept);
    at -= kept;
    start = 0;
    refuseLonger(rest.length, `${path} line ${firstLine}`);
  };
  return {
    push: (piece, take) => {
      rest += piece;
      look(take);
    },
    end: () => {
      if (depth > 0) throw noObject('the end of the file', `${path} line ${firstLine}`);
    },
  };
}

function refuseLonger(sizeBytes: number, where: string): void {
  if (sizeBytes <= IMPORT_RECORD_BYTES_MAX) return;
  const expected = `at most ${IMPORT_RECORD_BYTES_MAX}`;
  throw new FlowbarsError('limit', {
    where,
    what: 'record',
    found: `more than ${IMPORT_RECORD_BYTES_MAX} bytes`,
    expected,
  });
}

function noObject(found: string, where: string): FlowbarsError {
  const expected = 'whole JSON objects, one after the other or in one array';
  return new FlowbarsError('data', { where, what: 'json', found: `'${found}'`, expected });
}
