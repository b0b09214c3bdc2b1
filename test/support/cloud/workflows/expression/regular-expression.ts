/**
 * RE2 patterns on the machine's own matcher. Only what both read alike passes: a pattern of another
 * dialect raises ValueError, as RE2 would, and RE2's rarer forms are refused as not modelled.
 */
import { notModelled, raised } from '../run/workflow-errors.js';

const REPEAT_MAX = 1000;
/** RE2's classes are of ASCII. */
const CLASSES: Readonly<Record<string, string>> = { d: '0-9', s: '\\t\\n\\f\\r ', w: '0-9A-Za-z_' };

export function compilePattern(pattern: string): RegExp {
  if (/\(\?(?:=|!|<=|<!)/u.test(pattern)) {
    throw raised('ValueError', `invalid regexp '${pattern}': RE2 has no look-around`);
  }
  if (/^(?:[^\\]|\\[^1-9])*\\[1-9]/u.test(pattern)) {
    throw raised('ValueError', `invalid regexp '${pattern}': RE2 has no back-references`);
  }
  const translated = translate(pattern);
  try {
    return new RegExp(translated, 'gu');
  } catch {
    throw raised('ValueError', `invalid regexp '${pattern}'`);
  }
}

const PIECE = /\\[\s\S]|\(\?(?!:)|\[:|[[\].]|\{[0-9,]*\}|[^\\[\].({]+|[({]/gu;

function translate(pattern: string): string {
  let isInClass = false;
  return pattern.replaceAll(PIECE, (piece) => {
    if (piece === '(?' || piece === '[:') throw notModelled(`regexp with '${piece}'`);
    const isStray = piece === '{' || (piece === ']' && !isInClass);
    if (isStray) throw notModelled(`regexp with a bare '${piece}'`);
    if (piece === '[' && isInClass) throw notModelled("regexp with '[' inside a class");
    if (piece === '[') isInClass = true;
    if (piece === ']') isInClass = false;
    if (piece === '.') return isInClass ? '.' : String.raw`[^\n]`;
    if (/^\{[0-9]/u.test(piece)) checkRepeats(piece);
    return piece.startsWith('\\') ? escape(piece, isInClass) : piece;
  });
}

function escape(piece: string, isInClass: boolean): string {
  const letter = piece.charAt(1);
  if (!/[A-Za-z0-9]/u.test(letter))
    return /[\^$\\.*+?()[\]{}|/-]/u.test(letter) ? bare(letter) : letter;
  if (/[bBnrtfv]/u.test(letter) && !(isInClass && /[bB]/u.test(letter))) return piece;
  const members = CLASSES[letter.toLowerCase()];
  if (members === undefined) throw notModelled(`regexp with '${piece}'`);
  const isOpposite = letter !== letter.toLowerCase();
  if (!isInClass) return isOpposite ? `[^${members}]` : `[${members}]`;
  if (isOpposite) throw notModelled(`regexp with '${piece}' inside a class`);
  return members;
}

/** The matcher allows an escaped hyphen in classes only; as a code point it stands anywhere. */
function bare(letter: string): string {
  return letter === '-' ? String.raw`\u002d` : `\\${letter}`;
}

function checkRepeats(piece: string): void {
  const counts = piece.match(/[0-9]+/gu) ?? [];
  if (counts.some((count) => Number(count) > REPEAT_MAX)) {
    throw raised('ValueError', `invalid regexp: repeat count above ${REPEAT_MAX}`);
  }
}
