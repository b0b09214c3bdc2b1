/**
 * The shape of a chunk's lines: which column each field is, which fields stand in quotes, and how sides of
 * the book are written. The byte kernels read the lines of one shape; it makes no line well-formed.
 */
import { type ColumnPlan, ROLE_ASKS, ROLE_BIDS } from './chunk-columns.js';

export interface LineShape {
  /** ROLE_… of each field. */
  readonly roles: Uint8Array;
  /** 1 for each field in quotes. A side's own quotes belong to its style. */
  readonly quotes: Uint8Array;
  readonly sides: SideStyle;
}

/** How a side with levels is written: its texts around and between the numbers. */
export interface SideStyle {
  /** The numbers are JSON numbers, not strings: they may not begin with a zero before another digit. */
  readonly hasNumbers: boolean;
  readonly opening: Separator;
  readonly withinLevel: Separator;
  readonly betweenLevels: Separator;
  readonly closing: Separator;
}

/** A text of at most eight bytes as two little-endian words, each with a mask of the bytes it has. */
export interface Separator {
  readonly length: number;
  readonly word: number;
  readonly mask: number;
  readonly nextWord: number;
  readonly nextMask: number;
}

const STRINGS = sideStyle(false, '');
const STRINGS_BLANKS = sideStyle(false, ' ');
const NUMBERS = sideStyle(true, '');
const NUMBERS_BLANKS = sideStyle(true, ' ');

/** Lines of a chunk that may tell its shape. */
const TELLING_LINES_MAX = 8;
/** Bytes of a line that may tell a shape: more than twice a line of 20 levels. */
const TELLING_BYTES_MAX = 8_192;
const FIELD_PATTERN = /"[^"]*(?:""[^"]*)*"|[^",]*/y;
const FIRST_LEVEL_PATTERN = /^"\[\[("?)[^,]*,( ?)/;

/** The shape that a chunk's lines are read by: the usual one, or what the first lines that do not fit tell. */
export class ShapeChoice {
  /** Undefined: the kernels must not read this chunk, as they would take its header for a row. */
  shape: LineShape | undefined;
  private linesToTell = TELLING_LINES_MAX;

  constructor({ roles, names, indexOf }: ColumnPlan) {
    const timeName = names[indexOf.get('timestamp') ?? -1] ?? '';
    this.shape = /^\d+$/.test(timeName) ? undefined : usualShape(roles);
  }

  /** Whether the shape changes to that of `line`, which does not fit it. */
  changesTo(line: string): boolean {
    if (this.shape === undefined || this.linesToTell === 0) return false;
    this.linesToTell -= 1;
    const other = otherShape(line, this.shape);
    if (other !== undefined) this.shape = other;
    return other !== undefined;
  }
}

/** The shape of most recordings: nothing in quotes but sides, which hold strings without blanks. */
export function usualShape(roles: Uint8Array): LineShape {
  return { roles, quotes: new Uint8Array(roles.length), sides: STRINGS };
}

/** The shape of `line`, with what it does not tell as in `shape`; undefined if that is `shape` itself. */
function otherShape(line: string, shape: LineShape): LineShape | undefined {
  if (line.length > TELLING_BYTES_MAX) return undefined;
  const quotes = new Uint8Array(shape.roles.length);
  let { sides } = shape;
  let at = 0;
  for (const [field, role] of shape.roles.entries()) {
    FIELD_PATTERN.lastIndex = at;
    const text = FIELD_PATTERN.exec(line)?.[0] ?? '';
    at += text.length + 1;
    if (role === ROLE_BIDS || role === ROLE_ASKS) sides = sidesLike(text) ?? sides;
    else quotes[field] = text.startsWith('"') ? 1 : 0;
  }
  const isSame = sides === shape.sides && quotes.every((quote, i) => quote === shape.quotes[i]);
  return isSame ? undefined : { roles: shape.roles, quotes, sides };
}

/** Undefined for a side without levels. */
function sidesLike(cell: string): SideStyle | undefined {
  const level = FIRST_LEVEL_PATTERN.exec(cell);
  if (level === null) return undefined;
  const [, quote, blank] = level;
  if (quote === '') return blank === '' ? NUMBERS : NUMBERS_BLANKS;
  return blank === '' ? STRINGS : STRINGS_BLANKS;
}

function sideStyle(hasNumbers: boolean, blank: '' | ' '): SideStyle {
  const quote = hasNumbers ? '' : '""';
  return {
    hasNumbers,
    opening: separator(`"[[${quote}`),
    withinLevel: separator(`${quote},${blank}${quote}`),
    betweenLevels: separator(`${quote}],${blank}[${quote}`),
    closing: separator(`${quote}]]"`),
  };
}

function separator(text: string): Separator {
  const words = new DataView(new ArrayBuffer(8));
  const masks = new DataView(new ArrayBuffer(8));
  for (let at = 0; at < text.length; at++) {
    words.setUint8(at, text.charCodeAt(at));
    masks.setUint8(at, 0xff);
  }
  return {
    length: text.length,
    word: words.getInt32(0, true),
    mask: masks.getInt32(0, true),
    nextWord: words.getInt32(4, true),
    nextMask: masks.getInt32(4, true),
  };
}
