/** The standard library on text. Positions count characters, not bytes and not UTF-16 units. */
import { pure, type Given, type LibraryTable } from './library.js';
import { wrong } from './library-values.js';
import { compilePattern } from '../expression/regular-expression.js';
import { notModelled } from '../run/workflow-errors.js';

export const TEXT_FUNCTIONS: LibraryTable = {
  'text.substring': pure('source, start, end', ([source, start, end]) => {
    const characters = [...textIn('text.substring', source)];
    const [from, to] = [positionIn(start), positionIn(end)];
    if (from > to) throw notModelled(`text.substring from ${from} to ${to}`);
    if (from > characters.length) throw notModelled('text.substring that starts past the end');
    return characters.slice(from, to).join('');
  }),
  'text.split': pure('source, separator', ([source, separator]) => {
    const by = textIn('text.split', separator);
    if (by === '') throw notModelled('text.split with an empty separator');
    return textIn('text.split', source).split(by);
  }),
  'text.match_regex': pure('source, regexp', ([source, regexp]) =>
    compilePattern(textIn('text.match_regex', regexp)).test(textIn('text.match_regex', source)),
  ),
  'text.replace_all': pure('source, substr, repl', ([source, substr, repl]) => {
    const [text, old] = [textIn('text.replace_all', source), textIn('text.replace_all', substr)];
    const into = textIn('text.replace_all', repl);
    if (old === '') throw notModelled('text.replace_all of an empty text');
    return text.split(old).join(into);
  }),
  'text.url_encode': pure('source', ([source]) =>
    encodeURIComponent(textIn('text.url_encode', source)).replaceAll(
      /[!'()*]/gu,
      (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
    ),
  ),
};

function textIn(name: string, value: Given): string {
  if (typeof value === 'string') return value;
  throw wrong(name, value ?? null);
}

function positionIn(value: Given): number {
  if (typeof value !== 'bigint') throw wrong('text.substring', value ?? null);
  if (value < 0n) throw notModelled(`text.substring with the position ${value}`);
  return Number(value);
}
