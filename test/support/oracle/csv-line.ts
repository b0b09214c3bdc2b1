/**
 * The oracle's reading of lines and of one RFC 4180 line. Text is latin1: one character is one byte.
 */

/** A longer line is malformed; as a chunk's first line it makes the chunk unreadable. */
export const lineBytesMax: number = 1024 * 1024;

export interface Line {
  /** Counted from 1 over all lines, blank ones included. */
  number: number;
  text: string;
}

const byteOrderMark = '\u00ef\u00bb\u00bf';

/** Every line that is not blank: split at LF, without trailing CRs, without the byte-order mark. */
export function linesOf(content: string): Line[] {
  const text = content.startsWith(byteOrderMark) ? content.slice(byteOrderMark.length) : content;
  return text
    .split('\n')
    .map((raw, index) => ({
      number: index + 1,
      text: withoutReturns(raw),
    }))
    .filter((line) => line.text !== '');
}

function withoutReturns(line: string): string {
  let end = line.length;
  while (line[end - 1] === '\r') end -= 1;
  return line.slice(0, end);
}

/** The fields of one line, untrimmed, or undefined where it is not RFC 4180 or is too long. */
export function fieldsOf(line: string): string[] | undefined {
  if (line.length > lineBytesMax) return undefined;
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const field = line[at] === '"' ? quotedField(line, at) : plainField(line, at);
    if (field === undefined) return undefined;
    fields.push(field.text);
    if (field.end === line.length) return fields;
    if (line[field.end] !== ',') return undefined;
    at = field.end + 1;
  }
}

interface Field {
  text: string;
  /** Where the field ends in its line, exclusive: a comma or the end of the line. */
  end: number;
}

function plainField(line: string, from: number): Field | undefined {
  const comma = line.indexOf(',', from);
  const end = comma === -1 ? line.length : comma;
  const text = line.slice(from, end);
  return text.includes('"') ? undefined : { text, end };
}

function quotedField(line: string, from: number): Field | undefined {
  let text = '';
  let at = from + 1;
  for (;;) {
    const quote = line.indexOf('"', at);
    if (quote === -1) return undefined;
    text += line.slice(at, quote);
    if (line[quote + 1] !== '"') return { text, end: quote + 1 };
    text += '"';
    at = quote + 2;
  }
}
