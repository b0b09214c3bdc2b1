/** Measures, cuts and pads texts in terminal cells. Texts must not hold escape sequences. */

/** Scripts whose letters take two cells; covers the names that exchanges list. */
const WIDE_PATTERN =
  /[\p{Ideographic}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u{3000}-\u{303e}\u{ff01}-\u{ff60}\p{Emoji_Presentation}]/u;
const COMBINING_PATTERN = /\p{Mark}/u;

export function textWidth(text: string): number {
  let cells = 0;
  for (const letter of text) cells += letterWidth(letter);
  return cells;
}

/** At most `cellsMax` cells; the last is `…` if the text was cut. */
export function cutToWidth(text: string, cellsMax: number): string {
  if (textWidth(text) <= cellsMax) return text;
  let cut = '';
  let cells = 1;
  for (const letter of text) {
    cells += letterWidth(letter);
    if (cells > cellsMax) break;
    cut += letter;
  }
  return cellsMax < 1 ? '' : `${cut}…`;
}

export function padToWidth(text: string, cells: number, align: 'left' | 'right'): string {
  const padding = ' '.repeat(Math.max(0, cells - textWidth(text)));
  return align === 'left' ? text + padding : padding + text;
}

/** On one line, with control characters escaped: a recording must not control the terminal. */
export function printable(text: string): string {
  return text.replaceAll(
    /\p{Cc}/gu,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function letterWidth(letter: string): number {
  if (COMBINING_PATTERN.test(letter)) return 0;
  return WIDE_PATTERN.test(letter) ? 2 : 1;
}
